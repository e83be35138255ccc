/**
 * A line as words, quoted as a shell would: `'…'` literally, `"…"` with backslashes, and one rule of our own: a word
 * that begins with `{` is LogQL or TraceQL and runs to the end of the line or to the next option, quotes and all, so
 * that `:logs {app="ferry"} |= "x" --since 5m` can be typed as it is.
 */
export function splitWords(line: string): { readonly words: readonly string[]; readonly open: boolean } {
	const words: string[] = [];
	let rest = line.trimStart();
	let open = false;
	while (rest !== '') {
		const query = /^\{[\s\S]*?(?=\s--[a-z]+(?:[\s=]|$)|$)/.exec(rest);
		if (query) {
			words.push(query[0].trimEnd());
			rest = rest.slice(query[0].length).trimStart();
			continue;
		}
		const word = takeWord(rest);
		words.push(word.text);
		open = word.quote !== '';
		rest = rest.slice(word.length).trimStart();
	}
	return { words, open };
}

/** The first word of a text as a POSIX shell reads it: so much of the text, and the quote that is not closed in it. */
export function takeWord(text: string): { readonly text: string; readonly length: number; readonly quote: string } {
	let word = '';
	let quote = '';
	let index = 0;
	for (; index < text.length; index++) {
		const character = text.charAt(index);
		if (quote !== '') {
			if (character === quote) quote = '';
			else if (character === '\\' && quote === '"' && index + 1 < text.length) word += text.charAt(++index);
			else word += character;
		} else if (character === "'" || character === '"') quote = character;
		else if (character === '\\' && index + 1 < text.length) word += text.charAt(++index);
		else if (/\s/.test(character)) break;
		else word += character;
	}
	return { text: word, length: index, quote };
}

/** The word as a POSIX shell, and `splitWords`, would read it back. */
export const quoteWord = (word: string): string =>
	/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
