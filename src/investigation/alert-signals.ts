import { isMetaAlert } from '../analysis/alert-join.ts';
import { type SignalQuestion, scaledSeries, seriesOfAlert, signalQuestionOf } from '../analysis/alert-signal.ts';
import { gridOf } from '../analysis/grid.ts';
import { crossingAsRuled, readThreshold, trendOf } from '../analysis/thresholds.ts';
import type { Alert } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { type Failure, FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import type { Grid, Series } from '../model/series.ts';
import type { TimeRange } from '../model/time.ts';
import type { AlertSignal } from './alerts-findings.ts';
import { inPool } from './in-pool.ts';
import type { Asking, MetricsSource } from './ports.ts';

export type Signals = ReadonlyMap<string, AlertSignal>;

/** Enough for a sparkline beside each alert. */
const signalPoints = 60;
/** Of an alert storm only the worst are charted, one question for all alerts of a rule. */
const mostRules = 20;
const atOnce = 8;

type Wanted = { readonly question: SignalQuestion; readonly alerts: readonly Alert[] };

/**
 * Asks what the rules of these alerts measure, the worst alerts first, and hands over what is known after each answer.
 * What `before` holds for the same grid is not asked again. Rejects only when nothing could be learnt.
 */
export async function askSignals(
	alerts: readonly Alert[],
	range: TimeRange,
	before: Signals,
	metrics: Pick<MetricsSource, 'queryRange'>,
	{ asking, heard }: { readonly asking: Asking; readonly heard: (signals: Signals) => void },
): Promise<Answer<Signals>> {
	const grid = gridOf(range, signalPoints);
	const wanted = wantedOf(alerts);
	const charted = wanted.slice(0, mostRules);
	const ids = new Set(charted.flatMap(each => each.alerts.map(({ id }) => id)));
	const signals = new Map([...before].filter(([id]) => ids.has(id)));
	const failures: Failure[] = [];
	const notes: Note[] = [];
	await inPool(charted, atOnce, async each => {
		// What an earlier look found stays until there is an answer, and no longer: it would pass for what is now.
		const forget = () => {
			for (const { id } of each.alerts) signals.delete(id);
		};
		try {
			const series = knownSeries(each, signals, grid) ?? (await asked(each.question, grid));
			forget();
			for (const [alert, own] of series(each.alerts)) signals.set(alert.id, signalOf(alert, each.question, own, grid));
			heard(new Map(signals));
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			forget();
			failures.push(failure);
		}
	});
	const [first] = failures;
	if (first !== undefined && signals.size === 0) throw new FailureError(first);
	if (first !== undefined)
		notes.push({ kind: 'partial', text: `The figures of some rules are missing. ${sentenceOf(first)}` });
	if (wanted.length > mostRules) {
		notes.push({ kind: 'partial', text: `Figures for the ${mostRules} worst of ${wanted.length} rules.` });
	}
	return answer(signals, notes);

	async function asked(question: SignalQuestion, on: Grid) {
		const { value, notes: said } = await metrics.queryRange(question.query, on, asking);
		notes.push(...said.filter(note => note.kind !== 'info' && notes.every(({ text }) => text !== note.text)));
		const scaled = value.map(series => scaledSeries(series, question.unit));
		return (of: readonly Alert[]): readonly (readonly [Alert, Series])[] =>
			of.flatMap(alert => {
				const own = seriesOfAlert(alert, scaled);
				return own === undefined ? [] : [[alert, own]];
			});
	}
}

/** One entry for each expression, in the order of the alerts. */
function wantedOf(alerts: readonly Alert[]): readonly Wanted[] {
	const byExpression = new Map<string, Alert[]>();
	for (const alert of alerts) {
		if (alert.expression === undefined || isMetaAlert(alert)) continue;
		byExpression.set(alert.expression, [...(byExpression.get(alert.expression) ?? []), alert]);
	}
	return [...byExpression].flatMap(([expression, members]) => {
		const question = signalQuestionOf(expression);
		return question === undefined ? [] : [{ question, alerts: members }];
	});
}

/** The series of an earlier run, when it had one for each of the alerts on this very grid. */
function knownSeries({ question, alerts }: Wanted, signals: Signals, grid: Grid) {
	const known = alerts.map(alert => [alert, signals.get(alert.id)] as const);
	const series = known.flatMap(([alert, signal]) =>
		signal?.query === question.query && signal.grid.to === grid.to && signal.grid.from === grid.from
			? [[alert, signal.series] as const]
			: [],
	);
	return series.length === alerts.length ? () => series : undefined;
}

function signalOf(alert: Alert, question: SignalQuestion, series: Series, grid: Grid): AlertSignal {
	const { query, threshold, unit } = question;
	const value = alert.value === undefined ? series.values.at(-1) : alert.value * unit.scale;
	return {
		...crossingAsRuled(readThreshold(series, threshold), alert.activeAt, grid.step),
		trend: trendOf({ values: [...series.values, value ?? Number.NaN] }),
		query,
		unit: unit.unit,
		value: value ?? Number.NaN,
		threshold,
		series,
		grid,
	};
}
