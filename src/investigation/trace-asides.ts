import type { TracePlace } from '../model/place.ts';
import { type AwaitAside, awaitTrace } from './await-trace.ts';
import type { AnswerAside, Aside } from './board.ts';
import { fillLadder } from './climb.ts';
import { type AlertsAside, askTraceAlerts } from './trace-alerts.ts';
import type { TraceFindings } from './trace-findings.ts';
import { answerFromLogs, type FromLogsAside } from './trace-from-logs.ts';
import { climbWithoutTrace } from './trace-ladder.ts';

/** What the reading of a trace asks for beside it. */
export type TraceAside = AwaitAside | FromLogsAside | AlertsAside | LadderAside;

/** What else there is of a trace that is not there: asked beside it, so that nobody waits for it who waits for the trace. */
export type LadderAside = Aside & { readonly kind: 'ladder' };

const climbTraceLadder: AnswerAside<TracePlace, TraceFindings, LadderAside> = (
	{ place, range },
	world,
	board,
	asking,
) => {
	const climbs = () => climbWithoutTrace({ place, range }, world, asking);
	return fillLadder(board, false, climbs, { now: world.now(), asking });
};

export const answerTraceAside: AnswerAside<TracePlace, TraceFindings, TraceAside> = (
	{ place, range, aside },
	...rest
) =>
	aside.kind === 'ladder'
		? climbTraceLadder({ place, range, aside }, ...rest)
		: aside.kind === 'await'
			? awaitTrace({ place, range, aside }, ...rest)
			: aside.kind === 'alerts'
				? askTraceAlerts({ place, range, aside }, ...rest)
				: answerFromLogs({ place, range, aside }, ...rest);
