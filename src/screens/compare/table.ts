import type { ComparedPath } from '../../analysis/compared-requests.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart } from '../../terminal/width.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { CompareLook } from './state.ts';
import { differenceWords, onlySideOf } from './words.ts';

/** Columns of figures; those of the two sides are left out where there is little room. */
const columns = { mark: 3, more: 9, side: 9, times: 13 } as const;
const sidesFrom = 72;

/**
 * Paths by the difference of their own time, the largest first; where only one side has been read by their own time:
 *
 *         more     slow    usual        calls  self time of
 *     ▲  +1.9 s   1.92 s    20 ms     ×1 → ×1  manifest SELECT berths
 */
export function paintDifferences(surface: Surface, { comparison, selected }: CompareLook, theme: Theme): void {
	const { bySize } = comparison.compared;
	const only = onlySideOf(comparison);
	const hasSides = only === undefined && surface.width >= sidesFrom;
	const line = (more: string, slow: string, usual: string, times: string): string =>
		padStart(more, columns.more) +
		(hasSides ? padStart(slow, columns.side) + padStart(usual, columns.side) : '') +
		padStart(times, columns.times);
	const heading = line(only ?? 'more', 'slow', 'usual', 'calls');
	const x = surface.put(columns.mark, 0, heading, theme.style('dim')) + 2;
	surface.put(x, 0, 'self time of', theme.style('dim'));
	const rows = Math.max(0, surface.height - 1);
	const cursor = bySize.indexOf(selected);
	const top = offsetFor(0, cursor, bySize.length, rows);
	bySize.slice(top, top + rows).forEach((path, index) => {
		const y = index + 1;
		const { change, slow, usual } = path;
		const [more, times] = differenceWords(path, only);
		const style = theme.style(change === 'more' ? 'error' : change === 'less' ? 'info' : 'dim');
		if (change !== 'alike') surface.put(1, y, theme.glyph(change), style);
		const figures = line(more, formatSpanTime(slow.self), formatSpanTime(usual.self), times);
		surface.put(columns.mark, y, figures, change === 'alike' ? theme.style('text') : style);
		paintName(surface.within(x, y, Math.max(0, surface.width - x), 1), path, theme);
		if (top + index === cursor) paintSelected(surface, y, surface.width, theme);
	});
}

function paintName(surface: Surface, { service, operation }: ComparedPath, theme: Theme): void {
	const x = surface.put(0, 0, service, theme.serviceStyle(service)) + 1;
	const room = Math.max(0, surface.width - x);
	surface.put(x, 0, fit(operation, room, { keep: 'end', ellipsis: theme.glyph('ellipsis') }));
}
