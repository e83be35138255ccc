import { operations } from '../cast.ts';
import type { Incident } from '../incident.ts';
import type { Outline } from '../story.ts';
import type { FieldComparison, SpanCondition, SpansetQuery } from './traceql.ts';

/** False when no span of the request can match; true says nothing. Spares making the spans of most requests. */
export type OutlineFilter = (outline: Outline) => boolean;

const always: OutlineFilter = () => true;

export function outlineFilterOf(query: SpansetQuery, incident: Incident): OutlineFilter {
	if (query.kind === 'spans') return query.condition === undefined ? always : filterOf(query.condition, incident);
	const left = outlineFilterOf(query.left, incident);
	const right = outlineFilterOf(query.right, incident);
	return query.kind === 'both' ? both(left, right) : either(left, right);
}

const both =
	(left: OutlineFilter, right: OutlineFilter): OutlineFilter =>
	outline =>
		left(outline) && right(outline);

const either =
	(left: OutlineFilter, right: OutlineFilter): OutlineFilter =>
	outline =>
		left(outline) || right(outline);

function filterOf(condition: SpanCondition, incident: Incident): OutlineFilter {
	switch (condition.kind) {
		case 'and':
			return both(filterOf(condition.left, incident), filterOf(condition.right, incident));
		case 'or':
			return either(filterOf(condition.left, incident), filterOf(condition.right, incident));
		case 'constant':
			return () => condition.value;
		case 'not':
			return always;
		case 'field':
			return filterOfField(condition, incident);
	}
}

function filterOfField(comparison: FieldComparison, incident: Incident): OutlineFilter {
	const { field, operator, value } = comparison;
	if (value.type === 'string' && operator === '=') return filterOfText(comparison, value.value, incident);
	if (field.name === 'status' && value.type === 'word' && value.value === 'error' && operator === '=') return hasFault;
	if (value.type === 'duration' && (operator === '>' || operator === '>=')) return lastsAtLeast(value.value);
	const asksForFault = field.name === 'http.response.status_code' && value.type === 'number' && value.value >= 500;
	if (asksForFault && operator !== '<' && operator !== '<=' && operator !== '!=') return hasServerFault;
	return always;
}

function filterOfText({ field }: FieldComparison, text: string, incident: Incident): OutlineFilter {
	const { scope, name } = field;
	if ((scope === 'resource' || scope === 'any') && name === 'service.name') {
		return ({ visits }) => visits.some(({ operation }) => operations[operation].service === text);
	}
	if (scope === 'intrinsic' && name === 'name' && operationNames.has(text)) {
		return ({ visits }) => visits.some(({ operation }) => operations[operation].name === text);
	}
	if (scope === 'intrinsic' && name === 'rootName') {
		return ({ visits: [edge] }) => operations[edge.operation].name === text;
	}
	if (scope === 'intrinsic' && name === 'traceId') return isRequest(incident.requestOfTrace(text)?.outline);
	if (scope !== 'intrinsic' && name === 'request.id') return isRequest(incident.requestOfId(text)?.outline);
	return always;
}

const operationNames: ReadonlySet<string> = new Set(Object.values(operations).map(({ name }) => name));

const isRequest =
	(wanted: Outline | undefined): OutlineFilter =>
	({ turn }) =>
		turn.second === wanted?.turn.second && turn.index === wanted.turn.index;

/** A span fails when a visit does: an HTTP status from 400, a gRPC code but OK. */
const hasFault: OutlineFilter = ({ visits }) =>
	visits.some(({ operation, status }) =>
		operations[operation].protocol === 'http' ? status >= 400 : operations[operation].protocol === 'grpc' && status > 0,
	);

const hasServerFault: OutlineFilter = ({ visits }) => visits.some(({ status }) => status >= 500);

/** The wire and the broker make a trace a little longer than its visits. */
const beyondVisits = 2e6;

const lastsAtLeast =
	(milliseconds: number): OutlineFilter =>
	({ visits }) =>
		Math.max(...visits.map(({ start, duration }) => start + duration)) + beyondVisits >= milliseconds * 1e6;
