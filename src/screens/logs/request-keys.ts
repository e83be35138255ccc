import { isRequestPlace, requestPlaceOf, tracePlaceOf, windowAround } from '../../analysis/log-pivots.ts';
import { sameRequestTest } from '../../analysis/same-request.ts';
import { sentenceOfGuess, type TraceGuess } from '../../analysis/trace-guess.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace, TracePlace } from '../../model/place.ts';
import { toMilliseconds, type Window } from '../../model/time.ts';
import { type Binding, go, type Outcome, refuse, stay } from '../screen.ts';
import { narrowByPicked } from './filter-keys.ts';
import { jump, noRow } from './jump.ts';
import { rung } from './rung-key.ts';
import { type LogsShown, type LogsState, recordsOf, selectedRecord } from './state.ts';

/** The next step of the walk: from a line to its request, from a request to its trace. */
function open(shown: LogsShown): Outcome<LogsState> {
	if (shown.state.picked !== undefined) return narrowByPicked(shown, false);
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	if (isRequestPlace(shown.place)) return openTrace(shown);
	const to = requestPlaceOf(record);
	if (to !== undefined) return go(to);
	const why = whyNoTrace(shown);
	return why === undefined ? guess(shown, record) : refuse(`This line names no request. ${why}`);
}

const toRequest = 'request';
/** As wide as the other: what stands behind it is not written anew when the cursor moves from line to line. */
const toTrace = 'trace'.padEnd(toRequest.length);

/** Where `enter` leads from the row under the cursor. */
function openLabel(shown: LogsShown): string {
	if (shown.state.picked !== undefined) return 'keep this value';
	if (isGuessed(shown)) return 'the trace it may be';
	if (isRequestPlace(shown.place)) return 'trace';
	const record = selectedRecord(shown);
	const isTrace = record !== undefined && requestPlaceOf(record) === undefined && whyNoTrace(shown) === undefined;
	return isTrace ? toTrace : toRequest;
}

/** The trace of this line; in a request any line's will do. */
function openTrace(shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	const to = tracePlaceOf(record) ?? (isRequestPlace(shown.place) ? traceOfRequest(shown, record) : undefined);
	return to === undefined ? guess(shown, record) : go(to);
}

/** So many lines are read for an ID that the others of the request lack. */
const mostRead = 1000;

function traceOfRequest({ place, findings }: LogsShown, record: LogRecord): TracePlace | undefined {
	if (place.trace !== undefined) return { kind: 'trace', id: place.trace, window: windowOfLine(record) };
	const other = recordsOf({ findings })
		.slice(0, mostRead)
		.find(({ traceId }) => traceId !== undefined);
	return other === undefined ? undefined : tracePlaceOf(other);
}

/** Looks for the trace of a line that names none; where one was found, goes there. */
function guess({ findings, state }: LogsShown, record: LogRecord): Outcome<LogsState> {
	const { key } = record;
	const { guesses } = findings;
	const found = lastValueOf(guesses)?.get(key);
	if (state.guessing !== key) return stay({ ...state, cursor: key, guessing: key });
	if (found?.guess !== undefined) return go(guessedPlaceOf(record, found.guess));
	if (found !== undefined) return refuse(noTrace);
	return refuse(
		guesses.status === 'failed' ? sentenceOf(guesses.failure) : 'Which trace it may be is still being asked.',
	);
}

const guessedPlaceOf = (record: LogRecord, guess: TraceGuess): TracePlace => ({
	kind: 'trace',
	id: guess.id,
	guessed: sentenceOfGuess(guess),
	window: windowOfLine(record),
});

const windowOfLine = ({ entry }: LogRecord): Window => windowAround(toMilliseconds(entry.at));

const noTrace = 'This line carries no trace ID, and no trace was found that fits it. ! shows what was asked.';
const isGuessed = ({ state: { guessing }, findings }: LogsShown): boolean =>
	guessing !== undefined && lastValueOf(findings.guesses)?.get(guessing)?.guess !== undefined;

const noTempo = 'No Tempo is configured, so there is no trace to go to. --tempo-url or --jaeger-url names one.';
const whyNoTrace = ({ lacks }: LogsShown): string | undefined => (lacks?.includes('tempo') ? noTempo : undefined);

/** Whether `enter` leads to a trace whatever the line: the keys stand where they are while the cursor moves. */
const leadsToTrace = ({ place, state }: LogsShown): boolean => state.picked === undefined && isRequestPlace(place);

const noOtherOfRequest = 'No other line here belongs to the same request. enter looks for them in every service.';

export const requestKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['enter'],
		label: toRequest,
		labelNow: openLabel,
		help: 'From a line to the lines of its request in every service; from there to its trace.',
		footer: 1,
		idle: shown => (leadsToTrace(shown) ? whyNoTrace(shown) : undefined),
		run: open,
	},
	{
		keys: ['T'],
		label: 'trace',
		labelNow: shown => (isGuessed(shown) ? 'the trace it may be' : 'trace'),
		help: 'Go straight to the trace of this line; where it names none, look for the one it may belong to.',
		footer: 5.4,
		idle: whyNoTrace,
		run: openTrace,
	},
	{
		keys: ['o'],
		label: 'same request',
		help: 'Next line of the same request; when nothing was found, the ID in another field.',
		run: rung('o', jump(1, sameRequestTest, noOtherOfRequest)),
	},
	{
		keys: ['O'],
		label: 'same request back',
		help: 'Previous line of the same request.',
		run: jump(-1, sameRequestTest, noOtherOfRequest),
	},
];
