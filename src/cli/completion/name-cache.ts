import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import * as z from 'zod/mini';
import { day, type Milliseconds, minute } from '../../model/time.ts';
import type { Home } from '../profiles/profiles-path.ts';
import { replaceFile } from '../profiles/replace-file.ts';

/** Names that were looked up before, by what they are of. */
export type NameCache = {
	/** `isFresh`: there is no need to ask again. */
	readonly get: (key: string) => { readonly names: readonly string[]; readonly isFresh: boolean } | undefined;
	readonly put: (key: string, names: readonly string[]) => void;
};

/** In the folder for what may be removed at any time (XDG Base Directory Specification). */
export const cachePath = ({ env, home }: Pick<Home, 'env' | 'home'>): string =>
	posix.join(env.XDG_CACHE_HOME || posix.join(home, '.cache'), 'smokejumper', 'completion.json');

const schema = z.record(z.string(), z.object({ at: z.number(), names: z.array(z.string()) }));
type Kept = z.infer<typeof schema>;

const freshFor = 5 * minute;
const keptFor = day;
const mostKept = 40;

/**
 * The cache in a file that nobody else may read. Keys are kept as digests: a URL may hold a password. It fails in silence:
 * whoever cannot keep names looks them up again.
 */
export function openNameCache(path: string, now: Milliseconds): NameCache {
	const kept = keptIn(path);
	return {
		get: key => {
			const entry = kept[digestOf(key)];
			const age = entry === undefined ? keptFor : now - entry.at;
			return entry === undefined || age < 0 || age >= keptFor
				? undefined
				: { names: entry.names, isFresh: age < freshFor };
		},
		put: (key, names) => {
			const others = Object.entries(kept).filter(([digest]) => digest !== digestOf(key));
			const newest = others.sort(([, one], [, other]) => other.at - one.at).slice(0, mostKept - 1);
			write(path, { ...Object.fromEntries(newest), [digestOf(key)]: { at: now, names: [...names] } });
		},
	};
}

function keptIn(path: string): Kept {
	try {
		const checked = z.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
		return checked.success ? checked.data : {};
	} catch {
		return {};
	}
}

function write(path: string, kept: Kept): void {
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		replaceFile(path, JSON.stringify(kept));
	} catch {
		// The next tab looks them up again.
	}
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64url');
