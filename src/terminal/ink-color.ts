import type { Color } from './style.ts';

/** The sixteen colours by the names that Ink's `Box` takes. */
const names: readonly string[] = [
	'black',
	'red',
	'green',
	'yellow',
	'blue',
	'magenta',
	'cyan',
	'white',
	'blackBright',
	'redBright',
	'greenBright',
	'yellowBright',
	'blueBright',
	'magentaBright',
	'cyanBright',
	'whiteBright',
];

const isHex = (text: string): text is `#${string}` => /^#[0-9a-f]{6}$/i.test(text);

/** A colour as Ink's components spell it (`red`, `gray`, `#d55e00`, `ansi256(202)`, `rgb(1, 2, 3)`). */
export function parseInkColor(text: string | undefined): Color | undefined {
	if (text === undefined) return undefined;
	if (isHex(text)) return text;
	if (text === 'gray' || text === 'grey') return 8;
	const named = names.indexOf(text);
	if (named >= 0) return named;
	const palette = /^ansi256\(\s?(\d+)\s?\)$/.exec(text);
	if (palette !== null) return Number(palette[1]);
	const channels = /^rgb\(\s?(\d+),\s?(\d+),\s?(\d+)\s?\)$/.exec(text);
	if (channels === null) return undefined;
	const digits = channels.slice(1).map(channel => Math.min(255, Number(channel)).toString(16).padStart(2, '0'));
	return `#${digits.join('')}`;
}
