import { redactEvidence } from '../analysis/redact-evidence.ts';
import { profileSteps, type RequestProfile } from '../analysis/request-profile.ts';
import { commonRootOf } from '../analysis/slow-and-usual.ts';
import { formatAttribute } from '../analysis/trace-attributes.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { ComparePlace } from '../model/place.ts';
import { inSlices } from '../model/steps.ts';
import { day, hour, lengthOf, type Milliseconds, minute, rangeOf, type TimeRange } from '../model/time.ts';
import { createBoard, type Investigate, type World } from './board.ts';
import { fillLadder } from './climb.ts';
import type { CompareFindings, Comparison, NothingToCompare } from './compare-findings.ts';
import { climbWithoutRequests } from './compare-ladder.ts';
import { type Root, sampleTraces, searchedStore, tracesOfRoot } from './compare-search.ts';
import { compareSides } from './compare-sides.ts';
import type { Asking } from './ports.ts';

/** Only so much of a long window is searched, the newest: a search may have to read all of it. */
const longestWindow: Milliseconds = day;
/** Room round the window of the place for the request that is looked at. */
const slack: Milliseconds = 15 * minute;

/** What is told while nothing is there yet, and what is there so far. */
type Telling = {
	readonly words: (words: string) => void;
	readonly show: (comparison: Answer<Comparison>) => void;
};

type Asked = { readonly world: World; readonly asking: Asking; readonly telling: Telling };
type Found = Answer<Comparison | NothingToCompare>;

/**
 * Slow requests against usual ones of the same root: a sample tells how long they take, two searches by duration find some
 * of each, and these are read a few at a time and merged by path. What is there is shown as they arrive.
 */
export const investigateCompare: Investigate<ComparePlace, CompareFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	const isFirst = previous.comparison.status === 'idle';
	const telling: Telling = {
		words: words => board.progress('comparison', words),
		// Figures that are whole must not be replaced by those of the first few traces.
		show: comparison => {
			if (isFirst) board.show('comparison', comparison);
		},
	};
	const found = await board.fill('comparison', compareRequests(place, { world, asking, telling }));
	const range = rangeOf(place.window, world.now());
	const climbs = () => climbWithoutRequests({ place, range }, world, asking);
	await fillLadder(board, found?.found !== false, climbs, { now: world.now(), asking });
};

async function compareRequests(place: ComparePlace, { world, asking, telling }: Asked): Promise<Found> {
	const asked = rangeOf(place.window, world.now());
	const range = { from: Math.max(asked.from, asked.to - longestWindow), to: asked.to };
	const notes: Note[] = cutNotes(asked, range);
	const given = await givenRequest(place, { range, notes }, world, asking);
	const nothing = (why: string, query = ''): Found =>
		answer({ found: false, why: redactEvidence(why), query: redactEvidence(query) || undefined }, notes);
	const { attributes } = place;
	const narrowed = attributes === undefined ? {} : { attributes };
	const known = given?.root ?? rootIn(place);
	const service = known?.service ?? place.service;
	if (service === undefined) {
		const store = world.sources.tracesFrom?.().name ?? 'Tempo';
		return nothing(`${store} has no root of trace ${place.trace}, so it is not known what to compare it with.`);
	}
	telling.words('looking how long such requests take');
	const { value: sample, notes: said } = await sampleTraces(
		{ ...(known ?? { service }), ...narrowed },
		range,
		world,
		asking,
	);
	notes.push(...said);
	const root = known ?? commonRootOf(sample.traces);
	const like = root === undefined ? [] : tracesOfRoot(sample.traces, root);
	if (root === undefined || (like.length === 0 && given === undefined)) {
		const what = known === undefined ? `goes through ${service}` : `begins with ${known.service} ${known.operation}`;
		const having = attributes === undefined ? '' : ` with ${attributes.map(formatAttribute).join(' and ')}`;
		return nothing(`${searchedStore(world)} found no trace that ${what}${having} in this window.`, sample.query);
	}
	const comparison = await compareSides(
		{ root: { ...root, ...narrowed }, range, given, sample: like.filter(({ id }) => id !== given?.trace) },
		{ world, asking, notes, ...telling },
	);
	return answer(comparison, notes);
}

const rootIn = ({ service, operation }: ComparePlace): Root | undefined =>
	service === undefined || operation === undefined ? undefined : { service, operation };

const cutNotes = (asked: TimeRange, range: TimeRange): Note[] =>
	range.from === asked.from
		? []
		: [
				{
					kind: 'partial',
					text: `Only the newest ${lengthOf(range) / hour} h of the window are searched; a shorter one reaches the rest.`,
				},
			];

/** The request that is looked at. Without it the rest can still be compared, when it is known what. */
async function givenRequest(
	{ trace: id, service }: ComparePlace,
	{ range, notes }: { readonly range: TimeRange; readonly notes: Note[] },
	world: World,
	asking: Asking,
): Promise<RequestProfile | undefined> {
	if (id === undefined) return undefined;
	const hint = { from: range.from - slack, to: range.to + slack };
	const { value: trace, notes: said } = await world.sources.traces.trace(id, hint, asking);
	notes.push(...said);
	if (trace !== undefined && trace.spans.length > 0) {
		const profile = await inSlices(profileSteps(trace), { now: world.now, signal: asking.signal });
		if (profile.root !== undefined) return profile;
	}
	if (service !== undefined) {
		notes.push({ kind: 'partial', text: `Trace ${id} is not among the slow ones: it, or its root, is not there.` });
	}
	return undefined;
}
