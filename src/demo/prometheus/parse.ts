import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Matcher } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { parseDuration, unquoteGo } from '../go-literals.ts';
import { checkTypes } from './check-types.ts';
import { type Expression, type Grouping, type Matching, ParseError, type Selector, unsupported } from './expression.ts';
import { labelTest } from './label-test.ts';
import { complaintAbout } from './syntax-complaint.ts';

/** Reads PromQL. Throws a `ParseError` with Prometheus' words, or an `ExecutionError` for what the demo leaves out. */
export const parsePromql = (source: string): Expression => {
	if (source.trim() === '') throw new ParseError(source, undefined, 'no expression found in input');
	const tree = parser.parse(source);
	const complaint = complaintAbout(tree, source);
	if (complaint !== undefined) throw complaint;
	const top = tree.topNode.firstChild;
	if (top === null) throw new ParseError(source, undefined, 'no expression found in input');
	const expression = new Reader(source).read(top);
	checkTypes(expression, source);
	return expression;
};

/** Walks the syntax tree of one query. */
class Reader {
	readonly #source: string;

	constructor(source: string) {
		this.#source = source;
	}

	read(node: SyntaxNode): Expression {
		switch (node.name) {
			case 'NumberDurationLiteral':
				return { kind: 'number', value: this.#number(node) };
			case 'StringLiteral':
				return { kind: 'string', value: this.#string(node) };
			case 'ParenExpr':
				return this.read(this.#first(node));
			case 'UnaryExpr':
				return this.#unary(node);
			case 'VectorSelector':
				return this.#selector(node);
			case 'MatrixSelector':
				return this.#rangeSelector(node);
			case 'OffsetExpr':
				return this.#offset(this.read(this.#first(node)), this.#offsetOf(node), node);
			case 'FunctionCall':
				return { kind: 'call', name: this.#word(node, 'FunctionIdentifier'), args: this.#args(node) };
			case 'AggregateExpr':
				return this.#aggregation(node);
			case 'BinaryExpr':
				return this.#operation(node);
			case 'SubqueryExpr':
				throw unsupported('subqueries');
			case 'StepInvariantExpr':
				throw unsupported('the @ modifier');
			default:
				throw unsupported(`"${this.#text(node)}"`);
		}
	}

	#text({ from, to }: { readonly from: number; readonly to: number }): string {
		return this.#source.slice(from, to);
	}

	#word(node: SyntaxNode, child: string): string {
		const found = node.getChild(child);
		return found === null ? '' : this.#text(found).toLowerCase();
	}

	#first(node: SyntaxNode): SyntaxNode {
		if (node.firstChild === null) throw unsupported(`"${this.#text(node)}"`);
		return node.firstChild;
	}

	#fail(at: number, words: string): ParseError {
		return new ParseError(this.#source, at, words);
	}

	#number(node: SyntaxNode): number {
		const text = this.#text(node).toLowerCase().replaceAll('_', '');
		const word = /^([+-]?)(inf|nan)$/.exec(text);
		if (word !== null) return word[2] === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
		const length = /[a-z]/.test(text) && !/^0x|e[+-]?\d/.test(text) ? parseDuration(text) : undefined;
		const value = length === undefined ? Number(text) : length / 1000;
		if (Number.isNaN(value)) throw this.#fail(node.from, `bad number or duration syntax: "${this.#text(node)}"`);
		return value;
	}

	#string(node: SyntaxNode): string {
		const literal = this.#text(node);
		const quoted = literal.startsWith("'")
			? `"${literal
					.slice(1, -1)
					.replaceAll("\\'", "'")
					.replace(/(?<!\\)"/g, '\\"')}"`
			: literal;
		const value = unquoteGo(quoted);
		if (value === undefined) throw this.#fail(node.from, 'error unquoting string: invalid syntax');
		return value;
	}

	#unary(node: SyntaxNode): Expression {
		const operand = node.lastChild;
		if (operand === null) throw unsupported(`"${this.#text(node)}"`);
		const read = this.read(operand);
		if (!this.#text(node).startsWith('-')) return read;
		return read.kind === 'number' ? { kind: 'number', value: -read.value } : { kind: 'negation', operand: read };
	}

	#selector(node: SyntaxNode): Selector {
		const identifier = node.getChild('Identifier');
		const matchers: Matcher[] =
			identifier === null ? [] : [{ name: '__name__', operator: '=', value: this.#text(identifier) }];
		for (const part of childrenOf(node.getChild('LabelMatchers'))) {
			const literal = part.name === 'QuotedLabelName' ? part.firstChild : null;
			if (literal !== null) matchers.push({ name: '__name__', operator: '=', value: this.#string(literal) });
			else matchers.push(this.#matcher(part));
		}
		const tests = matchers.map(matcher => this.#tested(matcher, node));
		if (tests.every(test => test(''))) {
			throw this.#fail(node.from, 'vector selector must contain at least one non-empty matcher');
		}
		return { kind: 'selector', matchers, offset: 0 };
	}

	#tested(matcher: Matcher, node: SyntaxNode): (value: string) => boolean {
		try {
			return labelTest(matcher);
		} catch (error) {
			throw this.#fail(node.from, error instanceof Error ? error.message : String(error));
		}
	}

	#matcher(node: SyntaxNode): Matcher {
		const [name, operator, value] = childrenOf(node);
		if (name === undefined || operator === undefined || value === undefined) throw unsupported(this.#text(node));
		return {
			name: name.name === 'QuotedLabelName' ? this.#string(this.#first(name)) : this.#text(name),
			operator: operatorOf(this.#text(operator)),
			value: this.#string(value),
		};
	}

	#rangeSelector(node: SyntaxNode): Selector {
		const selector = this.read(this.#first(node));
		const length = node.getChild('DurationExpr');
		if (selector.kind !== 'selector' || length === null) {
			throw this.#fail(node.from, 'ranges only allowed for vector selectors');
		}
		return { ...selector, range: this.#length(length) };
	}

	#length(node: SyntaxNode): Milliseconds {
		const text = this.#text(node).trim();
		const seconds = Number(text);
		const length = Number.isNaN(seconds) ? parseDuration(text) : seconds * 1000;
		if (length === undefined) throw unsupported(`the duration "${text}"`);
		return length;
	}

	#offsetOf(node: SyntaxNode): Milliseconds {
		const length = node.lastChild;
		if (length === null) throw unsupported(`"${this.#text(node)}"`);
		return this.#length(length);
	}

	/** The grammar wraps all of `a / b offset 5m`; Prometheus means `b` alone. */
	#offset(expression: Expression, offset: Milliseconds, node: SyntaxNode): Expression {
		const inner = node.firstChild?.name;
		if (expression.kind === 'selector') return { ...expression, offset };
		if (expression.kind === 'operation' && inner === 'BinaryExpr') {
			return { ...expression, right: this.#offset(expression.right, offset, node) };
		}
		if (expression.kind === 'negation' && inner === 'UnaryExpr') {
			return { ...expression, operand: this.#offset(expression.operand, offset, node) };
		}
		const words =
			'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery';
		throw this.#fail(node.from, words);
	}

	#args(node: SyntaxNode): readonly Expression[] {
		return childrenOf(node.getChild('FunctionCallBody')).map(child => this.read(child));
	}

	#aggregation(node: SyntaxNode): Expression {
		const operator = this.#word(node, 'AggregateOp');
		const args = this.#args(node);
		const wanted = takesParameter.has(operator) ? 2 : 1;
		const operand = args.at(-1);
		if (operand === undefined || args.length !== wanted) {
			const words = `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`;
			throw this.#fail(node.from, words);
		}
		const parameter = wanted === 2 ? args[0] : undefined;
		const grouping = this.#grouping(node.getChild('AggregateModifier'));
		return {
			kind: 'aggregation',
			operator,
			grouping,
			operand,
			...(parameter === undefined ? {} : { parameter }),
		};
	}

	#grouping(modifier: SyntaxNode | null): Grouping {
		if (modifier === null) return { mode: 'by', labels: [] };
		const mode = modifier.getChild('Without') === null ? 'by' : 'without';
		return { mode, labels: this.#labels(modifier.getChild('GroupingLabels')) };
	}

	#labels(list: SyntaxNode | null): readonly string[] {
		return childrenOf(list).map(label =>
			label.name === 'QuotedLabelName' ? this.#string(this.#first(label)) : this.#text(label),
		);
	}

	/** The grammar takes the sign of `-2 ^ 2` for the number's own; Prometheus means `-(2 ^ 2)`. */
	#operation(node: SyntaxNode): Expression {
		const left = this.#first(node);
		const right = node.lastChild;
		const operator = left.nextSibling;
		if (operator === null || right === null) throw unsupported(`"${this.#text(node)}"`);
		const base = this.read(left);
		const signed =
			this.#text(operator) === '^' && left.name === 'NumberDurationLiteral' && this.#text(left).startsWith('-');
		const operation: Expression = {
			kind: 'operation',
			operator: this.#text(operator).toLowerCase(),
			bool: node.getChild('BoolModifier') !== null,
			matching: this.#matching(node.getChild('MatchingModifierClause')),
			left: signed && base.kind === 'number' ? { kind: 'number', value: -base.value } : base,
			right: this.read(right),
		};
		return signed ? { kind: 'negation', operand: operation } : operation;
	}

	#matching(clause: SyntaxNode | null): Matching {
		if (clause === null) return { mode: 'ignoring', labels: [], include: [] };
		const lists = clause.getChildren('GroupingLabels');
		const many =
			clause.getChild('GroupLeft') !== null ? 'left' : clause.getChild('GroupRight') !== null ? 'right' : undefined;
		return {
			mode: clause.getChild('On') === null ? 'ignoring' : 'on',
			labels: this.#labels(lists[0] ?? null),
			include: this.#labels(lists[1] ?? null),
			...(many === undefined ? {} : { many }),
		};
	}
}

const takesParameter = new Set(['topk', 'bottomk', 'quantile', 'count_values', 'limitk', 'limit_ratio']);

const operatorOf = (text: string): Matcher['operator'] =>
	text === '!=' || text === '=~' || text === '!~' ? text : '=';

const childrenOf = (node: SyntaxNode | null): readonly SyntaxNode[] => {
	const children: SyntaxNode[] = [];
	for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) children.push(child);
	return children;
};
