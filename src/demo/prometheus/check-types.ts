import {
	type Aggregation,
	type Call,
	type Expression,
	type Operation,
	ParseError,
	unsupported,
	type ValueType,
} from './expression.ts';
import { signatures } from './signatures.ts';

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);
const setOperators = new Set(['and', 'or', 'unless']);

/** The type of an expression's value, all of its parts checked. Throws what Prometheus says of a wrong type. */
export const checkTypes = (expression: Expression, source: string): ValueType => {
	switch (expression.kind) {
		case 'number':
			return 'scalar';
		case 'string':
			return 'string';
		case 'selector':
			return expression.range === undefined ? 'instant vector' : 'range vector';
		case 'negation':
			return checkNegation(checkTypes(expression.operand, source), source);
		case 'call':
			return checkCall(expression, source);
		case 'aggregation':
			return checkAggregation(expression, source);
		case 'operation':
			return checkOperation(expression, source);
	}
};

/** The tree has no positions; the first place where the culprit's name stands is where Prometheus points to. */
const complain = (source: string, name: string, words: string): ParseError =>
	new ParseError(source, Math.max(0, source.indexOf(name)), words);

const checkNegation = (type: ValueType, source: string): ValueType => {
	if (type === 'scalar' || type === 'instant vector') return type;
	const words = `unary expression only allowed on expressions of type scalar or instant vector, got "${type}"`;
	throw complain(source, '-', words);
};

const checkCall = ({ name, args }: Call, source: string): ValueType => {
	const signature = signatures[name];
	if (signature === undefined) throw unsupported(`the function ${name}`);
	const { takes, optional, gives } = signature;
	const fewest = takes.length - optional;
	if (args.length < fewest || args.length > takes.length) {
		const bound = optional === 0 ? '' : args.length < fewest ? 'at least ' : 'at most ';
		const wanted = args.length < fewest ? fewest : takes.length;
		throw complain(source, name, `expected ${bound}${wanted} argument(s) in call to "${name}", got ${args.length}`);
	}
	for (const [place, argument] of args.entries()) {
		const type = checkTypes(argument, source);
		if (type !== takes[place]) {
			throw complain(source, name, `expected type ${takes[place]} in call to function "${name}", got ${type}`);
		}
	}
	return gives;
};

const checkAggregation = ({ operator, operand, parameter }: Aggregation, source: string): ValueType => {
	const type = checkTypes(operand, source);
	if (type !== 'instant vector') {
		throw complain(source, operator, `expected type instant vector in aggregation expression, got ${type}`);
	}
	if (!aggregations.has(operator)) throw unsupported(`the aggregation ${operator}`);
	const given = parameter === undefined ? 'scalar' : checkTypes(parameter, source);
	if (given !== 'scalar') {
		throw complain(source, operator, `expected type scalar in aggregation parameter, got ${given}`);
	}
	return 'instant vector';
};

const aggregations = new Set(['sum', 'avg', 'max', 'min', 'count', 'group', 'topk', 'bottomk', 'quantile']);

const checkOperation = ({ operator, bool, left, right, matching }: Operation, source: string): ValueType => {
	const types = [checkTypes(left, source), checkTypes(right, source)] as const;
	if (types.some(type => type !== 'scalar' && type !== 'instant vector')) {
		throw complain(source, operator, 'binary expression must contain only scalar and instant vector types');
	}
	if (operator === 'atan2') throw unsupported('the operator atan2');
	const scalars = types.filter(type => type === 'scalar').length;
	if (setOperators.has(operator) && scalars > 0) {
		throw complain(source, operator, `set operator "${operator}" not allowed in binary scalar expression`);
	}
	if (comparisons.has(operator) && scalars === 2 && !bool) {
		throw complain(source, operator, 'comparisons between scalars must use BOOL modifier');
	}
	if (bool && !comparisons.has(operator)) {
		throw complain(source, 'bool', 'bool modifier can only be used on comparison operators');
	}
	if (matching.many !== undefined && setOperators.has(operator)) {
		throw complain(source, operator, `no grouping allowed for "${operator}" operation`);
	}
	return scalars === 2 ? 'scalar' : 'instant vector';
};
