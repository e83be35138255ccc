import { chipText, narrowingOf } from '../analysis/log-filters.ts';
import { type Identity, identityQueries, isRareLevel, levelQueries, narrowedQuery } from '../analysis/log-query.ts';
import { allStreams, candidatesIn, nearestNames, streamCandidates } from '../analysis/log-streams.ts';
import { likelySpellings } from '../analysis/trace-id.ts';
import { type Answer, answer } from '../model/answer.ts';
import { failureOf } from '../model/failure.ts';
import type { LogsPlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import type { LogsTarget } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Finds the streams of a place and what to ask of them. Without streams, `queries` is empty and `reason` says why. */
export async function findTarget(
	place: LogsPlace,
	range: TimeRange,
	world: World,
	asking: Asking,
): Promise<Answer<LogsTarget>> {
	if (place.query !== undefined) return answer(targetOf(place, place.query, 'As it was typed.'));
	if (place.service !== undefined) return findService(place, place.service, range, world, asking);
	const { value: names, notes } = await world.sources.logs.labelNames(range, asking);
	const { selector, label } = allStreams(names);
	return answer(targetOf(place, selector, `Every stream: all that have the label ${label}.`), notes);
}

async function findService(
	place: LogsPlace,
	service: string,
	range: TimeRange,
	{ sources }: World,
	asking: Asking,
): Promise<Answer<LogsTarget>> {
	const candidates = streamCandidates(service);
	const { value: streams, notes } = await sources.logs.series(
		candidates.map(({ selector }) => selector),
		range,
		asking,
	);
	const [chosen, ...others] = candidatesIn(candidates, streams);
	if (chosen !== undefined) {
		const count = `${chosen.streams} ${chosen.streams === 1 ? 'stream' : 'streams'}`;
		const reason = `${count} of the window have ${chosen.candidate.matcher.name} ${service}.`;
		const rest = others.map(({ candidate }) => candidate.selector);
		return answer({ ...targetOf(place, chosen.candidate.selector, reason), others: rest }, notes);
	}
	const near = nearestNames(service, await serviceNames(range, sources, asking), 8);
	const reason = `No stream of the window is called ${service}, by service_name, app, container, job or any of ${candidates.length - 4} other labels.`;
	return answer({ selector: candidates[0]?.selector ?? '', queries: [], reason, others: [], near }, notes);
}

/** Only to help with a name that was not found: its own failure is no news. */
async function serviceNames(range: TimeRange, { logs }: World['sources'], asking: Asking): Promise<readonly string[]> {
	try {
		return (await logs.labelValues('service_name', undefined, range, asking)).value;
	} catch (error) {
		if (failureOf(error).kind === 'cancelled') throw error;
		return [];
	}
}

function targetOf(place: LogsPlace, selector: string, reason: string): LogsTarget {
	const filtered = filteredOf(place);
	return {
		selector,
		queries: queriesOf(place, selector),
		reason,
		others: [],
		near: [],
		...(filtered === undefined ? {} : { filtered }),
	};
}

/** Which texts mark the lines of the place's request; `undefined` when it is about no single request. */
export const identityOf = ({ request, trace }: LogsPlace): Identity | undefined =>
	request === undefined && trace === undefined
		? undefined
		: {
				requests: request === undefined ? [] : [request],
				traces: trace === undefined ? [] : likelySpellings(trace),
			};

/** The questions that find the lines of a place, given its streams. */
export function queriesOf(place: LogsPlace, selector: string, identity = identityOf(place)): readonly string[] {
	const narrowing = narrowingOf(place.filters);
	if (identity !== undefined) return identityQueries(selector, identity, narrowing);
	if (place.level !== undefined && isRareLevel(place.level)) return levelQueries(selector, place.level, narrowing);
	return [narrowedQuery(selector, {}, narrowing)];
}

function filteredOf({ level, filters = [], request, trace }: LogsPlace): string | undefined {
	const byFilter = filters.length === 0 ? [] : [`Only lines with ${filters.map(chipText).join(' and ')}.`];
	if (level === undefined) return byFilter[0];
	const byServer = isRareLevel(level) && request === undefined && trace === undefined;
	const how = byServer
		? `Loki keeps lines that look like ${level} or worse; the level is then read from each line itself.`
		: `The level (${level} or worse) is read from each line itself, after Loki answered.`;
	return [...byFilter, how].join(' ');
}
