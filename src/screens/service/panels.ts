import { formatClock } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import { logsPlaceOf, tracePlaceOf } from '../../analysis/service-pivots.ts';
import type { Panel } from '../../investigation/service-findings.ts';
import { type Loadable, lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type Chart, paintChart } from '../../widgets/chart.ts';
import { paintTimeAxis } from '../../widgets/chart-axis.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { type Badge, badgeOf, paintBadge, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { go, type Outcome, refuse } from '../screen.ts';
import { titleFigures } from './figures.ts';
import { layoutOf } from './layout.ts';
import type { ServiceViewPart } from './service-view.ts';
import { paintSide } from './side.ts';
import {
	breakdownRows,
	nearServices,
	rowCursor,
	type ServiceShown,
	type ServiceState,
	selectedExemplar,
	slowestExemplars,
} from './state.ts';
import { paintMissing } from './target.ts';
import type { ServiceViewProps } from './view.tsx';

/** Three charts over one time axis, and the service by route. */
function paintPanels(surface: Surface, props: ServiceViewProps): void {
	const { findings, theme, now } = props;
	const target = lastValueOf(findings.target);
	if (paintPaneState(surface, findings.target, { theme, now, whom: 'Prometheus' }) > 0) return;
	if (target?.kind === 'missing') {
		paintMissing(surface, target, rowCursor(target.near, props.state), theme);
		return;
	}
	const { charts, plotRows, side } = layoutOf(props);
	const area = surface.within(0, 0, charts.width, charts.height);
	let y = 0;
	for (const [index, name] of (['rate', 'errors', 'duration'] as const).entries()) {
		const rows = plotRows[index] ?? 1;
		paintPanel(area.within(0, y, charts.width, rows + 1), name, props);
		y += rows + 1;
	}
	const zone = props.timeFormat === 'local' ? 'local' : 'utc';
	paintTimeAxis(
		area.within(0, y, charts.width, 1),
		props.range,
		(at, precision, withDate) => formatClock(at, zone, precision, withDate),
		theme,
	);
	paintSide(surface.within(side.x, side.y, side.width, side.height), props, side.x === 0);
}

type PanelName = 'rate' | 'errors' | 'duration';

const lineRoles: Readonly<Record<PanelName, readonly Role[]>> = {
	rate: ['link'],
	errors: ['error'],
	/** p50, p95, p99: the worst is the loudest. */
	duration: ['ok', 'link', 'warning'],
};

/** A title row with the figures, and the chart below it. */
function paintPanel(surface: Surface, name: PanelName, props: ServiceViewProps): void {
	const { theme, now, state, range, findings } = props;
	const pane: Loadable<Panel> = findings[name];
	const title = segment(name.toUpperCase().padEnd(10), theme.style('strong'));
	const plot = surface.within(0, 1, surface.width, surface.height - 1);
	const panel = lastValueOf(pane);
	if (panel === undefined) {
		surface.put(0, 0, title.text, title.style);
		paintPaneState(plot.within(2, 0, plot.width - 2, plot.height), pane, { theme, now, whom: 'Prometheus' });
		return;
	}
	// What is old, because nobody answered since, is dim.
	const roles = lineRoles[name].map(role => (pane.status === 'failed' ? 'dim' : role));
	const figures: Segment[] = titleFigures(panel, roles, {
		cursor: state.cursor,
		timeFormat: props.timeFormat,
		theme,
		tellsWhen: name === 'rate',
	});
	const end = paintSegments(surface, 0, 0, [title, ...figures], theme.glyph('ellipsis'));
	paintBadge(
		surface.within(end + 1, 0, surface.width - end - 1, 1),
		badgeOf(pane, now) ?? ownBadge(name, props),
		theme,
	);
	if (panel.empty !== undefined) {
		wrapText(panel.empty, plot.width - 2).forEach((line, y) => {
			plot.put(2, y, line, theme.style('dim'));
		});
		return;
	}
	const chart: Chart = {
		lines: panel.lines
			.map(({ series }, index) => ({ series, style: theme.style(roles[index] ?? 'text') }))
			.toReversed(),
		range,
		step: panel.grid.step,
		filled: name !== 'duration',
		format: value => formatUnit(value, panel.unit),
		marks: panel.firedAt === undefined ? [] : [panel.firedAt],
		points: name === 'duration' ? slowestExemplars(props) : [],
		...(panel.threshold === undefined ? {} : { threshold: panel.threshold.value }),
		...(state.cursor === undefined ? {} : { cursor: state.cursor }),
	};
	paintChart(plot, chart, theme);
}

/** What must be said of the choice of metrics, and of the alert, is said once: on the first panel. */
const ownBadge = (name: PanelName, { findings, now }: ServiceViewProps): Badge | undefined =>
	name === 'rate' ? (badgeOf(findings.target, now) ?? badgeOf(findings.alert, now)) : undefined;

const openPanels = (shown: ServiceShown): Outcome<ServiceState> => {
	const near = nearServices(shown);
	const other = near[rowCursor(near, shown.state)];
	if (other !== undefined) return go({ kind: 'service', service: other.value, window: shown.place.window });
	const exemplar = selectedExemplar(shown);
	if (exemplar === undefined) return go(logsPlaceOf(shown.place, shown.state.cursor, shown.findings));
	const place = tracePlaceOf(exemplar);
	return place === undefined ? refuse('This exemplar carries no trace ID.') : go(place);
};

/** RED: the service over the window, or, when nothing measures it, the services that are measured. */
export const panelsView: ServiceViewPart = {
	name: 'panels',
	paint: paintPanels,
	rows: shown => {
		const near = nearServices(shown);
		return near.length > 0 ? near : breakdownRows(shown);
	},
	openLabel: shown =>
		nearServices(shown).length > 0 ? 'service' : selectedExemplar(shown) === undefined ? 'logs' : 'trace',
	open: openPanels,
};
