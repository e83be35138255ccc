import type { LogLevel } from '../../model/log-entry.ts';
import { second as oneSecond } from '../../model/time.ts';
import type { Story } from '../story.ts';
import { murmursIn } from './background.ts';
import { beganAt, detectedLevelOf, reach } from './log-book.ts';
import { remarksOf } from './remarks.ts';
import { remembered } from './remembered.ts';
import { type LogStream, streamAt, streams } from './streams.ts';

/** `detected_level`s that lines have. */
export const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'unknown'];

/** Counts lines without wording them: what the queries over an hour need. */
export type Tallies = {
	/**
	 * How many lines of a stream and level there are in (second - 1, second], which is how Loki's ranges are open and
	 * closed.
	 */
	readonly count: (second: number, stream: LogStream, level: LogLevel) => number;
};

/** Seconds that are counted in one go. */
const span = 64;
const slots = streams.length * levels.length;
const keptSpans = 256;

const slotOf = (stream: LogStream, level: LogLevel): number => stream.number * levels.length + levels.indexOf(level);

export function createTallies(story: Story): Tallies {
	const spans = new Map<number, Uint16Array>();
	return {
		count: (second, stream, level) => {
			const first = Math.floor(second / span) * span;
			const counts = remembered(spans, keptSpans, first, () => countSpan(first, story));
			return counts[(second - first) * slots + slotOf(stream, level)] ?? 0;
		},
	};
}

/** The counts of `span` seconds from the first, those of each second side by side. */
function countSpan(first: number, story: Story): Uint16Array {
	const counts = new Uint16Array(span * slots);
	const add = (second: number, nanos: number, slot: number): void => {
		const row = (nanos === 0 ? second : second + 1) - first;
		const index = row * slots + slot;
		if (row >= 0 && row < span) counts[index] = (counts[index] ?? 0) + 1;
	};
	const earliest = Math.max(first - 1 - reach, Math.ceil(story.beganAt / oneSecond));
	for (let second = earliest; second < first + span; second++) {
		for (const { service, level, nanos } of murmursIn(second, story)) {
			add(second, nanos, slotOf(streamAt(service, second * oneSecond, story.releasedAt), level));
		}
		const requests = story.countIn(second);
		for (let index = 0; index < requests; index++) countRequest(story, { second, index }, add);
	}
	return counts;
}

function countRequest(
	story: Story,
	turn: { readonly second: number; readonly index: number },
	add: (second: number, nanos: number, slot: number) => void,
): void {
	const outline = story.outlineOf(turn);
	const began = beganAt(outline);
	for (const remark of remarksOf(outline)) {
		const passed = outline.offset + remark.offset;
		const slot = slotOf(streamAt(remark.service, began, story.releasedAt), detectedLevelOf(remark));
		add(turn.second + Math.floor(passed / 1e9), passed % 1e9, slot);
	}
}
