import { createDigester, digestedLines } from '../analysis/log-digest.ts';
import { streamsIn } from '../analysis/log-streams.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import { answer } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Milliseconds, Nanoseconds, TimeRange } from '../model/time.ts';
import type { AnswerAside, Aside, Board, World } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';
import { nextTurn } from './next-turn.ts';
import type { Asking } from './ports.ts';

/** What the side pane asks for: what the lines nearest to an instant have in common, or what Loki knows of that. */
export type DigestAside =
	| (Aside & { readonly kind: 'digest'; readonly around?: Nanoseconds })
	| (Aside & { readonly kind: 'patterns' });

export const answerDigestAside: AnswerAside<LogsPlace, LogsFindings, DigestAside> = (
	{ place, range, aside },
	world,
	board,
	asking,
) =>
	aside.kind === 'digest'
		? digestLines({ around: aside.around, alertAt: place.alertBegan }, world, board, asking)
		: askServerPatterns(range, world, board, asking);

/** Between two slices keys are heard. A slice ends by whichever comes first; time is looked at every few lines. */
const slice = { time: 8, lines: 500, look: 10 } as const;
/** What is known by then is worth a look. */
const publishedAt: readonly number[] = [1000, 5000, 10_000];

/** Takes the lines that are held apart, for what they have in common; nothing is asked. */
async function digestLines(
	{ around, alertAt }: { readonly around: Nanoseconds | undefined; readonly alertAt: Milliseconds | undefined },
	world: World,
	board: Board<LogsFindings>,
	asking: Asking,
): Promise<void> {
	const page = lastValueOf(board.findings().records);
	if (page === undefined) return;
	const lines = digestedLines(page, around);
	const digester = createDigester(lines, page.records.length, alertAt);
	for (let done = 0; done < lines.length; ) {
		const until = world.now() + slice.time;
		const end = Math.min(lines.length, done + slice.lines);
		while (done < end && (done % slice.look !== 0 || world.now() < until)) {
			const record = lines[done++];
			if (record !== undefined) digester.add(record);
			if (publishedAt.includes(done)) board.put('digest', answer(digester.digest()));
		}
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
				value === undefined
					? {}
					: { patterns: value.map(each => ({ ...each, pattern: redactEvidence(each.pattern) })) },
				notes,
			),
		);
	await board.fill('serverPatterns', asked);
}
