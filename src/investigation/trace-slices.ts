import { formatLength } from '../analysis/format.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { type Failure, failureOf, sentenceOf } from '../model/failure.ts';
import { hour, lengthOf, minute, type TimeRange, toMilliseconds, toNanoseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { World } from './board.ts';
import { inPool } from './in-pool.ts';
import type { Asking } from './ports.ts';
import type { TraceResults } from './traces-findings.ts';
import { windowSlices } from './window-slices.ts';

/**
 * At most so many traces of a window that is searched at once, and of a part of a longer one, where it is Tempo's own
 * default: a screen or two can be read, and each further trace costs the server as much again.
 */
export const searchLimits = { whole: 50, part: 20 } as const;

/** Up to this length a window is searched at once; the newest part of a longer one is as long. */
const shortest = toNanoseconds(5 * minute);
/** Tempo searches at most 168 h at once (`max_search_duration`), one and a half times as much. */
const longest = toNanoseconds(112 * hour);
/** No part is longer than such a share of its window: where Tempo stops in each, what it found tells of all of them. */
const coarsest = 8n;

/** Parts of a window that are searched; they reach back about fifty days. */
const mostSlices = 24;

/** At a time, so that others can use the server as well. */
const poolWidth = 2;

/** The parts of a window that are searched, newest first, and those before them that are not. */
export function searchSlices({ from, to }: TimeRange): {
	readonly slices: readonly TimeRange[];
	readonly left: readonly TimeRange[];
} {
	const share = toNanoseconds(to - from) / coarsest;
	const lengths = { shortEnough: shortest, firstSlice: shortest, longest: share < longest ? share : longest };
	const all = windowSlices({ from: toNanoseconds(from), to: toNanoseconds(to) }, lengths).map(slice => ({
		from: toMilliseconds(slice.from),
		to: toMilliseconds(slice.to),
	}));
	return { slices: all.slice(0, mostSlices), left: all.slice(mostSlices) };
}

/**
 * Searches a window part by part; `show` gets what is there after each that was not the last. Where the newest part cannot
 * be searched the search fails; where an older one cannot, what was found stays, and no further part is begun.
 */
export async function searchInSlices(
	question: { readonly query: string; readonly range: TimeRange },
	world: World,
	asking: Asking,
	show: (results: Answer<TraceResults>) => void,
): Promise<Answer<TraceResults>> {
	const { slices, left } = searchSlices(question.range);
	const limit = slices.length === 1 ? searchLimits.whole : searchLimits.part;
	const found = collected(question.query, slices.length, limit);
	const search = async (range: TimeRange) => {
		const { value, notes } = await world.sources.traces.search(question.query, range, limit, asking);
		found.add(value, notes);
		if (!found.isWhole()) show(found.now());
	};
	const [newest, ...older] = slices;
	if (newest !== undefined) await search(newest);
	const lost: { readonly range: TimeRange; readonly failure?: Failure }[] = left.map(range => ({ range }));
	let hasFailed = false;
	await inPool(older, poolWidth, async range => {
		if (hasFailed) return void lost.push({ range });
		try {
			await search(range);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			hasFailed = true;
			lost.push({ range, failure });
		}
	});
	const { value, notes } = found.now();
	const whole = lost.length === 0 ? value : { ...value, parts: { ...value.parts, lost: lost.length } };
	return answer(whole, [...lostNotes(lost), ...notes]);
}

/** What several searches found: each trace once, newest first. */
function collected(query: string, all: number, limit: number) {
	const traces = new Map<string, TraceSummary>();
	const notes = new Map<string, Note>();
	let [searched, cut] = [0, 0];
	return {
		add: (summaries: readonly TraceSummary[], said: readonly Note[]) => {
			searched++;
			for (const summary of summaries) {
				const known = traces.get(summary.id);
				if (known === undefined || known.duration < summary.duration) traces.set(summary.id, withoutSecrets(summary));
			}
			if (summaries.length >= limit) cut++;
			for (const note of said) notes.set(note.text, note);
		},
		isWhole: () => searched === all,
		now: (): Answer<TraceResults> =>
			answer(
				{
					traces: [...traces.values()].toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0)),
					query,
					limit,
					parts: { searched, all, cut },
				},
				[...notes.values(), ...uncountedNotes([...traces.values()])],
			),
	};
}

/** Before 2.6 the summaries of traces have no counts. */
const uncountedNotes = (traces: readonly TraceSummary[]): readonly Note[] =>
	traces.length > 0 && traces.every(({ services }) => services.length === 0)
		? [{ kind: 'info', text: 'This Tempo (before 2.6) does not count the spans and errors of a trace.' }]
		: [];

function lostNotes(lost: readonly { readonly range: TimeRange; readonly failure?: Failure }[]): readonly Note[] {
	if (lost.length === 0) return [];
	const length = formatLength(lost.reduce((sum, { range }) => sum + lengthOf(range), 0));
	const why = lost.flatMap(({ failure }) => (failure === undefined ? [] : [sentenceOf(failure)]))[0];
	const words = why ?? `More than ${mostSlices} searches are not made for one window; a shorter one reaches them.`;
	return [{ kind: 'partial', text: `The oldest ${length} of the window are not searched. ${words}` }];
}

const withoutSecrets = (summary: TraceSummary): TraceSummary => ({
	...summary,
	rootName: redactEvidence(summary.rootName),
	rootService: redactEvidence(summary.rootService),
	services: summary.services.map(service => ({ ...service, name: redactEvidence(service.name) })),
});
