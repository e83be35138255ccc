import { lengthInMilliseconds, minute } from '../../model/time.ts';
import type { Span } from '../../model/trace.ts';
import { parseDuration } from '../go-literals.ts';
import { extractLogfmt } from '../loki/line-parsers.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { type StoredTrace, shownValue, spanFinderOf } from './match-spans.ts';
import { outlineFilterOf } from './outline-filter.ts';
import { integerOf, type SearchRange, secondsRangeOf } from './parameters.ts';
import { parseTraceql } from './parse-traceql.ts';
import { spansBy } from './spans-by.ts';
import { anyValue } from './trace-json.ts';
import { comparisonsOf, type Field, type FieldComparison, type SpanCondition, type SpansetQuery } from './traceql.ts';
import { requestsBackward, type TraceStore, traceOf } from './traces.ts';

/**
 * `/api/search`: the newest traces that match. Looks into so many traces and no more; then it answers what it found with
 * fewer jobs completed than there are, as Tempo does when it stops early.
 */
export function* answerSearch(parameters: URLSearchParams, store: TraceStore): Piecework<object> {
	const query = queryOf(parameters);
	const limit = limitOf(parameters);
	const perSet = spansPerSetOf(parameters);
	const { found, inspected, complete } = yield* find(query, searchRange(parameters, store), limit, store);
	const fields = fieldsShown(query);
	return {
		traces: found.map(({ trace, spans }) => summaryOf(trace, spans, { perSet, fields })),
		metrics: { inspectedBytes: String(inspected * bytesPerTrace), completedJobs: complete ? 3 : 1, totalJobs: 3 },
	};
}

/** Mean size of a trace of the demo as OTLP in protobuf, rounded: the figure is an estimate. */
export const bytesPerTrace = 4_000;

/** Traces whose spans one search looks at. */
const mostInspected = 6_000;

/** Without a range only what is not yet in a block is searched. */
const recent = 15 * minute;

/** The spans of so many requests take a few milliseconds. */
const requestsPerPiece = 40;

type Found = { readonly trace: StoredTrace; readonly spans: readonly Span[] };

function* find(
	query: SpansetQuery,
	range: SearchRange,
	limit: number,
	store: TraceStore,
): Piecework<{ readonly found: readonly Found[]; readonly inspected: number; readonly complete: boolean }> {
	const spansIn = spanFinderOf(query);
	const possible = outlineFilterOf(query, store.incident);
	const found: Found[] = [];
	let inspected = 0;
	let passed = 0;
	for (const request of requestsBackward(range, store)) {
		if (++passed % requestsPerPiece === 0) yield;
		if (!possible(request.outline)) continue;
		if (inspected >= mostInspected) return { found, inspected, complete: false };
		inspected++;
		const trace = traceOf(request, store.now());
		const spans = trace === undefined ? [] : spansIn(trace);
		if (trace === undefined || spans.length === 0) continue;
		found.push({ trace, spans });
		if (found.length >= limit) return { found, inspected, complete: false };
	}
	return { found, inspected, complete: true };
}

const searchRange = (parameters: URLSearchParams, { now }: TraceStore): SearchRange =>
	secondsRangeOf(parameters) ?? { from: now() - recent, to: now() };

function queryOf(parameters: URLSearchParams): SpansetQuery {
	const q = parameters.get('q') ?? '';
	const tags = parameters.get('tags') ?? '';
	if (q !== '' && tags !== '') {
		throw new Refusal(400, "invalid request: can't specify tags and q in the same query");
	}
	return q === '' ? legacyQuery(tags, parameters) : parseTraceql(q);
}

/** `tags`, `minDuration` and `maxDuration`: all of them must hold for one span. */
function legacyQuery(tags: string, parameters: URLSearchParams): SpansetQuery {
	const conditions: SpanCondition[] = [...tagsIn(tags)].map(([name, text]) => tagCondition(name, text));
	for (const [name, operator] of [
		['minDuration', '>='],
		['maxDuration', '<='],
	] as const) {
		const text = parameters.get(name) ?? '';
		if (text === '') continue;
		const value = parseDuration(text);
		if (value === undefined) throw new Refusal(400, `invalid ${name}: time: invalid duration ${JSON.stringify(text)}`);
		conditions.push({
			kind: 'field',
			field: { scope: 'intrinsic', name: 'duration' },
			operator,
			value: { type: 'duration', value },
		});
	}
	const [first, ...others] = conditions;
	if (first === undefined) return { kind: 'spans' };
	return { kind: 'spans', condition: others.reduce((left, right) => ({ kind: 'and', left, right }), first) };
}

/** Logfmt whose keys keep their dots. */
function* tagsIn(tags: string): Generator<readonly [string, string]> {
	for (const [pair, name] of tags.matchAll(/([^\s=]+)=(?:"(?:[^"\\]|\\.)*"|\S+)/g)) {
		const extract = extractLogfmt(pair.replace(name ?? '', 'value'));
		if (name !== undefined && 'found' in extract) yield [name, extract.found.value ?? ''];
	}
}

/** The legacy search knew no types: a number matches in either spelling. */
function tagCondition(name: string, text: string): SpanCondition {
	const field: Field = { scope: 'any', name };
	const asText: FieldComparison = { kind: 'field', field, operator: '=', value: { type: 'string', value: text } };
	if (text === '' || Number.isNaN(Number(text))) return asText;
	return { kind: 'or', left: asText, right: { ...asText, value: { type: 'number', value: Number(text) } } };
}

function limitOf(parameters: URLSearchParams): number {
	const limit = integerOf(parameters, 'limit') ?? 20;
	if (limit <= 0) throw new Refusal(400, 'invalid limit: must be a positive number');
	if (limit > 262_144) throw new Refusal(400, `limit ${limit} exceeds max limit 262144`);
	return limit;
}

function spansPerSetOf(parameters: URLSearchParams): number {
	const perSet = integerOf(parameters, 'spss') ?? 3;
	if (perSet <= 0) throw new Refusal(400, 'invalid spss: must be a positive number');
	if (perSet > 100) throw new Refusal(400, `spans per span set exceeds 100. received ${perSet}`);
	return perSet;
}

/** What is shown of the matching spans: the fields that the query mentions, each once. */
function fieldsShown(query: SpansetQuery): readonly Field[] {
	const mentioned = comparisonsOf(query).map(({ field }) => field);
	return [...new Map(mentioned.map(field => [`${field.scope}.${field.name}`, field])).values()];
}

type Shown = { readonly perSet: number; readonly fields: readonly Field[] };

function summaryOf(trace: StoredTrace, spans: readonly Span[], { perSet, fields }: Shown): object {
	const spanSet = {
		spans: spans.slice(0, perSet).map(span => spanSummary(span, trace, fields)),
		matched: spans.length,
	};
	const durationMs = Math.floor(trace.duration);
	return {
		traceID: trace.id.replace(/^0+(?=.)/, ''),
		rootServiceName: trace.root?.service ?? '<root span not yet received>',
		...(trace.root === undefined ? {} : { rootTraceName: trace.root.name }),
		startTimeUnixNano: trace.start.toString(),
		...(durationMs > 0 ? { durationMs } : {}),
		spanSet,
		spanSets: [spanSet],
		serviceStats: serviceStats(trace.spans),
	};
}

/** The name is a field of its own; durations and what belongs to the whole trace stand elsewhere in the answer. */
const notAttributes = new Set([
	'name',
	'duration',
	'traceDuration',
	'rootName',
	'rootServiceName',
	'traceId',
	'spanId',
]);

function spanSummary(span: Span, trace: StoredTrace, fields: readonly Field[]): object {
	const named = fields.some(({ scope, name }) => scope === 'intrinsic' && name === 'name');
	const attributes = fields.flatMap(field => {
		if (field.scope === 'intrinsic' && notAttributes.has(field.name)) return [];
		const value = shownValue(field, span, trace);
		return value === undefined ? [] : [{ key: field.name, value: anyValue(value) }];
	});
	const lasted = span.end - span.start;
	return {
		spanID: span.id,
		...(named ? { name: span.name } : {}),
		startTimeUnixNano: span.start.toString(),
		...(lengthInMilliseconds(lasted) > 0 ? { durationNanos: lasted.toString() } : {}),
		...(attributes.length > 0 ? { attributes } : {}),
	};
}

function serviceStats(spans: readonly Span[]): object {
	const services = spansBy(spans, ({ service }) => service);
	return Object.fromEntries(
		[...services]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([service, its]) => {
				const errors = its.filter(({ status }) => status === 'error').length;
				return [service, { spanCount: its.length, ...(errors > 0 ? { errorCount: errors } : {}) }];
			}),
	);
}
