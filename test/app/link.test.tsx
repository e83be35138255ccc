import { describe, expect, onTestFinished, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import type { State } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import { wanted } from '../../src/app/wanted.ts';
import { textOf } from '../../src/terminal/grid.ts';
import type { Link } from '../../src/terminal/link.ts';
import type { LinkFigures } from '../../src/terminal/link-meter.ts';
import { createScreen } from '../../src/terminal/screen.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { ask, beginAt, effectsOf, finish, hear, noon, press } from './shell.ts';

const quick: LinkFigures = {
	asked: 12,
	answered: 12,
	roundTrip: { newest: 48.4, least: 41.6, most: 61 },
	frames: 340,
	bytes: 412_000,
	newestFrame: 310,
	largestFrame: 6100,
	lastMinute: 18_000,
	held: { times: 0, longest: 0 },
	since: 372_400,
};
const { roundTrip: _, ...unmeasured } = quick;
const unasked: LinkFigures = { ...unmeasured, asked: 0, answered: 0 };
const linkOf = (more: Partial<Link> = {}): Link => ({ mode: 'auto', figures: quick, unicode: true, ...more });
const slow: LinkFigures = { ...quick, slow: 'round trip', roundTrip: { newest: 640, least: 610, most: 2300 } };
const full: LinkFigures = { ...quick, slow: 'output', held: { times: 3, longest: 1240 } };

const command = (state: State, line: string): State => press(press(state, ':', ...line), 'enter');
const shown = (link: Link, size = { width: 80, height: 24 }): State =>
	hear(command(beginAt('alerts', size), 'link'), { type: 'linked', link });

function frameOf(state: State, unicode = true): readonly string[] {
	const { width, height } = state.size;
	const output = { write: () => true };
	const screen = createScreen({ output, columns: width, rows: height, synchronizedUpdates: false });
	onTestFinished(() => screen.unmount());
	const store = { subscribe: () => () => {}, getState: () => state, send: () => {} };
	screen.mount(<App store={store} theme={createTheme('none', unicode)} />);
	screen.flush();
	return textOf(screen.grid).map(line => line.trimEnd());
}

const rowsOf = (link: Link): string => frameOf(shown(link)).join('\n');

describe('the figures of the link', () => {
	test('at 80 columns', () => {
		expect(`\n${frameOf(shown(linkOf())).join('\n')}`).toMatchInlineSnapshot(`
			"
			 test  RO │ alerts
			alerts                                                     11:00–12:00 UTC  live
			The link between the program and your terminal

			round trip  42 ms at the least, 61 ms at the most lately, 48 ms the last time.
			frames      340 in 6 m 12 s, 1.21 kB each; the last 310 B, the largest 6.1 kB.
			bytes       412 kB in all, 18 kB of them in the last minute.
			output      The terminal has taken every frame at once.
			glyphs      UTF-8; --ascii and --slow write ASCII, of fewer bytes.
			pace        Full: whatever changes is on the screen at once.

			A round trip is how long the terminal takes to answer a question: nothing that a
			key does is seen sooner.
			Slow is one of 300 ms or more 3 times in a row, or a terminal that stands full
			for 1 s of 10 s.

			:link slow  sends less from now on; so do --slow and SMOKEJUMPER_SLOW=1 from the
			            start.
			:link fast  never sends less; so do --no-slow-link and SMOKEJUMPER_SLOW=0.
			:link auto  goes by what is measured, as it does when nobody says anything.



			esc close  j k scroll"
		`);
	});

	test('at 60 columns, of a slow one through tmux', () => {
		const link = linkOf({ figures: slow, between: 'tmux', unicode: false });
		expect(`\n${frameOf(shown(link, { width: 60, height: 24 }), false).join('\n')}`).toMatchInlineSnapshot(`
			"
			 test  RO [SLOW] | alerts
			alerts                                 11:00–12:00 UTC  live
			The link between the program and your terminal

			round trip  610 ms at the least, 2.3 s at the most lately,
			            640 ms the last time. tmux answers: what lies
			            between it and you is not in it.
			frames      340 in 6 m 12 s, 1.21 kB each; the last 310 B,
			            the largest 6.1 kB.
			bytes       412 kB in all, 18 kB of them in the last minute.
			output      The terminal has taken every frame at once.
			glyphs      ASCII.
			pace        Slow, because of the round trip: frames come 1 s
			            apart, and 250 ms after a key; clocks move every
			            2 s, and live answers are asked for 3 times less
			            often.

			A round trip is how long the terminal takes to answer a
			question: nothing that a key does is seen sooner.
			Slow is one of 300 ms or more 3 times in a row, or a
			terminal that stands full for 1 s of 10 s.


			esc close  j k scroll"
		`);
	});

	test.each<readonly [Partial<Link>, string]>([
		[{ figures: unasked }, 'Not measured yet.'],
		[{ figures: { ...unasked, asked: 1 } }, 'The terminal was asked and has not answered; some never do.'],
		[{ figures: full }, 'Slow, because the terminal does not take the frames'],
		[{ figures: full }, 'The terminal stood full 3 times, for 1.24 s at the longest.'],
		[{ mode: 'slow' }, 'Slow, as you said'],
		[{ mode: 'fast', figures: slow }, 'Full whatever is measured, as you said.'],
		[{ between: 'mosh' }, 'mosh-server answers'],
		[{ between: 'screen' }, 'screen answers'],
	])('%j', (more, words) => {
		expect(rowsOf(linkOf(more))).toContain(words);
	});

	test('are asked for by the command, which may say how it is to be treated', () => {
		const typed = (line: string) => effectsOf(press(beginAt(), ':', ...line), 'enter');
		expect(typed('link')).toEqual([{ type: 'link' }]);
		expect(typed('link slow')).toEqual([{ type: 'link', mode: 'slow' }]);
		expect(typed('link fast')).toEqual([{ type: 'link', mode: 'fast' }]);
		expect(typed('link auto')).toEqual([{ type: 'link', mode: 'auto' }]);
		expect(command(beginAt(), 'link loose').prompt?.problem).toContain('There is no place called link.');
		expect(press(shown(linkOf()), 'q').overlay).toBeUndefined();
	});
});

describe('a slow link', () => {
	const first = (link: Link | undefined) =>
		frameOf(link === undefined ? beginAt() : hear(beginAt(), { type: 'linked', link }))[0];

	test('is told in the header when it was found to be one, and not when that was said', () => {
		expect(first(linkOf({ figures: slow }))).toMatch(/^ test {2}RO \[SLOW\] │ alerts/);
		for (const link of [undefined, linkOf(), linkOf({ mode: 'slow' }), linkOf({ mode: 'fast', figures: slow })]) {
			expect(first(link)).toMatch(/^ test {2}RO │ alerts/);
		}
	});

	test('is asked for live answers a third as often', () => {
		const answered = finish(ask(beginAt()));
		const isAskedAfter = (state: State, seconds: number): boolean =>
			wanted(update(state, { type: 'ticked', now: noon + seconds * 1000 }).state).length > 0;
		const onSlow = hear(answered, { type: 'linked', link: linkOf({ mode: 'slow' }) });
		expect([4, 5].map(seconds => isAskedAfter(answered, seconds))).toEqual([false, true]);
		expect([5, 14, 15].map(seconds => isAskedAfter(onSlow, seconds))).toEqual([false, false, true]);
	});
});
