import { chipText } from '../../analysis/log-filters.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintLine, type Segment, segment } from '../../widgets/line.ts';
import type { LogsViewProps } from './view.tsx';

/** `1 pod=a  2 not "healthz"`: the steps of narrowing, by the numbers under which `X` takes them away. */
export function paintChips(surface: Surface, { place, theme }: LogsViewProps): void {
	if (surface.height === 0) return;
	const chips = (place.filters ?? []).flatMap((filter, index): readonly Segment[] => [
		segment(` ${index + 1} `, theme.style('dim')),
		segment(sanitize(chipText(filter)), theme.style(filter.hide ? 'warning' : 'link')),
		segment(' '),
	]);
	const hint = [segment('backspace takes the last away, X any ', theme.style('dim'))];
	paintLine(surface, 0, chips, surface.width >= 100 ? hint : [], theme.glyph('ellipsis'));
}
