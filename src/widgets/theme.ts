import type { ProfileColour } from '../model/profile-colour.ts';
import type { Color, ColorLevel, Style } from '../terminal/style.ts';

/** What a colour is for; a screen names a role and never a colour. */
export type Role =
	| 'text'
	| 'dim'
	| 'strong'
	| 'selection'
	| 'selectedBar'
	| 'critical'
	| 'error'
	| 'warning'
	| 'info'
	| 'ok'
	| 'link'
	| 'baseline'
	| 'threshold'
	| 'production'
	| 'match';

export type GlyphName =
	| 'critical'
	| 'warning'
	| 'info'
	| 'error'
	| 'ok'
	| 'selection'
	| 'crumb'
	| 'separator'
	| 'horizontal'
	| 'vertical'
	| 'axis'
	| 'corner'
	| 'up'
	| 'down'
	| 'more'
	| 'less'
	| 'steady'
	| 'ellipsis'
	| 'times'
	| 'exemplar'
	| 'selectedExemplar'
	| 'mark'
	| 'threshold'
	| 'baseline'
	| 'criticalPath'
	| 'bar'
	| 'barStart'
	| 'barEnd'
	| 'blockStart'
	| 'merged'
	| 'event'
	| 'opened'
	| 'closed'
	| 'dash'
	| 'infinity'
	| 'micro';

export type Theme = {
	readonly level: ColorLevel;
	/** False: plain ASCII only. */
	readonly unicode: boolean;
	readonly style: (role: Role) => Style;
	readonly glyph: (name: GlyphName) => string;
	/** Eight heights from the lowest to the full cell; in ASCII some of them repeat. */
	readonly bars: readonly string[];
	/** Eight widths from a sliver at the left of the cell to the full cell; in ASCII all the same. */
	readonly blocks: readonly string[];
	/** One colour for a service's name on every screen and every day; none when there are no colours. */
	readonly serviceStyle: (service: string) => Style;
	/** The word of a profile that has a colour. */
	readonly profileStyle: (colour: ProfileColour) => Style;
};

type Hue = { readonly true: `#${string}`; readonly palette: number; readonly basic: number };

/** Okabe and Ito's hues, told apart by the colour-blind (https://jfly.uni-koeln.de/color/). */
const hues = {
	vermillion: { true: '#D55E00', palette: 202, basic: 1 },
	orange: { true: '#E69F00', palette: 214, basic: 3 },
	green: { true: '#009E73', palette: 36, basic: 2 },
	sky: { true: '#56B4E9', palette: 74, basic: 6 },
	purple: { true: '#CC79A7', palette: 175, basic: 5 },
	blue: { true: '#0072B2', palette: 32, basic: 4 },
	yellow: { true: '#C9B400', palette: 178, basic: 11 },
	grey: { true: '#8A8A8A', palette: 245, basic: 8 },
} satisfies Record<string, Hue>;

const serviceRing: readonly Hue[] = [
	hues.sky,
	hues.orange,
	hues.green,
	hues.purple,
	hues.yellow,
	hues.blue,
	{ true: '#B58D5E', palette: 137, basic: 11 },
	{ true: '#7FB069', palette: 107, basic: 10 },
	{ true: '#9A86D4', palette: 140, basic: 13 },
	{ true: '#5FB3A3', palette: 73, basic: 14 },
];

const glyphs: Record<GlyphName, readonly [unicode: string, ascii: string]> = {
	critical: ['▲', '!'],
	warning: ['●', '*'],
	info: ['·', '.'],
	error: ['✗', 'x'],
	ok: ['✓', 'ok'],
	selection: ['▌', '>'],
	crumb: ['›', '>'],
	separator: ['│', '|'],
	horizontal: ['─', '-'],
	vertical: ['│', '|'],
	axis: ['┤', '+'],
	corner: ['└', '\\'],
	up: ['▲', '^'],
	down: ['▼', 'v'],
	more: ['▲', '+'],
	less: ['▼', '-'],
	steady: ['=', '='],
	ellipsis: ['…', '~'],
	times: ['×', 'x'],
	exemplar: ['◆', 'o'],
	selectedExemplar: ['◈', '@'],
	mark: ['▴', '^'],
	threshold: ['╌', '-'],
	baseline: ['┄', '.'],
	criticalPath: ['█', '='],
	bar: ['━', '-'],
	barStart: ['╺', '|'],
	barEnd: ['╸', '-'],
	blockStart: ['▐', '|'],
	merged: ['╍', '+'],
	event: ['◇', 'o'],
	opened: ['▾', '-'],
	closed: ['▸', '+'],
	dash: ['–', '-'],
	infinity: ['∞', 'inf'],
	micro: ['µ', 'u'],
};

const unicodeBars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const unicodeBlocks = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const asciiBlocks = unicodeBlocks.map(() => '=');
const asciiBars = ['_', '_', '.', '.', '-', '-', '=', '#'];

/** The one table of how things look, at one colour level and with or without Unicode. */
export function createTheme(level: ColorLevel, unicode: boolean): Theme {
	const pick = (hue: Hue): Color | undefined =>
		level === 'none' ? undefined : level === '16' ? hue.basic : level === '256' ? hue.palette : hue.true;
	const inked = (hue: Hue, more: Style = {}): Style => {
		const color = pick(hue);
		return color === undefined ? more : { ...more, color };
	};
	const dim: Style = inked(hues.grey);
	const styles: Record<Role, Style> = {
		text: {},
		dim,
		strong: { bold: true },
		/** One colour for the whole row: what was coloured in it is still told by its glyph or word. */
		selection: { inverse: true, color: 'default', background: 'default', dim: false, underline: false },
		/** In its own colour, where the colour says whose it is. */
		selectedBar: { inverse: true },
		critical: inked(hues.vermillion, { bold: true }),
		error: inked(hues.vermillion),
		warning: inked(hues.orange),
		info: inked(hues.green),
		ok: inked(hues.green),
		link: level === 'none' ? { underline: true } : inked(hues.sky),
		baseline: dim,
		threshold: inked(hues.purple),
		production: profileStyle(level, 'red'),
		match: { bold: true, underline: true },
	};
	return {
		level,
		unicode,
		style: role => styles[role],
		glyph: name => glyphs[name][unicode ? 0 : 1],
		bars: unicode ? unicodeBars : asciiBars,
		blocks: unicode ? unicodeBlocks : asciiBlocks,
		profileStyle: colour => profileStyle(level, colour),
		serviceStyle: service => inked(serviceRing[hashOf(service) % serviceRing.length] as Hue),
	};
}

type Ground = {
	readonly true: `#${string}`;
	readonly palette: number;
	readonly basic: number;
	readonly isLight: boolean;
};

/** Behind black or white letters, at a contrast of 4.5 and more; the hues are those above, darkened where white stands on them. */
const grounds: Readonly<Record<ProfileColour, Ground>> = {
	red: { true: '#B34700', palette: 166, basic: 1, isLight: false },
	yellow: { true: '#C9B400', palette: 178, basic: 3, isLight: true },
	green: { true: '#00704F', palette: 29, basic: 2, isLight: false },
	cyan: { true: '#56B4E9', palette: 74, basic: 6, isLight: true },
	blue: { true: '#005A8E', palette: 24, basic: 4, isLight: false },
	magenta: { true: '#CC79A7', palette: 175, basic: 5, isLight: true },
};

/** Without colours the word is reversed, so that it is seen that it has one. */
function profileStyle(level: ColorLevel, colour: ProfileColour): Style {
	if (level === 'none') return { inverse: true, bold: true };
	const { true: rgb, palette, basic, isLight } = grounds[colour];
	const background = level === '16' ? basic : level === '256' ? palette : rgb;
	const [black, white] = level === '16' ? [0, 15] : [16, 231];
	return { color: isLight ? black : white, background, bold: true };
}

/** FNV-1a: spreads short names evenly, and is the same on every machine. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}
