/** What a typed line asks for. */
export type Said =
	| { readonly kind: 'number'; readonly number: number }
	| { readonly kind: 'back' | 'again' | 'all' | 'help' | 'quit' | 'nothing' }
	| { readonly kind: 'address'; readonly line: string };

const words: Readonly<Record<string, Exclude<Said['kind'], 'number' | 'address'>>> = {
	b: 'back',
	back: 'back',
	r: 'again',
	R: 'again',
	a: 'all',
	'?': 'help',
	h: 'help',
	help: 'help',
	q: 'quit',
	quit: 'quit',
	exit: 'quit',
	'': 'nothing',
};

/** Reads a line. What is neither a number nor one of the words is an address; one may be begun with `:` as elsewhere. */
export function parseSaid(line: string): Said {
	const text = line.trim().replace(/^:\s*/, '');
	if (/^\d{1,6}$/.test(text)) return { kind: 'number', number: Number(text) };
	const kind = Object.hasOwn(words, text) ? words[text] : undefined;
	return kind === undefined ? { kind: 'address', line: text } : { kind };
}

/** All that can be typed, as a page of help. */
export const saidHelp: readonly string[] = [
	'A number opens what stands beside it.',
	'b goes back, r asks again, a prints all rows of a long table, q quits.',
	'An address goes there, for instance: service ledger --since 3h',
];
