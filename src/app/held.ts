import type { Panes } from '../investigation/board.ts';
import { lastValueOf } from '../model/loadable.ts';

/** How many lines and spans the findings of a place hold: what there can be much of. */
export const heldIn = (findings: Panes): number =>
	Object.values(findings).reduce((sum, pane) => sum + countIn(lastValueOf(pane)), 0);

const countIn = (value: unknown): number => {
	if (typeof value !== 'object' || value === null) return 0;
	if ('records' in value && Array.isArray(value.records)) return value.records.length;
	return 'spans' in value && Array.isArray(value.spans) ? value.spans.length : 0;
};
