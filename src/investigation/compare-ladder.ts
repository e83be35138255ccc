import { formatLength } from '../analysis/format.ts';
import { formatAttribute } from '../analysis/trace-attributes.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import type { Answer } from '../model/answer.ts';
import type { ComparePlace } from '../model/place.ts';
import { day, fixed, lengthOf, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { type Attempt, climb } from './climb.ts';
import { tracesOfRoot } from './compare-search.ts';
import type { Asking } from './ports.ts';
import type { RungTo } from './rung.ts';
import { widened } from './widened.ts';

/** `w` a wider window, `x` without the attributes, `o` whatever the operation. */
export type CompareRungKey = 'w' | 'x' | 'o';
export type CompareRung = RungTo<ComparePlace, CompareRungKey>;

/** Enough to say that it is worth a key. */
const rungLimit = 20;

/** The place with the service that is compared, as far as that is known, and where nothing of it was found. */
type Nothing = { readonly place: ComparePlace; readonly range: TimeRange };

/** What would have found requests to compare: each question is one search for at most 20 traces. */
export function climbWithoutRequests(
	{ place, range }: Nothing,
	world: World,
	asking: Asking,
): Promise<Answer<readonly CompareRung[]>> {
	const { attributes, ...anyAttributes } = place;
	const { operation, ...anyOperation } = place;
	if (place.service === undefined) return climb([]);
	const attempt = (key: CompareRungKey, words: string, to: ComparePlace, within = range): Attempt<CompareRung> => ({
		words,
		ask: () => searched({ key, words, to, range: within }, world, asking),
	});
	const wide = widened(range, world.now(), day);
	return climb([
		...(wide === undefined
			? []
			: [attempt('w', `in ${formatLength(lengthOf(wide))}`, { ...place, window: fixed(wide.from, wide.to) }, wide)]),
		...(attributes === undefined
			? []
			: [attempt('x', `without ${attributes.map(formatAttribute).join(', ')}`, anyAttributes)]),
		...(operation === undefined
			? []
			: [attempt('o', `through ${place.service}, whatever they begin with`, anyOperation)]),
	]);
}

type Tried = {
	readonly key: CompareRungKey;
	readonly words: string;
	readonly to: ComparePlace;
	readonly range: TimeRange;
};

async function searched({ key, words, to, range }: Tried, world: World, asking: Asking): Promise<CompareRung> {
	const { service, operation, attributes } = to;
	const query = traceSearchQuery({ service, operation, attributes });
	const { value } = await world.sources.traces.search(query, range, rungLimit, asking);
	const isRoot = service !== undefined && operation !== undefined;
	const { length } = isRoot ? tracesOfRoot(value, { service, operation }) : value;
	const more = value.length >= rungLimit ? ' or more' : '';
	return {
		key: length === 0 ? undefined : key,
		found: `${length}${more} ${length === 1 ? 'trace' : 'traces'} ${words}`,
		query,
		to,
	};
}
