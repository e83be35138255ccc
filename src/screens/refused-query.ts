import { offsetOf, type QueryLanguage } from '../analysis/query-syntax.ts';
import type { Loadable } from '../model/loadable.ts';
import type { Surface } from '../terminal/surface.ts';
import { columnInField, paintField } from '../widgets/field-view.ts';
import { segmentsOf } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { queryColours } from './query-colours.ts';
import { onOneLine } from './query-editor.ts';

/** The query that a server did not take, and a mark under the character at which it stumbled; nothing where it names none. */
export function paintRefusedQuery(
	surface: Surface,
	pane: Loadable<unknown>,
	{ query, language, theme }: { readonly query: string; readonly language: QueryLanguage; readonly theme: Theme },
): void {
	if (pane.status !== 'failed' || pane.failure.position === undefined || surface.height < 2) return;
	const text = onOneLine(query);
	const at = offsetOf(query, pane.failure.position);
	const field = { text, cursor: at };
	paintField(surface, field, segmentsOf(queryColours(language)(text), theme));
	surface.put(columnInField(field, at, surface.width), 1, '^', theme.style('error'));
	if (surface.height > 3) surface.put(0, 3, 'Q edits it.', theme.style('dim'));
}
