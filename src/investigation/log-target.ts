import { chipText, narrowingOf } from '../analysis/log-filters.ts';
import { type Identity, identityQueries, isRareLevel, levelQueries, narrowedQuery } from '../analysis/log-query.ts';
import {
	allStreams,
	candidatesIn,
	nearestNames,
	placesOf,
	streamCandidates,
	streamsBeside,
	streamsWithout,
} from '../analysis/log-streams.ts';
import { logQuery, matcherText } from '../analysis/logql.ts';
import { streamsChosenFor } from '../analysis/stream-choices.ts';
import { likelySpellings } from '../analysis/trace-id.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf } from '../model/failure.ts';
import type { Labels } from '../model/labels.ts';
import type { LogsPlace } from '../model/place.ts';
import { minute, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { logRange } from './log-reading.ts';
import type { LogsTarget } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Finds the streams of a place and what to ask of them. Without streams, `queries` is empty and `reason` says why. */
export async function findTarget(
	place: LogsPlace,
	range: TimeRange,
	world: World,
	asking: Asking,
): Promise<Answer<LogsTarget>> {
	if (place.query !== undefined) return answer(targetOf(place, { selector: place.query }, 'As it was typed.'));
	if (place.service !== undefined) return findService({ place, service: place.service, range }, world, asking);
	return findEveryStream(place, { range, logs: world.sources.logs, asking });
}

type Looking = { readonly range: TimeRange; readonly logs: World['sources']['logs']; readonly asking: Asking };

/** By a label that most streams have, and by others those that lack it: before 3.0, Loki has no label that all have. */
async function findEveryStream(place: LogsPlace, looking: Looking): Promise<Answer<LogsTarget>> {
	const { value: names, notes } = await looking.logs.labelNames(looking.range, looking.asking);
	const { selector, label } = allStreams(names);
	const { selectors, labels, left } = streamsBeside(label, await streamsLacking(label, names, looking));
	const told = [...notes, ...leftOutNotes([label, ...labels], left)];
	if (selectors.length === 0)
		return answer(targetOf(place, { selector }, `Every stream: all that have the label ${label}.`), told);
	const all = [label, ...labels].join(', ');
	const reason = `Every stream: all that have one of the labels ${all}.`;
	return answer({ ...targetOf(place, { selector, beside: selectors }, reason), how: `by ${all}` }, told);
}

/** The streams without the label by which all are asked for; that nobody can tell is no news. */
async function streamsLacking(
	label: string,
	names: readonly string[],
	{ range, logs, asking }: Looking,
): Promise<readonly Labels[]> {
	const selectors = streamsWithout(label, names);
	if (selectors.length === 0) return [];
	try {
		return (await logs.series(selectors, range, asking)).value;
	} catch (error) {
		if (failureOf(error).kind === 'cancelled') throw error;
		return [];
	}
}

function leftOutNotes(names: readonly string[], left: readonly Labels[]): readonly Note[] {
	const [first] = left;
	if (first === undefined) return [];
	const count = left.length === 1 ? '1 stream has' : `${left.length} streams have`;
	const text = `${count} none of the labels ${names.join(', ')} and ${left.length === 1 ? 'is' : 'are'} not read, for instance {${labelsText(first)}}.`;
	return [{ kind: 'partial', text }];
}

const labelsText = (labels: Labels): string =>
	Object.entries(labels)
		.map(([name, value]) => matcherText({ name, operator: '=', value }))
		.join(', ');

type ServiceSought = { readonly place: LogsPlace; readonly service: string; readonly range: TimeRange };

async function findService(
	{ place, service, range }: ServiceSought,
	{ sources, streams: chosen }: World,
	asking: Asking,
): Promise<Answer<LogsTarget>> {
	const said = streamsChosenFor(chosen?.() ?? [], service);
	const candidates = streamCandidates(service);
	const { value: streams, notes } = await sources.logs.series(
		candidates.map(({ selector }) => selector),
		range,
		asking,
	);
	const [surest, ...others] = candidatesIn(candidates, streams);
	const found = (surest === undefined ? [] : [surest, ...others]).map(({ candidate }) => candidate.selector);
	if (said !== undefined) {
		const reason = `You said that the lines of ${service} are in these streams. S says otherwise.`;
		const others = found.filter(selector => selector !== said);
		return answer(
			{ ...targetOf(place, { selector: said }, reason), others, how: 'as you said', remembered: true },
			notes,
		);
	}
	if (surest !== undefined) {
		const { candidate, streams: ofService } = surest;
		const number = ofService.length;
		const count = `${number} ${number === 1 ? 'stream' : 'streams'}`;
		const reason = `${count} of the window ${number === 1 ? 'has' : 'have'} ${candidate.matcher.name} ${service}.`;
		const places = placesOf(ofService);
		const how = `${[count, ...places].join(', ')}${places.length > 0 ? ',' : ''} by ${candidate.matcher.name}`;
		return answer({ ...targetOf(place, { selector: candidate.selector }, reason), others: found.slice(1), how }, notes);
	}
	const [names, beside] = await Promise.all([
		serviceNames(range, sources, asking),
		besideLines({ service, range }, sources, asking),
	]);
	if (beside !== undefined) {
		const reason = `No label of a stream names ${service}; its lines carry ${beside.name} beside them.`;
		return answer(
			{ ...targetOf(place, { selector: beside.query }, reason), how: `by ${beside.name} beside the lines` },
			notes,
		);
	}
	const near = nearestNames(service, names, 8);
	const reason = `No stream of the window is called ${service}, by service_name, app, container, job or any of ${candidates.length - 4} other labels.`;
	return answer({ selector: candidates[0]?.selector ?? '', queries: [], reason, others: [], near }, notes);
}

/** Fields beside the line that name a service, where a shipper makes no label of it (OTLP without `service_name` in the index). */
const serviceFields = ['service_name', 'service', 'app', 'k8s_deployment_name', 'k8s_container_name'] as const;

/** A look for one line must not read a day of all lines. */
const mostSearched = 10 * minute;

/** Whether a newest line is the service's by a field beside it, and by which; its own failure is no news. */
async function besideLines(
	{ service, range }: Pick<ServiceSought, 'service' | 'range'>,
	{ logs }: World['sources'],
	asking: Asking,
): Promise<{ readonly name: string; readonly query: string } | undefined> {
	try {
		const { selector } = allStreams((await logs.labelNames(range, asking)).value);
		const asks = (names: readonly string[]): string =>
			logQuery({
				selector,
				metadataFilters: [{ anyOf: names.map(name => ({ name, operator: '=', value: service })) }],
			});
		const searched = logRange({ from: Math.max(range.from, range.to - mostSearched), to: range.to });
		const question = { logql: asks(serviceFields), range: searched, limit: 1, direction: 'backward' } as const;
		const [line] = (await logs.logs(question, asking)).value.entries;
		const name = serviceFields.find(field => line?.metadata[field] === service);
		return name === undefined ? undefined : { name, query: asks([name]) };
	} catch (error) {
		if (failureOf(error).kind === 'cancelled') throw error;
		return undefined;
	}
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

/** Which streams are asked. */
type Streams = Pick<LogsTarget, 'selector' | 'beside'>;

function targetOf(place: LogsPlace, streams: Streams, reason: string): LogsTarget {
	const filtered = filteredOf(place);
	return {
		...streams,
		queries: queriesOf(place, streams),
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
export const queriesOf = (place: LogsPlace, streams: Streams, identity = identityOf(place)): readonly string[] =>
	selectorsOf(streams).flatMap(selector => queriesOfSelector(place, selector, identity));

export const selectorsOf = ({ selector, beside = [] }: Streams): readonly string[] => [selector, ...beside];

function queriesOfSelector(place: LogsPlace, selector: string, identity: Identity | undefined): readonly string[] {
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
