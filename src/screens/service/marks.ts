import { formatClock, type TimeFormat } from '../../analysis/format-time.ts';
import type { Mark } from '../../analysis/marks.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Milliseconds, TimeRange } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { axisColumns, columnAt, paintTimeAxis } from '../../widgets/chart-axis.ts';
import { paintAxisMarks } from '../../widgets/chart-marks.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { ServiceShown } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

const marksIn = ({ findings }: Pick<ServiceShown, 'findings'>): readonly Mark[] =>
	lastValueOf(findings.marks)?.marks ?? [];

/** `deploy 2.13.4 › 2.14.0 02:41:44`; by the minute where the second is not known. */
export function markWords(mark: Mark, theme: Theme, timeFormat: TimeFormat): string {
	const precision = mark.within === 0 ? 'seconds' : 'minutes';
	return `${eventWords(mark, theme)} ${formatClock(mark.at, timeFormat === 'local' ? 'local' : 'utc', precision)}`;
}

function eventWords(mark: Mark, theme: Theme): string {
	switch (mark.kind) {
		case 'deploy':
			return `deploy ${mark.from} ${theme.glyph('crumb')} ${mark.to}`;
		case 'change':
			return `changed to generation ${mark.generation}`;
		case 'restart': {
			const [first = '', ...others] = mark.who;
			return others.length === 0 ? `restart ${first}`.trimEnd() : `restart of ${mark.who.length}`;
		}
	}
}

/** A release explains more than a restart, and the newest more than those before it. */
const telling: Readonly<Record<Mark['kind'], number>> = { deploy: 0, change: 1, restart: 2 };

/** The time axis under the charts with a mark for each deploy and restart, their words where there is room. */
export function paintMarkedAxis(surface: Surface, props: ServiceViewProps): void {
	const { theme, timeFormat, range } = props;
	const marks = marksIn(props)
		.toSorted((a, b) => telling[a.kind] - telling[b.kind] || b.at - a.at)
		.map(mark => ({ at: mark.at, words: [markWords(mark, theme, timeFormat), eventWords(mark, theme)] }));
	const taken = paintAxisMarks(surface, marks, range, theme);
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	const format = (at: Milliseconds, precision: 'minutes' | 'seconds', withDate: boolean) =>
		formatClock(at, zone, precision, withDate);
	paintTimeAxis(surface, range, format, theme, taken);
}

/** The marks in the column of the time cursor. */
export function marksUnder(cursor: Milliseconds | undefined, shown: ServiceShown, width: number): readonly Mark[] {
	if (cursor === undefined) return [];
	const columnOf = (at: Milliseconds, range: TimeRange) => columnAt(at, range, width - axisColumns);
	const column = columnOf(cursor, shown.range);
	return marksIn(shown).filter(({ at }) => column !== undefined && columnOf(at, shown.range) === column);
}

/** All marks of the window, the newest first. Returns the rows used. */
export function paintMarkList(surface: Surface, props: ServiceViewProps): number {
	const { theme, timeFormat } = props;
	const marks = marksIn(props)
		.toReversed()
		.slice(0, Math.max(0, surface.height - 1));
	if (marks.length === 0) return 0;
	surface.put(0, 0, 'deploys and restarts', theme.style('dim'));
	marks.forEach((mark, index) => {
		const text = `${theme.glyph('mark')} ${markWords(mark, theme, timeFormat)}`;
		surface.put(1, index + 1, fit(text, surface.width - 1, { ellipsis: theme.glyph('ellipsis') }));
	});
	return marks.length + 1;
}
