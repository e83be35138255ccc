import type { TracePlace } from '../model/place.ts';
import { type AwaitAside, awaitTrace } from './await-trace.ts';
import type { AnswerAside } from './board.ts';
import { type AlertsAside, askTraceAlerts } from './trace-alerts.ts';
import type { TraceFindings } from './trace-findings.ts';
import { answerFromLogs, type FromLogsAside } from './trace-from-logs.ts';

/** What the reading of a trace asks for beside it. */
export type TraceAside = AwaitAside | FromLogsAside | AlertsAside;

export const answerTraceAside: AnswerAside<TracePlace, TraceFindings, TraceAside> = (
	{ place, range, aside },
	...rest
) =>
	aside.kind === 'await'
		? awaitTrace({ place, range, aside }, ...rest)
		: aside.kind === 'alerts'
			? askTraceAlerts({ place, range, aside }, ...rest)
			: answerFromLogs({ place, range, aside }, ...rest);
