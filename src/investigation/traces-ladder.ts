import { formatLength } from '../analysis/format.ts';
import { nearestNames } from '../analysis/spelling.ts';
import { formatAttribute } from '../analysis/trace-attributes.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf } from '../model/failure.ts';
import type { TracesPlace } from '../model/place.ts';
import { day, fixed, hour, lengthOf, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { climb } from './climb.ts';
import type { Asking } from './ports.ts';
import type { TraceRung, TraceRungKey } from './traces-findings.ts';
import { widened } from './widened.ts';

/** Enough to say that it is worth a key. */
const rungLimit = 20;
/** Services that are looked through for one that is spelt alike. */
const mostServices = 1000;

type Attempt = {
	readonly key: TraceRungKey;
	readonly words: string;
	readonly to: TracesPlace;
	readonly range: TimeRange;
};

/**
 * What would have found traces: each question is put once, at the same time, for at most 20 of them. Attempts that found
 * nothing are told as well, so that nobody tries them again by hand.
 */
export async function climbTraceLadder(
	{ place, range }: { readonly place: TracesPlace; readonly range: TimeRange },
	world: World,
	asking: Asking,
): Promise<Answer<readonly TraceRung[]>> {
	const attempts = attemptsOf(place, range, world.now()).map(attempt => ({
		words: attempt.words,
		ask: () => searched(attempt, world, asking),
	}));
	const [{ value, notes }, unknown] = await Promise.all([
		climb(attempts),
		unknownService({ place, range }, world, asking),
	]);
	return answer(value, [...unknown, ...notes]);
}

function attemptsOf(place: TracesPlace, range: TimeRange, now: number): readonly Attempt[] {
	const { errors, ...anyStatus } = place;
	const { operation, ...anyOperation } = place;
	const { slowerThan, fasterThan, ...anyDuration } = place;
	const { attributes = [], ...anyAttributes } = place;
	const at = (key: TraceRungKey, words: string, to: TracesPlace): Attempt => ({ key, words, to, range });
	const wide = widened(range, now, lengthOf(range) < day ? day : 168 * hour);
	return [
		...(wide === undefined
			? []
			: [
					{
						key: 'w',
						words: `in ${formatLength(lengthOf(wide))}`,
						to: { ...place, window: fixed(wide.from, wide.to) },
						range: wide,
					} as const,
				]),
		...(errors === true ? [at('v', 'of any status', anyStatus)] : []),
		...(operation === undefined ? [] : [at('o', `without the operation ${operation}`, anyOperation)]),
		...(slowerThan === undefined && fasterThan === undefined ? [] : [at('d', 'of any duration', anyDuration)]),
		...(attributes.length === 0
			? []
			: [at('x', `without ${attributes.map(formatAttribute).join(', ')}`, anyAttributes)]),
	];
}

async function searched({ key, words, to, range }: Attempt, world: World, asking: Asking): Promise<TraceRung> {
	const query = traceSearchQuery(to, to.query);
	const { value } = await world.sources.traces.search(query, range, rungLimit, asking);
	const count = `${value.length}${value.length >= rungLimit ? ' or more' : ''} ${value.length === 1 ? 'trace' : 'traces'}`;
	return { key: value.length === 0 ? undefined : key, found: `${count} ${words}`, query, to };
}

/** Whether the service asked for sends traces at all; nothing is said where that cannot be known. */
async function unknownService(
	{ place: { service }, range }: { readonly place: TracesPlace; readonly range: TimeRange },
	{ sources: { traces } }: World,
	asking: Asking,
): Promise<readonly Note[]> {
	if (service === undefined || traces.attributeValues === undefined) return [];
	try {
		const attribute = { scope: 'resource', name: 'service.name' } as const;
		const { value } = await traces.attributeValues({ attribute, range, limit: mostServices }, asking);
		const names = value.map(({ text }) => text);
		if (names.length === 0 || names.length >= mostServices || names.includes(service)) return [];
		const near = nearestNames(service, names, 5);
		const hint = near.length === 0 ? '' : ` Services with traces: ${near.join(', ')}.`;
		return [{ kind: 'info', text: `No span of this window is of a service called ${service}.${hint}` }];
	} catch (error) {
		if (failureOf(error).kind === 'cancelled') throw error;
		return [];
	}
}
