import { answer } from '../model/answer.ts';
import type { LogEntry } from '../model/log-entry.ts';
import type { World } from './board.ts';
import { askPage, firstStep, type Pages, type PagesOfQuery, pagesFrom, readPage, type Step } from './log-pages.ts';
import type { Asking, LogRange } from './ports.ts';

/** Lines of the first page, which shall be there soon. */
const firstLimit = 1000;
/** Parts that are read ahead of the one whose turn it is. */
const partsAhead = 2;
/** How much of a page a part shall fill: lines do not come evenly. */
const filling = 0.9;
/** A part is at most so many times shorter or longer than the one before. */
const mostChange = 8;

/**
 * Reads the lines of a query, some of them before their turn. Loki has no cursor: where a page begins is known only when
 * the one before has come. So what the first page leaves is divided by how closely its lines follow each other, and each part
 * is read by itself:
 *
 *     backward   |  …  |     part 2     |     part 1     | first page |
 */
export async function* partsAheadOf(query: PagesOfQuery, sources: World['sources'], asking: Asking): Pages {
	const given = new AbortController();
	const within = { ...asking, signal: AbortSignal.any([asking.signal, given.signal]) };
	try {
		const begin = firstStep(query.range, firstLimit);
		const asked = askPage(begin, query.wanted(), query, sources, within);
		if (asked === undefined) return;
		const { value: page, notes } = await asked.page;
		const { fresh, next } = readPage(page, asked.limit, begin, query);
		const parts = next && createParts(query, next, spacingOf(page.entries), sources, within);
		parts?.begin(query.wanted() - fresh.length);
		if (fresh.length > 0 || notes.length > 0) yield answer(fresh, notes);
		if (parts !== undefined) yield* parts.inTurn();
	} finally {
		given.abort();
	}
}

/** Nanoseconds from one line to the next, in the mean; oldest first. */
const spacingOf = (entries: readonly LogEntry[]): number =>
	Number((entries.at(-1)?.at ?? 0n) - (entries[0]?.at ?? 0n)) / Math.max(1, entries.length);

type Part = {
	/** Lines that are likely in it. */
	readonly likely: number;
	readonly pages: Pages;
	/** Asked for when the part was begun. */
	readonly first: ReturnType<Pages['next']>;
	/** Until it has come, only what those before it are likely to leave is asked for. */
	readonly turn: { hasCome: boolean };
};

function createParts(query: PagesOfQuery, step: Step, spacing: number, sources: World['sources'], asking: Asking) {
	const { wanted, direction } = query;
	const likely = Math.max(1, Math.floor(step.size * filling));
	const ahead: Part[] = [];
	let length = spacing * likely;
	let left: Step | undefined = step;

	/** Takes the next part from what is left, and asks for its first page: of so many lines until its turn has come. */
	function beginOne(from: Step, lines: number): void {
		// Who wants fewer lines than are likely in a part has them in one question, however far back they are.
		const range = lines < likely ? from.rest : nearEnd(from.rest, length, direction);
		const rest =
			direction === 'backward' ? { from: from.rest.from, to: range.from } : { from: range.to, to: from.rest.to };
		left = rest.from < rest.to ? firstStep(rest, from.size) : undefined;
		const turn = { hasCome: false };
		const own = { ...query, range, wanted: () => (turn.hasCome ? wanted() : lines) };
		const pages = pagesFrom({ ...from, rest: range }, own, sources, asking);
		const first = pages.next();
		// It is heard when its turn comes, and then its failure is.
		first.catch(() => {});
		ahead.push({ likely, pages, first, turn });
	}

	/** Begins parts while more lines are wanted than those before them are likely to bring. */
	function begin(lines: number, current = 0): void {
		let before = current + ahead.reduce((sum, part) => sum + part.likely, 0);
		while (left !== undefined && before < lines && ahead.length <= partsAhead) {
			beginOne(left, lines - before);
			before += likely;
		}
	}

	async function* inTurn(): Pages {
		for (begin(wanted()); ahead.length > 0; begin(wanted())) {
			const part = ahead.shift();
			if (part === undefined) return;
			part.turn.hasCome = true;
			let read = 0;
			for (let next = await part.first; next.done !== true; next = await part.pages.next()) {
				read += next.value.value.length;
				begin(wanted() - next.value.value.length, Math.max(0, likely - read));
				yield next.value;
			}
			length *= Math.min(mostChange, Math.max(1 / mostChange, likely / Math.max(1, read)));
		}
	}
	return { begin, inTurn };
}

/** The end of a range at which the reading begins, so many nanoseconds long; all of it where that is no length. */
function nearEnd({ from, to }: LogRange, length: number, direction: PagesOfQuery['direction']): LogRange {
	const cut = BigInt(Math.ceil(length));
	if (cut <= 0n || cut >= to - from) return { from, to };
	return direction === 'backward' ? { from: to - cut, to } : { from, to: from + cut };
}
