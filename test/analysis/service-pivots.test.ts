import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import { servicePlaceOf } from '../../src/analysis/alert-service.ts';
import { inLightOf, logsPlaceOf, traceIdOfExemplar, tracePlaceAt } from '../../src/analysis/service-pivots.ts';
import { nearestNames, spellingDistance } from '../../src/analysis/spelling.ts';
import { idle, loaded } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import { day, fixed, hour, live, minute } from '../../src/model/time.ts';
import { managedOf, noon } from '../helpers/alert-drawing.ts';

describe('from an alert to its service', () => {
	const [alert] = joinAlerts([managedOf('TillErrors', { service: 'till' }, { startsAt: noon })], []);
	if (alert === undefined) throw new Error('no alert was drawn');

	test.each([
		[0, live(30 * minute)],
		[12 * minute, live(45 * minute)],
		[5 * hour, live(5.5 * hour)],
		[6 * hour, fixed(noon - 30 * minute, noon + 6 * hour)],
		[30 * day, fixed(noon + 23 * day, noon + 30 * day)],
		[-5 * minute, live(30 * minute)],
	])('%i ms after it fired', (age, window) => {
		expect(servicePlaceOf(alert, noon + age)).toEqual({ kind: 'service', service: 'till', alert: alert.id, window });
	});

	test.each([
		['max by (app, pool) (hikaricp_connections_pending) > 5', 'resources'],
		['process_open_fds{app="till"} / process_max_fds{app="till"} > 0.8', 'resources'],
		['changes(process_start_time_seconds{app="till"}[15m]) > 2', 'resources'],
		['max by (app) (nodejs_eventloop_lag_p99_seconds) > 0.5', 'resources'],
		['sum by (app) (rate(http_requests_total{code=~"5.."}[5m])) > 1', undefined],
		['sum by (app) (rate(orders_lost_total[5m])) > 1', undefined],
		['up{app="till"} == 0', undefined],
	])('to what its rule measures: %s', (expression, view) => {
		const [measured] = joinAlerts([managedOf('TillSick', { app: 'till' }, { startsAt: noon })], []);
		expect(measured && servicePlaceOf({ ...measured, expression }, noon)?.view).toBe(view);
	});

	test.each([
		['sum by (instance) (rate(http_requests_total{code=~"5.."}[5m])) > 1', undefined],
		['up == 0', 'resources'],
		['node_load1 > 9', 'resources'],
	])('what has only an address leads to what its rule measures: %s', (expression, view) => {
		const [measured] = joinAlerts([managedOf('Sick', { instance: 'till-2:9394' }, { startsAt: noon })], []);
		expect(measured && servicePlaceOf({ ...measured, expression }, noon)).toMatchObject({
			service: 'till-2',
			...(view === undefined ? {} : { view }),
		});
		expect(measured && servicePlaceOf({ ...measured, expression }, noon)?.view).toBe(view);
	});

	test.each([
		[{ service: 'till' }, {}, 'till'],
		[{ service: 'till' }, { app: 'stock' }, 'stock'],
		[{ app: 'unknown' }, {}, undefined],
		[{ summary: 'Service till fails' }, {}, undefined],
	])('annotations %o name a service where labels %o do not', (annotations, labels, service) => {
		const [told] = joinAlerts([managedOf('Sick', labels, { startsAt: noon, annotations })], []);
		expect(told && servicePlaceOf(told, noon)?.service).toBe(service);
	});

	test('an alert of a machine leads to its resources', () => {
		const [node] = joinAlerts([managedOf('DiskFull', { instance: 'box-7:9100', job: 'node-exporter' })], []);
		expect(node && servicePlaceOf(node, noon)).toMatchObject({ service: 'box-7', view: 'resources' });
	});

	test('an alert that names nobody leads nowhere', () => {
		const [heartbeat] = joinAlerts([managedOf('Heartbeat', { severity: 'none' })], []);
		expect(heartbeat && servicePlaceOf(heartbeat, noon)).toBeUndefined();
	});

	test('the window reaches back to before the condition became true', () => {
		const slow = { ...alert, activeAt: alert.since - 2 * hour, holdFor: 2 * hour };
		expect(servicePlaceOf(slow, alert.since)?.window).toEqual(live(2.5 * hour));
	});
});

describe('from panels to logs', () => {
	const place: ServicePlace = { kind: 'service', service: 'till', route: '/pay', window: live(hour) };
	const rate = (step: number) => loaded({ value: { grid: { from: 0, to: 0, step } }, notes: [] }, noon);

	test.each([
		['five minutes to either side', noon, idle, fixed(noon - 5 * minute, noon + 5 * minute)],
		['two steps when they are longer', noon, rate(10 * minute), fixed(noon - 20 * minute, noon + 20 * minute)],
		['the whole window without a cursor', undefined, rate(minute), live(hour)],
	])('%s', (_, cursor, pane, window) => {
		expect(logsPlaceOf(place, cursor, { rate: pane })).toEqual({
			kind: 'logs',
			service: 'till',
			route: '/pay',
			window,
		});
	});
});

test('the alert that led to the logs goes with them, by when its condition became true', () => {
	const place = logsPlaceOf({ kind: 'service', service: 'till', window: live(hour) });
	const [alert] = joinAlerts([managedOf('TillErrors', { service: 'till' }, { startsAt: noon })], []);
	if (alert === undefined) throw new Error('no alert was drawn');
	expect(inLightOf(place, alert)).toEqual({ ...place, alertBegan: noon });
	expect(inLightOf(place, { ...alert, activeAt: noon - minute })).toEqual({ ...place, alertBegan: noon - minute });
	expect(inLightOf(place, undefined)).toBe(place);
});

test.each([
	[{ trace_id: '00ab' }, '00ab'],
	[{ traceID: 'cd' }, 'cd'],
	[{ trace_id: '', TraceID: 'ef' }, 'ef'],
	[{ trace_id: '0000' }, undefined],
	[{ user: 'x' }, undefined],
])('the exemplar %j leads to trace %s', (labels, id) => {
	expect(traceIdOfExemplar({ labels, seriesLabels: {}, at: noon, value: 1 })).toBe(id);
});

test('a trace is looked for round the moment it was seen', () => {
	const window = fixed(noon - 15 * minute, noon + 15 * minute);
	expect(tracePlaceAt('00ab', noon)).toEqual({ kind: 'trace', id: '00ab', window });
});

describe('spelling', () => {
	test.each([
		['', '', 0],
		['till', 'till', 0],
		['till', 'tlil', 2],
		['till', 'tills', 1],
		['', 'abc', 3],
	])('%s and %s differ by %i', (one, other, distance) => {
		expect(spellingDistance(one, other)).toBe(distance);
	});

	test('it is a distance', () => {
		const word = fc.string({ maxLength: 8 });
		fc.assert(
			fc.property(word, word, word, (a, b, c) => {
				expect(spellingDistance(a, b)).toBe(spellingDistance(b, a));
				expect(spellingDistance(a, a)).toBe(0);
				expect(spellingDistance(a, c)).toBeLessThanOrEqual(spellingDistance(a, b) + spellingDistance(b, c));
			}),
		);
	});

	test('a name that contains the other is nearer than one of as many letters', () => {
		expect(nearestNames('till', ['stock', 'bill', 'till-worker', 'till-worker', ''], 2)).toEqual([
			'till-worker',
			'bill',
		]);
	});
});
