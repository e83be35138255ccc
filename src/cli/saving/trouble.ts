import { dirname } from 'node:path';

/** Why a file could not be written, in a sentence. */
export function saveTrouble(error: unknown, path: string): string {
	const code = codeOf(error);
	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return `There is no directory ${dirname(path)}. Type another name.`;
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return `Nothing may be written in ${dirname(path)}. Type another name.`;
		case 'ENOSPC':
		case 'EDQUOT':
			return `There is no room left in ${dirname(path)}: nothing was saved. Save fewer lines, or elsewhere.`;
		case 'ENAMETOOLONG':
			return 'The name is too long. Type a shorter one.';
		default:
			return `${path} was not written: ${code}. Type another name.`;
	}
}

const codeOf = (error: unknown): string =>
	error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
