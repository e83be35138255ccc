import { lengthInMilliseconds, type Milliseconds } from '../../model/time.ts';
import type { AttributeValue, Span } from '../../model/trace.ts';
import { goRegExp } from '../go-regexp.ts';
import type { Field, FieldComparison, Operator, SpanCondition, SpansetQuery } from './traceql.ts';

/** A whole trace, as far as it has arrived. */
export type StoredTrace = {
	readonly id: string;
	readonly spans: readonly Span[];
	/** Absent while it has not arrived. */
	readonly root?: Span;
	/** From the earliest start to the latest end. */
	readonly duration: Milliseconds;
	readonly start: bigint;
};

/** The spans that a query selects from a trace, in their order; none when the trace does not match. */
export type SpanFinder = (trace: StoredTrace) => readonly Span[];

export function spanFinderOf(query: SpansetQuery): SpanFinder {
	if (query.kind === 'spans') {
		const test = query.condition === undefined ? () => true : testOf(query.condition);
		return trace => trace.spans.filter(span => test(span, trace));
	}
	const left = spanFinderOf(query.left);
	const right = spanFinderOf(query.right);
	return trace => {
		const [some, others] = [left(trace), right(trace)];
		if (query.kind === 'both' && (some.length === 0 || others.length === 0)) return [];
		const all = new Set([...some, ...others]);
		return trace.spans.filter(span => all.has(span));
	};
}

type Test = (span: Span, trace: StoredTrace) => boolean;

function testOf(condition: SpanCondition): Test {
	switch (condition.kind) {
		case 'constant':
			return () => condition.value;
		case 'not': {
			const inner = testOf(condition.inner);
			return (span, trace) => !inner(span, trace);
		}
		case 'and': {
			const [left, right] = [testOf(condition.left), testOf(condition.right)];
			return (span, trace) => left(span, trace) && right(span, trace);
		}
		case 'or': {
			const [left, right] = [testOf(condition.left), testOf(condition.right)];
			return (span, trace) => left(span, trace) || right(span, trace);
		}
		case 'field':
			return comparisonTest(condition);
	}
}

type Value = string | number | boolean;

function comparisonTest({ field, operator, value }: FieldComparison): Test {
	if (value.type === 'nil') {
		return (span, trace) => (valuesOf(field, span, trace).length === 0) === (operator === '=');
	}
	const test = valueTest(operator, value.value);
	return (span, trace) => valuesOf(field, span, trace).some(test);
}

/** Values of another type match nothing, not even `!=`. */
function valueTest(operator: Operator, wanted: Value): (value: Value) => boolean {
	if (operator === '=~' || operator === '!~') {
		const expression = goRegExp(String(wanted), 'anchored');
		return value => typeof value === 'string' && expression.test(value) === (operator === '=~');
	}
	const compare = comparisons[operator];
	return value => typeof value === typeof wanted && compare(value, wanted);
}

const comparisons: Readonly<Record<Exclude<Operator, '=~' | '!~'>, (left: Value, right: Value) => boolean>> = {
	'=': (left, right) => left === right,
	'!=': (left, right) => left !== right,
	'>': (left, right) => left > right,
	'>=': (left, right) => left >= right,
	'<': (left, right) => left < right,
	'<=': (left, right) => left <= right,
};

/** What a span has in a field: nothing, one value, or one for each event. */
function valuesOf(field: Field, span: Span, trace: StoredTrace): readonly Value[] {
	switch (field.scope) {
		case 'intrinsic':
			return intrinsicValues[field.name](span, trace).filter(value => value !== undefined);
		case 'span':
			return plain(span.attributes[field.name]);
		case 'resource':
			return plain(span.resource[field.name]);
		case 'any':
			return plain(span.attributes[field.name] ?? span.resource[field.name]);
		case 'event':
			return span.events.flatMap(({ attributes }) => plain(attributes[field.name]));
	}
}

const plain = (value: AttributeValue | undefined): readonly Value[] =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];

const intrinsicValues: Readonly<
	Record<
		Extract<Field, { scope: 'intrinsic' }>['name'],
		(span: Span, trace: StoredTrace) => readonly (Value | undefined)[]
	>
> = {
	name: span => [span.name],
	status: span => [span.status],
	statusMessage: span => [span.statusMessage],
	duration: span => [lengthInMilliseconds(span.end - span.start)],
	kind: span => [span.kind],
	rootName: (_, { root }) => [root?.name],
	rootServiceName: (_, { root }) => [root?.service],
	traceDuration: (_, { duration }) => [duration],
	traceId: (_, { id }) => [id],
	spanId: span => [span.id],
	parentId: span => [span.parentId],
	eventName: span => span.events.map(({ name }) => name),
};

/** The value that a search answer shows of a field that the query mentions. */
export const shownValue = (field: Field, span: Span, trace: StoredTrace): Value | undefined =>
	valuesOf(field, span, trace)[0];
