import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Labels, Matcher } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { parseByteSize, parseDuration, unquoteGo } from '../go-literals.ts';
import { goRegExp } from '../go-regexp.ts';
import { Refusal } from '../refusal.ts';
import { syntaxErrorOf, tokenName } from '../syntax-error.ts';
import type { Comparison, Condition, Grouping, LogQuery, MetricQuery, Query, RangeOperation, Stage } from './logql.ts';

/** Reads LogQL. Throws a `Refusal` (400) in Loki's words for bad syntax, and in our own for what the demo lacks. */
export function parseLogql(text: string): Query {
	if (text.trim() === '') throw new Refusal(400, 'parse error : syntax error: unexpected $end');
	const tree = parser.parse(text);
	refuseBadSyntax(tree, text);
	const reader = new Reader(text);
	const expression = tree.topNode.getChild('Expr')?.firstChild;
	if (expression?.name === 'LogExpr') return reader.logQuery(expression);
	if (expression?.name === 'MetricExpr') return reader.metricQuery(expression);
	return unsupported(text);
}

/** Reads a bare stream selector, as `series` and the index take it; `{}` and an empty text select all. */
export function parseSelector(text: string): readonly Matcher[] {
	if (/^\s*(?:\{\s*\}\s*)?$/.test(text)) return [];
	const query = parseLogql(text);
	if (query.kind === 'metric' || query.stages.length > 0) throw new Refusal(400, 'only label matchers are supported');
	return query.selector;
}

function refuseBadSyntax(tree: Tree, text: string): void {
	if (/\{\s*\}/.test(text)) return; // Loki's grammar allows it and refuses it later, in other words.
	const refused = syntaxErrorOf(tree, text, tokens);
	if (refused === undefined) return;
	const inSelector = refused.parent === 'Selector' || refused.parent === 'Matchers';
	const expecting = inSelector && /\{[^{}]*=\s*(?:"[^"]*"|`[^`]*`)\s*$/.test(text.slice(0, refused.offset));
	throw new Refusal(400, `${refused.words}${expecting ? ', expecting } or ,' : ''}`);
}

const tokens = (token: string): string =>
	/^(?:by|without|json|logfmt|and|or|unless|sum|rate|offset|unwrap|drop|keep|on|ignoring|bool)$/i.test(token)
		? token.toLowerCase()
		: tokenName(token);

const unsupported = (what: string): never => {
	throw new Refusal(400, `parse error : the demo's Loki does not evaluate ${JSON.stringify(what)}`);
};

const atLeastOneMatcher =
	'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. ' +
	'For instance, app=~".*" does not meet this requirement, but app=~".+" will';

class Reader {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	metricQuery(node: SyntaxNode): MetricQuery {
		const inner = node.firstChild;
		if (inner?.name === 'RangeAggregationExpr') return this.#rangeAggregation(inner);
		if (inner?.name !== 'VectorAggregationExpr') return unsupported(this.#textOf(node));
		const operand = inner.getChild('MetricExpr');
		if (this.#textOf(inner.getChild('VectorOp')) !== 'sum' || operand === null) return unsupported(this.#textOf(node));
		const range = operand.getChild('RangeAggregationExpr');
		if (range === null) return unsupported(this.#textOf(operand));
		return { ...this.#rangeAggregation(range), sum: this.#grouping(inner.getChild('Grouping')) };
	}

	logQuery(node: SyntaxNode): LogQuery {
		const selector = this.#selector(node.getChild('Selector'));
		return { kind: 'logs', selector, stages: this.#stages(node.getChild('PipelineExpr')) };
	}

	#rangeAggregation(node: SyntaxNode): MetricQuery {
		const operation = rangeOperations.find(name => name === this.#textOf(node.getChild('RangeOp')).toLowerCase());
		const logs = node.getChild('LogRangeExpr');
		if (operation === undefined || logs === null || logs.getChild('UnwrapExpr') !== null) {
			return unsupported(this.#textOf(node));
		}
		if (node.getChild('Grouping') !== null) return unsupported(this.#textOf(node.getChild('Grouping')));
		const range = this.#duration(logs.getChild('Range')?.getChild('Duration'));
		const offset = logs.getChild('OffsetExpr')?.getChild('Duration');
		return {
			kind: 'metric',
			logs: this.logQuery(logs),
			operation,
			range,
			offset: offset === null || offset === undefined ? 0 : this.#duration(offset),
		};
	}

	#grouping(node: SyntaxNode | null): Grouping {
		if (node === null) return { mode: 'by', labels: [] };
		const names = node.getChild('Labels');
		const labels = names === null ? [] : descendants(names, 'Identifier').map(name => this.#textOf(name));
		return { mode: node.getChild('Without') === null ? 'by' : 'without', labels };
	}

	#selector(node: SyntaxNode | null): readonly Matcher[] {
		const matchers = node === null ? [] : descendants(node, 'Matcher').map(matcher => this.#matcher(matcher));
		const selective = ({ operator, value }: Matcher): boolean =>
			(operator === '=' && value !== '') || (operator === '=~' && !goRegExp(value, 'anchored').test(''));
		if (!matchers.some(selective)) throw new Refusal(400, atLeastOneMatcher);
		return matchers;
	}

	#matcher(node: SyntaxNode): Matcher {
		const operators = { Eq: '=', Neq: '!=', Re: '=~', Nre: '!~' } as const;
		const [, operator] =
			Object.entries(operators).find(([name]) => node.getChild(name) !== null) ?? unsupported(this.#textOf(node));
		const value = this.#string(node.getChild('String'));
		if (operator === '=~' || operator === '!~') compiled(value, 'anchored');
		return { name: this.#textOf(node.getChild('Identifier')), operator, value };
	}

	#stages(pipeline: SyntaxNode | null): readonly Stage[] {
		if (pipeline === null) return [];
		const stage = pipeline.getChild('PipelineStage');
		return [...this.#stages(pipeline.getChild('PipelineExpr')), ...(stage === null ? [] : this.#stage(stage))];
	}

	#stage(node: SyntaxNode): readonly Stage[] {
		const filters = node.getChild('LineFilters');
		if (filters !== null) return descendants(filters, 'LineFilter').map(filter => this.#lineFilter(filter));
		const parser = this.#textOf(node.getChild('LabelParser') ?? node.getChild('LogfmtParser'));
		if (parser === 'json' || parser === 'logfmt') return [{ kind: parser }];
		const json = node.getChild('JsonExpressionParser');
		const logfmt = node.getChild('LogfmtExpressionParser');
		if (json !== null) return [{ kind: 'json', only: this.#extractions(json) }];
		if (logfmt !== null) return [{ kind: 'logfmt', only: this.#extractions(logfmt) }];
		const filter = node.getChild('LabelFilter');
		return filter === null ? unsupported(this.#textOf(node)) : [{ kind: 'filter', condition: this.#condition(filter) }];
	}

	#extractions(node: SyntaxNode): Labels {
		const each = descendants(node, 'LabelExtractionExpression').map((extraction): [string, string] => [
			this.#textOf(extraction.getChild('Identifier')),
			this.#string(extraction.getChild('String')),
		]);
		return Object.fromEntries(each);
	}

	#lineFilter(node: SyntaxNode): Stage {
		const written = this.#textOf(node.getChild('Filter'));
		const operator = lineOperators.find(each => each === written);
		if (operator === undefined || node.getChild('FilterOp') !== null) return unsupported(this.#textOf(node));
		const texts = descendants(node, 'String').map(string => this.#string(string));
		if (operator === '|~' || operator === '!~') for (const text of texts) compiled(text, 'anywhere');
		return { kind: 'line', operator, texts };
	}

	#condition(node: SyntaxNode): Condition {
		const [left, right] = node.getChildren('LabelFilter');
		if (left !== undefined && right !== undefined) {
			const kind = node.getChild('Or') === null ? 'and' : 'or';
			return { kind, left: this.#condition(left), right: this.#condition(right) };
		}
		if (left !== undefined) return this.#condition(left);
		const matcher = node.getChild('Matcher');
		if (matcher !== null) return { kind: 'text', ...this.#matcher(matcher) };
		return this.#comparison(node.getChild('NumberFilter') ?? node.getChild('UnitFilter')?.firstChild ?? node);
	}

	#comparison(node: SyntaxNode): Condition {
		const name = this.#textOf(node.getChild('Identifier'));
		const comparison = Object.entries(comparisons).find(([token]) => node.getChild(token) !== null)?.[1];
		const [kind, value] = this.#operand(node);
		if (name === '' || comparison === undefined || value === undefined) return unsupported(this.#textOf(node));
		return { kind, name, operator: comparison, value };
	}

	#operand(node: SyntaxNode): readonly ['number' | 'duration' | 'bytes', number | undefined] {
		if (node.name === 'DurationFilter') return ['duration', parseDuration(this.#textOf(node.getChild('Duration')))];
		if (node.name === 'BytesFilter') return ['bytes', parseByteSize(this.#textOf(node.getChild('Bytes')))];
		const literal = this.#textOf(node.getChild('LiteralExpr'));
		return ['number', literal === '' || Number.isNaN(Number(literal)) ? undefined : Number(literal)];
	}

	#duration(node: SyntaxNode | null | undefined): Milliseconds {
		const written = this.#textOf(node ?? null);
		return parseDuration(written) ?? unsupported(written);
	}

	#string(node: SyntaxNode | null): string {
		return unquoteGo(this.#textOf(node)) ?? unsupported(this.#textOf(node));
	}

	#textOf(node: SyntaxNode | null): string {
		return node === null ? '' : this.#text.slice(node.from, node.to);
	}
}

const rangeOperations: readonly RangeOperation[] = ['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate'];
const lineOperators = ['|=', '!=', '|~', '!~'] as const;
const comparisons: Readonly<Record<string, Comparison>> = {
	Eq: '=',
	Eql: '=',
	Neq: '!=',
	Gtr: '>',
	Gte: '>=',
	Lss: '<',
	Lte: '<=',
};

/** In the order of the text. */
function descendants(node: SyntaxNode, name: string): readonly SyntaxNode[] {
	const found: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (child.name === name) found.push(child);
		else found.push(...descendants(child, name));
	}
	return found;
}

function compiled(pattern: string, anchoring: 'anchored' | 'anywhere'): void {
	try {
		goRegExp(pattern, anchoring);
	} catch (error) {
		throw new Refusal(400, `parse error : ${error instanceof Error ? error.message : String(error)}`);
	}
}
