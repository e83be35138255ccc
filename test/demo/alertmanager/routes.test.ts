import { describe, expect, it } from 'vitest';
import { createAlertmanager } from '../../../src/backends/alertmanager/client.ts';
import { fingerprintOf } from '../../../src/demo/alertmanager/fingerprint.ts';
import { alertmanagerRoutes } from '../../../src/demo/alertmanager/routes.ts';
import { createAlerting } from '../../../src/demo/prometheus/alerting.ts';
import { storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { minute } from '../../../src/model/time.ts';
import { createAsker, morning } from '../asked.ts';
import { recording } from '../recordings.ts';
import { httpTo, incident, now, shapeOf } from '../served.ts';

const base = 'http://alertmanager.demo/api/v2';
const ask = createAsker();
const opaque = ['labels', 'annotations'];

type Alert = {
	readonly labels: { readonly alertname: string; readonly severity: string };
	readonly fingerprint: string;
	readonly status: { readonly inhibitedBy: readonly string[]; readonly silencedBy: readonly string[] };
};
const isAlerts = (json: unknown): json is readonly Alert[] => Array.isArray(json);
const alerts = (parameters: Readonly<Record<string, string>> = {}, asker = ask): readonly Alert[] => {
	const { json } = asker(`${base}/alerts`, parameters);
	return isAlerts(json) ? json : [];
};
const names = (parameters: Readonly<Record<string, string>> = {}, asker = ask): readonly string[] =>
	alerts(parameters, asker)
		.map(({ labels }) => labels.alertname)
		.toSorted();

const recordedAlerts = (): readonly Alert[] => {
	const { json } = recording('alertmanager-0.33.1', 'alerts').response;
	return isAlerts(json) ? json : [];
};

describe('fingerprints', () => {
	it('are those of the real server', () => {
		expect(recordedAlerts().length).toBeGreaterThan(0);
		for (const { labels, fingerprint } of recordedAlerts()) expect(fingerprintOf(labels)).toBe(fingerprint);
	});
});

describe('the alerts', () => {
	it('have the shape of the real ones, in the order of their fingerprints', () => {
		const { json } = ask(`${base}/alerts`);
		const shape = (value: unknown): readonly string[] =>
			shapeOf(value, opaque).filter(path => !/(inhibitedBy|silencedBy)\[\]/.test(path));
		expect(shape(json)).toEqual(shape(recordedAlerts()));
		const prints = alerts().map(({ fingerprint }) => fingerprint);
		expect(prints).toEqual(prints.toSorted());
	});

	it('leave out what is only pending', () => {
		expect(names()).not.toContain('HeraldOutboxBacklog');
		expect(names()).toContain('ConciergeBookingErrors');
	});

	it('are silenced and inhibited as the story has it', () => {
		const status = (name: string): Alert['status'] | undefined =>
			alerts().find(({ labels }) => labels.alertname === name)?.status;
		const print = (name: string): string | undefined =>
			alerts().find(({ labels }) => labels.alertname === name)?.fingerprint;
		expect(status('ConciergeBookingErrors')).toMatchObject({ state: 'active', silencedBy: [], inhibitedBy: [] });
		expect(status('ConciergeBookingLatency')?.inhibitedBy).toEqual([print('ConciergeBookingErrors')]);
		expect(status('CertificateExpiresSoon')?.inhibitedBy).toEqual([print('InfoInhibitor')]);
		expect(status('TracksideStaleReadings')?.silencedBy).toHaveLength(1);
		expect(names({ silenced: 'false' })).not.toContain('TracksideStaleReadings');
		expect(names({ inhibited: 'false' })).not.toContain('ConciergeBookingLatency');
		expect(names({ active: 'false' })).toEqual([
			'CertificateExpiresSoon',
			'ConciergeBookingLatency',
			'TracksideStaleReadings',
		]);
	});

	it.each([
		['severity="critical"', ['BerthsPoolSaturated', 'ConciergeBookingErrors']],
		['severity=critical', ['BerthsPoolSaturated', 'ConciergeBookingErrors']],
		['alertname=~"Berths.*"', ['BerthsHoldLatency', 'BerthsPoolSaturated']],
		['severity!~"critical|warning|info"', ['InfoInhibitor', 'Watchdog']],
		['bro=ken=', []],
	])('are filtered by %s', (filter, expected) => {
		expect(names({ filter })).toEqual(expected);
	});
});

describe('silences', () => {
	const silence = (over: Readonly<Record<string, unknown>> = {}): string =>
		JSON.stringify({
			matchers: [{ name: 'alertname', value: 'Berths.*', isRegex: true, isEqual: true }],
			startsAt: new Date(morning).toISOString(),
			endsAt: new Date(morning + 60 * minute).toISOString(),
			createdBy: 'on-call',
			comment: 'known',
			...over,
		});

	it('are made, hold and are ended', () => {
		const asker = createAsker();
		const { json } = asker(`${base}/silences`, {}, 'POST', silence());
		const id = typeof json === 'object' && json !== null && 'silenceID' in json ? String(json.silenceID) : '';
		expect(names({ silenced: 'false' }, asker)).not.toContain('BerthsPoolSaturated');
		expect(asker(`${base}/silence/${id}`)).toMatchObject({ status: 200, json: { id, status: { state: 'active' } } });
		expect(asker(`${base}/silence/${id}`, {}, 'DELETE')).toMatchObject({ status: 200, json: '' });
		expect(names({ silenced: 'false' }, asker)).toContain('BerthsPoolSaturated');
		expect(asker(`${base}/silence/${id}`)).toMatchObject({ json: { status: { state: 'expired' } } });
	});

	it('have the shape of the real ones', () => {
		const { json } = recording('alertmanager-0.33.1', 'silences').response;
		expect(shapeOf(ask(`${base}/silences`).json)).toEqual(shapeOf(json));
	});

	it.each([
		[
			'without matchers',
			silence({ matchers: [] }),
			422,
			recording('alertmanager-0.33.1', 'error-silence').response.json,
		],
		['without a comment', silence({ comment: undefined }), 422, { code: 602, message: 'comment in body is required' }],
		[
			'in the past',
			silence({ endsAt: '2001-01-01T00:00:00.000Z' }),
			400,
			"Failed to create silence: end time can't be in the past",
		],
	])('are refused %s', (_, body, status, json) => {
		expect(ask(`${base}/silences`, {}, 'POST', body)).toMatchObject({ status, json });
	});

	it('are not found with an empty body, and not looked for by what is no UUID', () => {
		const unknown = recording('alertmanager-0.33.1', 'error-no-silence').response;
		const answered = ask(`${base}/silence/00000000-0000-0000-0000-000000000000`);
		expect(answered).toEqual({ status: unknown.status, contentType: undefined, json: unknown.text });
		expect(ask(`${base}/silence/nine`)).toMatchObject({ status: 422, json: { code: 601 } });
	});
});

describe('the rest', () => {
	it('has the shape of the real answers', () => {
		for (const [name, path] of [
			['status', '/status'],
			['receivers', '/receivers'],
		] as const) {
			const { json } = recording('alertmanager-0.33.1', name).response;
			expect(shapeOf(ask(base + path).json)).toEqual(shapeOf(json));
		}
		expect(ask(`${base}/nope`)).toMatchObject({ status: 404, json: { code: 404 } });
		expect(ask('http://alertmanager.demo/api/v1/alerts')).toMatchObject({ status: 404 });
		expect(ask(`${base}/alerts`, { active: 'perhaps' })).toMatchObject({ status: 422 });
	});

	it('goes through the real client', async () => {
		const { story } = incident;
		const clock = () => now;
		const alerting = createAlerting(story, storyStorage(story, clock), clock);
		const client = createAlertmanager(httpTo('alertmanager', alertmanagerRoutes({ story, alerting, now: clock })));
		const { value, notes } = await client.alerts({ signal: new AbortController().signal, record: () => undefined });
		expect(notes).toEqual([]);
		expect(value.find(({ labels }) => labels.alertname === 'ConciergeBookingErrors')).toMatchObject({
			state: 'active',
			labels: { cluster: 'alps-1', http_route: '/bookings' },
			receivers: ['pager'],
		});
	});
});
