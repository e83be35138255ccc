import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDigester, digestedLines } from '../analysis/log-digest.ts';
import { redact } from '../analysis/redact.ts';
import { answer } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Nanoseconds, TimeRange } from '../model/time.ts';
import type { AnswerAside, Aside, Board, World } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** What the side pane asks for: what the lines nearest to an instant have in common, or what Loki knows of that. */
export type DigestAside =
	| (Aside & { readonly kind: 'digest'; readonly around?: Nanoseconds })
	| (Aside & { readonly kind: 'patterns' });

export const answerDigestAside: AnswerAside<LogsPlace, LogsFindings, DigestAside> = (
	{ range, aside },
	world,
	board,
	asking,
) =>
	aside.kind === 'digest' ? digestLines(aside.around, board, asking) : askServerPatterns(range, world, board, asking);

/** After so many lines, or so many characters of them, keys are heard: a few milliseconds' work. */
const sliceLines = 50;
const sliceCharacters = 50_000;
/** What is known by then is worth a look. */
const publishedAt: readonly number[] = [1000, 5000, 10_000];

/** Takes the lines that are held apart, for what they have in common; nothing is asked. */
async function digestLines(around: Nanoseconds | undefined, board: Board<LogsFindings>, asking: Asking): Promise<void> {
	const page = lastValueOf(board.findings().records);
	if (page === undefined) return;
	const lines = digestedLines(page, around);
	const digester = createDigester(lines, page.records.length);
	let [inSlice, characters] = [0, 0];
	for (const [index, record] of lines.entries()) {
		digester.add(record);
		inSlice++;
		characters += record.entry.line.length;
		if (publishedAt.includes(index + 1)) board.put('digest', answer(digester.digest()));
		if (inSlice < sliceLines && characters < sliceCharacters) continue;
		[inSlice, characters] = [0, 0];
		await nextTurn();
		asking.signal.throwIfAborted();
	}
	board.put('digest', answer(digester.digest()));
}

/** What Loki has found the lines of these streams to say alike, over the whole window. */
async function askServerPatterns(
	range: TimeRange,
	world: World,
	board: Board<LogsFindings>,
	asking: Asking,
): Promise<void> {
	const target = lastValueOf(board.findings().target);
	const streams = target === undefined ? undefined : streamsIn(target.selector);
	if (streams === undefined) {
		board.put('serverPatterns', answer({}));
		return;
	}
	const asked = world.sources.logs
		.patterns(streams, range, asking)
		.then(({ value, notes }) =>
			answer(
				value === undefined ? {} : { patterns: value.map(each => ({ ...each, pattern: redact(each.pattern) })) },
				notes,
			),
		);
	await board.fill('serverPatterns', asked);
}

/** The selector of a query: Loki takes no stages behind it here. */
const streamsIn = (query: string): string | undefined =>
	/^\s*(\{(?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\})/.exec(query)?.[1];
