import { parser } from '@grafana/lezer-traceql';
import type { SyntaxNode } from '@lezer/common';
import { parseDuration, unquoteGo } from '../go-literals.ts';
import { goRegExp } from '../go-regexp.ts';
import { Refusal } from '../refusal.ts';
import { syntaxErrorOf, tokenName } from '../syntax-error.ts';
import type { Field, Intrinsic, Literal, Operator, SpanCondition, SpansetQuery } from './traceql.ts';

/** Reads TraceQL. Throws a `Refusal` (400) in Tempo's words for bad syntax, and in our own for what the demo lacks. */
export function parseTraceql(text: string): SpansetQuery {
	const tree = parser.parse(text);
	const fault = syntaxErrorOf(tree, text, tokenName);
	if (fault !== undefined) throw new Refusal(400, `invalid TraceQL query: ${fault.words}`);
	const reader = new Reader(text);
	const expression = tree.topNode.getChild('SpansetPipelineExpression');
	if (expression === null || tree.topNode.getChild('MetricsExpression') !== null) return unsupported(text);
	return reader.spanset(expression);
}

const unsupported = (what: string): never => {
	throw new Refusal(400, `invalid TraceQL query: the demo's Tempo does not evaluate ${JSON.stringify(what)}`);
};

const mismatch = (left: string, operator: string, right: string): never => {
	const words = `binary operations must operate on the same type: ${left} ${operator} ${right}`;
	throw new Refusal(400, `invalid TraceQL query: ${words}`);
};

class Reader {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	spanset(node: SyntaxNode): SpansetQuery {
		const [left, right] = node.getChildren('SpansetPipelineExpression');
		if (left !== undefined && right !== undefined) {
			const kind = node.getChild('And') !== null ? 'both' : node.getChild('Or') !== null ? 'either' : undefined;
			if (kind === undefined) return unsupported(this.#textOf(node));
			return { kind, left: this.spanset(left), right: this.spanset(right) };
		}
		if (left !== undefined) return this.spanset(left);
		const wrapped = node.getChild('WrappedSpansetPipeline');
		const pipeline = (wrapped ?? node).getChild('SpansetPipeline');
		const filter = pipeline?.getChild('SpansetFilter');
		if (filter === null || filter === undefined) return unsupported(this.#textOf(node));
		if (pipeline?.firstChild?.nextSibling !== null) return unsupported(this.#textOf(node));
		const condition = filter.getChild('FieldExpression');
		return condition === null ? { kind: 'spans' } : { kind: 'spans', condition: this.#condition(condition) };
	}

	#condition(node: SyntaxNode): SpanCondition {
		const [left, right] = node.getChildren('FieldExpression');
		if (left === undefined) return this.#constant(node);
		if (right === undefined) {
			const inner = this.#condition(left);
			const sign = this.#text.slice(node.from, left.from).trim();
			if (sign === '!') return { kind: 'not', inner };
			return sign === '(' || sign === '' ? inner : unsupported(this.#textOf(node));
		}
		if (node.getChild('And') !== null)
			return { kind: 'and', left: this.#condition(left), right: this.#condition(right) };
		if (node.getChild('Or') !== null) return { kind: 'or', left: this.#condition(left), right: this.#condition(right) };
		return this.#comparison(left, this.#textOf(node.getChild('FieldOp')), right);
	}

	#constant(node: SyntaxNode): SpanCondition {
		const text = this.#textOf(node);
		if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
		return unsupported(text);
	}

	#comparison(left: SyntaxNode, written: string, right: SyntaxNode): SpanCondition {
		const operator = operators.find(each => each === written);
		const turned = left.getChild('Static') !== null || left.firstChild?.name === 'FieldExpression';
		const [named, valued] = turned ? [right, left] : [left, right];
		const field = this.#field(named);
		const value = this.#literal(valued);
		if (operator === undefined || field === undefined || value === undefined) {
			return unsupported(this.#text.slice(left.from, right.to));
		}
		checkTypes(field, value, [this.#textOf(left), operator, this.#textOf(right)]);
		if (operator === '=~' || operator === '!~') checkPattern(value);
		return { kind: 'field', field, operator: turned ? (mirrored[operator] ?? operator) : operator, value };
	}

	#field(node: SyntaxNode): Field | undefined {
		const text = this.#textOf(node);
		if (node.getChild('IntrinsicField') !== null) {
			const name = intrinsicNames[text];
			return name === undefined ? undefined : { scope: 'intrinsic', name };
		}
		const parts = /^(span|resource|event)?\.(.+)$/s.exec(text);
		if (node.getChild('AttributeField') === null || parts === null) return undefined;
		const written = parts[2] ?? '';
		const name = written.startsWith('"') ? (unquoteGo(written) ?? written) : written;
		const scope = parts[1];
		return { scope: scope === 'span' || scope === 'resource' || scope === 'event' ? scope : 'any', name };
	}

	#literal(node: SyntaxNode): Literal | undefined {
		const text = this.#textOf(node).replace(/\s/g, node.getChild('Static')?.getChild('String') ? '$&' : '');
		const kind = node.getChild('Static')?.firstChild?.name;
		if (kind === 'String') {
			const value = unquoteGo(text);
			return value === undefined ? undefined : { type: 'string', value };
		}
		if (/^-?\d+(?:\.\d+)?$/.test(text)) return { type: 'number', value: Number(text) };
		const duration = parseDuration(text);
		if (duration !== undefined) return { type: 'duration', value: duration };
		if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
		if (text === 'nil') return { type: 'nil' };
		return words.has(text) ? { type: 'word', value: text } : undefined;
	}

	#textOf(node: SyntaxNode | null): string {
		return node === null ? '' : this.#text.slice(node.from, node.to);
	}
}

const operators: readonly Operator[] = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'];
const mirrored: Partial<Record<Operator, Operator>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' };
const statusWords = new Set(['error', 'ok', 'unset']);
const kindWords = new Set(['server', 'client', 'producer', 'consumer', 'internal', 'unspecified']);
const words = new Set([...statusWords, ...kindWords]);

/** Both spellings: the bare ones, and the scoped ones of Tempo 2.5. */
const intrinsicNames: Readonly<Record<string, Intrinsic>> = {
	name: 'name',
	'span:name': 'name',
	status: 'status',
	'span:status': 'status',
	statusMessage: 'statusMessage',
	'span:statusMessage': 'statusMessage',
	duration: 'duration',
	'span:duration': 'duration',
	kind: 'kind',
	'span:kind': 'kind',
	rootName: 'rootName',
	'trace:rootName': 'rootName',
	rootServiceName: 'rootServiceName',
	'trace:rootService': 'rootServiceName',
	traceDuration: 'traceDuration',
	'trace:duration': 'traceDuration',
	'trace:id': 'traceId',
	'span:id': 'spanId',
	'span:parentID': 'parentId',
	'event:name': 'eventName',
};

/** An intrinsic has one type and an operand of another is an error; an attribute of another type just does not match. */
function checkTypes(field: Field, value: Literal, [left, operator, right]: readonly [string, string, string]): void {
	if (field.scope !== 'intrinsic' || value.type === 'nil') return;
	const sound =
		field.name === 'status'
			? value.type === 'word' && statusWords.has(value.value)
			: field.name === 'kind'
				? value.type === 'word' && kindWords.has(value.value)
				: field.name === 'duration' || field.name === 'traceDuration'
					? value.type === 'duration'
					: value.type === 'string';
	if (!sound) mismatch(left, operator, right);
}

function checkPattern(value: Literal): void {
	if (value.type !== 'string') return;
	try {
		goRegExp(value.value, 'anchored');
	} catch (error) {
		throw new Refusal(400, `invalid TraceQL query: ${error instanceof Error ? error.message : String(error)}`);
	}
}
