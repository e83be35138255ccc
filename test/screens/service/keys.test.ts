import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixed, hour, live, minute } from '../../../src/model/time.ts';
import { service } from '../../../src/screens/service/index.ts';
import { breakdownRows, exemplarKey } from '../../../src/screens/service/state.ts';
import { ago, found, here, noon, nowhere, press, pressed, shownAt, slowest, target } from './shown-service.ts';

describe('the time cursor', () => {
	const at = (keys: readonly string[]) => pressed(keys).cursor ?? Number.NaN;

	test('begins at the newest column, and walks by columns', () => {
		const step = hour / 72;
		expect(at(['h'])).toBe(noon - step / 2);
		expect(at(['h', 'h'])).toBe(noon - 1.5 * step);
		expect(at(['h', 'H', 'l'])).toBe(noon - 9.5 * step);
		expect(at(['left', 'right', 'right'])).toBe(noon - step / 2);
	});

	test('never leaves the chart', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('h', 'l', 'H', 'L'), { minLength: 1, maxLength: 40 }), keys => {
				expect(at(keys)).toBeGreaterThanOrEqual(noon - hour);
				expect(at(keys)).toBeLessThanOrEqual(noon);
			}),
		);
	});

	test('begins anew when the window has moved on without it', () => {
		expect(pressed(['h'], { state: { cursor: noon - 3 * hour } }).cursor).toBe(pressed(['h']).cursor);
	});

	test('is let go of by esc, before esc goes up', () => {
		expect(service.escape?.(shownAt({ state: { cursor: noon, exemplar: 'x', details: true } }))).toEqual({
			type: 'stay',
			state: { details: true, filter: '' },
		});
		expect(service.escape?.(shownAt())).toBeUndefined();
	});
});

describe('exemplars', () => {
	const keyOf = (index: number) => exemplarKey(slowest[index] ?? { labels: {}, seriesLabels: {}, at: 0, value: 0 });

	test('x takes the slowest, then walks along the chart', () => {
		expect(pressed(['x'])).toMatchObject({ exemplar: keyOf(0), cursor: ago(300) });
		expect(pressed(['x', 'x'])).toMatchObject({ exemplar: keyOf(2), cursor: ago(120) });
		expect(pressed(['x', 'X'])).toMatchObject({ exemplar: keyOf(1), cursor: ago(600) });
		expect(press('x', { state: pressed(['x', 'x']) })).toEqual({
			type: 'refuse',
			why: 'There is no further exemplar.',
		});
		expect(press('x', { findings: found({ exemplars: here([]) }) })).toEqual({
			type: 'refuse',
			why: 'These metrics carry no exemplars.',
		});
		const waiting = { status: 'waiting', since: ago(1) } as const;
		expect(press('x', { findings: found({ exemplars: waiting }) })).toEqual({
			type: 'refuse',
			why: 'Prometheus is still being asked for exemplars.',
		});
		expect(press('x', { findings: found({ exemplars: here([]), slow: waiting }) })).toEqual({
			type: 'refuse',
			why: 'These metrics carry no exemplars, and slow and failing traces are still being asked for.',
		});
	});

	test('enter opens its trace', () => {
		expect(press('enter', { state: pressed(['x']) })).toMatchObject({
			type: 'go',
			to: { kind: 'trace', id: '0af7651916cd43dd8448eb211c80319c' },
		});
	});
});

describe('enter', () => {
	const label = (scene: Parameters<typeof shownAt>[0]) =>
		service.keys.find(({ keys }) => keys.includes('enter'))?.labelNow?.(shownAt(scene));

	test('opens the logs of the service, round the cursor if there is one', () => {
		expect(press('enter')).toMatchObject({ type: 'go', to: { kind: 'logs', service: 'pier' } });
		const outcome = press('enter', { state: { cursor: ago(600) } });
		const window = outcome.type === 'go' ? outcome.to.window : live(0);
		expect(window.kind === 'fixed' && window.from < ago(600) && window.to > ago(600)).toBe(true);
	});

	test('goes to the service under the cursor when there are no panels', () => {
		const go = (keys: readonly string[]) =>
			press('enter', { findings: nowhere, state: pressed(keys, { findings: nowhere }) });
		expect(go([])).toMatchObject({ to: { kind: 'service', service: 'pier', window: live(hour) } });
		expect(go(['j'])).toMatchObject({ to: { kind: 'service', service: 'buoy' } });
		expect(go(['j', 'k'])).toMatchObject({ to: { kind: 'service', service: 'pier' } });
	});

	test('is called what it does', () => {
		expect(label({})).toBe('logs');
		expect(label({ state: pressed(['x']) })).toBe('trace');
		expect(label({ findings: nowhere })).toBe('service');
	});
});

describe('the break-down', () => {
	test('is walked by its rows', () => {
		expect(pressed(['j']).row).toBe('/tides');
		expect(pressed(['j', 'j', 'j', 'j', 'j']).row).toBe('');
		expect(pressed(['j', 'k', 'k']).row).toBe('/berths');
		expect(press('j', { findings: found({ routes: here({ rows: [], at: noon, queries: [] }) }) })).toMatchObject({
			type: 'refuse',
		});
	});

	test('f keeps to one route, and shows all again', () => {
		expect(press('f', { state: { row: '/tides' } })).toMatchObject({ type: 'turn', to: { route: '/tides' } });
		const whole = press('f', { place: { route: '/tides' } });
		expect(whole.type === 'turn' && 'route' in whole.to).toBe(false);
		expect(press('f', { state: { row: '' } })).toMatchObject({ type: 'refuse' });
		expect(press('f', { place: { by: 'http_route' }, state: { row: '/tides' } })).toMatchObject({ type: 'refuse' });
	});
});

describe('B', () => {
	const offering = found({ target: here({ ...target, labels: ['http_route', 'method', 'pod', 'version'] }) });
	const binding = service.keys.find(({ keys }) => keys.includes('B'));
	const next = (by?: string) => {
		const outcome = press('B', { findings: offering, place: by === undefined ? {} : { by } });
		return outcome.type === 'turn' && outcome.to.kind === 'service' ? [outcome.to.by] : outcome;
	};

	test('breaks down by the next label, and comes back to the route, which goes without saying', () => {
		expect([undefined, 'method', 'pod', 'version', 'tenant'].map(next)).toEqual([
			['method'],
			['pod'],
			['version'],
			[undefined],
			[undefined],
		]);
		expect(press('B', { findings: offering, place: { by: 'version' } })).toEqual({
			type: 'turn',
			to: { kind: 'service', service: 'pier', window: live(hour) },
			state: { details: false, filter: '' },
		});
	});

	test('lets go of the row and of the filter, which were of other values', () => {
		const state = { row: '/tides', filter: 'tid', details: true, cursor: ago(60) };
		expect(press('B', { findings: offering, state })).toMatchObject({
			type: 'turn',
			state: { filter: '', details: true, cursor: ago(60) },
		});
		expect(press('B', { findings: offering, state })).not.toHaveProperty('state.row');
	});

	test('says in the footer what comes next', () => {
		expect(binding?.labelNow?.(shownAt({ findings: offering }))).toBe('by method');
		expect(binding?.labelNow?.(shownAt({ findings: offering, place: { by: 'version' } }))).toBe('by route');
	});

	test.each([
		['there is but one label', found(), 'These metrics have no other label than http_route to break down by.'],
		[
			'there is none',
			found({ target: here({ ...target, routeLabel: undefined }) }),
			'No label of these metrics tells requests apart.',
		],
		['nothing measures the service', nowhere, 'There are no figures to break down.'],
	])('says why it does nothing when %s', (_, findings, why) => {
		expect(press('B', { findings })).toEqual({ type: 'refuse', why });
		expect(binding?.idle?.(shownAt({ findings }))).toBe(why);
		expect(binding?.idle?.(shownAt({ findings: offering }))).toBeUndefined();
		expect(binding?.idle?.(shownAt({ findings: offering, place: { view: 'neighbours' } }))).toMatch(
			/^This is a key of/,
		);
	});
});

describe('zooming', () => {
	test.each([
		['+', {}, live(30 * minute)],
		['-', {}, live(3 * hour)],
		['+', { cursor: ago(1800) }, fixed(ago(2700), ago(900))],
		['_', { cursor: ago(1800) }, live(3 * hour)],
	])('%s with the cursor at %o', (key, state, window) => {
		expect(press(key, { state })).toMatchObject({ type: 'turn', to: { window }, state });
	});

	test('ends somewhere', () => {
		expect(press('+', { place: { window: live(5 * minute) } })).toMatchObject({ type: 'refuse' });
	});
});

test('T searches for traces, y copies the PromQL, d shows how metrics were found', () => {
	expect(press('T')).toMatchObject({ to: { kind: 'traces', service: 'pier', window: live(hour) } });
	expect(press('T', { state: { cursor: ago(600) } })).toMatchObject({ to: { window: fixed(ago(660), ago(540)) } });
	expect(press('y')).toMatchObject({
		type: 'copy',
		text: 'query of requests\nquery of errors\nquery of p50\nquery of p95\nquery of p99',
	});
	expect(press('y', { findings: nowhere })).toMatchObject({ type: 'refuse' });
	expect(pressed(['d']).details).toBe(true);
});

test('the break-down is filtered as the filter is typed', () => {
	const state = service.search?.apply('TID', shownAt());
	expect(breakdownRows(shownAt({ ...(state === undefined ? {} : { state }) })).map(({ value }) => value)).toEqual([
		'/tides',
	]);
	expect(state === undefined ? undefined : service.search?.current(state)).toBe('TID');
});
