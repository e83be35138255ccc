import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Matcher } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import { parseNumber, unquote } from './promql-literals.ts';

/**
 * PromQL as a tree that can be asked questions. Parentheses, offsets and `@` are gone from the shape but stay in
 * `text`, which is what the operator wrote.
 */
export type PromNode = PromNumber | PromString | PromSelector | PromCall | PromAggregate | PromBinary | PromSubquery;

type Written = { readonly text: string };

export type PromNumber = Written & { readonly kind: 'number'; readonly value: number };
export type PromString = Written & { readonly kind: 'string'; readonly value: string };
export type PromSelector = Written & {
	readonly kind: 'selector';
	/** Absent when the name is matched by a pattern, which then stands in `matchers`. */
	readonly metric?: string;
	readonly matchers: readonly Matcher[];
	/** Of a range selector. */
	readonly range?: Milliseconds;
};
export type PromCall = Written & { readonly kind: 'call'; readonly name: string; readonly args: readonly PromNode[] };
export type PromAggregate = Written & {
	readonly kind: 'aggregate';
	readonly name: string;
	readonly args: readonly PromNode[];
	readonly by?: readonly string[];
	readonly without?: readonly string[];
};
export type PromBinary = Written & {
	readonly kind: 'binary';
	/** As written: `/`, `>=`, `and`. */
	readonly operator: string;
	readonly left: PromNode;
	readonly right: PromNode;
	/** The comparison answers 0 or 1 instead of dropping what it does not hold for. */
	readonly bool?: true;
	readonly matching?: PromMatching;
};
/** Which elements of two vectors belong together: `* on (pod) group_left (workload)`. */
export type PromMatching = {
	readonly on?: readonly string[];
	readonly ignoring?: readonly string[];
	/** The side that may have several elements for one of the other, and whose labels the result has. */
	readonly many?: 'left' | 'right';
	/** Labels that the result takes from the other side. */
	readonly include: readonly string[];
};
export type PromSubquery = Written & { readonly kind: 'subquery'; readonly operand: PromNode };

/** Reads an expression; `undefined` when it is not PromQL (LogQL of a Loki ruler, or a newer grammar). */
export function parsePromql(text: string): PromNode | undefined {
	const known = trees.get(text);
	if (known !== undefined) return known.root;
	if (trees.size >= mostTrees) trees.clear();
	const root = treeOf(text);
	trees.set(text, { root });
	return root;
}

/** The alerts are looked at every five seconds, by several readers, and their rules hardly ever change. */
const trees = new Map<string, { readonly root: PromNode | undefined }>();
const mostTrees = 1000;

function treeOf(text: string): PromNode | undefined {
	if (text.length > longestQuery) return undefined;
	try {
		const { topNode } = parser.parse(text);
		const top = topNode.firstChild;
		if (top === null || top.nextSibling !== null || !isReadable(topNode)) return undefined;
		return nodeOf(top, text);
	} catch (error) {
		// The parser itself builds its tree by recursion: tens of thousands of operands may exhaust the stack (RangeError).
		if (error instanceof NotUnderstood || error instanceof RangeError) return undefined;
		throw error;
	}
}

/** Characters of a rule that are read; no rule that a person wrote has as many. */
const longestQuery = 100_000;
/** Parentheses, calls and operators within each other; deeper ones would exhaust the stack of whoever reads the tree. */
const deepestQuery = 500;

/** The parser mends what it cannot read and goes on; such a tree does not say what the text meant. */
function isReadable(root: SyntaxNode): boolean {
	let readable = true;
	let depth = 0;
	root.cursor().iterate(
		({ type }) => {
			depth++;
			readable &&= !type.isError && depth <= deepestQuery;
		},
		() => {
			depth--;
		},
	);
	return readable;
}

/** Every node of the tree, the root first, left before right. */
export function* walkPromql(node: PromNode): Generator<PromNode> {
	yield node;
	for (const child of childrenOf(node)) yield* walkPromql(child);
}

export const selectorsOf = (node: PromNode): readonly PromSelector[] =>
	[...walkPromql(node)].filter(each => each.kind === 'selector');

/** The value of an expression without a series in it: `14.4 * (1 - 0.999)`, `vector(5)`; otherwise `undefined`. */
export function constantOf(node: PromNode): number | undefined {
	if (node.kind === 'number') return node.value;
	if (node.kind === 'call') return constantOfCall(node);
	if (node.kind !== 'binary') return undefined;
	const left = constantOf(node.left);
	const right = constantOf(node.right);
	if (left === undefined || right === undefined) return undefined;
	return arithmetic[node.operator]?.(left, right);
}

/** A number dressed up as a vector, so that it can be compared by `> on () group_left ()`. */
const constantOfCall = ({ name, args: [only, ...others] }: PromCall): number | undefined =>
	(name === 'vector' || name === 'scalar') && only !== undefined && others.length === 0 ? constantOf(only) : undefined;

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
	'+': (left, right) => left + right,
	'-': (left, right) => left - right,
	'*': (left, right) => left * right,
	'/': (left, right) => left / right,
	'%': (left, right) => left % right,
	'^': (left, right) => left ** right,
};

class NotUnderstood extends Error {}

function childrenOf(node: PromNode): readonly PromNode[] {
	switch (node.kind) {
		case 'call':
		case 'aggregate':
			return node.args;
		case 'binary':
			return [node.left, node.right];
		case 'subquery':
			return [node.operand];
		default:
			return [];
	}
}

function nodeOf(syntax: SyntaxNode, source: string): PromNode {
	const text = source.slice(syntax.from, syntax.to);
	switch (syntax.name) {
		case 'NumberDurationLiteral':
			return { kind: 'number', text, value: parseNumber(text) };
		case 'StringLiteral':
			return { kind: 'string', text, value: unquote(text) };
		case 'ParenExpr':
			return nodeOf(onlyChild(syntax), source);
		case 'OffsetExpr':
		case 'StepInvariantExpr':
			return { ...nodeOf(onlyChild(syntax), source), text };
		case 'UnaryExpr':
			return unaryOf(syntax, source);
		case 'VectorSelector':
			return { kind: 'selector', text, ...selectorOf(syntax, source) };
		case 'MatrixSelector':
			return matrixOf(syntax, source);
		case 'SubqueryExpr':
			return { kind: 'subquery', text, operand: nodeOf(onlyChild(syntax), source) };
		case 'FunctionCall':
			return { kind: 'call', text, name: nameOf(syntax, 'FunctionIdentifier', source), args: argsOf(syntax, source) };
		case 'AggregateExpr':
			return {
				kind: 'aggregate',
				text,
				name: nameOf(syntax, 'AggregateOp', source),
				args: argsOf(syntax, source),
				...groupingOf(syntax, source),
			};
		case 'BinaryExpr':
			return binaryOf(syntax, source);
		default:
			throw new NotUnderstood(syntax.name);
	}
}

function onlyChild(syntax: SyntaxNode): SyntaxNode {
	if (syntax.firstChild === null) throw new NotUnderstood(syntax.name);
	return syntax.firstChild;
}

/** `-x` is `0 - x`: one shape less for whoever reads the tree. */
function unaryOf(syntax: SyntaxNode, source: string): PromNode {
	const text = source.slice(syntax.from, syntax.to);
	const operand = syntax.lastChild;
	if (operand === null || operand.from === syntax.from) throw new NotUnderstood(syntax.name);
	const node = nodeOf(operand, source);
	if (!text.startsWith('-')) return { ...node, text };
	return node.kind === 'number'
		? { kind: 'number', text, value: -node.value }
		: { kind: 'binary', text, operator: '-', left: { kind: 'number', text: '0', value: 0 }, right: node };
}

function matrixOf(syntax: SyntaxNode, source: string): PromNode {
	const selector = nodeOf(onlyChild(syntax), source);
	const length = syntax.getChild('DurationExpr');
	const range = length === null ? Number.NaN : 1000 * parseNumber(source.slice(length.from, length.to));
	if (selector.kind !== 'selector') throw new NotUnderstood(syntax.name);
	return { ...selector, text: source.slice(syntax.from, syntax.to), ...(Number.isNaN(range) ? {} : { range }) };
}

function binaryOf(syntax: SyntaxNode, source: string): PromBinary {
	const left = onlyChild(syntax);
	const operator = left.nextSibling;
	const right = syntax.lastChild;
	if (operator === null || right === null || right.from <= operator.from) throw new NotUnderstood(syntax.name);
	return {
		kind: 'binary',
		text: source.slice(syntax.from, syntax.to),
		operator: source.slice(operator.from, operator.to).toLowerCase(),
		left: nodeOf(left, source),
		right: nodeOf(right, source),
		...(syntax.getChild('BoolModifier') === null ? {} : { bool: true }),
		...matchingOf(syntax.getChild('MatchingModifierClause'), source),
	};
}

function matchingOf(clause: SyntaxNode | null, source: string): Pick<PromBinary, 'matching'> {
	if (clause === null) return {};
	const lists = clause
		.getChildren('GroupingLabels')
		.map(list => childNodes(list).map(label => labelNameOf(label, source)));
	const [matched = [], include = []] = lists;
	const many = clause.getChild('GroupLeft') ? 'left' : clause.getChild('GroupRight') ? 'right' : undefined;
	return {
		matching: {
			...(clause.getChild('On') === null ? { ignoring: matched } : { on: matched }),
			...(many === undefined ? {} : { many }),
			include,
		},
	};
}

const nameOf = (syntax: SyntaxNode, child: string, source: string): string => {
	const name = syntax.getChild(child);
	if (name === null) throw new NotUnderstood(syntax.name);
	return source.slice(name.from, name.to).toLowerCase();
};

const argsOf = (syntax: SyntaxNode, source: string): readonly PromNode[] =>
	childNodes(syntax.getChild('FunctionCallBody')).map(child => nodeOf(child, source));

function groupingOf(syntax: SyntaxNode, source: string): Pick<PromAggregate, 'by' | 'without'> {
	const modifier = syntax.getChild('AggregateModifier');
	const labels = childNodes(modifier?.getChild('GroupingLabels') ?? null).map(label => labelNameOf(label, source));
	if (modifier === null) return {};
	return modifier.getChild('By') === null ? { without: labels } : { by: labels };
}

function selectorOf(syntax: SyntaxNode, source: string): Pick<PromSelector, 'metric' | 'matchers'> {
	const identifier = syntax.getChild('Identifier');
	let metric = identifier === null ? undefined : source.slice(identifier.from, identifier.to);
	const matchers: Matcher[] = [];
	for (const part of childNodes(syntax.getChild('LabelMatchers'))) {
		if (part.name === 'QuotedLabelName') {
			metric = labelNameOf(part, source);
			continue;
		}
		const matcher = matcherOf(part, source);
		if (matcher.name === '__name__' && matcher.operator === '=') metric = matcher.value;
		else matchers.push(matcher);
	}
	return metric === undefined ? { matchers } : { metric, matchers };
}

function matcherOf(syntax: SyntaxNode, source: string): Matcher {
	const name = syntax.firstChild;
	const operator = operatorOf(nameOf(syntax, 'MatchOp', source));
	const value = syntax.lastChild;
	if (name === null || value === null || value.name !== 'StringLiteral') throw new NotUnderstood(syntax.name);
	return { name: labelNameOf(name, source), operator, value: unquote(source.slice(value.from, value.to)) };
}

function operatorOf(text: string): Matcher['operator'] {
	if (text === '=' || text === '!=' || text === '=~' || text === '!~') return text;
	throw new NotUnderstood(text);
}

const labelNameOf = (syntax: SyntaxNode, source: string): string => {
	const text = source.slice(syntax.from, syntax.to);
	return syntax.name === 'QuotedLabelName' ? unquote(text) : text;
};

function childNodes(syntax: SyntaxNode | null): readonly SyntaxNode[] {
	const children: SyntaxNode[] = [];
	for (let child = syntax?.firstChild ?? null; child !== null; child = child.nextSibling) children.push(child);
	return children;
}
