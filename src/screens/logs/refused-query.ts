import { logqlLanguage } from '../../analysis/logql-syntax.ts';
import { offsetOf } from '../../analysis/query-syntax.ts';
import type { Surface } from '../../terminal/surface.ts';
import { columnInField, paintField } from '../../widgets/field-view.ts';
import { segmentsOf } from '../../widgets/line.ts';
import { queryColours } from '../query-colours.ts';
import { onOneLine, shownQuery } from './query-prompt.ts';
import type { LogsViewProps } from './view.tsx';

/** The query that Loki did not take, and a mark under the character at which it stumbled; nothing where it names none. */
export function paintRefusedQuery(surface: Surface, props: LogsViewProps): void {
	const { records } = props.findings;
	if (records.status !== 'failed' || records.failure.position === undefined || surface.height < 2) return;
	const query = shownQuery(props);
	const text = onOneLine(query);
	const at = offsetOf(query, records.failure.position);
	const { theme } = props;
	const field = { text, cursor: at };
	paintField(surface, field, segmentsOf(queryColours(logqlLanguage)(text), theme));
	surface.put(columnInField(field, at, surface.width), 1, '^', theme.style('error'));
	if (surface.height > 3) surface.put(0, 3, 'Q edits it.', theme.style('dim'));
}
