import { comparedSteps } from '../analysis/compared-requests.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import { profileSteps, type RequestProfile } from '../analysis/request-profile.ts';
import { type DurationLimits, durationLimitsOf, durationSampleOf, nearestTraces } from '../analysis/slow-and-usual.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { type Failure, failureOf, sentenceOf } from '../model/failure.ts';
import { inSlices } from '../model/steps.ts';
import { lengthInMilliseconds, type Milliseconds, minute, type TimeRange, toMilliseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { World } from './board.ts';
import type { ComparedSide, Comparison } from './compare-findings.ts';
import { type Root, redactedRoot, searchedStore, tracesLasting } from './compare-search.ts';
import { inPool } from './in-pool.ts';
import type { Asking } from './ports.ts';

/** Traces of a side: enough for a mean, and few enough to read. */
const mostOfSide = 8;
/** At a time: each may be large. */
const poolWidth = 3;
/** So many spans are read of all traces together; then no further one is begun. */
const mostSpans = 200_000;
/** Room round a trace in which it is looked for. */
const slack: Milliseconds = 15 * minute;
/** How often what is there so far is shown, and how much longer than merging it lasted that rests. */
const every: Milliseconds = 200;
const restFactor = 4;

/** What is compared: requests of one root. */
export type SidesQuestion = {
	readonly root: Root;
	readonly range: TimeRange;
	/** The request that is looked at. */
	readonly given: RequestProfile | undefined;
	/** Some of this root, without the given one. */
	readonly sample: readonly TraceSummary[];
};

export type SidesTools = {
	readonly world: World;
	readonly asking: Asking;
	/** Takes what is to be said of the answers. */
	readonly notes: Note[];
	readonly words: (words: string) => void;
	readonly show: (comparison: Answer<Comparison>) => void;
};

type Chosen = { readonly query: string | undefined; readonly traces: readonly TraceSummary[] };
type SideName = 'slow' | 'usual';
type Sides<Of> = Readonly<Record<SideName, Of>>;

/** Finds some slow and some usual requests, reads them and merges them. Fails only when it is cancelled. */
export async function compareSides(question: SidesQuestion, tools: SidesTools): Promise<Comparison> {
	const { given, sample } = question;
	const durations = sample.map(({ duration }) => lengthInMilliseconds(duration));
	const limits = durationLimitsOf(durations, given === undefined ? undefined : given.duration / 1e6);
	tools.words('looking for slow and for usual ones');
	const chosen = await chosenSides(question, limits, tools);
	const own: SideName = limits?.isGivenUsual === true ? 'usual' : 'slow';
	const read: Sides<RequestProfile[]> = { slow: [], usual: [] };
	if (given !== undefined) read[own].push(given);
	const sideOf = (name: SideName): ComparedSide => ({
		query: redactEvidence(chosen[name].query ?? '') || undefined,
		chosen: chosen[name].traces.length + (given !== undefined && own === name ? 1 : 0),
		read: read[name].length,
		lasts: lastsOf(read[name]),
	});
	const slicing = { now: tools.world.now, signal: tools.asking.signal };
	const comparison = async (): Promise<Comparison> => {
		const compared = await inSlices(comparedSteps([...read.slow], [...read.usual]), slicing);
		return {
			found: true,
			store: searchedStore(tools.world),
			root: redactedRoot(question.root),
			sample: durationSampleOf(durations),
			limits,
			given: given && { trace: given.trace, duration: given.duration / 1e6 },
			slow: sideOf('slow'),
			usual: sideOf('usual'),
			compared,
		};
	};
	let nextAt = Number.NEGATIVE_INFINITY;
	await readSides(chosen, read, tools, async () => {
		const before = tools.world.now();
		if (before < nextAt || read.slow.length === 0 || read.usual.length === 0) return;
		// Whoever arrives meanwhile is shown next; large requests are not merged over and over.
		nextAt = Number.POSITIVE_INFINITY;
		tools.show(answer(await comparison(), [...tools.notes, ...skewNotes(read)]));
		const after = tools.world.now();
		nextAt = after + Math.max(every, restFactor * (after - before));
	});
	tools.notes.push(...skewNotes(read));
	return comparison();
}

/** What was compared as it was sent, and may be wrong. */
function skewNotes({ slow, usual }: Sides<readonly RequestProfile[]>): readonly Note[] {
	const all = [...slow, ...usual];
	const skewed = all.filter(({ isSkewed }) => isSkewed).length;
	if (skewed === 0) return [];
	const text = `In ${skewed} of ${all.length} traces the clocks of services disagree: who waited and who worked may be mixed up there.`;
	return [{ kind: 'warning', text }];
}

function lastsOf(profiles: readonly RequestProfile[]): ComparedSide['lasts'] {
	const lengths = profiles.map(({ duration }) => duration / 1e6);
	return lengths.length === 0 ? undefined : { from: Math.min(...lengths), to: Math.max(...lengths) };
}

/** A search that fails leaves what the sample has. */
async function chosenSides(
	{ root, range, given, sample }: SidesQuestion,
	limits: DurationLimits | undefined,
	{ world, asking, notes }: SidesTools,
): Promise<Sides<Chosen>> {
	if (limits === undefined) return { slow: unsearched, usual: unsearched };
	const choose = async (name: SideName, wanted: Milliseconds, most: number): Promise<Chosen> => {
		let [query, found]: [string | undefined, readonly TraceSummary[]] = [undefined, []];
		try {
			const { value, notes: said } = await tracesLasting(root, limits[name], range, world, asking);
			notes.push(...said);
			[query, found] = [value.query, value.traces];
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			notes.push({ kind: 'partial', text: `The search for ${name} requests failed. ${sentenceOf(failure)}` });
		}
		const others = [...sample, ...found].filter(({ id }) => id !== given?.trace);
		return { query, traces: nearestTraces(others, limits[name], wanted, most) };
	};
	const { median } = durationSampleOf(sample.map(({ duration }) => lengthInMilliseconds(duration)));
	const isSlow = given !== undefined && !limits.isGivenUsual;
	const isUsual = given !== undefined && limits.isGivenUsual;
	// Without one to be like, the slowest of those that were found.
	const slowest = isSlow ? given.duration / 1e6 : Number.MAX_SAFE_INTEGER;
	const [slow, usual] = await Promise.all([
		choose('slow', slowest, mostOfSide - (isSlow ? 1 : 0)),
		choose('usual', median, mostOfSide - (isUsual ? 1 : 0)),
	]);
	return { slow, usual };
}

const unsearched: Chosen = { query: undefined, traces: [] };

/** Reads the traces of both sides in turn, so that there is soon something to compare. */
async function readSides(
	chosen: Sides<Chosen>,
	read: Sides<RequestProfile[]>,
	{ world, asking, notes, words }: SidesTools,
	arrived: () => Promise<void>,
): Promise<void> {
	const queue = Array.from({ length: mostOfSide }, (_, index) =>
		(['slow', 'usual'] as const).flatMap(name => {
			const trace = chosen[name].traces[index];
			return trace === undefined ? [] : [{ name, trace }];
		}),
	).flat();
	let [spans, missing, left, done] = [0, 0, 0, 0];
	const failures: Failure[] = [];
	await inPool(queue, poolWidth, async ({ name, trace }) => {
		if (spans > mostSpans) return void left++;
		try {
			const profile = await profileOf(trace, world, asking);
			spans += profile?.spans ?? 0;
			if (profile === undefined) missing++;
			else read[name].push(profile);
			words(`${++done} of ${queue.length} traces read`);
			await arrived();
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			failures.push(failure);
		}
	});
	notes.push(...unreadNotes({ missing, left, failures }, queue.length));
}

async function profileOf(
	{ id, start, duration }: TraceSummary,
	world: World,
	asking: Asking,
): Promise<RequestProfile | undefined> {
	const at = toMilliseconds(start);
	const hint = { from: at - slack, to: at + lengthInMilliseconds(duration) + slack };
	const { value: trace } = await world.sources.traces.trace(id, hint, asking);
	if (trace === undefined || trace.spans.length === 0) return undefined;
	return inSlices(profileSteps(trace), { now: world.now, signal: asking.signal });
}

function unreadNotes(
	{
		missing,
		left,
		failures,
	}: { readonly missing: number; readonly left: number; readonly failures: readonly Failure[] },
	all: number,
): readonly Note[] {
	const [failure] = failures;
	const partial = (text: string): Note => ({ kind: 'partial', text });
	return [
		...(failure === undefined
			? []
			: [partial(`${failures.length} of ${all} traces could not be read. ${sentenceOf(failure)}`)]),
		...(missing === 0 ? [] : [partial(`${missing} of ${all} traces were found by the search and not given.`)]),
		...(left === 0
			? []
			: [
					partial(
						`${left} of ${all} traces were not read: those before have ${mostSpans.toLocaleString('en-US')} spans.`,
					),
				]),
	];
}
