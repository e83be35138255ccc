import { describe, expect, test } from 'vitest';
import { serviceOfAlert } from '../../src/analysis/alert-service.ts';
import { investigateAlerts } from '../../src/investigation/alerts.ts';
import { type AlertsFindings, noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import type { Correction } from '../../src/model/alert.ts';
import { answer } from '../../src/model/answer.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid } from '../../src/model/series.ts';
import { fixed, hour, live, minute } from '../../src/model/time.ts';
import { noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const now = noon + 10 * minute;
const window = live(hour);

/** The rule measures requests of the edge; in truth they are those of the till. */
const rule = ruleOf('EdgeErrors', 'sum(rate(http_requests_total{service="edge",code=~"5.."}[5m])) > 5', [
	{ service: 'edge', instance: 'edge-0:9090' },
]);
const rules = async () => answer([rule]);
const said: Correction = { alert: 'EdgeErrors', taken: 'edge', service: 'till' };

/** What is shown of the alerts, look after look, each with its own alerts and corrections. */
async function looks(...each: readonly { readonly fires?: boolean; readonly said: readonly Correction[] }[]) {
	let findings: AlertsFindings = noAlertsFindings;
	for (const { fires = true, said } of each) {
		const { sources, run } = createRounds({ metrics: { rules: fires ? rules : async () => answer([]) } });
		const publish = (found: AlertsFindings) => {
			findings = found;
		};
		const world = { sources, now: () => now, corrections: () => said };
		await run(investigateAlerts({ kind: 'alerts', window }, world, findings, publish, askingNow()));
	}
	return findings;
}

const servicesIn = (pane: AlertsFindings['alerts' | 'resolved']) =>
	(lastValueOf(pane) ?? []).map(alert => serviceOfAlert(alert)?.service);

describe('the alerts', () => {
	test('are about whom the operator says, from the next look on', async () => {
		expect(servicesIn((await looks({ said: [] })).alerts)).toEqual(['edge']);
		expect(servicesIn((await looks({ said: [] }, { said: [said] })).alerts)).toEqual(['till']);
		expect(servicesIn((await looks({ said: [said] }, { said: [] })).alerts)).toEqual(['edge']);
	});

	test('so are those that have resolved', async () => {
		const gone = { fires: false, said: [said] };
		expect(servicesIn((await looks({ said: [] }, gone)).resolved)).toEqual(['till']);
		expect(servicesIn((await looks({ said: [said] }, gone, { ...gone, said: [] })).resolved)).toEqual(['edge']);
	});
});

describe('the service of a corrected alert', () => {
	const place: ServicePlace = { kind: 'service', service: 'till', alert: 'EdgeErrors', window };
	const existing = seriesFromText(`
		http_requests_total{service="{edge,till}",code="{200,500}"}
		process_open_fds{service="{edge,till}",instance="edge-0:9090"}`);
	const queryRange = async (_: string, { from, to }: Grid) =>
		answer([{ labels: {}, times: [from, to], values: [1, 1] }]);

	async function findingsOf(
		at: ServicePlace,
		corrections: readonly Correction[],
		previous: ServiceFindings = noServiceFindings,
	) {
		let looked = '';
		const series = async (selectors: readonly string[]) => {
			looked += selectors.join('\n');
			return answer(existing);
		};
		const { sources, run } = createRounds({ metrics: { rules, series, queryRange } });
		let last: ServiceFindings = previous;
		const publish = (findings: ServiceFindings) => {
			last = findings;
		};
		const world = { sources, now: () => now, corrections: () => corrections };
		const rounds = await run(investigateService(at, world, previous, publish, askingNow()));
		return { last, looked, queries: rounds.flat().join('\n') };
	}

	test('is asked by its own name: neither series nor range of the rule, but when it fired', async () => {
		const { last, queries } = await findingsOf(place, [said]);
		expect(lastValueOf(last.target)).toMatchObject({ kind: 'found' });
		expect(queries).toContain('queryRange sum(rate(http_requests_total{service="till"}[1m]))');
		expect(queries).not.toContain('edge');
		expect(lastValueOf(last.rate)).toMatchObject({ firedAt: noon + minute });
	});

	test('has its own resources: nothing of where the alert was taken to be', async () => {
		const resourcesOf = (service: string, corrections: readonly Correction[]) =>
			findingsOf({ ...place, service, view: 'resources' }, corrections);
		expect((await resourcesOf('edge', [])).looked).toContain('edge-0');
		const { looked } = await resourcesOf('till', [said]);
		expect(looked).toContain('till');
		expect(looked).not.toContain('edge');
	});

	describe('that was open before', () => {
		const open: ServicePlace = { ...place, service: 'edge', window: fixed(now - hour, now) };
		const reopened = async (before: readonly Correction[], after: readonly Correction[], at = open) => {
			const { last } = await findingsOf(at, before);
			return findingsOf(at, after, last);
		};

		test.each([
			['said', [], [said]],
			['taken back', [said], []],
			['said otherwise', [said], [{ ...said, service: 'fares' }]],
		])('is searched anew when a correction was %s, with all that hangs on it', async (_, before, after) => {
			const { looked, queries } = await reopened(before, after);
			expect(looked).toContain('edge');
			expect(queries).toBe((await findingsOf(open, after)).queries);
		});

		test('is not when nothing has changed', async () => {
			expect((await reopened([], [])).looked).toBe('');
			expect((await reopened([said], [said])).looked).toBe('');
		});

		test('has its resources searched anew', async () => {
			const resources: ServicePlace = { ...open, view: 'resources' };
			expect((await reopened([], [], resources)).looked).toBe('');
			expect((await reopened([], [said], resources)).looked).not.toBe('');
		});
	});
});
