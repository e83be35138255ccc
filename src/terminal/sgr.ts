import { attributes, colorOf, type Pen, packColor, penOf, plainPen } from './pen.ts';
import type { Color, Style } from './style.ts';

/**
 * Select Graphic Rendition (ECMA-48 §8.3.117, with the 256 and 24 bit colours of ITU T.416): the parameters between
 * `ESC [` and `m`, written and read.
 */
const { bold, dim, italic, underline, inverse } = attributes;

/** Attributes that one parameter takes away; 22 takes two, so that the other must be set again. */
const groups = [
	{
		off: '22',
		on: [
			[bold, '1'],
			[dim, '2'],
		],
	},
	{ off: '23', on: [[italic, '3']] },
	{ off: '24', on: [[underline, '4']] },
	{ off: '27', on: [[inverse, '7']] },
] as const;

/** The parameters that make a style out of the terminal's default: `1;38;5;202`; empty for the default. */
export const sgrOf = (style: Style): string => sgrSteps(plainPen, penOf(style)).join(';');

/** The parameters that lead from one pen to another, one step each. */
export function sgrSteps(from: Pen, to: Pen): readonly string[] {
	const steps: string[] = [];
	for (const { off, on } of groups) {
		const lost = on.some(([bit]) => (from.ink & ~to.ink & bit) !== 0);
		if (lost) steps.push(off);
		for (const [bit, parameter] of on) {
			if ((to.ink & bit) !== 0 && (lost || (from.ink & bit) === 0)) steps.push(parameter);
		}
	}
	const color = colorOf(to.ink);
	if (color !== colorOf(from.ink)) steps.push(colorParameters(color, 30));
	if (to.ground !== from.ground) steps.push(colorParameters(colorOf(to.ground), 40));
	return steps;
}

/** The shortest sequence from one pen to another, by single steps or by starting from the default; empty when equal. */
export function sgrChange(from: Pen, to: Pen): string {
	if (from.ink === to.ink && from.ground === to.ground) return '';
	const stepwise = sgrSteps(from, to).join(';');
	const fresh = sgrSteps(plainPen, to).join(';');
	const anew = fresh === '' ? '' : `0;${fresh}`;
	return `\x1b[${anew.length < stepwise.length ? anew : stepwise}m`;
}

function colorParameters(color: Color | undefined, base: 30 | 40): string {
	if (color === undefined) return String(base + 9);
	if (typeof color === 'string') {
		const value = Number.parseInt(color.slice(1), 16);
		return `${base + 8};2;${value >> 16};${(value >> 8) & 0xff};${value & 0xff}`;
	}
	if (color < 8) return String(base + color);
	return color < 16 ? String(base + 60 + color - 8) : `${base + 8};5;${color}`;
}

/** A stretch of text in one pen. */
export type Run = { readonly text: string; readonly pen: Pen };

const sequence = /\x1b\[([\d;:]*)m/g;

/** Text with SGR sequences as runs, from left to right. Other sequences stay in the text for the sanitiser. */
export function runsOf(text: string): readonly Run[] {
	if (!text.includes('\x1b')) return [{ text, pen: plainPen }];
	const runs: Run[] = [];
	let pen = plainPen;
	let from = 0;
	for (const match of text.matchAll(sequence)) {
		if (match.index > from) runs.push({ text: text.slice(from, match.index), pen });
		pen = penAfter(pen, match[1] ?? '');
		from = match.index + match[0].length;
	}
	if (from < text.length) runs.push({ text: text.slice(from), pen });
	return runs;
}

/** The pen after a sequence with these parameters; unknown ones change nothing. */
export function penAfter(pen: Pen, parameters: string): Pen {
	const codes = parameters.split(/[;:]/).map(Number);
	let { ink, ground } = pen;
	for (let index = 0; index < codes.length; index++) {
		const code = codes[index] ?? 0;
		if (code === 0) {
			ink = 0;
			ground = 0;
		} else if (code === 38 || code === 48) {
			const [color, taken] = extendedColor(codes.slice(index + 1));
			if (code === 38) ink = inkWith(ink, color);
			else ground = color;
			index += taken;
		} else if (code >= 40 && code <= 49) ground = code === 49 ? 0 : packColor(code - 40);
		else if (code >= 100 && code <= 107) ground = packColor(code - 92);
		else ink = inkAfter(ink, code);
	}
	return { ink, ground };
}

const inkWith = (ink: number, color: number): number => (ink & (bold | dim | italic | underline | inverse)) | color;

function inkAfter(ink: number, code: number): number {
	if (code >= 30 && code <= 37) return inkWith(ink, packColor(code - 30));
	if (code >= 90 && code <= 97) return inkWith(ink, packColor(code - 82));
	if (code === 39) return inkWith(ink, 0);
	const parameter = String(code);
	for (const { off, on } of groups) {
		if (off === parameter) return on.reduce((left, [bit]) => left & ~bit, ink);
		for (const [bit, set] of on) if (set === parameter) return ink | bit;
	}
	return ink;
}

/** What follows a 38 or 48: the packed colour and how many parameters it took. */
function extendedColor([kind, ...values]: readonly number[]): readonly [color: number, taken: number] {
	if (kind === 5) return [packColor(values[0]), 2];
	if (kind !== 2) return [0, 1];
	const [red = 0, green = 0, blue = 0] = values;
	const channels = [red, green, blue].map(value => Math.min(255, value).toString(16).padStart(2, '0'));
	return [packColor(`#${channels.join('')}`), 4];
}
