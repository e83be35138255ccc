import { formatBytes } from '../analysis/format.ts';
import { requestIdQuery } from '../analysis/trace-guess.ts';
import { normalTraceId } from '../analysis/trace-id.ts';
import type { Answer } from '../model/answer.ts';
import type { LogsPlace, Place, TracePlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { type Attempt, climb } from './climb.ts';
import { costOfPlace, createEstimator } from './log-estimate.ts';
import { logRange, readLines } from './log-reading.ts';
import { findTarget, selectorsOf } from './log-target.ts';
import type { Asking } from './ports.ts';
import type { RungTo } from './rung.ts';

/** `L` its log lines, `r` traces with a span that has it for the ID of its request, `a` a trace of its lower half. */
export type TraceRungKey = 'L' | 'r' | 'a';
export type MissingTraceRung = RungTo<Place, TraceRungKey>;

/** Enough to say that it is worth a key. */
const mostLines = 100;
const mostTraces = 20;

type Missing = { readonly place: TracePlace; readonly range: TimeRange };

/** Of a trace that is not there: its lines, what has its ID otherwise; one question each, and never a large one. */
export const climbWithoutTrace = (
	missing: Missing,
	world: World,
	asking: Asking,
): Promise<Answer<readonly MissingTraceRung[]>> =>
	climb([linesOf(missing, world, asking), byRequest(missing, world, asking), ...lowerHalf(missing, world, asking)]);

function linesOf({ place, range }: Missing, world: World, asking: Asking): Attempt<MissingTraceRung> {
	const to: LogsPlace = { kind: 'logs', trace: place.id, window: place.window };
	return {
		words: 'its log lines',
		ask: async () => {
			const { value: target } = await findTarget(to, range, world, asking);
			const query = target.queries.join('\n');
			const cost = await costOfPlace(to, selectorsOf(target), createEstimator(range, world, asking), world);
			if (cost.value.asks && cost.value.value !== undefined) {
				const found = `its log lines not tried: that may read ${formatBytes(cost.value.value.bytes)}`;
				return { key: 'L', found, query, to };
			}
			const question = { ...target, range: logRange(range), limit: mostLines, direction: 'forward' as const };
			const { value: lines } = await readLines(question, world, asking);
			const { length } = lines.records;
			const more = lines.unread.newer === undefined ? '' : ' or more';
			return {
				key: length === 0 ? undefined : 'L',
				found: `${length}${more} log ${length === 1 ? 'line has' : 'lines have'} its ID`,
				query,
				to,
			};
		},
	};
}

function byRequest({ place, range }: Missing, { sources }: World, asking: Asking): Attempt<MissingTraceRung> {
	return {
		words: 'traces with it as the ID of a request',
		ask: async () => {
			const query = requestIdQuery(place.id);
			const { value } = await sources.traces.search(query, range, mostTraces, asking);
			const [only] = value;
			const isOne = only !== undefined && value.length === 1;
			return {
				key: only === undefined ? undefined : 'r',
				found: `${value.length} ${isOne ? 'trace has' : 'traces have'} it as the ID of a request`,
				query,
				to: isOne
					? { kind: 'trace', id: only.id, window: place.window }
					: { kind: 'traces', query, window: place.window },
			};
		},
	};
}

/** Whoever knows 64 bits only has stored the lower half of 128. */
function lowerHalf(
	{ place, range }: Missing,
	{ sources }: World,
	asking: Asking,
): readonly Attempt<MissingTraceRung>[] {
	const id = normalTraceId(place.id);
	const low = id?.slice(16);
	if (id === undefined || low === undefined || id.startsWith('0'.repeat(16)) || /^0+$/.test(low)) return [];
	const ask = async (): Promise<MissingTraceRung> => {
		const { value } = await sources.traces.trace(low, range, asking);
		const isThere = value !== undefined && value.spans.length > 0;
		return {
			key: isThere ? 'a' : undefined,
			found: isThere ? `a trace of its lower 64 bits, ${low}` : 'no trace of its lower 64 bits',
			query: low,
			to: { kind: 'trace', id: low, window: place.window },
		};
	};
	return [{ words: 'its lower half', ask }];
}
