/** Where a text ceases to be JSON; both count from one. */
export type JsonFault = { readonly line: number; readonly column: number };

/**
 * The first place at which a text is not JSON (RFC 8259), `undefined` when it is. Node tells the place of some faults
 * only, and quotes what stands round it, which may be a secret.
 */
export function jsonFaultIn(text: string): JsonFault | undefined {
	const at = faultAt(text);
	if (at === undefined) return undefined;
	const before = text.slice(0, at).split(/\r\n|\r|\n/);
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** What stands between the values, and the values that hold no others. */
const token =
	/[\t\n\r ]*(?:([{}[\],:])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))/y;

/** What may stand next: `first` is a value or the end of an empty list, `key` one of an object that has begun. */
type Expected = 'value' | 'first' | 'firstKey' | 'key' | 'colon' | 'more' | 'end';

function faultAt(text: string): number | undefined {
	const open: string[] = [];
	let expected: Expected = 'value';
	let at = 0;
	for (;;) {
		token.lastIndex = at;
		const [whole, sign, quoted] = token.exec(text) ?? [];
		const blank = /[\t\n\r ]*/y;
		blank.lastIndex = at;
		const start = at + (blank.exec(text)?.[0].length ?? 0);
		if (whole === undefined) return expected === 'end' && start === text.length ? undefined : start;
		const next = follow(expected, sign ?? (quoted === undefined ? 'plain' : 'string'), open);
		if (next === undefined) return start;
		expected = next;
		at += whole.length;
	}
}

/** What may follow `kind` where `expected` was; `undefined` when `kind` may not stand there. */
function follow(expected: Expected, kind: string, open: string[]): Expected | undefined {
	const after = (): Expected => (open.length === 0 ? 'end' : 'more');
	if (expected === 'colon') return kind === ':' ? 'value' : undefined;
	if ((expected === 'key' || expected === 'firstKey') && kind === 'string') return 'colon';
	if (expected === 'value' || expected === 'first') {
		if (kind === 'plain' || kind === 'string') return after();
		if (kind === '{' || kind === '[') {
			open.push(kind);
			return kind === '{' ? 'firstKey' : 'first';
		}
	}
	if (expected === 'more' && kind === ',') return open.at(-1) === '{' ? 'key' : 'value';
	const closes = open.at(-1) === '{' ? '}' : ']';
	if (kind !== closes || !['first', 'firstKey', 'more'].includes(expected)) return undefined;
	open.pop();
	return after();
}
