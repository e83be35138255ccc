import type { AttributeValue, Span } from '../../model/trace.ts';
import { services } from '../cast.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { type SpanFinder, type StoredTrace, spanFinderOf } from './match-spans.ts';
import { integerOf, secondsRangeOf } from './parameters.ts';
import { parseTraceql } from './parse-traceql.ts';
import { bytesPerTrace } from './search.ts';
import { requestsBackward, type TraceStore, traceOf } from './traces.ts';

/** Names and values are those of this many of the newest traces: enough to meet every route several times. */
const sampledTraces = 300;
/** Their spans take a few milliseconds. */
const tracesPerPiece = 40;

type Scope = 'span' | 'resource' | 'event';

const namesIn = (spans: readonly Span[], scope: Scope): readonly string[] => {
	const attributes = spans.flatMap(({ attributes: own, resource, events }) =>
		scope === 'span' ? [own] : scope === 'resource' ? [resource] : events.map(event => event.attributes),
	);
	return [...new Set(attributes.flatMap(each => Object.keys(each)))].sort();
};

const metrics = { inspectedBytes: String(sampledTraces * bytesPerTrace) };

/** `/api/v2/search/tags`: names by scope. */
export function* answerScopedTags(parameters: URLSearchParams, store: TraceStore): Piecework<object> {
	const wanted = parameters.get('scope') ?? '';
	const spans = yield* sample(parameters, store);
	const scopes = [
		{ name: 'span', tags: namesIn(spans, 'span') },
		{ name: 'intrinsic', tags: intrinsicTags },
		{ name: 'event', tags: namesIn(spans, 'event') },
		{ name: 'resource', tags: namesIn(spans, 'resource') },
	];
	const asked = scopes.filter(({ name }) => wanted === '' || wanted === 'none' || name === wanted);
	return { scopes: asked, metrics };
}

/** `/api/search/tags`: names of spans and resources together. */
export function* answerTags(parameters: URLSearchParams, store: TraceStore): Piecework<object> {
	const spans = yield* sample(parameters, store);
	return { tagNames: [...new Set([...namesIn(spans, 'span'), ...namesIn(spans, 'resource')])].sort(), metrics };
}

/** `/api/v2/search/tag/{tag}/values`: typed values of a scoped tag. */
export function* answerScopedTagValues(tag: string, parameters: URLSearchParams, store: TraceStore): Piecework<object> {
	return { tagValues: yield* valuesOf(tag, parameters, store), metrics };
}

/** `/api/search/tag/{tag}/values`: the same as bare text. */
export function* answerTagValues(tag: string, parameters: URLSearchParams, store: TraceStore): Piecework<object> {
	const values = yield* valuesOf(`.${tag}`, parameters, store);
	return { tagValues: values.map(({ value }) => value), metrics };
}

type TagValue = { readonly type: string; readonly value: string };

/** At most `limit` of them; `q` narrows to the spans of a filter, and is passed over where it is none. */
function* valuesOf(tag: string, parameters: URLSearchParams, store: TraceStore): Piecework<readonly TagValue[]> {
	const limit = integerOf(parameters, 'limit') ?? Number.POSITIVE_INFINITY;
	const keywords = keywordValues[tag];
	if (keywords !== undefined) return keywords.map(value => ({ type: 'keyword', value }));
	const wanted = filterIn(parameters);
	if (wanted === undefined && (tag === 'resource.service.name' || tag === '.service.name')) {
		return Object.keys(services)
			.slice(0, limit)
			.map(value => ({ type: 'string', value }));
	}
	return distinct((yield* sampled(parameters, store, wanted)).flatMap(valuesIn(tag))).slice(0, limit);
}

type Sampled = { readonly span: Span; readonly trace: StoredTrace };

/** What a span has under a tag; nothing under an intrinsic without words, such as `duration`. */
function valuesIn(tag: string): (of: Sampled) => readonly (AttributeValue | undefined)[] {
	const intrinsic = wordsOf[tag];
	if (intrinsic !== undefined) return of => intrinsic(of);
	const [, scope, name] = /^(span|resource|event)?\.(.+)$/s.exec(tag) ?? [];
	if (name === undefined) return () => [];
	return ({ span: { attributes, resource, events } }) => {
		if (scope === 'event') return events.map(event => event.attributes[name]);
		if (scope === 'resource') return [resource[name]];
		return scope === 'span' ? [attributes[name]] : [attributes[name], resource[name]];
	};
}

const nameOf = ({ span }: Sampled) => [span.name];
const messageOf = ({ span }: Sampled) => (span.statusMessage === '' ? [] : [span.statusMessage]);
const rootNameOf = ({ trace }: Sampled) => [trace.root?.name];
const rootServiceOf = ({ trace }: Sampled) => [trace.root?.service];
const eventNames = ({ span }: Sampled) => span.events.map(({ name }) => name);

const wordsOf: Readonly<Record<string, (of: Sampled) => readonly (string | undefined)[]>> = {
	name: nameOf,
	'span:name': nameOf,
	statusMessage: messageOf,
	'span:statusMessage': messageOf,
	rootName: rootNameOf,
	'trace:rootName': rootNameOf,
	rootServiceName: rootServiceOf,
	'trace:rootService': rootServiceOf,
	'event:name': eventNames,
};

function filterIn(parameters: URLSearchParams): SpanFinder | undefined {
	const q = (parameters.get('q') ?? '').trim();
	if (q === '' || q === '{}') return undefined;
	try {
		return spanFinderOf(parseTraceql(q));
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}

function distinct(values: readonly (AttributeValue | undefined)[]): readonly TagValue[] {
	const found = new Map<string, TagValue>();
	for (const value of values) {
		const type = typeof value;
		if (type !== 'string' && type !== 'number' && type !== 'boolean') continue;
		const named = type === 'number' ? (Number.isInteger(value) ? 'int' : 'float') : type === 'boolean' ? 'bool' : type;
		found.set(`${named} ${value}`, { type: named, value: String(value) });
	}
	return [...found.values()];
}

function* sampled(
	parameters: URLSearchParams,
	store: TraceStore,
	wanted: SpanFinder = ({ spans }) => spans,
): Piecework<readonly Sampled[]> {
	const range = secondsRangeOf(parameters) ?? { from: 0, to: store.now() };
	const found: Sampled[] = [];
	let traces = 0;
	for (const request of requestsBackward(range, store)) {
		if (traces++ >= sampledTraces) break;
		if (traces % tracesPerPiece === 0) yield;
		const trace = traceOf(request, store.now());
		if (trace !== undefined) found.push(...wanted(trace).map(span => ({ span, trace })));
	}
	return found;
}

function* sample(parameters: URLSearchParams, store: TraceStore): Piecework<readonly Span[]> {
	return (yield* sampled(parameters, store)).map(({ span }) => span);
}

const keywordValues: Readonly<Record<string, readonly string[]>> = {
	status: ['error', 'ok', 'unset'],
	'span:status': ['error', 'ok', 'unset'],
	kind: ['client', 'consumer', 'internal', 'producer', 'server', 'unspecified'],
	'span:kind': ['client', 'consumer', 'internal', 'producer', 'server', 'unspecified'],
};

/** What the demo's TraceQL knows without a scope; a real Tempo lists some more. */
const intrinsicTags = [
	'duration',
	'event:name',
	'kind',
	'name',
	'rootName',
	'rootServiceName',
	'span:duration',
	'span:id',
	'span:kind',
	'span:name',
	'span:parentID',
	'span:status',
	'span:statusMessage',
	'status',
	'statusMessage',
	'trace:duration',
	'trace:id',
	'trace:rootName',
	'trace:rootService',
	'traceDuration',
] as const;
