import { describe, expect, test } from 'vitest';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import {
	type AlertSpells,
	type AlertsPast,
	firingHistoryOf,
	historyCells,
	historySentence,
	pastQueryOf,
	spellsOf,
} from '../../src/analysis/firing-history.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Labels } from '../../src/model/labels.ts';
import { day, hour, minute } from '../../src/model/time.ts';
import { managedOf, noon } from '../helpers/alert-drawing.ts';

const grid = { from: noon - day, to: noon, step: minute };

const alertOf = (change: Partial<Alert> = {}): Alert => {
	const [alert] = joinAlerts([managedOf('DoorStuck', { door: 'a', cluster: 'north' })], []);
	if (alert === undefined) throw new Error('no alert');
	return { ...alert, since: noon - 10 * minute, ...change };
};

/** Minutes before noon at which the alert was there, both inclusive: `120-110`. */
const spells = (text: string) =>
	text
		.split(' ')
		.filter(Boolean)
		.map(each => each.split('-').map(minutes => noon - Number(minutes) * minute))
		.map(([from = 0, to = from]) => ({ from, to }));

const pastOf = (firing: string, pending = '', labels: Labels = { alertname: 'DoorStuck', door: 'a' }): AlertsPast => ({
	names: ['DoorStuck'],
	grid,
	alerts: [
		{ labels, state: 'firing', spells: spells(firing) },
		{ labels, state: 'pending', spells: spells(pending) },
	],
});

const told = (alert: Alert, past: AlertsPast): string | undefined => {
	const history = firingHistoryOf(alert, past, noon);
	return history && historySentence(history, minute);
};

describe('the question', () => {
	test.each([
		[['Up'], 'topk(9, ALERTS{alertname="Up"})'],
		[['Up', 'a"b.c'], String.raw`topk(9, ALERTS{alertname=~"Up|a\"b\\.c"})`],
	])('for %j', (names, query) => expect(pastQueryOf(names, 9)).toBe(query));
});

describe('samples become spells', () => {
	const seriesAt = (alertstate: string, minutes: readonly number[]) => ({
		labels: { __name__: 'ALERTS', alertname: 'Up', alertstate },
		times: minutes.map(each => noon + each * minute),
		values: minutes.map(() => 1),
	});

	test('that a missing sample ends', () => {
		expect(spellsOf([seriesAt('firing', [0, 1, 2, 5, 9, 10])], grid)).toEqual<AlertSpells[]>([
			{
				labels: { alertname: 'Up' },
				state: 'firing',
				spells: [
					{ from: noon, to: noon + 2 * minute },
					{ from: noon + 5 * minute, to: noon + 5 * minute },
					{ from: noon + 9 * minute, to: noon + 10 * minute },
				],
			},
		]);
	});

	test('and a state that nobody knows is left out', () => {
		expect(spellsOf([seriesAt('dreaming', [0]), seriesAt('pending', [])], grid)).toEqual([
			{ labels: { alertname: 'Up' }, state: 'pending', spells: [] },
		]);
	});
});

describe('the sentence', () => {
	const resolved = { state: 'resolved', resolved: { lastSeen: noon - 3 * minute, gone: noon - 2 * minute } } as const;

	test.each<[firing: string, change: Partial<Alert>, sentence: string | undefined]>([
		['', {}, 'fires for the first time in 24 h'],
		['10-0', {}, 'fires for the first time in 24 h'],
		['400-386 200-198 10-0', {}, 'fired 3 times in 24 h, longest 14 m; the one before ended 3 h 18 m ago'],
		['30-20', {}, 'fired 2 times in 24 h, longest 10 m; the one before ended 20 m ago'],
		['1440-0', { since: noon - 3 * day }, 'fired all of the last 24 h'],
		['1440-1400', {}, 'fired 2 times in 24 h, longest more than 40 m; the one before ended 23 h 20 m ago'],
		['300-180', { state: 'pending', since: noon }, 'fired once in 24 h, for 2 h 00 m; ended 3 h 00 m ago'],
		['300-300', { state: 'pending', since: noon }, 'fired once in 24 h, for 1 m; ended 5 h 00 m ago'],
		['', { state: 'pending', since: noon }, 'did not fire in the last 24 h'],
		['10-2', resolved, 'fired once in 24 h, for 8 m; ended 2 m ago'],
		['60-50 10-2', resolved, 'fired 2 times in 24 h, longest 10 m; last ended 2 m ago'],
		['', { since: Number.NaN }, 'did not fire in the last 24 h'],
		['30-0', { activeAt: noon - minute / 2 }, 'fired before in the last 24 h; how often is not known'],
		['', { activeAt: noon - minute / 2 }, 'fired before in the last 24 h; how often is not known'],
		[
			'1-0',
			{ since: noon - minute / 4, activeAt: noon - minute / 4 },
			'fired before in the last 24 h; how often is not known',
		],
		['10-0', { activeAt: noon - 9.8 * minute }, 'fires for the first time in 24 h'],
		[
			'300-180',
			{ state: 'pending', since: noon, activeAt: noon },
			'fired once in 24 h, for 2 h 00 m; ended 3 h 00 m ago',
		],
	])('of %j and %j', (firing, change, sentence) => {
		expect(told(alertOf(change), pastOf(firing))).toBe(sentence);
	});
});

describe('whose spells they are', () => {
	const door = (name: string, more = {}) => pastOf('300-290', '', { alertname: 'DoorStuck', door: name, ...more });

	test.each<[string, AlertsPast, boolean]>([
		['its own', door('a'), true],
		['those of another door', door('b'), false],
		['those of a replica, which labels them', door('a', { replica: '1' }), true],
		['those of another name', pastOf('3-1', '', { alertname: 'DoorOpen', door: 'a' }), false],
		['none', { ...door('a'), alerts: [] }, false],
	])('%s', (_, past, known) => expect(firingHistoryOf(alertOf(), past, noon) !== undefined).toBe(known));

	test('of two that fit, the one with more of its labels', () => {
		const wide = door('a');
		const own = pastOf('100-90', '', { alertname: 'DoorStuck', door: 'a', cluster: 'north' });
		const both = { ...wide, alerts: [...wide.alerts, ...own.alerts] };
		expect(firingHistoryOf(alertOf(), both, noon)?.firing[0]).toEqual({
			from: noon - 100 * minute,
			to: noon - 90 * minute,
		});
	});

	test('replicas that each saw a part of a spell make one of it', () => {
		const past = pastOf('300-290', '', { alertname: 'DoorStuck', door: 'a' });
		const twin = pastOf('295-280', '', { alertname: 'DoorStuck', door: 'a' });
		const history = firingHistoryOf(alertOf(), { ...past, alerts: [...past.alerts, ...twin.alerts] }, noon);
		expect(history?.firing[0]).toEqual({ from: noon - 300 * minute, to: noon - 280 * minute });
	});
});

describe('the cells', () => {
	const drawnCells = (firing: string, pending: string, columns: number, change: Partial<Alert> = {}) => {
		const history = firingHistoryOf(alertOf(change), pastOf(firing, pending), noon);
		const glyphs = { quiet: '.', pending: 'o', firing: '#' } as const;
		return (
			history &&
			historyCells(history, columns)
				.map(cell => glyphs[cell])
				.join('')
		);
	};

	test.each([
		['', '', 24, '.......................#'],
		['1380-1375 120-110', '125-121', 24, '.#...................o##'],
		['1440-1000', '', 24, '########...............#'],
		['', '300-250', 24, '...................o...#'],
		['61-61', '', 48, '.............................................#.#'],
	])('%j firing and %j pending in %i', (firing, pending, columns, cells) => {
		expect(drawnCells(firing, pending, columns)).toBe(cells);
	});

	test('of a pending alert end so', () => {
		expect(drawnCells('', '', 12, { state: 'pending', since: noon - hour })).toBe('...........o');
	});
});
