import { formatBytes, formatLength } from '../analysis/format.ts';
import { chipText } from '../analysis/log-filters.ts';
import { streamCandidates } from '../analysis/log-streams.ts';
import { otherSpellings } from '../analysis/trace-id.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { LogsPlace } from '../model/place.ts';
import { fixed, hour, lengthOf, type Milliseconds, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { climb } from './climb.ts';
import { logRange, ofSpan, pageOf, readLines } from './log-reading.ts';
import { findTarget, queriesOf } from './log-target.ts';
import { attemptsByOtherField } from './logs-by-other-field.ts';
import type { LadderAttempt, LogsCost, LogsPageRead, LogsTarget, Rung, RungKey } from './logs-findings.ts';
import { attemptsOfTrace, unlessFailed } from './logs-of-span.ts';
import type { Asking } from './ports.ts';
import { widened } from './widened.ts';

/** Enough to say that it is worth a key. */
const rungLimit = 100;

/** What found nothing, and where. */
export type Nothing = {
	readonly place: LogsPlace;
	readonly range: TimeRange;
	readonly target: LogsTarget;
	readonly page: LogsPageRead;
	readonly cost?: LogsCost | undefined;
};

/**
 * What would have found lines: each question is put once, at the same time, for at most 100 lines. Attempts that
 * found nothing are told as well, so that nobody tries them again by hand.
 */
export async function climbLadder(nothing: Nothing, world: World, asking: Asking): Promise<Answer<readonly Rung[]>> {
	const { place, range, target } = nothing;
	const climbs = async (attempts: readonly LadderAttempt[] | Promise<readonly LadderAttempt[]>) =>
		climb(
			(await attempts).map(attempt => ({
				words: attempt.words,
				ask: async () => tooMuch(attempt, nothing) ?? tried(attempt, world, asking),
			})),
		);
	const ofAll = climbs(everyServiceAttempt(nothing, world, asking));
	if (target.queries.length === 0) return together([widerService(nothing, world, asking), ofAll]);
	return together([
		climbs(attemptsOf(nothing, world.now())),
		ofAll,
		climbs(attemptsByOtherField(nothing, world, asking)),
		climbs(attemptsOfTrace({ place, range, target }, world, asking)),
	]);
}

async function together(parts: readonly Promise<Answer<readonly Rung[]>>[]): Promise<Answer<readonly Rung[]>> {
	const answers = await Promise.all(parts);
	return answer(
		answers.flatMap(({ value }) => value),
		answers.flatMap(({ notes }) => notes),
	);
}

function attemptsOf({ place, range, target }: Nothing, now: Milliseconds): readonly LadderAttempt[] {
	const { level: _level, ...everyLevel } = place;
	const { filters = [], ...unfiltered } = place;
	const { span: _span, service: _service, ...everyService } = place;
	const hasId = place.request !== undefined || place.trace !== undefined;
	const at = (key: RungKey, words: string, to: LogsPlace, within = range): LadderAttempt => ({
		key,
		words,
		to,
		range: within,
		queries: queriesOf(to, target),
	});
	const wide = widened(range, now, hasId ? 6 * hour : 24 * hour);
	return [
		...(wide === undefined
			? []
			: [at('w', `in ${formatLength(lengthOf(wide))}`, { ...place, window: fixed(wide.from, wide.to) }, wide)]),
		...spellingAttempt(place, range, target),
		...(place.level === undefined ? [] : [at('v', 'of any level', everyLevel)]),
		...(place.span === undefined ? [] : [at('a', 'of the whole trace', everyService)]),
		...(filters.length === 0 ? [] : [at('x', `without ${filters.map(chipText).join(', ')}`, unfiltered)]),
	];
}

/** Whatever service is named beside the ID of a request or trace, its lines may be of others. */
async function everyServiceAttempt(
	{ place, range }: Nothing,
	world: World,
	asking: Asking,
): Promise<readonly LadderAttempt[]> {
	const { service, ...whole } = place;
	const hasId = place.request !== undefined || place.trace !== undefined;
	if (service === undefined || !hasId || place.span !== undefined) return [];
	const target = await unlessFailed(findTarget(whole, range, world, asking));
	if (target === undefined) return [];
	return [{ key: 'a', words: 'of every service', to: whole, range, queries: target.queries }];
}

/** One regular expression over all spellings; the line that is found tells which one it was. */
function spellingAttempt(place: LogsPlace, range: TimeRange, target: LogsTarget): readonly LadderAttempt[] {
	const field = place.trace !== undefined ? 'trace' : 'request';
	const id = place.trace ?? place.request;
	const spellings = id === undefined ? [] : otherSpellings(id);
	if (spellings.length === 0) return [];
	const identity = { requests: [], traces: spellings };
	return [
		{
			key: 'i',
			words: `with the ID spelt in ${spellings.length} other ways`,
			to: place,
			range,
			queries: queriesOf(place, target, identity),
			narrow: line => ({ ...place, [field]: spellings.find(each => line.includes(each)) ?? id }),
		},
	];
}

/** A longer window that would read more than is read unasked is not tried; whoever goes there is asked. */
function tooMuch({ key, words, to, range, queries }: LadderAttempt, { cost, range: asked }: Nothing): Rung | undefined {
	if (cost?.value === undefined) return undefined;
	const bytes = (cost.value.bytes * lengthOf(range)) / lengthOf(asked);
	if (bytes <= cost.bound) return undefined;
	return { key, found: `not tried ${words}: that may read ${formatBytes(bytes)}`, query: queries.join('\n'), to };
}

async function tried(attempt: LadderAttempt, world: World, asking: Asking): Promise<Rung> {
	const { key, words, to, range, queries, narrow } = attempt;
	if (queries.length === 0) return { key: undefined, found: `no stream ${words}`, query: '', to };
	const question = { queries, range: logRange(range), limit: rungLimit, direction: 'backward' as const };
	const { value: lines } = await readLines(question, world, asking);
	const { records } = pageOf(to.span === undefined ? lines : ofSpan(lines, to.span), to);
	const [first] = records;
	const count = `${records.length}${lines.unread.older !== undefined ? ' or more' : ''} ${records.length === 1 ? 'line' : 'lines'}`;
	const found = first === undefined ? undefined : JSON.stringify([first.entry.line, first.entry.metadata]);
	return {
		key: found === undefined ? undefined : key,
		found: `${count} ${words}`,
		query: queries.join('\n'),
		to: found === undefined || narrow === undefined ? to : narrow(found),
	};
}

/** A service without streams in the window may have had some in the day round it. */
async function widerService(
	{ place, range }: Nothing,
	{ sources, now }: World,
	asking: Asking,
): Promise<Answer<readonly Rung[]>> {
	const wide = widened(range, now(), 24 * hour);
	if (wide === undefined || place.service === undefined) return answer([]);
	const selectors = streamCandidates(place.service).map(({ selector }) => selector);
	const { value: streams, notes } = await sources.logs.series(selectors, wide, asking);
	const rung: Rung = {
		key: streams.length === 0 ? undefined : 'w',
		found: `${streams.length} ${streams.length === 1 ? 'stream' : 'streams'} in ${formatLength(lengthOf(wide))}`,
		query: selectors.join('\n'),
		to: { ...place, window: fixed(wide.from, wide.to) },
	};
	return answer([rung], notes);
}
