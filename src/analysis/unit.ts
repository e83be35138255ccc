import { constantOf, type PromNode } from './promql.ts';

/**
 * What a figure counts, always in its base: a share from 0 to 1, seconds, events per second, bytes, or a number of
 * things. `plain` is a figure of which nothing is known.
 */
export type Unit = 'ratio' | 'seconds' | 'per-second' | 'bytes' | 'count' | 'plain';

/** A unit and the factor that brings what the server says to it: a percentage is `{ unit: 'ratio', scale: 0.01 }`. */
export type ScaledUnit = { readonly unit: Unit; readonly scale: number };

const plain: ScaledUnit = { unit: 'plain', scale: 1 };
const count: ScaledUnit = { unit: 'count', scale: 1 };

/**
 * Guesses what an expression yields, from the units that metric names end in (OpenMetrics) and from what functions do
 * to them. A quotient of two like things is a ratio; so is one of two unknown things when its limit is no more than
 * 1, or than 100 after `* 100`.
 */
export function unitOfExpression(node: PromNode, limit: number): ScaledUnit {
	const guess = guessOf(node);
	if (guess.unit === 'plain') return plain;
	if (guess.unit !== 'quotient') return { unit: guess.unit, scale: guess.scale };
	return Math.abs(limit * guess.scale) <= 1 ? { unit: 'ratio', scale: guess.scale } : plain;
}

/** `quotient` is a ratio if its limit looks like one. */
type Guess = { readonly unit: Unit | 'quotient'; readonly scale: number };

function guessOf(node: PromNode): Guess {
	switch (node.kind) {
		case 'number':
		case 'string':
			return plain;
		case 'selector':
			return unitOfMetric(node.metric ?? '');
		case 'subquery':
			return guessOf(node.operand);
		case 'aggregate':
			return node.name === 'count' || node.name === 'group' ? count : lastOf(node.args);
		case 'call':
			return guessOfCall(node.name, node.args);
		case 'binary':
			return guessOfBinary(node.operator, node.left, node.right);
	}
}

const lastOf = (args: readonly PromNode[]): Guess => {
	const last = args.at(-1);
	return last === undefined ? plain : guessOf(last);
};

const counting = new Set(['count_over_time', 'changes', 'resets', 'absent', 'absent_over_time', 'present_over_time']);
const timely = new Set(['time', 'timestamp', 'hour', 'minute']);

function guessOfCall(name: string, args: readonly PromNode[]): Guess {
	if (counting.has(name)) return count;
	if (timely.has(name)) return { unit: 'seconds', scale: 1 };
	if (name === 'predict_linear' || name.startsWith('label_') || name.startsWith('clamp') || name === 'round') {
		return args[0] === undefined ? plain : guessOf(args[0]);
	}
	const inner = lastOf(args);
	if (name !== 'rate' && name !== 'irate' && name !== 'deriv') return inner;
	if (inner.unit === 'count') return { unit: 'per-second', scale: inner.scale };
	if (inner.unit !== 'seconds') return plain;
	const [counter] = args;
	/** Seconds of work in a second are a share of it; seconds of a histogram stay what they are. */
	const isWork = counter?.kind === 'selector' && (counter.metric ?? '').endsWith('_total');
	return isWork ? { unit: 'quotient', scale: inner.scale } : inner;
}

function guessOfBinary(operator: string, left: PromNode, right: PromNode): Guess {
	const leftFactor = constantOf(left);
	const rightFactor = constantOf(right);
	if (operator === '*' && leftFactor !== undefined) return scaledBy(guessOf(right), leftFactor);
	if (operator === '*' && rightFactor !== undefined) return scaledBy(guessOf(left), rightFactor);
	if (operator === '/' && rightFactor !== undefined) return scaledBy(guessOf(left), 1 / rightFactor);
	if (operator === '/') return quotientOf(guessOf(left), guessOf(right), left);
	if (operator === '+' || operator === '-') return knownOf(guessOf(left), guessOf(right));
	if (operator === '*' || operator === '%' || operator === '^') return plain;
	return guessOf(left);
}

/** Of two things that are added, one tells what both are: `expiry - time()` is seconds, `1 - ratio` a ratio. */
const knownOf = (left: Guess, right: Guess): Guess => (left.unit === 'plain' ? right : left);

function quotientOf(over: Guess, under: Guess, numerator: PromNode): Guess {
	if (over.unit === 'seconds' && under.unit !== 'seconds') return isSum(numerator) ? over : plain;
	const alike = over.unit === under.unit && over.unit !== 'plain' && over.unit !== 'quotient';
	if (alike) return { unit: 'ratio', scale: over.scale / under.scale };
	return { unit: 'quotient', scale: over.scale / under.scale };
}

/** `rate(x_seconds_sum)` over a count is a mean; `rate(cpu_seconds_total)` over a count is no duration. */
const isSum = (node: PromNode): boolean =>
	node.kind === 'selector' ? (node.metric ?? '').endsWith('_sum') : 'args' in node && node.args.some(arg => isSum(arg));

const scaledBy = (guess: Guess, factor: number): Guess =>
	factor === 0 ? guess : { unit: guess.unit, scale: guess.scale / factor };

const suffixes: readonly (readonly [RegExp, ScaledUnit])[] = [
	[/(?:^|_)seconds$/, { unit: 'seconds', scale: 1 }],
	[/(?:^|_)(?:milliseconds|millis|ms)$/, { unit: 'seconds', scale: 1e-3 }],
	[/(?:^|_)(?:microseconds|micros)$/, { unit: 'seconds', scale: 1e-6 }],
	[/(?:^|_)(?:nanoseconds|nanos)$/, { unit: 'seconds', scale: 1e-9 }],
	[/(?:^|_)bytes$/, { unit: 'bytes', scale: 1 }],
	[/(?:^|_)(?:ratio|utilization)$/, { unit: 'ratio', scale: 1 }],
	[/(?:^|_)percent(?:age)?$/, { unit: 'ratio', scale: 0.01 }],
	/** Tempo's span metrics count seconds and do not say so. */
	[/^traces_spanmetrics_latency$/, { unit: 'seconds', scale: 1 }],
];

/** The unit that a metric's name ends in; recording rules say it before the colon: `job:errors:ratio_rate5m`. */
function unitOfMetric(metric: string): ScaledUnit {
	const name = metric.replaceAll('.', '_');
	if (name.includes(':'))
		return /(?:^|[:_])(?:ratio|burnrate|utili[sz]ation)/.test(name) ? { unit: 'ratio', scale: 1 } : plain;
	if (name.endsWith('_count')) return count;
	const total = name.endsWith('_total');
	const stem = name.replace(/_(?:total|bucket|sum)$/, '');
	return suffixes.find(([suffix]) => suffix.test(stem))?.[1] ?? (total ? count : plain);
}
