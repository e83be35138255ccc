import type { Matcher } from '../model/labels.ts';
import { isStatusLabel } from './label-roles.ts';
import { constantOf, type PromBinary, type PromNode, type PromSelector, selectorsOf, walkPromql } from './promql.ts';
import { flipped, type Threshold } from './thresholds.ts';

/**
 * The panel's figure that a rule limits. The threshold of `errors` is one of the error ratio even when the rule speaks
 * of percent or of availability; that of `duration` is in the metric's own unit.
 */
export type AlertFigure =
	| {
			readonly kind: 'errors' | 'rate';
			readonly threshold: Threshold;
			/** A recording rule keeps the figure: of which requests, its name does not say. */
			readonly recorded?: true;
	  }
	| { readonly kind: 'duration'; readonly threshold: Threshold; readonly quantile: number | undefined };

/** `factor × core + offset`, with the arithmetic of constants taken off. */
type Scaled = { readonly core: PromNode; readonly factor: number; readonly offset: number };

function unscaled(node: PromNode): Scaled {
	if (node.kind !== 'binary') return { core: node, factor: 1, offset: 0 };
	const { operator } = node;
	const left = constantOf(node.left);
	const right = constantOf(node.right);
	const constant = left ?? right;
	if (constant === undefined && operator === '/') return unscaledQuotient(node);
	if (constant === undefined && operator === '*') return unscaledJoin(node);
	if (constant === undefined || (left !== undefined && right !== undefined))
		return { core: node, factor: 1, offset: 0 };
	const inner = unscaled(left === undefined ? node.left : node.right);
	const times = (factor: number, offset: number): Scaled => ({
		core: inner.core,
		factor: inner.factor * factor,
		offset: inner.offset * factor + offset,
	});
	if (operator === '*') return times(constant, 0);
	if (operator === '+') return times(1, constant);
	if (operator === '-') return left === undefined ? times(1, -constant) : times(-1, constant);
	if (operator === '/' && left === undefined) return times(1 / constant, 0);
	return { core: node, factor: 1, offset: 0 };
}

/** `100 * a / b` is read as `(100 * a) / b`. */
function unscaledQuotient(node: PromBinary): Scaled {
	const over = unscaled(node.left);
	const under = unscaled(node.right);
	if (over.offset !== 0 || under.offset !== 0) return { core: node, factor: 1, offset: 0 };
	return { core: { ...node, left: over.core, right: under.core }, factor: over.factor / under.factor, offset: 0 };
}

/** A join with a series that is always 1 only adds labels. */
const unscaledJoin = (node: PromBinary): Scaled => {
	const { measured } = joinOf(node);
	return measured === undefined ? { core: node, factor: 1, offset: 0 } : unscaled(measured);
};

/** `x * on (…) group_left (…) y`, told apart: `measured` is `x` when `y` is a series that only names things. */
export function joinOf({ operator, left, right, matching }: PromBinary): { readonly measured?: PromNode } {
	if (operator !== '*' || matching?.many === undefined) return {};
	const [measured, naming] = matching.many === 'left' ? [left, right] : [right, left];
	const metrics = selectorsOf(naming).map(({ metric = '' }) => metric);
	return metrics.length > 0 && metrics.every(metric => /_(info|owner|labels)$|:relabel$/.test(metric))
		? { measured }
		: {};
}

/** The limit on `core` when there is one on `factor × core + offset`. Rounded where binary fractions would show. */
function limitOn({ factor, offset }: Omit<Scaled, 'core'>, { operator, value }: Threshold): Threshold {
	const limit = Number(((value - offset) / factor).toPrecision(12));
	return { operator: factor < 0 ? flipped[operator] : operator, value: limit };
}

/** The figure that a limit on this signal belongs to; `undefined` when it is none of the panels'. */
export function figureOf(signal: PromNode, threshold: Threshold): AlertFigure | undefined {
	const scaled = unscaled(signal);
	const limit = limitOn(scaled, threshold);
	const { core } = scaled;
	if (core.kind === 'binary' && core.operator === '/') return figureOfQuotient(core.left, core.right, limit);
	const duration = durationOf(core);
	if (duration !== undefined) return { kind: 'duration', threshold: limit, ...duration };
	const recorded = recordedOutcome(core);
	if (recorded !== undefined) return figureOfRecorded(errorLimit(limit, recorded));
	return isRate(core) && !selectorsOf(core).some(tellsOutcome) ? { kind: 'rate', threshold: limit } : undefined;
}

/** What is compared with more than one is no ratio but a multiple of a budget, or percent. */
const figureOfRecorded = (threshold: Threshold): AlertFigure | undefined =>
	threshold.value >= 0 && threshold.value <= 1 ? { kind: 'errors', threshold, recorded: true } : undefined;

function figureOfQuotient(over: PromNode, under: PromNode, limit: Threshold): AlertFigure | undefined {
	const [numerator] = selectorsOf(over);
	const [denominator] = selectorsOf(under);
	if (numerator === undefined || denominator === undefined || tellsOutcome(denominator)) return undefined;
	if (numerator.metric?.endsWith('_sum') && denominator.metric?.endsWith('_count')) {
		return { kind: 'duration', threshold: limit, quantile: undefined };
	}
	const outcome = counterOutcome(numerator, denominator) ?? differenceOutcome(over, denominator);
	return outcome === undefined ? undefined : { kind: 'errors', threshold: errorLimit(limit, outcome) };
}

const errorLimit = (limit: Threshold, outcome: Outcome): Threshold =>
	outcome === 'failed' ? limit : limitOn({ factor: -1, offset: 1 }, limit);

/** What the counter above the line counts: by its status label, or by a name of its own like `…_failed_total`. */
function counterOutcome(numerator: PromSelector, { metric = '' }: PromSelector): Outcome | undefined {
	if (numerator.metric === metric) return numerator.matchers.map(outcomeOf).find(each => each !== undefined);
	const failing = /(?:^|_)(?:failed|failures?|errors?)_total$/;
	return failing.test(numerator.metric ?? '') && !failing.test(metric) ? 'failed' : undefined;
}

/** `(all - fine) / all` is what failed. */
function differenceOutcome(over: PromNode, denominator: PromSelector): Outcome | undefined {
	if (over.kind !== 'binary' || over.operator !== '-') return undefined;
	const [taken] = selectorsOf(over.right);
	const outcome = taken === undefined ? undefined : counterOutcome(taken, denominator);
	return outcome === undefined ? undefined : outcome === 'fine' ? 'failed' : 'fine';
}

/** A mean or quantile of a histogram, wherever round it the maximum or a rounding was taken. */
function durationOf(node: PromNode): { readonly quantile: number | undefined } | undefined {
	for (const inner of walkPromql(node)) {
		if (inner.kind === 'binary') return undefined;
		if (inner.kind === 'call' && inner.name === 'histogram_avg') return { quantile: undefined };
		if (inner.kind === 'call' && inner.name === 'histogram_quantile' && inner.args[0] !== undefined) {
			const quantile = constantOf(inner.args[0]);
			return quantile === undefined ? undefined : { quantile };
		}
	}
	return undefined;
}

/**
 * A share of failed or of good requests that a recording rule keeps: `slo:sli_error:ratio_rate5m` of Sloth,
 * `http_requests:burnrate5m` of Pyrra, `job:errors:ratio_rate5m` of most others. The same names tell of slow requests
 * when the objective is one of latency; those are none of the panels' figures, nor are shares of a budget and percents.
 */
function recordedOutcome(node: PromNode): Outcome | undefined {
	const all = selectorsOf(node);
	const [only] = all;
	if (all.length !== 1 || only?.metric === undefined || [...walkPromql(node)].some(isNeitherSumNorSeries)) {
		return undefined;
	}
	const { metric, matchers } = only;
	if (!metric.includes(':') || isOfTime([metric, ...matchers.map(textOf)].join(' '))) return undefined;
	if (/budget|burn_rate|objective|percent|_pct/.test(metric)) return undefined;
	if (/:burnrate\d|err.*:.*ratio|:err\w*ratio|ratio.*:.*err/.test(metric)) return 'failed';
	return /(?:success|availability|good).*ratio/.test(metric) ? 'fine' : undefined;
}

/** True for the words of an objective of latency: those that took too long are what it calls errors. */
export const isOfTime = (words: string): boolean => /laten|duration|slow|response.?time|\bp\d\d\b|_le\b/i.test(words);

const textOf = ({ name, value }: Matcher): string => `${name} ${value}`;

const isNeitherSumNorSeries = (node: PromNode): boolean =>
	node.kind === 'aggregate' ? !['sum', 'max', 'avg', 'min'].includes(node.name) : node.kind !== 'selector';

/** `sum(rate(x[5m]))`: one counter per second, and nothing else. */
const isRate = (node: PromNode): boolean =>
	node.kind === 'aggregate' && node.name === 'sum'
		? node.args.every(isRate)
		: node.kind === 'call' && (node.name === 'rate' || node.name === 'irate') && node.args[0]?.kind === 'selector';

const tellsOutcome = (selector: PromSelector): boolean =>
	selector.matchers.some(matcher => outcomeOf(matcher) !== undefined);

/** How requests ended that a matcher keeps. */
export type Outcome = 'failed' | 'fine';

const failedValues = /5(\.|x|X|\[|\d)|error|fail|internal|unavailable|exception|^5$/i;
const fineValues = /^\(?\[?[123]|^ok$|success|\|\(?2/i;

/** Codes of gRPC by number: 2, 4 and 12 to 15 are the server's fault. */
const grpcFailures = /(?:^|\|)\(?(?:2|4|1[2-5])(?:\)?$|\|)/;

/** Which requests a matcher on a status label keeps; one that keeps `4..` alone says nothing of failures. */
export function outcomeOf({ name, operator, value }: Matcher): Outcome | undefined {
	if (!isStatusLabel(name)) return undefined;
	const positive = operator === '=' || operator === '=~';
	const [kept, left]: readonly Outcome[] = positive ? ['failed', 'fine'] : ['fine', 'failed'];
	if (/error[_.]type$/.test(name)) return value === '' ? left : kept;
	if (/grpc|rpc/.test(name) && /^[\d|()]+$/.test(value)) {
		if (value === '0') return left;
		return grpcFailures.test(value) ? kept : undefined;
	}
	if (failedValues.test(value)) return kept;
	return fineValues.test(value) ? left : undefined;
}
