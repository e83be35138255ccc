import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Guard } from './guards.ts';

/** Has the modules of the program stand there without the guard; a guard that is not found, or twice, is an error. */
export function takenOut({ name, edits }: Pick<Guard, 'name' | 'edits'>, root: string): Plugin {
	return {
		name: `without: ${name}`,
		enforce: 'pre',
		transform(code, id) {
			const own = edits.filter(({ file }) => id.split('?')[0] === join(root, file));
			return own.length === 0 ? undefined : { code: own.reduce(replaced, code), map: null };
		},
	};
}

function replaced(code: string, { file, text, instead }: Guard['edits'][number]): string {
	const [before, after, ...more] = code.split(text);
	if (before === undefined || after === undefined || more.length > 0) {
		throw new Error(`${file} has the guard ${more.length + 2} times, and not once:\n${text}`);
	}
	return before + instead + after;
}
