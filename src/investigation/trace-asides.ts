import type { TracePlace } from '../model/place.ts';
import { type AwaitAside, awaitTrace } from './await-trace.ts';
import type { AnswerAside } from './board.ts';
import type { TraceFindings } from './trace-findings.ts';

/** What the reading of a trace asks for beside it. */
export type TraceAside = AwaitAside;

export const answerTraceAside: AnswerAside<TracePlace, TraceFindings, TraceAside> = (question, ...rest) =>
	awaitTrace(question, ...rest);
