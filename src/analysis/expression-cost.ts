/** The repetitions of a regular expression, as far as they tell what it may cost. */
export type Repetitions = {
	/** What is repeated varies itself, `(a+)+` or `(a|b)*`: on some texts the work doubles with every character. */
	readonly nested: boolean;
	/** Repetitions without a small end. */
	readonly count: number;
};

/** A repetition that ends at so many times or before is as good as written out. */
const fewTimes = 9;

const pieces = /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)|\||[*+?]|\{\d+(?:,\d*)?\}/gs;

/** Reads the expression piece by piece, without its grammar: what is no expression at all has repetitions as well. */
export function repetitionsIn(source: string): Repetitions {
	const open: boolean[] = [];
	let [varies, count, nested] = [false, 0, false];
	let closed: boolean | undefined;
	for (const [piece] of source.matchAll(pieces)) {
		const group = closed;
		closed = undefined;
		if (piece.startsWith('(')) {
			open.push(varies);
			varies = false;
		} else if (piece === ')') {
			closed = varies;
			varies = (open.pop() ?? false) || varies;
		} else if (piece === '|') varies = true;
		else if (/^[*+?{]/.test(piece)) {
			const times = mostTimes(piece);
			if (times > fewTimes) {
				count++;
				nested ||= group === true;
			} else if (times > 1 && group === true) count += times;
			varies = true;
		}
	}
	return { nested, count };
}

function mostTimes(quantifier: string): number {
	if (quantifier === '?') return 1;
	const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(quantifier) ?? [];
	if (least === undefined || (comma === ',' && most === '')) return Number.POSITIVE_INFINITY;
	return Number(most === '' ? least : most);
}
