/**
 * A regular expression in Go's syntax (RE2) as JavaScript's. What RE2 does not have is refused, as the servers do:
 * look-around and back references. What JavaScript cannot say is refused too: flags in the middle of a pattern.
 * Throws an `Error` with the words of Go's `regexp` package.
 */
export function goRegExp(pattern: string, anchoring: 'anchored' | 'anywhere'): RegExp {
	const unsupported = /\(\?(?:[=!]|<[=!])/.exec(pattern)?.[0];
	if (unsupported !== undefined) throw parseError(`invalid or unsupported Perl syntax: \`${unsupported}\``);
	const backReference = /(?<!\\)(?:\\\\)*(\\[1-9])/.exec(pattern)?.[1];
	if (backReference !== undefined) throw parseError(`invalid escape sequence: \`${backReference}\``);
	const flags = /^\(\?([ims]+)\)/.exec(pattern);
	const body = pattern
		.slice(flags?.[0].length ?? 0)
		.replace(/\(\?P</g, '(?<')
		.replace(/\[:(\w+):\]/g, (whole, name: string) => posixClasses[name] ?? whole)
		.replace(/\\Q(.*?)(?:\\E|$)/gs, (_, literal: string) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
		.replace(/\\([Az])/g, (_, letter: string) => (letter === 'A' ? '^' : '$'));
	try {
		return new RegExp(anchoring === 'anchored' ? `^(?:${body})$` : body, flags?.[1] ?? '');
	} catch {
		throw parseError(`${complaintOf(pattern)}: \`${pattern}\``);
	}
}

const parseError = (words: string): Error => new Error(`error parsing regexp: ${words}`);

const complaintOf = (pattern: string): string => {
	const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
	const open = bare.split('(').length - bare.split(')').length;
	if (open > 0) return 'missing closing )';
	if (open < 0) return 'unexpected )';
	if (bare.includes('[')) return 'missing closing ]';
	if (/^[*+?]|[(|][*+?]/.test(bare)) return 'missing argument to repetition operator';
	return 'invalid or unsupported Perl syntax';
};

const posixClasses: Readonly<Record<string, string>> = {
	alnum: '0-9A-Za-z',
	alpha: 'A-Za-z',
	digit: '0-9',
	lower: 'a-z',
	upper: 'A-Z',
	space: '\\s',
	word: '\\w',
	xdigit: '0-9A-Fa-f',
	punct: '!-\\/:-@\\[-`{-~',
};
