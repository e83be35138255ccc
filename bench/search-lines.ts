import { median } from './median.ts';
import { shownBy } from './shown.ts';
import { pause, type Running } from './terminal.ts';

/** What it costs to search the lines that are held. */
export type Searching = {
	/** Milliseconds until the count of all matches is on screen: the median and the longest of the expressions. */
	readonly counted: number;
	readonly slowest: number;
};

/** As people search: a text, a few words, an ID's beginning, a choice, two repetitions. None matches an instant. */
const expressions = [
	'slow answer',
	'could not be held',
	'quays/1?7 dur',
	'trace_id=[0-9a-f]{4}7',
	'page served.*dur=8[0-9]ms',
	'level.{1,9}error.*status.{1,9}503',
] as const;

/** How a program tells how many lines match, and the keys that begin a search and take it back. */
export type Teller = { readonly counts: (count: number) => RegExp; readonly clear: string };

export const ourTeller: Teller = { counts: count => new RegExp(`(?<!\\d)${count}  n N`), clear: '/\x15\r' };
export const lnavTeller: Teller = { counts: count => new RegExp(`(?<!\\d)${count}(?: hits?)? for`), clear: '/\r' };

/** Searches for one expression after the other, from the first line on. */
export async function measureSearches(
	running: Running,
	lines: readonly string[],
	{ counts, clear }: Teller,
): Promise<Searching> {
	const shown = await shownBy(running);
	const took: number[] = [];
	for (const expression of expressions) {
		await begin(running, clear);
		running.press(`${expression}\r`);
		took.push((await shown.sees(counts(countOf(expression, lines)))).took);
	}
	shown.close();
	return { counted: median(took), slowest: Math.max(...took) };
}

/** The first line on show, nothing searched for, and the row open in which an expression is typed. */
async function begin(running: Running, clear: string): Promise<void> {
	for (const keys of [clear, 'g', '/']) {
		running.press(keys);
		await running.settles(150);
	}
}

const presses = 40;
const pressEvery = 20;
/** Every line matches, but only after some ten thousand steps: the search goes on while `n` leads from match to match. */
const slow = '.*.*~|e';

/** The longest wait for a key while lines are searched: `n`, until the number of the next match is on screen. */
export async function longestWait(running: Running, { clear }: Teller): Promise<number> {
	const shown = await shownBy(running);
	await begin(running, clear);
	running.press(`${slow}\r`);
	let number = Number((await shown.sees(/ (\d+) of \d+, \d+ % read/)).match[1]);
	const waits: number[] = [];
	for (let press = 0; press < presses; press++) {
		await pause(pressEvery);
		running.press('n');
		waits.push((await shown.sees(new RegExp(` ${++number} of \\d+`))).took);
	}
	if (shown.finds(/ % read/) === undefined) throw new Error('The search was over before the last key was pressed.');
	shown.close();
	return Math.max(...waits);
}

/** Milliseconds of the same expressions over the same lines in a plain loop. */
export function measureLoops(lines: readonly string[]): Searching {
	const took = expressions.map(expression => {
		const began = performance.now();
		countOf(expression, lines);
		return performance.now() - began;
	});
	return { counted: median(took), slowest: Math.max(...took) };
}

function countOf(expression: string, lines: readonly string[]): number {
	const pattern = new RegExp(expression, 'im');
	return lines.reduce((count, line) => (pattern.test(line) ? count + 1 : count), 0);
}
