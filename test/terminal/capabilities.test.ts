import { describe, expect, test } from 'vitest';
import { capabilitiesOf, isDumb } from '../../src/terminal/capabilities.ts';

type Env = Readonly<Record<string, string>>;
type Flags = { readonly noColor?: boolean; readonly ascii?: boolean };

const of = (env: Env, { noColor = false, ascii = false }: Flags = {}, isTTY = true, platform = 'linux') =>
	capabilitiesOf({ env, platform, isTTY, flags: { noColor, ascii } });

describe('colours', () => {
	const cases: readonly (readonly [Env, Flags, boolean, string])[] = [
		[{ TERM: 'xterm-256color' }, {}, true, '256'],
		[{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, {}, true, 'true'],
		[{ TERM: 'xterm-kitty' }, {}, true, 'true'],
		[{ TERM: 'xterm-direct' }, {}, true, 'true'],
		[{ WT_SESSION: 'b1d5' }, {}, true, 'true'], // Windows Terminal sets no TERM
		[{ TERM: 'tmux-256color' }, {}, true, '256'],
		[{ TERM: 'screen' }, {}, true, '16'],
		[{ TERM: 'linux' }, {}, true, '16'],
		[{ TERM: 'dumb' }, {}, true, 'none'],
		[{}, {}, true, '16'],
		[{ TERM: 'xterm-256color' }, {}, false, 'none'],
		[{ TERM: 'xterm-256color', NO_COLOR: '1' }, {}, true, 'none'],
		[{ TERM: 'xterm-256color', NO_COLOR: '' }, {}, true, '256'],
		[{ TERM: 'xterm-256color' }, { noColor: true }, true, 'none'],
		[{ FORCE_COLOR: '3' }, {}, false, 'true'],
		[{ FORCE_COLOR: '2', TERM: 'dumb' }, {}, true, '256'],
		[{ FORCE_COLOR: '1' }, {}, false, '16'],
		[{ FORCE_COLOR: '0', COLORTERM: 'truecolor' }, {}, true, 'none'],
		[{ FORCE_COLOR: '3', NO_COLOR: '1' }, {}, true, 'none'],
	];
	test.each(cases)('%j with %j, a terminal: %j, shows %s', (env, flags, isTTY, level) => {
		expect(of(env, flags, isTTY).colorLevel).toBe(level);
	});
});

describe('Unicode', () => {
	const cases: readonly (readonly [Env, Flags, string, boolean])[] = [
		[{ LANG: 'en_GB.UTF-8' }, {}, 'linux', true],
		[{ LANG: 'C.utf8' }, {}, 'linux', true],
		[{ LANG: 'C' }, {}, 'linux', false],
		[{ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, {}, 'linux', false],
		[{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, {}, 'linux', true],
		[{}, {}, 'linux', false],
		[{}, {}, 'darwin', true],
		[{ LANG: 'C.UTF-8', TERM: 'linux' }, {}, 'linux', false],
		[{ LANG: 'C.UTF-8' }, { ascii: true }, 'linux', false],
	];
	test.each(cases)('%j with %j on %s: %j', (env, flags, platform, unicode) => {
		expect(of(env, flags, true, platform).unicode).toBe(unicode);
	});
});

test.each<readonly [Env, boolean]>([
	[{ TERM: 'xterm-256color' }, true],
	[{ TERM: 'screen-256color', TMUX: '/tmp/x,1,0', TERM_PROGRAM: 'tmux' }, true],
	[{ TERM: 'screen-256color', STY: '4711.pts-0' }, false],
	[{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, false],
	[{ TERM: 'linux' }, false],
	[{ TERM: 'dumb' }, false],
	[{ TERM: 'vt220' }, false],
])('%j may have a clipboard: %j', (env, may) => {
	expect(of(env).clipboard).toBe(may);
	expect(of(env, {}, false).clipboard).toBe(false);
});

test('big frames are marked only where nothing stands between', () => {
	expect(of({ TERM: 'xterm-256color' })).toMatchObject({ insideTmux: false, synchronizedUpdates: true });
	expect(of({ TERM: 'tmux-256color', TMUX: '/tmp/x,1,0' })).toMatchObject({
		insideTmux: true,
		synchronizedUpdates: false,
	});
	for (const TERM of ['linux', 'dumb', 'screen-256color']) expect(of({ TERM }).synchronizedUpdates).toBe(false);
	expect(of({ TERM: 'xterm' }, {}, false).synchronizedUpdates).toBe(false);
});

const utf8 = { LANG: 'C.UTF-8' };
const ssh = { ...utf8, SSH_CONNECTION: '192.0.2.7 50122 192.0.2.1 22', SSH_TTY: '/dev/pts/3' };
const tmux = { TMUX: '/tmp/tmux-1000/default,4711,0', TERM_PROGRAM: 'tmux' };

type Known = Pick<
	ReturnType<typeof capabilitiesOf>,
	'colorLevel' | 'unicode' | 'clipboard' | 'synchronizedUpdates' | 'between'
>;
const known = (
	colorLevel: Known['colorLevel'],
	unicode: boolean,
	clipboard: boolean,
	synchronizedUpdates: boolean,
	between?: Known['between'],
): Known => ({ colorLevel, unicode, clipboard, synchronizedUpdates, ...(between === undefined ? {} : { between }) });

describe('terminals and what stands before them', () => {
	test.each<readonly [string, Env, Known]>([
		['xterm', { ...utf8, TERM: 'xterm' }, known('16', true, true, true)],
		['xterm with 256 colours', { ...utf8, TERM: 'xterm-256color' }, known('256', true, true, true)],
		['kitty', { ...utf8, TERM: 'xterm-kitty', COLORTERM: 'truecolor' }, known('true', true, true, true)],
		['kitty by ssh', { ...ssh, TERM: 'xterm-kitty' }, known('true', true, true, true)],
		['Ghostty by ssh', { ...ssh, TERM: 'xterm-ghostty' }, known('true', true, true, true)],
		['Windows Terminal', { WT_SESSION: 'b1d5', LANG: 'C.UTF-8' }, known('true', true, true, true)],
		['Windows Terminal by ssh', { ...ssh, TERM: 'xterm-256color' }, known('256', true, true, true)],
		['PuTTY, as it is', { ...ssh, TERM: 'xterm' }, known('16', true, true, true)],
		['PuTTY, told its name', { ...ssh, TERM: 'putty-256color' }, known('256', true, true, true)],
		['tmux', { ...utf8, ...tmux, TERM: 'tmux-256color' }, known('256', true, true, false, 'tmux')],
		[
			'tmux in a terminal of 24 bits',
			{ ...utf8, ...tmux, TERM: 'tmux-256color', COLORTERM: 'truecolor' },
			known('true', true, true, false, 'tmux'),
		],
		[
			'tmux that calls itself screen',
			{ ...utf8, ...tmux, TERM: 'screen-256color', COLORTERM: 'truecolor' },
			known('true', true, true, false, 'tmux'),
		],
		['GNU screen', { ...utf8, TERM: 'screen', STY: '4711.pts-0' }, known('16', true, false, false, 'screen')],
		[
			'GNU screen in a terminal of 24 bits',
			{ ...utf8, TERM: 'screen.xterm-256color', STY: '4711.pts-0', COLORTERM: 'truecolor' },
			known('256', true, false, false, 'screen'),
		],
		[
			'GNU screen that keeps the name of the terminal',
			{ ...utf8, TERM: 'xterm-256color', STY: '4711.pts-0', COLORTERM: 'truecolor' },
			known('256', true, false, false, 'screen'),
		],
		[
			'ssh out of a screen',
			{ ...ssh, TERM: 'screen-256color', COLORTERM: 'truecolor' },
			known('256', true, true, false),
		],
		['mosh', { ...ssh, TERM: 'xterm-256color', NCURSES_NO_UTF8_ACS: '1' }, known('256', true, true, false, 'mosh')],
		[
			'mosh that was told of 24 bits',
			{ ...ssh, TERM: 'xterm-256color', NCURSES_NO_UTF8_ACS: '1', COLORTERM: 'truecolor' },
			known('true', true, true, false, 'mosh'),
		],
		['the console of Linux', { ...utf8, TERM: 'linux' }, known('16', false, false, false)],
		[
			'the console of Linux under a login that says 24 bits',
			{ ...utf8, TERM: 'linux', COLORTERM: 'truecolor' },
			known('16', false, false, false),
		],
		['a serial console', { ...utf8, TERM: 'vt220' }, known('none', false, false, false)],
		['a VT by name', { TERM: 'vt100' }, known('none', false, false, false)],
		['xterm without colours', { ...utf8, TERM: 'xterm-mono' }, known('none', true, true, true)],
		[
			'Terminal.app',
			{ ...utf8, TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' },
			known('256', true, false, true),
		],
	])('%s', (_, env, wanted) => {
		const { colorLevel, unicode, clipboard, synchronizedUpdates, between } = of(env);
		expect(known(colorLevel, unicode, clipboard, synchronizedUpdates, between)).toEqual(wanted);
	});

	test.each<readonly [Env, string, boolean]>([
		[{ TERM: 'dumb' }, 'linux', true],
		[{ TERM: '' }, 'linux', true],
		[{}, 'linux', true],
		[{}, 'darwin', true],
		[{ TERM: 'unknown' }, 'linux', true],
		[{ TERM: 'dumb', FORCE_COLOR: '3' }, 'linux', true],
		[{}, 'win32', false],
		[{ TERM: 'vt100' }, 'linux', false],
		[{ TERM: 'dumb-emacs-ansi' }, 'linux', false],
		[{ TERM: 'xterm' }, 'linux', false],
		[{ TERM: 'linux' }, 'linux', false],
	])('%j on %s only prints: %j', (env, platform, only) => {
		expect(isDumb({ env, platform })).toBe(only);
	});
});
