import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { ServiceRung } from '../../investigation/service-ladder.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintSegments } from '../../widgets/line.ts';
import { rungKeys } from '../rung-keys.ts';
import { ladderLines } from '../rung-line.ts';
import type { Binding } from '../screen.ts';
import type { ServiceShown, ServiceState } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** What else there is of the service, where the view on show is empty. */
export const ladderOf = ({ findings }: Pick<ServiceShown, 'findings'>): readonly ServiceRung[] =>
	lastValueOf(findings.ladder) ?? [];

/** Keys of rungs that mean nothing else here; `f`, `F` and `T` lead there anyway. */
export const ladderKeys: readonly Binding<ServicePlace, ServiceFindings, ServiceState>[] = rungKeys(
	[
		{ key: 'w', label: 'wider window', help: 'Where a view is empty: the same in a wider window.' },
		{ key: 'o', label: 'log lines', help: 'Where a view is empty: the log lines of the service.' },
	],
	ladderOf,
);

/** The rungs in the rows that there are, those that help first. Returns the rows used. */
export function paintLadder(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme } = props;
	const helping = [...ladderOf(props)].sort((a, b) => Number(a.key === undefined) - Number(b.key === undefined));
	const { ladder } = findings;
	const pane = ladder.status === 'loaded' ? { ...ladder, value: helping } : ladder;
	const lines = ladderLines(pane, surface.width, theme).slice(0, surface.height);
	lines.forEach((line, y) => {
		paintSegments(surface, 0, y, line, theme.glyph('ellipsis'));
	});
	return lines.length;
}
