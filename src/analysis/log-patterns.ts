import type { LogLevel, LogRecord } from '../model/log-entry.ts';
import { type Milliseconds, type TimeRange, toMilliseconds } from '../model/time.ts';
import { boundedStore } from './bounded-store.ts';
import { isAtLeast } from './log-level.ts';
import { formatPattern, patternTokens, wildcard, wordsOf } from './log-pattern-text.ts';

/** What many lines say alike: `berth given in <dur>`. */
export type LogPattern = {
	/** Constant words, masks such as `<num>`, and `<_>` where the lines differ otherwise. Unique. */
	readonly text: string;
	/** As `text`, without what does not stand in each of its lines as it was written: what a filter is made of. */
	readonly test: string;
	readonly lines: number;
	/** That of most of its lines; of equally many, the worst. */
	readonly level: LogLevel;
	readonly first: Milliseconds;
	readonly last: Milliseconds;
	/** Lines in each of so many equal parts of the range. */
	readonly counts: readonly number[];
	/** One of its lines. */
	readonly sample: LogRecord;
};

/** The lines that were read, clustered. Each belongs to one pattern or to the others. */
export type LogPatterns = {
	readonly patterns: readonly LogPattern[];
	/** Lines of patterns that were given up because there were too many. */
	readonly others: number;
};

export type PatternMiner = {
	readonly add: (record: LogRecord) => void;
	readonly patterns: () => LogPatterns;
};

/** At most so many patterns are held, and so many of them are compared with a line. */
const mostPatterns = 1000;
const mostInLeaf = 100;
/** A node with more branches than this sends new ones down a common one. */
const mostBranches = 100;

export const sparkColumns = 24;

type Cluster = {
	tokens: readonly string[];
	/** Plain words of the tokens, and those of them that some of its lines do not hold as they are. */
	words: readonly string[];
	readonly lacking: Set<string>;
	lines: number;
	readonly levels: Map<LogLevel, number>;
	first: Milliseconds;
	last: Milliseconds;
	readonly counts: number[];
	readonly sample: LogRecord;
	readonly leaf: Leaf;
	readonly key: string;
};

type Leaf = { readonly clusters: Set<Cluster> };
type Node = { readonly branches: Map<string, Node>; readonly leaf: Leaf };

/**
 * Clusters lines as they come, by Drain (He, Zhu, Zheng and Lyu, "Drain: An Online Log Parsing Approach with Fixed Depth
 * Tree", ICWS 2017): a tree by the number of tokens and the first of them leads to a few patterns, and the line joins
 * the most alike of those, or begins one. A token in which they differ becomes `<_>`:
 *
 *     5 tokens ─ berth ─┬─ berth <_> given in <dur>
 *                       └─ berth <_> given up again
 *
 * More than half of the tokens must be the same, where the paper takes half: `berth given` is not `berth lost`.
 * Everything is bounded: what is given up is counted as others.
 */
export function createPatternMiner(range: TimeRange): PatternMiner {
	const root = newNode();
	const store = boundedStore<Cluster>(mostPatterns);
	let [others, made] = [0, 0];

	function giveUp(cluster: Cluster): void {
		cluster.leaf.clusters.delete(cluster);
		store.drop(cluster.key);
		others += cluster.lines;
	}

	function begin(record: LogRecord, tokens: readonly string[], leaf: Leaf): Cluster {
		const cluster = newCluster(record, tokens, leaf, `${made++}`);
		const [oldest] = leaf.clusters;
		if (leaf.clusters.size >= mostInLeaf && oldest !== undefined) giveUp(oldest);
		const gone = store.put(cluster.key, cluster);
		if (gone !== undefined) giveUp(gone);
		leaf.clusters.add(cluster);
		return cluster;
	}

	return {
		add(record) {
			const tokens = patternTokens(record);
			const leaf = leafOf(root, tokens);
			const alike = mostAlike(leaf, tokens);
			if (alike === undefined) {
				count(begin(record, tokens, leaf), record, range);
				return;
			}
			generalise(alike, tokens);
			store.meet(alike.key);
			// The set keeps its order of insertion: the one that was met last is given up last.
			leaf.clusters.delete(alike);
			leaf.clusters.add(alike);
			count(alike, record, range);
		},
		patterns: () => ({ patterns: patternsOf(store.values()), others }),
	};
}

const newNode = (): Node => ({ branches: new Map(), leaf: { clusters: new Set() } });

const newCluster = (sample: LogRecord, tokens: readonly string[], leaf: Leaf, key: string): Cluster => ({
	tokens,
	words: wordsOf(tokens),
	lacking: new Set(),
	lines: 0,
	levels: new Map(),
	first: Number.POSITIVE_INFINITY,
	last: Number.NEGATIVE_INFINITY,
	counts: new Array<number>(sparkColumns).fill(0),
	sample,
	leaf,
	key,
});

/** Tokens with digits may be anything: they lead down the common branch. */
function leafOf(root: Node, tokens: readonly string[]): Leaf {
	const ofLength = branchOf(root, String(tokens.length));
	const [first = ''] = tokens;
	return branchOf(ofLength, /\d/.test(first) || first.length > 100 ? wildcard : first).leaf;
}

function branchOf(node: Node, name: string): Node {
	const known = node.branches.get(name);
	if (known !== undefined) return known;
	const isFull = node.branches.size >= mostBranches && name !== wildcard;
	if (isFull) return branchOf(node, wildcard);
	const branch = newNode();
	node.branches.set(name, branch);
	return branch;
}

/** The pattern that has most of these tokens, and more than half of them; of several, the one that takes it as it is. */
function mostAlike({ clusters }: Leaf, tokens: readonly string[]): Cluster | undefined {
	let found: Cluster | undefined;
	let [most, mostWild] = [Math.floor(tokens.length / 2) + 1, -1];
	for (const cluster of clusters) {
		let [same, wild] = [0, 0];
		for (let at = 0; at < tokens.length; at++) {
			const token = cluster.tokens[at];
			if (token === wildcard) wild++;
			else if (token === tokens[at]) same++;
		}
		if (same < most || (same === most && wild <= mostWild)) continue;
		found = cluster;
		[most, mostWild] = [same, wild];
	}
	return found;
}

function generalise(cluster: Cluster, tokens: readonly string[]): void {
	if (cluster.tokens.every((token, at) => token === tokens[at] || token === wildcard)) return;
	cluster.tokens = cluster.tokens.map((token, at) => (token === tokens[at] ? token : wildcard));
	cluster.words = wordsOf(cluster.tokens);
}

function count(cluster: Cluster, { entry, level }: LogRecord, { from, to }: TimeRange): void {
	const at = toMilliseconds(entry.at);
	cluster.lines++;
	cluster.levels.set(level, (cluster.levels.get(level) ?? 0) + 1);
	cluster.first = Math.min(cluster.first, at);
	cluster.last = Math.max(cluster.last, at);
	const share = to > from ? (at - from) / (to - from) : 0;
	const column = Math.max(0, Math.min(sparkColumns - 1, Math.floor(share * sparkColumns)));
	cluster.counts[column] = (cluster.counts[column] ?? 0) + 1;
	for (const word of cluster.words) {
		if (!cluster.lacking.has(word) && !entry.line.includes(word)) cluster.lacking.add(word);
	}
}

/** Patterns that have become the same one are one. */
function patternsOf(clusters: readonly Cluster[]): readonly LogPattern[] {
	const byText = new Map<string, Cluster[]>();
	for (const cluster of clusters) {
		const text = formatPattern(cluster.tokens);
		byText.set(text, [...(byText.get(text) ?? []), cluster]);
	}
	return [...byText].flatMap(([text, same]) => {
		const [first] = same;
		return first === undefined ? [] : [patternOf(text, first, same)];
	});
}

function patternOf(text: string, { tokens, sample }: Cluster, same: readonly Cluster[]): LogPattern {
	const levels = new Map<LogLevel, number>();
	for (const [level, lines] of same.flatMap(cluster => [...cluster.levels])) {
		levels.set(level, (levels.get(level) ?? 0) + lines);
	}
	const lacking = new Set(same.flatMap(cluster => [...cluster.lacking]));
	return {
		text,
		test: formatPattern(tokens.map(token => (wordsOf([token]).some(word => lacking.has(word)) ? wildcard : token))),
		lines: same.reduce((sum, { lines }) => sum + lines, 0),
		level: mostCommon(levels),
		first: Math.min(...same.map(({ first }) => first)),
		last: Math.max(...same.map(({ last }) => last)),
		counts: Array.from({ length: sparkColumns }, (_, at) =>
			same.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
		),
		sample,
	};
}

const mostCommon = (levels: ReadonlyMap<LogLevel, number>): LogLevel => {
	const [first] = [...levels].sort(([a, inA], [b, inB]) => inB - inA || (isAtLeast(a, b) ? -1 : 1));
	return first?.[0] ?? 'unknown';
};
