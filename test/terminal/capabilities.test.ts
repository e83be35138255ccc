import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '../../src/terminal/capabilities.ts';

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
