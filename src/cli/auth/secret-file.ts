import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NoSecretError } from './no-secret-error.ts';

/** In bytes; what is longer is no secret. */
export const longestSecret = 65_536;

/** The text of the file; `~/` at the beginning of its path is the home of the user. Pipes and terminals are not waited for. */
export async function readSecretFile(path: string, env: NodeJS.ProcessEnv): Promise<string> {
	const place = path.startsWith('~/') ? join(env.HOME ?? homedir(), path.slice(2)) : path;
	const unreadable = (error: NodeJS.ErrnoException): never => {
		throw new NoSecretError(`the file ${path} cannot be read (${error.code ?? 'unknown error'})`);
	};
	const status = await stat(place).catch(unreadable);
	if (!status.isFile()) throw new NoSecretError(`${path} is no file`);
	if (status.size > longestSecret) throw new NoSecretError(`the file ${path} is too long for a secret`);
	return readFile(place, 'utf8').catch(unreadable);
}
