import type { LogLevel } from '../../model/log-entry.ts';
import { second as oneSecond } from '../../model/time.ts';
import { KeptWork, type Piecework } from '../piecework.ts';
import type { Story } from '../story.ts';
import { murmursIn } from './background.ts';
import { beganAt, detectedLevelOf, reach } from './log-book.ts';
import { remarksOf } from './remarks.ts';
import { type LogStream, streamAt, streams } from './streams.ts';

/** `detected_level`s that lines have. */
export const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'unknown'];

/** Both ends included; empty when the last is before the first. */
export type Seconds = { readonly first: number; readonly last: number };

/** Counts lines without wording them: what the queries over an hour need. */
export type Tallies = {
	/** Counts what was not counted yet of these seconds, so that `count` finds it. */
	readonly prepare: (seconds: Seconds) => Piecework<void>;
	/**
	 * How many lines of a stream and level there are in (first - 1, last], which is how Loki's ranges are open and
	 * closed.
	 */
	readonly count: (seconds: Seconds, stream: LogStream, level: LogLevel) => number;
};

/** Seconds that are kept together. */
const span = 64;
const slots = streams.length * levels.length;
const keptSpans = 256;
/** Some five hundred lines: one or two milliseconds. */
const secondsPerPiece = 8;

const slotOf = (stream: LogStream, level: LogLevel): number => stream.number * levels.length + levels.indexOf(level);

export function createTallies(story: Story): Tallies {
	const spans = new KeptWork(keptSpans, first => countSpan(first, story));
	const earliest = Math.floor(story.beganAt / oneSecond);

	/** The firsts of the spans that hold these seconds; before the story there is nothing to count. */
	const spansOf = ({ first, last }: Seconds): readonly number[] => {
		const from = Math.floor(Math.max(first, earliest) / span);
		const count = Math.max(0, Math.floor(last / span) - from + 1);
		return Array.from({ length: count }, (_, passed) => (from + passed) * span);
	};

	return {
		*prepare(seconds) {
			for (const from of spansOf(seconds)) yield* spans.of(from);
		},
		count: (seconds, stream, level) => {
			const slot = slotOf(stream, level);
			let sum = 0;
			for (const from of spansOf(seconds)) {
				const counts = spans.at(from);
				const end = Math.min(seconds.last, from + span - 1);
				for (let at = Math.max(seconds.first, from); at <= end; at++) sum += counts[(at - from) * slots + slot] ?? 0;
			}
			return sum;
		},
	};
}

/** The counts of `span` seconds from the first, those of each second side by side. */
function* countSpan(first: number, story: Story): Piecework<Uint16Array> {
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
		if (second % secondsPerPiece === 0) yield;
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
