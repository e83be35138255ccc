import type { Milliseconds } from '../model/time.ts';
import type { World } from './board.ts';

/** What is read sooner is not worth a word, which would only flash. */
const patience: Milliseconds = 250;
/** How often the words change. */
const every: Milliseconds = 100;

export type ReadingProgress = {
	/** So many spans of an answer have been read, which is this share of it. */
	readonly read: (read: { readonly items: number; readonly share: number }) => void;
	/** All spans have been read and are being laid out. */
	readonly laidOut: (spans: number) => void;
};

/** Tells how far a trace has been read, once that takes long: `41,200 spans read, 43 %`, then `laying out 100,000 spans`. */
export function readingProgress(tell: (words: string) => void, { now }: Pick<World, 'now'>): ReadingProgress {
	let due: Milliseconds | undefined;
	const say = (words: () => string) => {
		const at = now();
		due ??= at + patience;
		if (at < due) return;
		due = at + every;
		tell(words());
	};
	return {
		read: ({ items, share }) => say(() => `${spansIn(items)} read, ${Math.round(share * 100)} %`),
		laidOut: spans => say(() => `laying out ${spansIn(spans)}`),
	};
}

/** `41,200 spans`. By hand: the first number that a locale writes takes 4 ms, while somebody waits. */
const spansIn = (count: number): string =>
	`${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? 'span' : 'spans'}`;
