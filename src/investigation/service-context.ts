import { broughtForward, type Comparison, comparisonOf, earlierGrid } from '../analysis/baseline.ts';
import { markQueries, markSelectors, mostMarkSeries } from '../analysis/mark-queries.ts';
import { type MarkAnswer, marksOf } from '../analysis/marks.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { Grid, Series } from '../model/series.ts';
import type { Board } from './board.ts';
import { inPool } from './in-pool.ts';
import type { TracesSource } from './ports.ts';
import type { Baseline, Marks, ServiceFindings } from './service-findings.ts';
import { type PanelQuestion, queriesOf } from './service-panels.ts';
import { askSlowTraces } from './service-traces.ts';

/** With the questions of the baseline these are no more than eight. */
const markQueriesAtOnce = 4;

/**
 * What gives the panels a meaning in time: the figures of then, what was done to the service, and requests that were
 * slow or failed. It is asked after the panels, which it must not delay, and again only when the grid has moved on.
 */
export async function fillContext(
	board: Board<ServiceFindings>,
	question: PanelQuestion,
	traces: Pick<TracesSource, 'search'>,
): Promise<void> {
	const { grid } = question;
	const { baseline, marks, slow } = board.findings();
	const comparison = comparisonOf(question.place);
	await Promise.all([
		comparison !== undefined && !isOn(grid, baseline) && board.fill('baseline', askBaseline(question, comparison)),
		isOn(grid, marks) || board.fill('marks', askMarks(question)),
		isOn(grid, slow) || fillSlowTraces(),
	]);

	async function fillSlowTraces(): Promise<void> {
		const { exemplars, duration } = board.findings();
		if ((lastValueOf(exemplars) ?? []).length > 0) return;
		await board.fill('slow', askSlowTraces(question, lastValueOf(duration), traces));
	}
}

/** True for an answer on this very grid: the same question would have the same answer. */
const isOn = (grid: Grid, pane: ServiceFindings['baseline' | 'marks' | 'slow']): boolean =>
	pane.status === 'loaded' && pane.value.grid.from === grid.from && pane.value.grid.to === grid.to;

/** The lines of the panels as they were, each brought forward to where it is compared. */
async function askBaseline(question: PanelQuestion, comparison: Comparison): Promise<Answer<Baseline>> {
	const { grid, metrics, asking } = question;
	const { rate, errors, durations } = queriesOf(question);
	const slowest = durations.find(({ name }) => name === 'p99') ?? durations.at(-1);
	const earlier = earlierGrid(grid, comparison.back);
	const ask = async (query: string | undefined): Promise<Answer<Series | undefined>> => {
		if (query === undefined) return answer(undefined);
		const { value, notes } = await metrics.queryRange(query, earlier, asking);
		const [series] = value;
		return answer(series === undefined ? undefined : broughtForward(series, comparison.back), notes);
	};
	const [before, failed, slow] = await Promise.all([ask(rate), ask(errors), ask(slowest?.query)]);
	const value: Baseline = {
		comparison,
		grid,
		...(before.value === undefined ? {} : { rate: before.value }),
		...(failed.value === undefined ? {} : { errors: failed.value }),
		...(slow.value === undefined || slowest === undefined
			? {}
			: { duration: { name: slowest.name, query: slowest.query, series: slow.value } }),
	};
	return answer(value, [...before.notes, ...failed.notes, ...slow.notes]);
}

/** Deploys and restarts: one question finds who tells of them, a few more what they tell. */
async function askMarks({ place, target, grid, over, metrics, asking }: PanelQuestion): Promise<Answer<Marks>> {
	const scope = { service: place.service, target: target.matchers, grid, over };
	const found = await metrics.series(markSelectors(place.service, target.matchers), grid, mostMarkSeries, asking);
	const queries = markQueries(found.value, scope);
	const answers: MarkAnswer[] = [];
	const notes: Note[] = [];
	await inPool(queries, markQueriesAtOnce, async query => {
		const told = await metrics.queryRange(query.query, grid, asking);
		answers.push({ query, series: told.value });
		notes.push(...told.notes);
	});
	const inOrder = queries.flatMap(query => answers.filter(each => each.query === query));
	return answer({ marks: marksOf(inOrder, grid), queries: queries.map(({ query }) => query), grid }, [
		...(found.notes.length === 0 ? [] : [cutNote]),
		...notes,
	]);
}

const cutNote: Note = {
	kind: 'partial',
	text: `Deploys and restarts are looked for in the first ${mostMarkSeries} series that tell of them.`,
};
