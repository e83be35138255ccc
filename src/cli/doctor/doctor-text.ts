import { redact } from '../../analysis/redact.ts';
import { asciiText } from '../../terminal/ascii.ts';
import { coloured } from '../../terminal/coloured.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { cutText } from '../../widgets/wrap.ts';
import type { Advice } from './advice.ts';
import { calledOf, severityOf } from './advice.ts';
import type { Examined } from './examined.ts';
import { certificateFacts, type Fact, factsOf } from './facts.ts';
import { insteadWords } from './instead-words.ts';

/** How the text is written: as wide as the terminal, or endless and without styles where it is none. */
export type Writing = { readonly theme: Theme; readonly width: number; readonly isStyled: boolean };

const stateWords = {
	good: { word: 'ok', role: 'ok' },
	warning: { word: 'warn', role: 'warning' },
	bad: { word: 'FAIL', role: 'critical' },
} as const;

const indent = 6;

/**
 * What is told of one backend: one line, which goes on below itself where the terminal is too narrow.
 *
 *     warn  Loki at logs.example:3100: Loki 3.4.6; answers in 12 ms; newest line 2 s old;
 *           certificate good for 9 d; …
 */
export function textOf(examined: Examined, longest: number, writing: Writing): string {
	const { word, role } = stateWords[severityOf(examined, longest)];
	const { failure, instead } = examined.knocked;
	const facts: readonly Fact[] =
		failure === undefined
			? named(calledOf(examined), factsOf(examined))
			: [
					{ text: withoutStop(failure.what) },
					...(instead === undefined ? [] : [{ text: withoutStop(insteadWords(instead, examined.endpoint).what) }]),
					...certificateFacts(examined),
				];
	const head = inRole(word, role, writing) + ' '.repeat(indent - word.length);
	return `${head}${wrapped(facts, indent, writing)}\n`;
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

/** Who it is about stands before the first fact. */
const named = (who: string, [first, ...others]: readonly Fact[]): readonly Fact[] =>
	first === undefined ? [{ text: who }] : [{ ...first, text: `${who}: ${first.text}` }, ...others];

/**
 * What to do, a paragraph each, worst first.
 *
 *     What to do, worst first:
 *       1. Tempo at traces.example refused the connection. Check that …
 */
export function adviceText(advice: readonly Advice[], writing: Writing): string {
	if (advice.length === 0) return 'Nothing to mend.\n';
	const numberWidth = String(advice.length).length;
	const paragraphs = advice.map(({ severity, what, next }, index) => {
		const tone = severity === 'hint' ? {} : { tone: severity };
		const number = `  ${String(index + 1).padStart(numberWidth)}. `;
		return `${number}${wrapped([{ text: what, ...tone, end: ' ' }, { text: next }], number.length, writing)}\n`;
	});
	const title = advice.every(({ severity }) => severity === 'hint') ? 'Would be of help' : 'What to do, worst first';
	return `${title}:\n${paragraphs.join('')}`;
}

type Word = { readonly text: string; readonly tone: Fact['tone'] };

const roles = { bad: 'critical', warning: 'warning' } as const satisfies Record<string, Role>;

/** Facts with semicolons between them, broken between words; every line but the first is indented. */
function wrapped(facts: readonly (Fact & { readonly end?: string })[], left: number, writing: Writing): string {
	const room = Math.max(1, writing.width - left);
	const words = facts.flatMap(({ text, tone, end = ';' }, index): readonly Word[] => {
		const clean = redact(sanitize(text));
		const shown = `${writing.theme.unicode ? clean : asciiText(clean)}${index < facts.length - 1 ? end : ''}`;
		return shown
			.split(betweenWords)
			.flatMap(word => (word === '' ? [] : pieces(word, room)))
			.map(piece => ({ text: piece, tone }));
	});
	const lines = linesOf(words, room).map(line => painted(line, writing));
	return lines.join(`\n${' '.repeat(left)}`);
}

/** A blank, but not the one between a figure and its unit. */
const betweenWords = / (?<!\d (?=(?:µs|us|ms|min|[smhd%])(?!\w)))/;

const pieces = (word: string, room: number): readonly string[] =>
	widthOf(word) <= room ? [word] : cutText(word, room);

function linesOf(words: readonly Word[], room: number): readonly (readonly Word[])[] {
	const lines: Word[][] = [];
	let used = Number.POSITIVE_INFINITY;
	for (const word of words) {
		const width = widthOf(word.text);
		if (used + 1 + width > room) {
			lines.push([]);
			used = -1;
		}
		lines.at(-1)?.push(word);
		used += 1 + width;
	}
	return lines;
}

/** Words of one tone that follow each other are painted together. */
function painted(words: readonly Word[], writing: Writing): string {
	const runs: { readonly tone: Fact['tone']; text: string }[] = [];
	for (const { text, tone } of words) {
		const last = runs.at(-1);
		if (last !== undefined && last.tone === tone) last.text += ` ${text}`;
		else runs.push({ tone, text });
	}
	return runs.map(({ tone, text }) => (tone === undefined ? text : inRole(text, roles[tone], writing))).join(' ');
}

const inRole = (text: string, role: Role, { theme, isStyled }: Writing): string =>
	isStyled ? coloured(text, theme.style(role)) : text;
