import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path as a shell would read it: `~/` at its beginning is the home of the user. */
export const expandHome = (path: string, env: NodeJS.ProcessEnv): string =>
	path.startsWith('~/') ? join(env.HOME || homedir(), path.slice(2)) : path;
