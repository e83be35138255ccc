import { median } from './median.ts';
import type { Running } from './terminal.ts';

/** How long nothing may be written before the answer to a key counts as whole. */
const quiet = 60;

/** Median bytes of the answers to these keys, pressed one after the other. */
export async function bytesPerKey(program: Running, keys: readonly string[]): Promise<number> {
	const answers: number[] = [];
	for (const key of keys) {
		const before = program.bytes();
		program.press(key);
		await program.settles(quiet);
		answers.push(program.bytes() - before);
	}
	return median(answers);
}

export const pageDown = '\x1b[6~';
export const pageUp = '\x1b[5~';

export const times = (count: number, ...keys: readonly string[]): readonly string[] =>
	Array.from({ length: count }, () => keys).flat();
