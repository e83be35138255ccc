import { describe, expect, test } from 'vitest';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import type { TraceAlert, TraceFindings } from '../../../src/investigation/trace-findings.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { idle, type Loadable, loaded } from '../../../src/model/loadable.ts';
import { fixed, hour, live, minute, toMilliseconds, type Window } from '../../../src/model/time.ts';
import { trace as screen } from '../../../src/screens/trace/index.ts';
import type { TraceState } from '../../../src/screens/trace/state.ts';
import { epoch, traceFromText } from '../../helpers/trace-from-text.ts';

const began = toMilliseconds(epoch);
/** A second long, and the second span is the culprit. */
const drawn = traceFromText(`
	edge POST /pay :${'='.repeat(100)}
	  till pay     : ${'='.repeat(90)}
`);

type Seen = {
	readonly drawing?: ReturnType<typeof traceFromText>;
	readonly alerts?: Loadable<readonly TraceAlert[]>;
	readonly now?: number;
	readonly selected?: string;
	readonly fromLogs?: true;
	readonly window?: Window;
};

function pressed(key: string, seen: Seen = {}) {
	const { drawing = drawn, alerts = idle, now = began + hour, selected, fromLogs, window = live(hour) } = seen;
	const reading = { ...traceReadingOf(drawing), found: true as const, ...(fromLogs ? { fromLogs } : {}) };
	const place = { kind: 'trace', id: drawing.id, window } as const;
	const findings: TraceFindings = { ...screen.nothing, trace: loaded({ value: reading, notes: [] }, now), alerts };
	const state: TraceState = { ...screen.initial(place), selected };
	const size = { width: 80, height: 20 };
	const shown = { place, findings, state, range: { from: now - hour, to: now }, now, size, timeFormat: 'utc' as const };
	const binding = screen.keys.find(each => each.keys.includes(key));
	return { outcome: binding?.run(shown), asides: screen.asides?.(shown), footer: binding?.footerNow?.(shown) };
}

describe('M compares with requests of the same root', () => {
	test('in the hour before the trace and a little after', () => {
		expect(pressed('M').outcome).toEqual({
			type: 'go',
			to: {
				kind: 'compare',
				service: 'edge',
				operation: 'POST /pay',
				trace: drawn.id,
				window: fixed(began - hour, began + 1000 + 15 * minute),
			},
		});
	});

	test('not beyond now', () => {
		expect(pressed('M', { now: began + 2 * minute }).outcome).toMatchObject({
			to: { window: fixed(began - hour, began + 2 * minute) },
		});
	});

	test('not where the root is missing, or the trace is made up', () => {
		const orphan = traceFromText('till pay {parent=ff} :====');
		expect(pressed('M', { drawing: orphan }).outcome).toMatchObject({ type: 'refuse' });
		expect(pressed('M', { fromLogs: true }).outcome).toMatchObject({
			why: 'This is made of log lines: without a trace there is none like it to compare.',
		});
	});
});

test.each([
	['as it is, where it moves', live(hour), live(hour)],
	['as it is, in the past', fixed(began - hour, began), fixed(began - hour, began)],
	['until now, where it reaches beyond', fixed(began, began + 2 * hour), fixed(began, began + hour)],
	[
		'as it is, where it has not begun',
		fixed(began + 2 * hour, began + 3 * hour),
		fixed(began + 2 * hour, began + 3 * hour),
	],
])('p opens the panels of the span’s service in the window of the trace: %s', (_, window, expected) => {
	expect(pressed('p', { window }).outcome).toEqual({
		type: 'go',
		to: { kind: 'service', service: 'till', window: expected },
	});
});

test('m opens the panels of the span’s service in the minutes round the trace', () => {
	expect(pressed('m').outcome).toEqual({
		type: 'go',
		to: { kind: 'service', service: 'till', window: fixed(began - 5 * minute, began + 1000 + 5 * minute) },
	});
});

describe('A opens the alert', () => {
	const alert = (name: string, service: string): TraceAlert => ({ id: `${name}@1`, name, service, isFiring: true });
	const told = (...alerts: readonly TraceAlert[]) => loaded({ value: alerts, notes: [] }, began);

	test('of the selected span’s service before any other, in the light of it', () => {
		const alerts = told(alert('Failing', 'edge'), { ...alert('Slow', 'till'), route: '/pay' });
		expect(pressed('A', { alerts })).toMatchObject({
			footer: 3.6,
			outcome: { to: { kind: 'service', service: 'till', route: '/pay', alert: 'Slow@1' } },
		});
	});

	test('the worst one where none is of that service', () => {
		expect(pressed('A', { alerts: told(alert('Failing', 'edge'), alert('Slow', 'edge')) }).outcome).toMatchObject({
			to: { alert: 'Failing@1' },
		});
	});

	const failure: Failure = { kind: 'timeout', what: 'Prometheus did not answer.', next: 'R asks again.' };
	const why = 'No alert is firing, or fired at the time of this trace, for edge, till.';
	test.each([
		['there is none', told(), why],
		[
			'there is none among those that are known',
			loaded({ value: [], notes: [{ kind: 'partial', text: 'Not all are known.' }] } as const, began),
			`${why} Not all are known.`,
		],
		[
			'nobody has answered',
			{ status: 'waiting', since: began } as const,
			'Prometheus and Alertmanager are still being asked for alerts.',
		],
		[
			'nobody can answer',
			{ status: 'failed', failure, at: began } as const,
			'Prometheus did not answer. R asks again.',
		],
	])('and says why not where %s', (_, alerts, words) => {
		expect(pressed('A', { alerts })).toMatchObject({ footer: undefined, outcome: { type: 'refuse', why: words } });
	});

	test('which are asked for once the trace is there', () => {
		expect(pressed('A').asides).toEqual([{ key: 'alerts', kind: 'alerts' }]);
	});
});
