import { breakdownLimit, breakdownQueries } from '../analysis/red-queries.ts';
import { redactEvidenceField } from '../analysis/redact-evidence.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { Sample } from '../model/series.ts';
import type { Breakdown, BreakdownRow } from './service-findings.ts';
import { type PanelQuestion, routeMatchersOf } from './service-panels.ts';

/** Rows that a narrow screen can hold; the rest is summed. */
const mostRows = 8;

/**
 * The service by one label at the end of the window. By the route it shows all routes even when the place is about
 * one of them, so that the operator sees what its neighbours do.
 */
export async function askBreakdown(question: PanelQuestion): Promise<Answer<Breakdown>> {
	const { place, target, grid, over, metrics, asking } = question;
	const by = place.by ?? target.routeLabel;
	const at = grid.to;
	if (by === undefined) return answer({ rows: [], at, queries: [] });
	const more = by === target.routeLabel ? [] : routeMatchersOf({ place, target });
	const queries = breakdownQueries(target, by, { more, over });
	const ask = (query: string | undefined): Promise<Answer<readonly Sample[] | undefined>> =>
		query === undefined ? Promise.resolve(answer(undefined)) : metrics.query(query, at, asking);
	const [rates, errors, p99] = await Promise.all([ask(queries.rate), ask(queries.errors), ask(queries.p99)]);
	const all = rowsOf(by, rates.value ?? [], errors.value, p99.value);
	const rest = all.slice(mostRows);
	const value: Breakdown = {
		by,
		rows: all.slice(0, mostRows),
		...(rest.length === 0 ? {} : { others: summed(rest) }),
		at,
		queries: [queries.rate, queries.errors, queries.p99].filter(query => query !== undefined),
	};
	return answer(value, [...rates.notes, ...errors.notes, ...p99.notes, ...cutNotes(by, all.length)]);
}

const cutNotes = (by: string, count: number): readonly Note[] =>
	count < breakdownLimit
		? []
		: [{ kind: 'partial', text: `Only the ${breakdownLimit} busiest values of ${by} are counted.` }];

function rowsOf(
	by: string,
	rates: readonly Sample[],
	errors: readonly Sample[] | undefined,
	p99: readonly Sample[] | undefined,
): readonly BreakdownRow[] {
	const failing = valuesBy(by, errors ?? []);
	const slowness = valuesBy(by, p99 ?? []);
	// Who is not among the failing has no failures, unless the list of the failing was cut.
	const unlisted = errors === undefined || errors.length >= breakdownLimit ? Number.NaN : 0;
	return [...valuesBy(by, rates)]
		.map(([value, rate]) => ({
			value: redactEvidenceField(by, value),
			rate,
			errors: (failing.get(value) ?? unlisted) / rate,
			p99: slowness.get(value) ?? Number.NaN,
		}))
		.sort((a, b) => failuresOf(b) - failuresOf(a) || b.rate - a.rate || (a.value < b.value ? -1 : 1));
}

const valuesBy = (by: string, samples: readonly Sample[]): ReadonlyMap<string, number> =>
	new Map(samples.map(({ labels, value }) => [labels[by] ?? '', value]));

/** Failed requests per second; unknown counts as none. */
const failuresOf = ({ rate, errors }: BreakdownRow): number => (Number.isNaN(errors) ? 0 : errors * rate);

function summed(rows: readonly BreakdownRow[]): BreakdownRow {
	const rate = rows.reduce((sum, row) => sum + row.rate, 0);
	const failures = rows.reduce((sum, row) => sum + failuresOf(row), 0);
	const unknown = rows.every(row => Number.isNaN(row.errors));
	return { value: 'others', rate, errors: unknown ? Number.NaN : failures / rate, p99: Number.NaN };
}
