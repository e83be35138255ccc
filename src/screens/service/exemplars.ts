import { formatAge, formatDuration, formatId } from '../../analysis/format.ts';
import { traceIdOfExemplar } from '../../analysis/service-pivots.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { exemplarKey, selectedExemplar } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** The slowest requests that the histogram remembers by their traces. Returns the rows used. */
export function paintExemplars(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme, now } = props;
	const exemplars = (lastValueOf(findings.exemplars) ?? []).slice(0, surface.height - 1);
	if (exemplars.length === 0) return 0;
	surface.put(
		0,
		0,
		`slowest exemplars  ${theme.glyph('exemplar')} x selects, enter opens the trace`,
		theme.style('dim'),
	);
	const selected = selectedExemplar(props);
	exemplars.forEach((exemplar, index) => {
		const id = formatId(traceIdOfExemplar(exemplar) ?? '', theme.glyph('ellipsis'));
		const text = `${formatDuration(exemplar.value * 1000).padStart(8)}  ${formatAge(now - exemplar.at).padStart(4)} ago  trace ${id}`;
		surface.put(1, index + 1, text);
		if (selected !== undefined && exemplarKey(selected) === exemplarKey(exemplar)) {
			paintSelected(surface, index + 1, widthOf(text) + 2, theme);
		}
	});
	return exemplars.length + 1;
}
