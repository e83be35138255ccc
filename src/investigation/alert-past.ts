import { isMetaAlert } from '../analysis/alert-join.ts';
import { type AlertsPast, pastQueryOf, spellsOf } from '../analysis/firing-history.ts';
import { gridOf } from '../analysis/grid.ts';
import type { Alert } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { Failure, FailureKind } from '../model/failure.ts';
import { type Loadable, lastOf } from '../model/loadable.ts';
import { day, type Milliseconds, minute } from '../model/time.ts';
import type { Asking, MetricsSource } from './ports.ts';

/** The past changes little: it is asked again after this, or when an alert of another name is there. */
const restOfPast: Milliseconds = 5 * minute;
/** Of a storm only the worst names are asked for. */
const mostNames = 20;
const mostSeries = 100;
/** A look at every minute of the day: the shortest spell that anybody is paged for. */
const pointsOfDay = day / minute;

/** The names whose past is wanted, the worst first. */
export const namesOfPast = (alerts: readonly Alert[]): readonly string[] =>
	[...new Set(alerts.filter(alert => !isMetaAlert(alert)).map(({ name }) => name))].slice(0, mostNames);

/**
 * True when the past of these alerts is to be asked: there is none yet, it is old, or a name is missing from it. What
 * failed is asked again at once where that costs the server nothing, and else by whoever insists (key `R`).
 */
export function wantsPast(
	names: readonly string[],
	past: Loadable<AlertsPast>,
	{ now, insists }: { readonly now: Milliseconds; readonly insists: boolean },
): boolean {
	if (names.length === 0) return false;
	if (past.status === 'failed') return insists || !isCostly(past.failure) || now - past.at >= restOfPast;
	const last = lastOf(past);
	if (last === undefined || now - last.at >= restOfPast) return true;
	return names.some(name => !last.value.names.includes(name));
}

const costly: ReadonlySet<FailureKind> = new Set([
	'timeout',
	'too-large',
	'bad-query',
	'rate-limited',
	'too-much',
	'over-budget',
]);

/** Whether the question would cost as much again, or be refused again. */
const isCostly = ({ kind }: Failure): boolean => costly.has(kind);

/** Asks when the alerts with these names fired in the last 24 h: one question, at most 100 series. */
export async function askPast(
	names: readonly string[],
	now: Milliseconds,
	metrics: Pick<MetricsSource, 'queryRange'>,
	asking: Asking,
): Promise<Answer<AlertsPast>> {
	const grid = gridOf({ from: now - day, to: now }, pointsOfDay);
	const { value: series, notes } = await metrics.queryRange(pastQueryOf(names, mostSeries), grid, asking);
	const cut: readonly Note[] =
		series.length < mostSeries
			? []
			: [{ kind: 'partial', text: `The last 24 h are known of ${mostSeries} alerts at most.` }];
	return answer({ names, grid, alerts: spellsOf(series, grid) }, [...notes, ...cut]);
}
