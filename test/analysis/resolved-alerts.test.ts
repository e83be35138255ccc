import { describe, expect, test } from 'vitest';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import { resolvedAlerts } from '../../src/analysis/resolved-alerts.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { managedOf, noon } from '../helpers/alert-drawing.ts';

/** `Errors app=till` */
const drawn = (text: string): Alert => {
	const [name = '', ...pairs] = text.split(' ');
	const labels: Labels = Object.fromEntries(pairs.map(pair => pair.split('=')));
	const [alert] = joinAlerts([managedOf(name, labels)], []);
	if (alert === undefined) throw new Error(`no alert: ${text}`);
	return alert;
};

const looked = (before: readonly Alert[], now: readonly Alert[], resolved: readonly Alert[] = [], after = 5000) =>
	resolvedAlerts({
		before: { alerts: before, at: noon },
		now: { alerts: now, at: noon + after },
		resolved,
	});

const names = (alerts: readonly Alert[]) => alerts.map(({ name }) => name);

describe('what has resolved', () => {
	test.each<[what: string, before: readonly string[], now: readonly string[], gone: readonly string[]]>([
		['nothing', ['A app=x'], ['A app=x'], []],
		['one of two', ['A app=x', 'B app=x'], ['B app=x'], ['A']],
		['one of one name', ['A app=x', 'A app=y'], ['A app=y'], ['A']],
		['what has more labels now is the same', ['A app=x'], ['A app=x pod=p'], []],
		['what has fewer labels now is the same', ['A app=x pod=p'], ['A app=x'], []],
		['one whose labels another had all along', ['A app=x', 'A app=x pod=p'], ['A app=x'], ['A']],
		['all, and another came', ['A app=x'], ['C app=x'], ['A']],
		['one without labels', ['A'], [], ['A']],
	])('%s', (_, before, now, gone) => expect(names(looked(before.map(drawn), now.map(drawn)))).toEqual(gone));

	test('tells between which looks, and is in that state', () => {
		expect(looked([drawn('A app=x')], [])).toMatchObject([
			{ state: 'resolved', resolved: { lastSeen: noon, gone: noon + 5000 } },
		]);
	});

	test('is nothing that was only pending', () => {
		expect(looked([{ ...drawn('A app=x'), state: 'pending' }], [])).toEqual([]);
	});

	test('is forgotten after 15 minutes, and when it is back; the last gone stands first', () => {
		const [old] = looked([drawn('A app=x')], []);
		if (old === undefined) throw new Error('nothing resolved');
		expect(names(looked([drawn('B app=x')], [], [old], minute))).toEqual(['B', 'A']);
		expect(names(looked([], [], [old], 15 * minute + 4999))).toEqual(['A']);
		expect(names(looked([], [], [old], 15 * minute + 5000))).toEqual([]);
		expect(names(looked([], [drawn('A app=x')], [old]))).toEqual([]);
	});
});
