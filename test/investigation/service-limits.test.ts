import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import type { RecordingRules } from '../../src/model/alert.ts';
import { answer } from '../../src/model/answer.ts';
import type { Labels } from '../../src/model/labels.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid, Series } from '../../src/model/series.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const served = 'http_requests_total{service="till",route="/pay",status="{200,500}"}';

type Alerted = {
	readonly expression: string;
	readonly labels?: Labels;
	readonly series?: string;
	readonly at?: Partial<ServicePlace>;
	readonly recordings?: RecordingRules;
};

const flat = async (_: string, grid: Grid) => {
	const line: Series = { labels: {}, times: [grid.from, grid.to], values: [0.5, 0.5] };
	return answer([line]);
};

/** The panels of `till` in the light of an alert with this expression. */
async function panelsOf(alerted: Alerted): Promise<ServiceFindings> {
	const { expression, labels = {}, series: drawing = served, at, recordings } = alerted;
	const bare = ruleOf('TillBurns', expression, [{ service: 'till', ...labels }]);
	const rule = recordings === undefined ? bare : { ...bare, recordings };
	const series = async () => answer(seriesFromText(drawing));
	const { sources, run } = createRounds({ metrics: { series, queryRange: flat, rules: async () => answer([rule]) } });
	const place: ServicePlace = { kind: 'service', service: 'till', alert: 'TillBurns', window: live(hour), ...at };
	let last = noServiceFindings;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	await run(investigateService(place, { sources, now: () => noon }, noServiceFindings, publish, askingNow()));
	return last;
}

const sloth =
	'(slo:sli_error:ratio_rate5m{sloth_service="till"} > (14.4 * 0.001)) and ignoring (sloth_window) (slo:sli_error:ratio_rate1h{sloth_service="till"} > (14.4 * 0.001))';
const pyrra =
	'http_requests:burnrate3m{service="till",slo="till-errors"} > (7 * (1 - 0.99)) and http_requests:burnrate30m{service="till",slo="till-errors"} > (7 * (1 - 0.99))';

describe('the limit of a recorded error ratio', () => {
	test.each<[name: string, expression: string, value: number, over: number]>([
		['of Sloth', sloth, 0.0144, 5],
		['of Pyrra', pyrra, 0.07, 3],
		['of a mixin', 'sum by (service) (service:http_errors:ratio_rate10m{service="till"}) > 0.02', 0.02, 10],
		['of availability', 'service:availability:ratio_rate5m{service="till"} < 0.995', 0.005, 5],
	])('%s is drawn, and the panel averages as the rule does', async (_, expression, value, over) => {
		const { errors, rate, duration } = await panelsOf({ expression });
		expect(lastValueOf(errors)).toMatchObject({ threshold: { operator: '>', value }, averagedOver: over * minute });
		expect(lastValueOf(rate)).not.toHaveProperty('threshold');
		expect(lastValueOf(duration)).not.toHaveProperty('threshold');
	});

	test.each<[name: string, alerted: Alerted]>([
		['of latency, by the labels of the alert', { expression: sloth, labels: { sloth_slo: 'latency' } }],
		['of latency, by the name of the series', { expression: 'http_request_duration_seconds:burnrate5m > 0.1' }],
		['in multiples of the budget', { expression: 'http_requests:burnrate5m{service="till"} > 14.4' }],
		['that is the rest of a budget', { expression: 'slo:error_budget_remaining:ratio{service="till"} < 0.1' }],
		['of failures per second', { expression: 'service:http_errors:rate5m{service="till"} > 0.5' }],
		['of all routes, where one is shown', { expression: sloth, at: { route: '/pay' } }],
		['of another service', { expression: sloth, at: { service: 'fares' }, series: served.replace('till', 'fares') }],
		[
			'where the service only asks others',
			{
				expression: sloth,
				series: 'http_client_request_duration_seconds_count{service_name="till",http_response_status_code="500"}',
			},
		],
	])('is not drawn: %s', async (_, alerted) => {
		const { errors } = await panelsOf(alerted);
		expect(lastValueOf(errors)?.lines).not.toEqual([]);
		expect(lastValueOf(errors)).not.toHaveProperty('threshold');
	});
});

test('what a recorded series is recorded from is charted, with the limit and the reason', async () => {
	const failed = 'sum(rate(http_requests_total{service="till",status=~"5.."}[2m]))';
	const whole = 'sum(rate(http_requests_total{service="till"}[2m]))';
	const recordings = new Map([['till:up', [{ expression: `1 - ${failed} / ${whole}`, labels: {} }]]]);
	const { errors, target } = await panelsOf({ expression: 'till:up < 0.95', recordings });
	expect(lastValueOf(target)).toMatchObject({
		reason: 'The alert\'s own expression reads till:up, recorded from http_requests_total{service="till"}.',
	});
	expect(lastValueOf(errors)).toMatchObject({ threshold: { operator: '>', value: 0.05 }, averagedOver: 2 * minute });
	const bare = await panelsOf({ expression: 'till:up < 0.95' });
	expect(lastValueOf(bare.errors)).not.toHaveProperty('threshold');
});

test("the limit of a share that a rule takes of a company's own counter", async () => {
	const { errors, target } = await panelsOf({
		expression:
			'sum by (service) (rate(pay_orders_total{result="failed"}[5m])) / sum by (service) (rate(pay_orders_total[5m])) > 0.1',
		series: 'pay_orders_total{service="till",result="{failed,ok}"}',
	});
	expect(lastValueOf(target)).toMatchObject({ convention: "The alert's own metric", family: 'alert-pay_orders' });
	expect(lastValueOf(errors)).toMatchObject({ threshold: { operator: '>', value: 0.1 } });
});
