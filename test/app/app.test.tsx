import { describe, expect, onTestFinished, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import type { State } from '../../src/app/state.ts';
import { profileColours } from '../../src/model/profile-colour.ts';
import { textOf } from '../../src/terminal/grid.ts';
import { createScreen } from '../../src/terminal/screen.ts';
import type { Color } from '../../src/terminal/style.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { alertsOf, ask, beginAt, find, finish, hear, press } from './shell.ts';

/** The whole frame of a state that stands still. */
function mounted(state: State) {
	const { width, height } = state.size;
	const screen = createScreen({
		output: { write: () => true },
		columns: width,
		rows: height,
		synchronizedUpdates: false,
	});
	onTestFinished(() => screen.unmount());
	const store = { subscribe: () => () => {}, getState: () => state, send: () => {} };
	screen.mount(<App store={store} theme={createTheme('none', true)} />);
	screen.flush();
	const frame = () =>
		textOf(screen.grid)
			.map(line => line.trimEnd())
			.join('\n');
	return { screen, frame };
}

const listed = (size?: State['size']): State => finish(find(ask(beginAt('alerts', size)), alertsOf('Leak', 'Flood')));

describe('the whole frame', () => {
	test('at 80 columns', () => {
		expect(`\n${mounted(listed()).frame()}`).toMatchInlineSnapshot(`
			"
			 test  RO │ alerts
			2 firing                                                   11:00–12:00 UTC  live
			▌▲ crit Leak                     leak                  60s
			 ▲ crit Flood                    flood                 60s

			────────────────────────────────────────────────────────────────────────────────
			Leak fires
			fired 11:59:00, 1 m 00 s ago
			alertname=Leak  service=leak
			The alert is labelled service="leak".
			known to alertmanager












			enter panels  l logs  r runbook  d details  / filter  q quit  : go to  ? help"
		`);
	});

	test('with a line being typed, and what is wrong with it', () => {
		const typed = press(press(listed({ width: 60, height: 15 }), ':', ...'foo'), 'enter');
		expect(`\n${mounted(typed).frame()}`).toMatchInlineSnapshot(`
			"
			 test  RO │ alerts
			2 firing                               11:00–12:00 UTC  live
			▌▲ crit Leak                      leak                   60s
			 ▲ crit Flood                     flood                  60s

			────────────────────────────────────────────────────────────
			Leak fires
			fired 11:59:00, 1 m 00 s ago
			alertname=Leak  service=leak
			The alert is labelled service="leak".
			known to alertmanager

			There is no place called foo. Places are alerts, service,
			logs, trace, traces, compare, silences, cardinality, report.
			:foo"
		`);
	});

	test('says since when it waits, and how to end that', () => {
		const waiting = ask(listed());
		const frameAfter = (seconds: number) =>
			mounted(hear(waiting, { type: 'ticked', now: waiting.now + seconds * 1000 }))
				.frame()
				.split('\n');
		expect(frameAfter(1)[1]).toBe('2 firing                                                   11:00–12:00 UTC  live');
		expect(frameAfter(1)[23]).toBe('enter panels  l logs  r runbook  d details  / filter  q quit  : go to  ? help');
		expect(frameAfter(7.9)[1]).toBe('2 firing                                       asking 7 s  11:00–12:00 UTC  live');
		expect(frameAfter(7.9)[23]).toBe('enter panels  l logs  r runbook  d details  / filter  esc stop  q quit  ? help');
	});

	test('with a production profile, far down the trail', () => {
		const deep = ['service ledger', 'logs --service ledger', 'trace 0af7651916cd43dd8448eb211c80319c'].reduce(
			(state, address) => press(press(state, ':', ...address), 'enter'),
			listed(),
		);
		const banner = { word: 'PROD-EU', production: true, readOnly: false };
		const [first] = mounted({ ...deep, banner })
			.frame()
			.split('\n');
		expect(first).toBe('[PROD-EU] │ alerts › ledger › logs › trace 0af7…319c');
	});

	test.each([
		[80, ' PROD-EU  RO [TLS UNCHECKED] │ alerts'],
		[60, ' PROD-EU  RO [TLS UNCHECKED] │ alerts'],
	])('with servers that nobody checks, at %d columns', (width, header) => {
		const banner = { word: 'PROD-EU', production: false, readOnly: true, unchecked: true };
		const [first] = mounted({ ...listed(), banner, size: { width, height: 24 } })
			.frame()
			.split('\n');
		expect(first).toBe(header);
	});

	test('with the colour of the profile behind its word, in black or white letters', () => {
		const looks = profileColours.map(colour => createTheme('true', true).profileStyle(colour));
		expect(new Set(looks.map(({ background }) => background)).size).toBe(profileColours.length);
		for (const { color, background } of looks) expect(contrast(color, background)).toBeGreaterThanOrEqual(4.5);
		expect(createTheme('none', true).profileStyle('red')).toEqual({ inverse: true, bold: true });
	});

	test('says what is too small, and is whole again when there is room', () => {
		const small = hear(listed(), { type: 'resized', size: { width: 50, height: 10 } });
		expect(mounted(small).frame().trim()).toBe(
			'smokejumper needs 60 columns and 15 rows; this\nterminal has 50 and 10. Make it larger. ^C quits.',
		);
		const size = { width: 80, height: 24 };
		expect(mounted(hear(small, { type: 'resized', size })).frame()).toBe(mounted(listed()).frame());
	});
});

/** WCAG 2.2, contrast ratio of a letter of the palette's black (16) or white (231) on a ground. */
function contrast(letter: Color | undefined, ground: Color | undefined): number {
	const channels = [1, 3, 5].map(at => Number.parseInt(String(ground).slice(at, at + 2), 16) / 255);
	const [r = 0, g = 0, b = 0] = channels.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
	return letter === 231 ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05;
}

test('a text that is laid open stands alone, cut where the columns end', () => {
	const text = `{"level":"error","msg":"berth refused"${' '.repeat(9)},"trace":"${'ab'.repeat(16)}"}\nat pier`;
	const open = hear(listed({ width: 60, height: 15 }), {
		type: 'laidOpen',
		text,
		why: 'This terminal has no clipboard.',
	});
	expect(`\n${mounted(open).frame()}`).toMatchInlineSnapshot(`
		"
		 test  RO │ alerts
		2 firing                               11:00–12:00 UTC  live
		{"level":"error","msg":"berth refused"         ,"trace":"aba
		babababababababababababababab"}
		at pier








		This terminal has no clipboard.
		esc close  j k scroll"
	`);
});
