import { endOf } from '../analysis/sample-at.ts';
import type { Note } from '../model/answer.ts';
import type { Grid, Series } from '../model/series.ts';
import { type Milliseconds, minute, type Window } from '../model/time.ts';

/** A figure by its name, and all of its lines. */
export type Figure = { readonly name: string; readonly series: readonly Series[] };

/** How far back Prometheus looks for a sample, and most rules average: samples may be as old. */
const lookback: Milliseconds = 5 * minute;
/** Figures that are named. */
const mostNamed = 3;

/** In a live window the newest samples pass for those of now: of which figures they are not, and since when. */
export function endedNotes(figures: readonly Figure[], grid: Grid, window: Window): readonly Note[] {
	if (window.kind !== 'live') return [];
	const ended = figures.flatMap(({ name, series }) => {
		const end = endOf(series, { grid, averagedOver: lookback });
		return end === undefined ? [] : [{ name, end }];
	});
	if (ended.length === 0) return [];
	const names = [...new Set(ended.map(({ name }) => name))];
	const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
	const since = new Date(Math.max(...ended.map(({ end }) => end))).toISOString();
	return [
		{ kind: 'partial', text: `There are no samples since ${since} of ${names.slice(0, mostNamed).join(', ')}${more}.` },
	];
}
