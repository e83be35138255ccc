import { expect, test } from 'vitest';
import { expressionInLink } from '../../src/analysis/generator-url.ts';

const stateOf = (state: unknown): string => encodeURIComponent(JSON.stringify(state));
const rule = 'sum by (app) (rate({app="till"} |= "panic" [5m])) > 0';
const query = { expr: rule, refId: 'A' };

test.each([
	['Prometheus', 'http://prom.example/graph?g0.expr=up+%3D%3D+0&g0.tab=1', 'up == 0'],
	['vmui', 'http://vm.example/vmui/#/?g0.expr=up%20%3D%3D%200', 'up == 0'],
	['a ruler of its own', 'http://rules.example/query?expr=up%20%3D%3D%200', 'up == 0'],
	[
		'Explore',
		`https://grafana.example/explore?orgId=1&left=${stateOf({ datasource: 'logs', queries: [query] })}`,
		rule,
	],
	['Explore as it was', `https://grafana.example/explore?left=${stateOf(['now-1h', 'now', 'logs', query])}`, rule],
	['Explore of two panes', `https://grafana.example/explore?panes=${stateOf({ ab1: { queries: [query] } })}`, rule],
	['vmalert by itself', 'http://vm.example/vmalert/alert?group_id=1&alert_id=2', undefined],
	['Grafana by itself', 'https://grafana.example/alerting/grafana/ab12/view?orgId=1', undefined],
	['JSON that was cut', 'https://grafana.example/explore?left=%7B%22queries%22%3A%5B', undefined],
	['a broken escape', 'http://prom.example/graph?g0.expr=%E0%A4%A', '\ufffd%A'],
	['an empty expression', 'http://prom.example/graph?g0.expr=', undefined],
	[
		'JSON in JSON in JSON',
		`https://g.example/explore?left=${encodeURIComponent('['.repeat(5000) + ']'.repeat(5000))}`,
		undefined,
	],
	['no link', '', undefined],
])('the expression in a link of %s', (_, link, expression) => {
	expect(expressionInLink(link)).toBe(expression);
});
