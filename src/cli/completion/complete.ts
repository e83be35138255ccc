import { expectedAfter } from '../../analysis/complete.ts';
import { labelAt, logqlCandidates } from '../../analysis/logql-syntax.ts';
import { type Expected, expectedWord } from './expected.ts';
import type { Wanted } from './names.ts';
import type { Shell } from './shell-scripts.ts';
import { parseTypedLine, type TypedLine } from './typed-line.ts';
import { type Told, writtenFor } from './written.ts';

/** Where names come from; each of them answers with none where there are none in time. */
export type NameSources = {
	/** Of a server: of the one that the words before the cursor name, or else the profile. */
	readonly lookUp: (wanted: Wanted, before: readonly string[]) => Promise<readonly string[]>;
	/** Of the saved profiles. */
	readonly profiles: () => readonly string[];
	/** What could stand behind these words of `smokejumper profile`. */
	readonly profileWords: (before: readonly string[]) => Promise<ProfileWords>;
};

export type ProfileWords = { readonly words: readonly string[]; readonly options: readonly string[] };

/** What `__complete` answers a shell about its line up to the cursor; `current` is bash's own idea of the word there. */
export async function completionFor(
	shell: Shell,
	{ line, current }: { readonly line: string; readonly current?: string },
	sources: NameSources,
): Promise<string> {
	const typed = parseTypedLine(line);
	return writtenFor(shell, await toldAt(typed, sources), typed, current);
}

async function toldAt({ before, part: whole }: TypedLine, sources: NameSources): Promise<Told> {
	const expected = expectedWord(before, whole);
	const { names, fixed = '' } = expected;
	if (names === 'file') return { how: 'files', words: [] };
	const part = whole.slice(fixed.length);
	const isQuery = names === 'logql' && part !== '';
	const words = isQuery ? await queryParts(part, before, sources) : await wordsAt(expected, { before, part }, sources);
	// A shell reads a word in each line, and prints them as they are: a file of profiles may be somebody else's.
	const isWord = (word: string) => word.startsWith(part) && word !== part && !/\p{C}/u.test(word);
	const fitting = words.filter(isWord).map(word => `${fixed}${word}`);
	return { how: isQuery ? 'parts' : 'words', words: [...new Set(fitting)] };
}

type Cursor = Pick<TypedLine, 'before' | 'part'>;

async function wordsAt({ words, names, profileWords }: Expected, cursor: Cursor, sources: NameSources) {
	const { before, part } = cursor;
	if (profileWords !== undefined) {
		const { words: some, options } = await sources.profileWords(profileWords);
		return part.startsWith('-') ? options : some;
	}
	switch (names) {
		case 'profile':
			return [...sources.profiles(), ...words];
		case 'service':
		case 'alert':
			return [...words, ...(await sources.lookUp({ kind: names }, before))];
		// Nobody has begun to write a query: the options are the shorter way.
		case 'logql':
			return expectedAfter(['logs'], '-').words;
		default:
			return words;
	}
}

/** The query with one more piece, in every way that it could go on. */
async function queryParts(part: string, before: readonly string[], sources: NameSources): Promise<readonly string[]> {
	const query = { text: part, cursor: part.length };
	const label = labelAt(query);
	const inSelector = part.lastIndexOf('{') > part.lastIndexOf('}');
	const values = label === undefined ? [] : await sources.lookUp({ kind: 'values', label }, before);
	const labels = label === undefined && inSelector ? await sources.lookUp({ kind: 'labels' }, before) : [];
	const known = { labels, valuesOf: () => values, fields: [], fieldValuesOf: () => [] };
	const candidates = logqlCandidates(query, known);
	if (candidates === undefined) return [];
	const { from, words, after = '' } = candidates;
	return words.map(word => `${part.slice(0, from)}${word}${after}`);
}
