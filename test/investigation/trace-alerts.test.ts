import { describe, expect, test } from 'vitest';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { boardOver, type World } from '../../src/investigation/board.ts';
import type { AlertsSource, Asking, MetricsSource, Sources } from '../../src/investigation/ports.ts';
import { askTraceAlerts } from '../../src/investigation/trace-alerts.ts';
import { noTraceFindings, type TraceFindings } from '../../src/investigation/trace-findings.ts';
import type { AlertRule, ManagedAlert } from '../../src/model/alert.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { Labels } from '../../src/model/labels.ts';
import { lastOf, loaded } from '../../src/model/loadable.ts';
import { fixed, hour, minute, toMilliseconds } from '../../src/model/time.ts';
import { epoch, traceFromText } from '../helpers/trace-from-text.ts';

const drawnAt = toMilliseconds(epoch);
const now = drawnAt + hour;
const asking: Asking = { signal: new AbortController().signal, record: () => undefined };

const found = {
	...traceReadingOf(traceFromText('edge POST /pay :==========\n  till pay : ====')),
	found: true as const,
};

const labelsOf = (alertname: string, service: string, severity = 'critical'): Labels => ({
	alertname,
	service_name: service,
	severity,
});

const rule = (name: string, active: readonly Labels[]): AlertRule => ({
	name,
	group: 'g',
	expression: 'http_requests_failed > 1',
	holdFor: minute,
	labels: {},
	annotations: {},
	health: 'ok',
	active: active.map(labels => ({ labels, annotations: {}, state: 'firing', activeAt: drawnAt, value: 1 })),
});

const managed = (labels: Labels): ManagedAlert => ({
	fingerprint: labels.alertname ?? '',
	labels,
	annotations: {},
	startsAt: drawnAt,
	updatedAt: now,
	receivers: [],
	state: 'active',
	silencedBy: [],
	inhibitedBy: [],
	mutedBy: [],
});

type Told = {
	readonly rules?: readonly AlertRule[];
	readonly alerts?: readonly ManagedAlert[];
	readonly earlier?: readonly Labels[];
};

async function asked(
	{ rules = [], alerts = [], earlier = [] }: Told,
	failing: readonly (keyof Told)[] = [],
	trace = true,
) {
	const queries: unknown[] = [];
	const unless = async <Value>(name: keyof Told, value: Value) => {
		if (!failing.includes(name)) return answer(value);
		const what = `${name} did not answer.`;
		throw new FailureError({ kind: 'timeout', what, next: 'R asks again.' });
	};
	const metrics: Partial<MetricsSource> = {
		rules: () => unless('rules', rules),
		query: (promql, at) => {
			queries.push([promql, at]);
			const samples = earlier.map(labels => ({
				labels: { __name__: 'ALERTS', alertstate: 'firing', ...labels },
				at: at ?? 0,
				value: 1,
			}));
			return unless('earlier', samples);
		},
	};
	const source: Partial<AlertsSource> = { alerts: () => unless('alerts', alerts) };
	const world: World = { sources: { metrics, alerts: source } as unknown as Sources, now: () => now };
	let findings: TraceFindings = trace ? { ...noTraceFindings, trace: loaded(answer(found), now) } : noTraceFindings;
	const replace = (changed: TraceFindings) => {
		findings = changed;
	};
	const board = boardOver({ current: () => findings, replace }, world);
	const place = { kind: 'trace', id: found.id, window: fixed(drawnAt, now) } as const;
	const range = { from: drawnAt, to: now };
	await askTraceAlerts({ place, range, aside: { key: 'alerts', kind: 'alerts' } }, world, board, asking);
	const said = lastOf(findings.alerts);
	return {
		pane: findings.alerts,
		names: said?.value.map(({ name, service, isFiring }) => `${name} ${service} ${isFiring ? 'now' : 'then'}`),
		notes: said?.notes.map(({ text }) => text),
		queries,
	};
}

test('alerts about services of the trace: those that fire, the worst first, then those that fired at its time', async () => {
	const { names, queries, notes } = await asked({
		rules: [rule('Slow', [labelsOf('Slow', 'till', 'warning')]), rule('Failing', [labelsOf('Failing', 'edge')])],
		alerts: [managed(labelsOf('Slow', 'till', 'warning')), managed(labelsOf('Elsewhere', 'berths'))],
		earlier: [labelsOf('Failing', 'edge'), labelsOf('Full', 'till'), labelsOf('Elsewhere', 'berths')],
	});
	expect(names).toEqual(['Failing edge now', 'Slow till now', 'Full till then']);
	expect(queries).toEqual([['topk(100, ALERTS{alertstate="firing"})', drawnAt + 100]]);
	expect(notes).toEqual([]);
});

test('an alert that only steers others is not one of them', async () => {
	expect((await asked({ alerts: [managed(labelsOf('Watchdog', 'edge', 'none'))] })).names).toEqual([]);
});

describe('who does not answer', () => {
	test('is told of, and the others count', async () => {
		const { names, notes } = await asked({ alerts: [managed(labelsOf('Slow', 'till'))] }, ['rules', 'earlier']);
		expect(names).toEqual(['Slow till now']);
		expect(notes).toEqual([
			'Not all alerts are known. rules did not answer. R asks again.',
			'Not all alerts are known. earlier did not answer. R asks again.',
		]);
	});

	test('fails the pane when nobody does', async () => {
		expect((await asked({}, ['rules', 'alerts', 'earlier'])).pane).toMatchObject({
			status: 'failed',
			failure: { what: 'rules did not answer.' },
		});
	});
});

test('nothing is asked as long as there is no trace', async () => {
	expect((await asked({}, [], false)).pane.status).toBe('idle');
});
