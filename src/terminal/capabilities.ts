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
	/** False: it is known to put nothing on a clipboard that it is sent by OSC 52. True says only that it may. */
	readonly clipboard: boolean;
	/** Whether big frames are marked as one (DEC 2026); tmux redraws whole panes for the mark, so never inside it. */
	readonly synchronizedUpdates: boolean;
};

export function capabilitiesOf(surroundings: Surroundings): Capabilities {
	const { env, isTTY } = surroundings;
	const insideTmux = isSet(env.TMUX);
	const isPlain = env.TERM === 'dumb' || env.TERM === 'linux';
	return {
		colorLevel: colorLevelOf(surroundings),
		unicode: hasUnicode(surroundings),
		insideTmux,
		clipboard: isTTY && mayHaveClipboard(env, insideTmux),
		synchronizedUpdates: isTTY && !insideTmux && !isPlain && !/^screen/.test(env.TERM ?? ''),
	};
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

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
	if (!isTTY || env.TERM === 'dumb') return 'none';
	const term = env.TERM ?? '';
	if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || isSet(env.WT_SESSION)) return 'true';
	if (/-direct$|^(?:xterm-kitty|alacritty|foot)/.test(term)) return 'true';
	return /-256color$/.test(term) ? '256' : '16';
}

function forcedLevelOf(force: string | undefined): ColorLevel | undefined {
	if (force === undefined) return undefined;
	if (force === '0' || force === 'false') return 'none';
	if (force === '2') return '256';
	return force === '3' ? 'true' : '16';
}

/** The locale decides, by POSIX's order of precedence. Without any, Linux means ASCII; macOS and Windows mean UTF-8. */
function hasUnicode({ env, platform, flags }: Surroundings): boolean {
	if (flags.ascii || env.TERM === 'dumb' || env.TERM === 'linux') return false;
	const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet);
	if (locale === undefined) return platform === 'darwin' || platform === 'win32';
	return /utf-?8/i.test(locale);
}
