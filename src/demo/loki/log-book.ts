import type { Labels } from '../../model/labels.ts';
import type { LogLevel } from '../../model/log-entry.ts';
import { type Milliseconds, type Nanoseconds, second as oneSecond } from '../../model/time.ts';
import type { Turn } from '../identifiers.ts';
import { longestRequest, type Outline, type Story } from '../story.ts';
import { murmursIn } from './background.ts';
import { CaseFile } from './case-file.ts';
import { type Remark, remarksOf } from './remarks.ts';
import { remembered } from './remembered.ts';
import { type LogStream, streamAt } from './streams.ts';
import { voices } from './voices.ts';

/** One stored line. Its words are made when they are asked for. */
export type LogLine = {
	readonly stream: LogStream;
	/** The whole second it lies in, and where in it. */
	readonly second: number;
	readonly nanos: number;
	/** Loki's `detected_level`. */
	readonly level: LogLevel;
	readonly text: () => string;
	/** Structured metadata, `detected_level` among it. */
	readonly metadata: () => Labels;
};

export const instantOf = ({ second, nanos }: LogLine): Nanoseconds => BigInt(second) * 1_000_000_000n + BigInt(nanos);

/** All lines of the incident, by the second, made from the story as they are asked for. It goes on into the future. */
export type LogBook = {
	/** The lines of these streams in [second, second + 1), oldest first. */
	readonly linesIn: (second: number, chosen: ReadonlySet<LogStream>) => LogLine[];
	/** The lines of one request, oldest first. */
	readonly linesOf: (turn: Turn) => readonly LogLine[];
};

/** Requests end within this many seconds after the one they began in. */
export const reach = longestRequest / oneSecond;

/** What a page of a thousand lines needs, so that the next page or a refresh finds it again. */
const keptSeconds = 128;

export function createLogBook(story: Story): LogBook {
	const begun = new Map<number, readonly (readonly LogLine[])[]>();

	/** The lines of what began in a second, by how many seconds later they were written. */
	const begunIn = (second: number): readonly (readonly LogLine[])[] =>
		remembered(begun, keptSeconds, second, () => {
			const bySecond = Array.from({ length: reach + 1 }, (): LogLine[] => []);
			for (const line of linesBegunIn(second, story)) bySecond[line.second - second]?.push(line);
			return bySecond;
		});

	return {
		linesIn: (second, chosen) => {
			const lines: LogLine[] = [];
			for (let back = 0; back <= reach; back++) {
				for (const line of begunIn(second - back)[back] ?? []) if (chosen.has(line.stream)) lines.push(line);
			}
			return lines.sort(byTime);
		},
		linesOf: turn => linesOfRequest(story.outlineOf(turn), story).toSorted(byTime),
	};
}

const byTime = (a: LogLine, b: LogLine): number =>
	a.second - b.second || a.nanos - b.nanos || a.stream.number - b.stream.number;

function linesBegunIn(second: number, story: Story): readonly LogLine[] {
	if (second * oneSecond < story.beganAt) return [];
	const lines = murmursIn(second, story).map(({ service, level, nanos, line }): LogLine => {
		const stream = streamAt(service, second * oneSecond, story.releasedAt);
		return { stream, second, nanos, level, text: line, metadata: () => ({ detected_level: level }) };
	});
	const count = story.countIn(second);
	for (let index = 0; index < count; index++) lines.push(...linesOfRequest(story.outlineOf({ second, index }), story));
	return lines;
}

/** `detected_level` of a remark's line. */
export const detectedLevelOf = ({ service, level }: Remark): LogLevel => voices[service].detected?.(level) ?? level;

/** When a request began at the edge. */
export const beganAt = ({ turn, offset }: Outline): Milliseconds => turn.second * oneSecond + offset / 1e6;

function linesOfRequest(outline: Outline, story: Story): readonly LogLine[] {
	const file = new CaseFile(outline, story);
	return remarksOf(outline).map(remark => lineOf(remark, file));
}

function lineOf(remark: Remark, file: CaseFile): LogLine {
	const { outline, story } = file;
	const { service, topic, place } = remark;
	const passed = outline.offset + remark.offset;
	const second = outline.turn.second + Math.floor(passed / 1e9);
	const nanos = passed % 1e9;
	const at: Milliseconds = second * oneSecond + nanos / 1e6;
	const voice = voices[service];
	const level = detectedLevelOf(remark);
	const visit = outline.visits[place] ?? outline.visits[0];
	const occasion = { topic, level: remark.level, at, place, visit, file };
	return {
		stream: streamAt(service, beganAt(outline), story.releasedAt),
		second,
		nanos,
		level,
		text: () => voice.say(occasion),
		metadata: () => ({ ...voice.metadata?.(occasion), detected_level: level }),
	};
}
