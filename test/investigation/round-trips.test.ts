import { describe, expect, test } from 'vitest';
import { isMetaAlert } from '../../src/analysis/alert-join.ts';
import { servicePlaceOf } from '../../src/analysis/alert-service.ts';
import { investigateAlerts } from '../../src/investigation/alerts.ts';
import { type AlertsFindings, noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import type { Alert } from '../../src/model/alert.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import { hour, live, type Milliseconds } from '../../src/model/time.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { askingNow } from '../helpers/replay.ts';
import { createSlowNetwork } from '../helpers/slow-network.ts';

const delay = 100;

/** What was found, and when each pane was first there, by the clock of a network with 100 ms for every request. */
type Timed<Findings> = { readonly findings: Findings; readonly at: ReadonlyMap<string, Milliseconds> };

async function alertsInTime(): Promise<Timed<AlertsFindings>> {
	const network = createSlowNetwork(delay);
	const world = demoWorld(demoNow, network.before);
	const seen = watch(noAlertsFindings, network.elapsed);
	await network.during(
		investigateAlerts({ kind: 'alerts', window: live(hour) }, world, noAlertsFindings, seen.publish, askingNow()),
	);
	return seen.timed();
}

async function panelsInTime(place: ServicePlace): Promise<Timed<ServiceFindings>> {
	const network = createSlowNetwork(delay);
	const world = demoWorld(demoNow, network.before);
	const seen = watch(noServiceFindings, network.elapsed);
	await network.during(investigateService(place, world, noServiceFindings, seen.publish, askingNow()));
	return seen.timed();
}

/** Keeps the last findings and the moment at which each pane was first loaded. */
function watch<Findings extends Readonly<Record<string, { readonly status: string }>>>(
	nothing: Findings,
	clock: () => Milliseconds,
) {
	let findings = nothing;
	const at = new Map<string, Milliseconds>();
	return {
		publish: (found: Findings) => {
			findings = found;
			for (const [name, { status }] of Object.entries(found)) {
				if (status === 'loaded' && !at.has(name)) at.set(name, clock());
			}
		},
		timed: (): Timed<Findings> => ({ findings, at }),
	};
}

const alerts: readonly Alert[] = lastValueOf((await alertsInTime()).findings.alerts) ?? [];
const places = alerts
	.filter(alert => !isMetaAlert(alert))
	.map(alert => [alert.name, alert.id, servicePlaceOf(alert, demoNow)] as const);

test('the alerts are there after one round trip, and their figures after two', async () => {
	const { at } = await alertsInTime();
	expect(at.get('alerts')).toBe(delay);
	expect(at.get('signals')).toBe(2 * delay);
});

describe('from an alert to complete panels in three round trips', () => {
	test.each(places)('%s', async (name, id, place) => {
		if (place === undefined) throw new Error(`${name} leads nowhere.`);
		const { findings, at } = await panelsInTime(place);
		expect(lastValueOf(findings.alert)?.id).toBe(id);
		if (place.view === 'resources') return expectResourcesInTime(name, at);
		for (const pane of ['rate', 'errors', 'duration', 'routes'] as const) {
			expect(findings[pane]).toMatchObject({ status: 'loaded', notes: [] });
			expect({ [pane]: at.get(pane) }).toEqual({ [pane]: 3 * delay });
		}
		const lines = (['rate', 'errors', 'duration'] as const).map(pane => lastValueOf(findings[pane])?.lines.length);
		expect(lines).toEqual([1, 1, 3]);
		expect(lastValueOf(findings.routes)?.rows).not.toEqual([]);
	});
});

/** What serves no requests has no panels, and the pool of a service is none; resources are there as soon. */
function expectResourcesInTime(name: string, at: ReadonlyMap<string, Milliseconds>): void {
	expect(['CertificateExpiresSoon', 'BerthsPoolSaturated']).toContain(name);
	expect(at.get('resources')).toBeLessThanOrEqual(3 * delay);
}
