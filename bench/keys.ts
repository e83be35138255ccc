import { median } from './median.ts';
import type { Running } from './terminal.ts';

export type KeyCost = { readonly bytes: number; readonly took: number };

/** Median bytes and milliseconds of the answers to these keys, pressed one after the other. */
export async function costPerKey(program: Running, keys: readonly string[]): Promise<KeyCost> {
	const answers: KeyCost[] = [];
	for (const key of keys) answers.push(await program.answers(key));
	return { bytes: median(answers.map(({ bytes }) => bytes)), took: median(answers.map(({ took }) => took)) };
}

/** Median bytes of the answers to these keys. */
export const bytesPerKey = async (program: Running, keys: readonly string[]): Promise<number> =>
	(await costPerKey(program, keys)).bytes;

export const pageDown = '\x1b[6~';
export const pageUp = '\x1b[5~';

export const times = (count: number, ...keys: readonly string[]): readonly string[] =>
	Array.from({ length: count }, () => keys).flat();
