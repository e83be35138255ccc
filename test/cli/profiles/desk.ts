import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operator } from '../../../src/cli/profiles/operator.ts';
import { runProfileCommand } from '../../../src/cli/profiles/profile-command.ts';
import { openProfileStore } from '../../../src/cli/profiles/profile-store.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { emptyFolder } from '../folder.ts';

/** Nobody is there to ask, and no editor is to be opened. */
export const nobody: Operator = {
	edit: async () => {
		throw new Error('no editor was expected');
	},
};

/** `smokejumper profile …` on a file of its own. */
export function desk(content?: string, operator: Operator = nobody) {
	const folder = join(emptyFolder(), 'smokejumper');
	const path = join(folder, 'profiles.json');
	if (content !== undefined) {
		mkdirSync(folder);
		writeFileSync(path, content);
	}
	const profile = (...words: readonly string[]) => runProfileCommand(words, openProfileStore(path), operator);
	return { folder, path, profile, file: () => JSON.parse(readFileSync(path, 'utf8')) as unknown };
}

/** The sentence with which a command is refused. */
export const refusalOf = (done: Promise<unknown>): Promise<string> =>
	done.then(
		() => 'it was not refused',
		(error: unknown) => (error instanceof UsageError ? error.message : `not a sentence: ${error}`),
	);
