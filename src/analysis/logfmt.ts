import type { LogField } from '../model/log-entry.ts';
import { lineField } from './line-field.ts';

/**
 * `key=value`, `key="quoted value"` or Rails' `key='quoted value'`; the quote at the end of a cut line may be missing. A mask
 * stands for one value. The blanks behind it belong to it.
 */
const pair =
	/([^\s="']{1,128})=(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|'([^']*)'(?=\s|$)|(\[redacted [^\]]{1,40}\]\S*|\S*))\s*/y;
const flag = /([^\s="']{1,128})(?:\s+|$)/y;

const unquoted = (text: string): string => {
	if (!text.includes('\\')) return text;
	try {
		const value: unknown = JSON.parse(`"${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`);
		return typeof value === 'string' ? value : text;
	} catch {
		return text;
	}
};

/**
 * The pairs of a logfmt line, bare flags included (their value is empty). `undefined` when the line is something else:
 * it must begin with a pair, hold at least two, and nothing that is neither pair nor flag.
 */
export function readLogfmt(line: string, limit: number): readonly LogField[] | undefined {
	if (!/^\s*[A-Za-z_@][\w.@/-]{0,127}=/.test(line)) return undefined;
	const pairs: LogField[] = [];
	let flags = 0;
	let at = line.length - line.trimStart().length;
	while (at < line.length && pairs.length < limit) {
		const found = matchAt(pair, line, at);
		if (found !== null) {
			pairs.push(lineField(found[1] ?? '', found[3] ?? unquoted(found[2] ?? found[4] ?? '')));
			at += found[0].length;
		} else {
			const bare = matchAt(flag, line, at);
			if (bare === null) return undefined;
			pairs.push(lineField(bare[1] ?? '', ''));
			flags++;
			at += bare[0].length;
		}
	}
	const real = pairs.length - flags;
	return real >= 2 && flags <= real ? pairs : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/** Not the parameters of a URL: those stand behind `?` or `&`. */
const pairInText =
	/(?<![\w.?&%-])([A-Za-z_@][\w.@-]{0,63})=(?:"((?:[^"\\]|\\.)*)"|(\[redacted [^\]]{1,40}\]|[^\s,;"'()[\]{}]+))/g;

/** The pairs that stand somewhere in a sentence. */
export function pairsIn(text: string, limit: number): readonly LogField[] {
	if (!text.includes('=')) return [];
	const pairs: LogField[] = [];
	for (const [, name = '', quoted, bare = ''] of text.matchAll(pairInText)) {
		pairs.push(lineField(name, quoted === undefined ? bare : unquoted(quoted)));
		if (pairs.length >= limit) break;
	}
	return pairs;
}
