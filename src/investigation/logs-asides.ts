import { answer } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf, lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { AnswerAside, Aside } from './board.ts';
import { joined, readFurther } from './further-lines.ts';
import { answerLabelsAside, type LabelsAside } from './known-labels.ts';
import { notesBeside } from './log-reading.ts';
import { answerDigestAside, type DigestAside } from './logs-digest.ts';
import type { LogsFindings } from './logs-findings.ts';
import { type SearchAside, searchLines } from './logs-search.ts';
import { followLogs, type TailAside } from './logs-tail.ts';
import { answerMissingAside, type MissingAside } from './missing-services.ts';
import { answerGuessAside, type GuessAside } from './trace-guess.ts';
import { answerEndAside, type EndAside } from './window-ends.ts';

/**
 * What the reading of lines asks for beside their place: the page before or after those that are held, an end of the
 * window, or to follow them.
 */
export type LogsAside =
	| PageAside
	| EndAside
	| TailAside
	| MissingAside
	| GuessAside
	| DigestAside
	| SearchAside
	| LabelsAside;

export type PageAside = Aside & { readonly kind: 'older' | 'newer' };

/** Lines of a further page: few enough to arrive soon, enough for a hundred pages of a screen. */
const furtherLimit = 5000;

export const answerLogsAside: AnswerAside<LogsPlace, LogsFindings, LogsAside> = (question, ...rest) => {
	const { place, range, aside, latest = () => aside } = question;
	if (aside.kind === 'digest' || aside.kind === 'patterns') return answerDigestAside({ place, range, aside }, ...rest);
	if (aside.kind === 'labels' || aside.kind === 'label values')
		return answerLabelsAside({ place, range, aside }, ...rest);
	if (aside.kind === 'search') return searchLines({ place, range, aside }, ...rest);
	if (aside.kind === 'missing') return answerMissingAside({ place, range, aside }, ...rest);
	if (aside.kind === 'guess') return answerGuessAside({ place, range, aside }, ...rest);
	if (aside.kind === 'start' || aside.kind === 'end') return answerEndAside({ place, range, aside }, ...rest);
	if (aside.kind !== 'tail') return readOn({ place, range, aside }, ...rest);
	return followLogs({ place, range, aside, latest: () => latestTail(latest(), aside) }, ...rest);
};

const latestTail = (latest: LogsAside, asked: TailAside): TailAside => (latest.kind === 'tail' ? latest : asked);

/** Reads on at one end of the lines, and puts what it found beside them. */
const readOn: AnswerAside<LogsPlace, LogsFindings, PageAside> = async (
	{ place, range, aside: { kind } },
	world,
	board,
	asking,
) => {
	const target = lastValueOf(board.findings().target);
	const page = lastValueOf(board.findings().records);
	if (target === undefined || page === undefined) return;
	const question = { page, end: kind, place, target, range, limit: furtherLimit };
	try {
		const further = await readFurther(question, world, asking);
		const now = lastOf(board.findings().records);
		if (further === undefined || now === undefined) return;
		const all = joined(now.value, further.value, kind);
		board.put('records', answer(all, notesBeside(now, all, further.notes)));
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		const now = lastOf(board.findings().records);
		const text = `${kind === 'older' ? 'Older' : 'Newer'} lines are missing. ${sentenceOf(failure)}`;
		if (now !== undefined) board.put('records', answer(now.value, [{ kind: 'partial', text }, ...now.notes]));
	}
};
