import { type Difference, differenceOf } from '../../analysis/baseline.ts';
import { formatFigure, formatShare } from '../../analysis/format.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import { newestTime, newestValue, valueAt } from '../../analysis/sample-at.ts';
import type { Baseline, Panel, PanelLine } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Series } from '../../model/series.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { PanelName, ServiceShown } from './state.ts';

type Compared = { readonly line: PanelLine; readonly before: Series | undefined; readonly words: string };

/** A panel's line and what it was, brought forward; `undefined` while nothing is known of then. */
export function comparedLine(
	{ findings }: Pick<ServiceShown, 'findings'>,
	name: PanelName,
	panel: Panel,
): Compared | undefined {
	const baseline = lastValueOf(findings.baseline);
	const line = baseline === undefined ? undefined : lineOf(panel, name, baseline);
	if (baseline === undefined || line === undefined) return undefined;
	const before = name === 'duration' ? baseline.duration?.series : baseline[name];
	return { line, before, words: baseline.comparison.words };
}

/** Of several lines it is the one that was asked of then; when there was none, the last. */
const lineOf = ({ lines }: Panel, name: PanelName, { duration }: Baseline): PanelLine | undefined =>
	name === 'duration' ? lines.find(line => line.name === (duration?.name ?? 'p99')) : lines[0];

/**
 * `▼ 2 % vs yesterday`, `3.4× yesterday`, `yesterday: no data`: at the cursor, or for the newest figure. A line whose
 * figure does not stand right before it is named.
 */
export function comparisonText(
	{ line, before, words }: Compared,
	panel: Panel,
	cursor: Milliseconds | undefined,
	theme: Theme,
): string {
	const { step } = panel.grid;
	const now = cursor === undefined ? newestValue(line.series) : valueAt(line.series, cursor, step);
	const at = cursor ?? newestTime(line.series) ?? panel.grid.to;
	const then = before === undefined ? Number.NaN : valueAt(before, at, step);
	const text = differenceText(differenceOf(now, then, panel.unit), words, panel, theme);
	return line === panel.lines.at(-1) ? text : `${line.name} ${text}`;
}

function differenceText(difference: Difference, words: string, { unit }: Panel, theme: Theme): string {
	switch (difference.kind) {
		case 'unknown':
			return `${words}: no data`;
		case 'same':
			return `as ${words}`;
		case 'was':
			return `${words} ${formatUnit(difference.value, unit)}`;
		case 'factor':
			return `${formatFigure(roundFactor(difference.factor))}${theme.glyph('times')} ${words}`;
		case 'change':
			return `${theme.glyph(difference.direction)} ${formatShare(Math.round(difference.share * 100) / 100)} vs ${words}`;
	}
}

const roundFactor = (factor: number): number => (factor < 10 ? Math.round(factor * 10) / 10 : Math.round(factor));
