import type { Labels } from '../../model/labels.ts';

/** What a parser stage found in a line: label names as LogQL can spell them, in the order of the line. */
export type Extract = { readonly found: Labels } | { readonly error: string; readonly details: string };

/** `| json`: nested objects joined with `_`, arrays and nulls left out; or only what `only` asks for. */
export function extractJson(line: string, only?: Labels): Extract {
	try {
		const value: unknown = JSON.parse(line);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			if (only !== undefined) return { found: chosen(only, path => textAt(value, path)) };
			const found: Record<string, string> = {};
			flatten(value, '', found);
			return { found };
		}
	} catch {
		// Told below, as for JSON that is no object.
	}
	return { error: 'JSONParserErr', details: "Value looks like object, but can't find closing '}' symbol" };
}

function flatten(value: object, prefix: string, found: Record<string, string>): void {
	for (const [key, inner] of Object.entries(value)) {
		const name = prefix === '' ? labelName(key) : `${prefix}_${labelName(key)}`;
		if (Array.isArray(inner) || inner === null) continue;
		if (typeof inner === 'object') flatten(inner, name, found);
		else if (inner !== '') found[name] ??= String(inner);
	}
}

/** What an expression does not find is there all the same, and empty. */
const chosen = (only: Labels, read: (path: string) => string): Labels =>
	Object.fromEntries(Object.entries(only).map(([label, path]) => [label, read(path)]));

/** `req.id`, `["x-id"]`, `spans[0].id` */
function textAt(value: object, path: string): string {
	let at: unknown = value;
	for (const [, name, quoted, index] of path.matchAll(/([A-Za-z_]\w*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/g)) {
		const key = name ?? index ?? unquoted(quoted ?? '');
		at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
	}
	return at === undefined || at === null ? '' : typeof at === 'object' ? JSON.stringify(at) : String(at);
}

/**
 * `| logfmt`: what is no pair is skipped, as without `--strict`; keys without a value are left out; or only what `only` asks
 * for.
 */
export function extractLogfmt(line: string, only?: Labels): Extract {
	const read = new Map<string, string>();
	for (const [, key, quoted, bare] of line.matchAll(pair)) {
		const value = quoted === undefined ? (bare ?? '') : unquoted(quoted);
		if (key !== undefined && value !== '' && !read.has(key)) read.set(key, value);
	}
	if (only !== undefined) return { found: chosen(only, key => read.get(key) ?? '') };
	const found: Record<string, string> = {};
	for (const [key, value] of read) found[labelName(key)] ??= value;
	return { found };
}

const pair = /(?<=^|\s)([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/gs;

const unquoted = (text: string): string => {
	try {
		return String(JSON.parse(`"${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`));
	} catch {
		return text;
	}
};

/** Characters that a label name cannot have become `_`; a leading digit is kept behind one. */
const labelName = (key: string): string => key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
