import { redactEvidence } from '../analysis/redact-evidence.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { TracesSource } from './ports.ts';
import type { Panel, SlowTraces } from './service-findings.ts';
import type { PanelQuestion } from './service-panels.ts';

/** Of each kind; a list beside the panels shows no more. */
const mostTraces = 20;

/**
 * Requests of the window that failed, and that were slower than nearly all: what exemplars would have led to. Tempo gives
 * the first it finds, newest first, so these need not be the slowest of all.
 */
export async function askSlowTraces(
	{ place, grid, asking }: PanelQuestion,
	duration: Panel | undefined,
	traces: Pick<TracesSource, 'search'>,
): Promise<Answer<SlowTraces>> {
	const limit = slowLimitOf(duration);
	const { service } = place;
	const queries = [
		traceSearchQuery({ service, errors: true }),
		...(limit === undefined ? [] : [traceSearchQuery({ service }, `{ duration >= ${limit}ms }`)]),
	];
	const answers = await Promise.all(queries.map(query => traces.search(query, grid, mostTraces, asking)));
	const found = new Map(answers.flatMap(({ value }) => value).map(trace => [trace.id, trace]));
	const slowestFirst = [...found.values()].toSorted((a, b) => Number(b.duration - a.duration)).map(withoutSecrets);
	return answer(
		{ traces: slowestFirst, queries, grid, isCut: answers.some(({ value }) => value.length >= mostTraces) },
		answers.flatMap(({ notes }) => notes),
	);
}

/** What is slow, in milliseconds: the middle of the highest quantile but one, so that a bad quarter of an hour is slow. */
function slowLimitOf(duration: Panel | undefined): number | undefined {
	const line = duration?.lines.find(({ name }) => name === 'p95') ?? duration?.lines.at(-1);
	const seconds = (line?.series.values ?? []).filter(Number.isFinite).toSorted((a, b) => a - b);
	const middle = seconds[Math.floor(seconds.length / 2)];
	return middle === undefined ? undefined : Math.max(1, Math.round(middle * 1000));
}

const withoutSecrets = (trace: TraceSummary): TraceSummary => ({ ...trace, rootName: redactEvidence(trace.rootName) });
