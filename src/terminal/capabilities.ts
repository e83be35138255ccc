import type { Between } from './link.ts';
import type { ColorLevel } from './style.ts';

export type Surroundings = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	readonly isTTY: boolean;
	readonly flags: { readonly noColor: boolean; readonly ascii: boolean };
};

/** What may be written to this terminal, as far as its surroundings tell. Nothing is asked of the terminal itself. */
export type Capabilities = {
	readonly colorLevel: ColorLevel;
	/** False: ASCII only. */
	readonly unicode: boolean;
	readonly insideTmux: boolean;
	/** What answers in the terminal's place, as far as the surroundings tell. */
	readonly between?: Between;
	/** False: it is known to put nothing on a clipboard that it is sent by OSC 52. True says only that it may. */
	readonly clipboard: boolean;
	/** Whether big frames are marked as one (DEC 2026); tmux redraws whole panes for the mark, so never inside it. */
	readonly synchronizedUpdates: boolean;
};

export function capabilitiesOf(surroundings: Surroundings): Capabilities {
	const { env, isTTY } = surroundings;
	const between = betweenIn(env);
	const insideTmux = between === 'tmux';
	return {
		colorLevel: colorLevelOf(surroundings),
		unicode: hasUnicode(surroundings),
		insideTmux,
		...(between === undefined ? {} : { between }),
		clipboard: isTTY && mayHaveClipboard(env, insideTmux),
		synchronizedUpdates: isTTY && between === undefined && !/^(?:screen|dumb$|linux|vt\d)/.test(env.TERM ?? ''),
	};
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * Programs that only print: Emacs' shell, a serial console nobody has named, a job without a terminal description. On
 * Windows no terminal sets TERM.
 */
export const isDumb = ({ env, platform }: Pick<Surroundings, 'env' | 'platform'>): boolean =>
	platform !== 'win32' && !isSet(env.WT_SESSION) && /^(?:|dumb|unknown)$/.test(env.TERM ?? '');

/**
 * tmux says so, and so does GNU screen (`STY`), unless tmux was started within it. mosh-server says nothing of itself but
 * that ncurses shall draw lines in UTF-8 (`mosh-server.cc`), and takes `STY` away.
 */
function betweenIn(env: Surroundings['env']): Between | undefined {
	if (isSet(env.TMUX)) return 'tmux';
	if (isSet(env.STY)) return 'screen';
	return env.NCURSES_NO_UTF8_ACS === '1' && isSet(env.SSH_CONNECTION) ? 'mosh' : undefined;
}

/**
 * The consoles of kernels and old terminals have no clipboard, GNU screen (`STY`) swallows the sequence, and Terminal.app
 * does not know it.
 */
const mayHaveClipboard = (env: Surroundings['env'], insideTmux: boolean): boolean =>
	insideTmux ||
	(!isSet(env.STY) &&
		env.TERM_PROGRAM !== 'Apple_Terminal' &&
		!/^(?:dumb|linux|cons25|wsvt25|vt\d+)$/.test(env.TERM ?? ''));

/** `--no-color`, then NO_COLOR (https://no-color.org), then FORCE_COLOR (0–3), then what the terminal says it is. */
function colorLevelOf({ env, isTTY, flags }: Surroundings): ColorLevel {
	if (flags.noColor || isSet(env.NO_COLOR)) return 'none';
	const forced = forcedLevelOf(env.FORCE_COLOR);
	if (forced !== undefined) return forced;
	const term = env.TERM ?? '';
	if (!isTTY || !hasColors(term)) return 'none';
	// The console of Linux takes 24 bits and shows the nearest of its 16 colours, which may be the background's.
	if (/^(?:linux|cons25|wsvt25)/.test(term)) return '16';
	if (hasTrueColor(env, term)) return 'true';
	return /-256color|^fbterm/.test(term) ? '256' : '16';
}

/** Real VTs, and entries of terminfo that say so (`xterm-mono`, `vt220-m`), have none. */
const hasColors = (term: string): boolean => !/^(?:dumb|unknown|vt\d+.*|.*-m(?:ono)?)$/.test(term);

/**
 * GNU screen inherits COLORTERM from a terminal that knows more than it: before version 5, and in 5 unless told otherwise,
 * it takes 24-bit colours for other attributes. Within tmux the variable may be trusted: tmux finds the nearest colour.
 */
function hasTrueColor(env: Surroundings['env'], term: string): boolean {
	const isScreen = !isSet(env.TMUX) && (isSet(env.STY) || (/^screen/.test(term) && env.TERM_PROGRAM !== 'tmux'));
	if (isScreen) return false;
	if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || isSet(env.WT_SESSION)) return true;
	return /-direct\d*$|^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)/.test(term);
}

function forcedLevelOf(force: string | undefined): ColorLevel | undefined {
	if (force === undefined) return undefined;
	if (force === '0' || force === 'false') return 'none';
	if (force === '2') return '256';
	return force === '3' ? 'true' : '16';
}

/**
 * The console of Linux has a font of 256 or 512 glyphs: box drawing, full and half blocks, but neither braille nor eighths
 * of blocks nor most of our marks; so it is ASCII there, as on what is called a VT. Elsewhere the locale decides, by
 * POSIX's order of precedence. Without any, Linux means ASCII; macOS and Windows mean UTF-8.
 */
function hasUnicode({ env, platform, flags }: Surroundings): boolean {
	if (flags.ascii || /^(?:dumb$|unknown$|linux|cons25|vt\d)/.test(env.TERM ?? '')) return false;
	const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet);
	if (locale === undefined) return platform === 'darwin' || platform === 'win32';
	return /utf-?8/i.test(locale);
}
