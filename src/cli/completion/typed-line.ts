import { takeWord } from '../../analysis/words.ts';

/** A command line up to the cursor, as a shell reads it. */
export type TypedLine = {
	/** The whole words behind the program's name. */
	readonly before: readonly string[];
	/** What is there of the word in which the cursor stands. */
	readonly part: string;
	/** The same as it is typed, quotes and all. */
	readonly raw: string;
	/** The quote that is open at the cursor, if one is. */
	readonly quote: string;
};

export function parseTypedLine(line: string): TypedLine {
	const before: string[] = [];
	let rest = line.trimStart();
	for (;;) {
		const { text, length, quote } = takeWord(rest);
		if (length === rest.length) return { before: before.slice(1), part: text, raw: rest, quote };
		before.push(text);
		rest = rest.slice(length).trimStart();
	}
}
