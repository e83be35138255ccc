import type { Alert, RecordingRule, RecordingRules } from '../model/alert.ts';
import type { Labels, Matcher } from '../model/labels.ts';
import { lineageOf, type MadeLabel } from './alert-lineage.ts';
import { matchesLabels } from './label-match.ts';
import { type PromNode, type PromSelector, parsePromql } from './promql.ts';
import { promSelector } from './promql-build.ts';

/** An expression with the recorded series that it is about replaced by what they are recorded from. */
export type Expanded = {
	/** Its outer nodes keep the text that the operator wrote. */
	readonly root: PromNode;
	/** Labels that the recording rules put on top, which what they record does not have. */
	readonly put: ReadonlyMap<string, MadeLabel>;
	readonly recorded: Recorded;
};

/** What was replaced. */
export type Recorded = {
	/** The recorded series as the rule selects them. */
	readonly written: readonly PromSelector[];
	/** In words, to stand behind `it reads`: `ratesd:availability, recorded from http_requests_total{app="ratesd"}`. */
	readonly words: string;
};

/** Recorded series may be made of recorded ones; so many levels are read, whatever goes round in circles. */
const mostLevels = 3;
/** Recorded series that are read for one expression. */
const mostReplaced = 50;

/**
 * Reads on in the recording rules behind the series that an alert's rule is about; `undefined` when it is about none
 * that is known. Of several rules that record one name it must be clear which one made the alert's series: by its
 * selector, or by the labels that the rules put on top and the alert has.
 */
export function expandRecorded(root: PromNode, alert: Pick<Alert, 'labels' | 'recordings'>): Expanded | undefined {
	const { recordings = new Map(), labels } = alert;
	const put = new Map<string, MadeLabel>();
	const written: PromSelector[] = [];
	let left = mostReplaced;

	const expanded = (node: PromNode, level: number): PromNode => {
		if (level > mostLevels) return node;
		const subject = new Set(lineageOf(node).subject);
		return withSelectors(node, selector => {
			const rule = subject.has(selector) ? recordingOf(selector, recordings, labels) : undefined;
			const inner = rule === undefined || left === 0 ? undefined : parsePromql(rule.expression);
			if (rule === undefined || inner === undefined) return selector;
			left--;
			if (level === 1) written.push(selector);
			for (const name of Object.keys(rule.labels)) put.set(name, { from: '', whole: false });
			return expanded(narrowed(inner, selector, rule.labels), level + 1);
		});
	};

	const whole = expanded(root, 1);
	const [first] = written;
	return first === undefined ? undefined : { root: whole, put, recorded: { written, words: wordsOf(first, whole) } };
}

/** The one rule that records what the selector selects; none when rules of different expressions may. */
function recordingOf(
	{ metric = '', matchers }: PromSelector,
	recordings: RecordingRules,
	alert: Labels,
): RecordingRule | undefined {
	const possible = (recordings.get(metric) ?? []).filter(({ labels }) =>
		Object.entries(labels).every(
			([name, value]) =>
				(alert[name] ?? value) === value &&
				matchesLabels(
					{ [name]: value },
					matchers.filter(matcher => matcher.name === name),
				),
		),
	);
	const [first] = possible;
	return possible.every(({ expression }) => expression === first?.expression) ? first : undefined;
}

/** What is recorded, restricted to what is selected of it, as far as the labels are those of its own series. */
function narrowed(recorded: PromNode, { matchers }: PromSelector, put: Labels): PromNode {
	const { subject, grouped, groupedBy, lent, made } = lineageOf(recorded);
	const own = matchers.filter(
		({ name }) => !(name in put) && !lent.has(name) && !made.has(name) && (!grouped || groupedBy.includes(name)),
	);
	if (own.length === 0) return recorded;
	const measured = new Set(subject);
	return withSelectors(recorded, selector =>
		measured.has(selector) ? { ...selector, matchers: together(selector.matchers, own) } : selector,
	);
}

const together = (matchers: readonly Matcher[], more: readonly Matcher[]): readonly Matcher[] => [
	...matchers,
	...more.filter(each => !matchers.some(({ name, value }) => name === each.name && value === each.value)),
];

/** The same tree with other selectors. */
function withSelectors(node: PromNode, change: (selector: PromSelector) => PromNode): PromNode {
	const changed = (child: PromNode) => withSelectors(child, change);
	switch (node.kind) {
		case 'selector':
			return change(node);
		case 'call':
		case 'aggregate':
			return { ...node, args: node.args.map(changed) };
		case 'binary':
			return { ...node, left: changed(node.left), right: changed(node.right) };
		case 'subquery':
			return { ...node, operand: changed(node.operand) };
		default:
			return node;
	}
}

/** The widest of the selectors stands for all: of a ratio it is the one below the line. */
function wordsOf({ metric = '' }: PromSelector, root: PromNode): string {
	const [widest] = lineageOf(root).subject.toSorted((a, b) => a.matchers.length - b.matchers.length);
	return `${metric}, recorded from ${widest === undefined ? 'no series' : promSelector(widest.metric, widest.matchers)}`;
}
