import { lineSearchOf } from '../analysis/line-search.ts';
import { createLineSearcher, type LineSearcher } from '../analysis/log-matches.ts';
import { answer } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Milliseconds } from '../model/time.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';

/** The lines that are held, searched for a text or an expression from a line on. */
export type SearchAside = Aside & { readonly kind: 'search'; readonly text: string; readonly from: number };

/** Between two slices keys are heard. A slice ends by whichever comes first. */
const slice = { time: 8, characters: 500_000, lines: 5000 } as const;
/** A line on which a slice is given up is tried once more by itself for as long, and then skipped. */
const mostAtOnce: Milliseconds = 20;
/** What has been found is shown as often. */
const publishEvery: Milliseconds = 60;

/** Searches slice by slice, and shows what has been found so far; lines of which a verdict is known are not searched again. */
export const searchLines: AnswerAside<LogsPlace, LogsFindings, SearchAside> = async (
	{ aside: { text, from } },
	world,
	board,
	asking,
) => {
	const page = lastValueOf(board.findings().records);
	if (page === undefined) return;
	const before = lastValueOf(board.findings().matches);
	const searcher = createLineSearcher({ search: lineSearchOf(text), records: page.records, from, before });
	const publish = () => board.put('matches', answer(searcher.matches()));
	publish();
	let publishedAt = world.now();
	let isStuck = false;
	while (!searcher.isDone()) {
		const isThrough: boolean = isStuck ? searchLine(searcher, world) : searchSlice(searcher, world);
		if (isStuck && !isThrough) searcher.skip();
		isStuck = !isStuck && !isThrough;
		const isDue = world.now() - publishedAt >= publishEvery;
		if (searcher.isDone() || isDue) {
			publish();
			publishedAt = world.now();
		}
		await nextTurn();
		asking.signal.throwIfAborted();
	}
};

/** Each of both tells whether it came to its end. */
function searchSlice(searcher: LineSearcher, { now, bounded = unbounded }: World): boolean {
	const until = now() + slice.time;
	const ended = bounded(mostAtOnce, () => {
		let characters = 0;
		for (let lines = 0; lines < slice.lines && !searcher.isDone(); lines++) {
			characters += searcher.step();
			if (characters >= slice.characters || (lines % 16 === 0 && now() >= until)) break;
		}
		return true;
	});
	return ended === true;
}

const searchLine = (searcher: LineSearcher, { bounded = unbounded }: World): boolean =>
	bounded(mostAtOnce, searcher.step) !== undefined;

const unbounded: NonNullable<World['bounded']> = (_, work) => work();

const nextTurn = (): Promise<unknown> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});
