import { chipText } from '../../analysis/log-filters.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintChipRow } from '../chip-row.ts';
import type { LogsViewProps } from './view.tsx';

/** The steps by which the lines are narrowed. */
export function paintChips(surface: Surface, { place, theme }: LogsViewProps): void {
	const chips = (place.filters ?? []).map(filter => ({ text: chipText(filter), hides: filter.hide === true }));
	paintChipRow(surface, chips, theme);
}
