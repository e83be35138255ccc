import { quoteWord } from '../../analysis/words.ts';
import type { Shell } from './shell-scripts.ts';
import type { TypedLine } from './typed-line.ts';

/** What a shell is told: words that are whole, parts of one that goes on, or that it knows the files itself. */
export type Told = { readonly how: 'words' | 'parts' | 'files'; readonly words: readonly string[] };

/**
 * The answer of `__complete`. zsh and fish quote for themselves. bash puts in as it is what stands for `current`, its own
 * idea of the word at the cursor: it begins behind an open quote, and behind any `:` or `=` (`COMP_WORDBREAKS`).
 */
export function writtenFor(shell: Shell, { how, words }: Told, typed: TypedLine, current = ''): string {
	const written = shell === 'bash' ? words.map(word => bashWord(word, how, typed, current)) : words;
	return [how, ...written, ''].join('\n');
}

function bashWord(word: string, how: Told['how'], { part, raw, quote }: TypedLine, current: string): string {
	if (quote === "'") return word.replaceAll("'", "'\\''");
	if (quote === '"') return word.replaceAll(/["\\$`]/g, '\\$&');
	const isSplit = raw === part && raw.endsWith(current);
	const rest = isSplit ? word.slice(raw.length - current.length) : word;
	if (how === 'words' || quoteWord(rest) === rest) return quoteWord(rest);
	return `'${rest.replaceAll("'", "'\\''")}`;
}
