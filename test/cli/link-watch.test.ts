import { describe, expect, test } from 'vitest';
import { createLinkWatch, linkModeOf } from '../../src/cli/link-watch.ts';
import type { LinkMode } from '../../src/terminal/link.ts';
import { fullPace, type Pace, slowPace } from '../../src/terminal/pace.ts';

/** A watch over a terminal that takes so long to answer, ticked four times a second. */
function watching(mode: LinkMode, roundTrip: number | 'never' = 40) {
	let now = 0;
	let due = Number.POSITIVE_INFINITY;
	const asked: number[] = [];
	const paces: Pace[] = [];
	const watch = createLinkWatch({ mode, capabilities: { unicode: true }, clock: () => now });
	watch.begin({
		terminal: {
			ask: () => {
				if (Number.isFinite(due)) return false;
				asked.push(now);
				due = roundTrip === 'never' ? Number.MAX_VALUE : now + roundTrip;
				return true;
			},
		},
		screen: { pace: pace => paces.push(pace) },
	});
	const run = (seconds: number, looked = { isWatched: false, isFocused: true }) => {
		const ticks: { readonly at: number; readonly clocksMove: boolean; readonly isShown: boolean }[] = [];
		for (const end = now + seconds * 1000; now < end; ) {
			const next = now + 250;
			if (due <= next) {
				now = due;
				due = Number.POSITIVE_INFINITY;
				watch.answered();
			}
			now = next;
			const { clocksMove, link } = watch.tick(looked);
			ticks.push({ at: now, clocksMove, isShown: link !== undefined });
		}
		return ticks;
	};
	return { watch, asked, paces, run };
}

describe('the terminal is asked', () => {
	test('three times soon, then now and then', () => {
		const { asked, run } = watching('auto');
		run(34);
		expect(asked).toEqual([1000, 2000, 3000, 13_000, 23_000, 33_000]);
	});

	test('more often while somebody looks at the figures, which are shown anew once a second', () => {
		const { asked, run } = watching('auto');
		run(5);
		const shown = run(6, { isWatched: true, isFocused: true }).filter(({ isShown }) => isShown);
		expect(asked.filter(at => at > 3000)).toEqual([5250, 7250, 9250]);
		expect(shown.map(({ at }) => at)).toEqual([5250, 6250, 7250, 8250, 9250, 10_250]);
	});

	test('not while nobody looks at it, and once when it does not answer', () => {
		const unseen = watching('auto');
		unseen.run(20, { isWatched: false, isFocused: false });
		expect(unseen.asked).toEqual([]);
		const mute = watching('auto', 'never');
		mute.run(60);
		expect(mute.asked).toEqual([1000]);
	});
});

describe('less is sent', () => {
	test('once three answers in a row were late, and no longer than that', () => {
		const { watch, paces, run } = watching('auto', 640);
		const ticks = run(20);
		expect(paces).toEqual([slowPace]);
		expect(ticks.filter(({ isShown }) => isShown)).toHaveLength(1);
		const moved = ticks.filter(({ at, clocksMove }) => at > 10_000 && clocksMove);
		expect(moved).toHaveLength(5);
		expect(watch.look()).toMatchObject({ mode: 'auto', figures: { slow: 'round trip' } });
		watch.look('fast');
		expect(paces).toEqual([slowPace, fullPace]);
		watch.look('auto');
		expect(paces).toEqual([slowPace, fullPace, slowPace]);
	});

	test('at once when the operator says so, and never when they say that', () => {
		const said = watching('slow');
		expect(said.paces).toEqual([slowPace]);
		expect(said.run(10).filter(({ clocksMove }) => clocksMove).length).toBe(5);
		const never = watching('fast', 2000);
		expect(never.run(30).every(({ clocksMove }) => clocksMove)).toBe(true);
		expect(never.paces).toEqual([]);
	});

	test('clocks move at every tick otherwise', () => {
		expect(
			watching('auto')
				.run(10)
				.every(({ clocksMove }) => clocksMove),
		).toBe(true);
	});
});

test.each<readonly [LinkMode | undefined, string | undefined, LinkMode]>([
	[undefined, undefined, 'auto'],
	[undefined, '', 'auto'],
	[undefined, '1', 'slow'],
	[undefined, 'yes', 'slow'],
	[undefined, '0', 'fast'],
	[undefined, 'no', 'fast'],
	['fast', '1', 'fast'],
	['slow', '0', 'slow'],
])('option %s with SMOKEJUMPER_SLOW=%s is %s', (option, said, mode) => {
	expect(linkModeOf(option, said === undefined ? {} : { SMOKEJUMPER_SLOW: said })).toBe(mode);
});
