import type { Matcher } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import { stringLiteral } from './string-literal.ts';

/**
 * PromQL text that means what it was asked to mean, whatever is in a name or a value. Names that fit the classic
 * grammar are written in it, as servers before Prometheus 3 know no other; the rest is quoted
 * (https://prometheus.io/docs/guides/utf8/).
 */

/** A label's name as it stands in matchers and in `by (…)`. */
export const promLabel = (name: string): string => (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : stringLiteral(name));

export const promMatcher = ({ name, operator, value }: Matcher): string =>
	`${promLabel(name)}${operator}${stringLiteral(value)}`;

/** Words that the grammar takes for something else when they stand where a metric's name would. */
const keywords = new Set(['on', 'bool', 'ignoring', 'group_left', 'group_right', 'offset', 'inf', 'nan']);

/** `http_requests_total{service="edge"}`; without a metric only the braces. */
export function promSelector(metric: string | undefined, matchers: readonly Matcher[]): string {
	const inner = matchers.map(promMatcher);
	if (metric === undefined) return `{${inner.join(',')}}`;
	if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric)) return `{${[stringLiteral(metric), ...inner].join(',')}}`;
	if (keywords.has(metric.toLowerCase())) return `{${[`__name__=${stringLiteral(metric)}`, ...inner].join(',')}}`;
	return inner.length === 0 ? metric : `${metric}{${inner.join(',')}}`;
}

/** `sum by (le, http_route) (…)`; without labels `sum(…)`. */
export const promSum = (labels: readonly string[], inner: string): string =>
	labels.length === 0 ? `sum(${inner})` : `sum by (${labels.map(promLabel).join(', ')}) (${inner})`;

/** A range as PromQL writes it, in the largest unit that keeps it whole: `90s`, `5m`, `1h`. */
export function promRange(length: Milliseconds): string {
	const units = [
		['h', 3_600_000],
		['m', 60_000],
		['s', 1000],
	] as const;
	const whole = Math.max(1, Math.round(length));
	const fitting = units.find(([, size]) => whole % size === 0);
	return fitting === undefined ? `${whole}ms` : `${whole / fitting[1]}${fitting[0]}`;
}
