import { expect, test } from 'vitest';
import { scanQuery } from '../../src/analysis/query-scan.ts';

/** `metric{name="value"} {…} by a, b`. */
function drawn(text: string): string {
	const { selectors, groupedBy } = scanQuery(text);
	const shown = selectors.map(
		({ metric = '', matchers }) =>
			`${metric}{${matchers.map(({ name, operator, value }) => `${name}${operator}${value}`).join(', ')}}`,
	);
	return [...shown, ...(groupedBy.length === 0 ? [] : [`by ${groupedBy.join(', ')}`])].join(' ');
}

test.each([
	[
		'LogQL',
		'sum by (app, level) (rate({app="till", namespace!="x"} |= "a{b=\\"c\\"}" | json | level="error" [5m])) > 1',
		'{app=till, namespace!=x} by app, level',
	],
	['LogQL with raw strings', 'count_over_time({app=~`till|gate`} |~ `x="y"` [1m])', '{app=~till|gate}'],
	[
		'MetricsQL',
		'sum(rate(x_total{app="till" or job="gate"})) by (app) keep_metric_names',
		'x_total{app=till} x_total{job=gate} by app',
	],
	[
		'names in quotes',
		'newer({"http.requests","service.name"="till"}) by ("service.name")',
		'{service.name=till} by service.name',
	],
	['a selector that was cut', 'sum(rate(x{app="till",code=~"5', 'x{app=till}'],
	['JSON', '{"expr":"x{a=\\"b\\"}","refId":"A"}', ''],
	['prose', 'too many errors = bad', ''],
	['nothing', '', ''],
])('%s', (_, text, expected) => {
	expect(drawn(text)).toBe(expected);
});
