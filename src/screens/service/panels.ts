import { formatUnit } from '../../analysis/format-unit.ts';
import { logsPlaceOf, tracePlaceAt } from '../../analysis/service-pivots.ts';
import type { Panel } from '../../investigation/service-findings.ts';
import { type Loadable, lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type Chart, paintChart } from '../../widgets/chart.ts';
import { paintSegments, segment, widthOfSegments } from '../../widgets/line.ts';
import { type Badge, badgeOf, paintBadge, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { go, type Outcome } from '../screen.ts';
import { comparedLine } from './comparison.ts';
import { titleFigures } from './figures.ts';
import { layoutOf } from './layout.ts';
import { paintMarkedAxis } from './marks.ts';
import type { ServiceViewPart } from './service-view.ts';
import { paintSide } from './side.ts';
import {
	breakdownRows,
	nearServices,
	type PanelName,
	panelNames,
	rowCursor,
	type ServiceShown,
	type ServiceState,
	selectedRequest,
	slowestExemplars,
} from './state.ts';
import { paintMissing } from './target.ts';
import { paintUnanswered, remarkOn } from './told-once.ts';
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
	for (const [index, name] of panelNames.entries()) {
		const rows = plotRows[index] ?? 1;
		paintPanel(area.within(0, y, charts.width, rows + 1), name, props);
		y += rows + 1;
	}
	paintMarkedAxis(area.within(0, y, charts.width, 1), props);
	paintSide(surface.within(side.x, side.y, side.width, side.height), props, side.x === 0);
}

const lineRoles: Readonly<Record<PanelName, readonly Role[]>> = {
	rate: ['link'],
	errors: ['error'],
	/** p50 to p99 or p99.9: the worst is the loudest. */
	duration: ['ok', 'link', 'warning', 'error'],
};

/** A title row with the figures, and the chart below it. */
function paintPanel(surface: Surface, name: PanelName, props: ServiceViewProps): void {
	const { theme, findings } = props;
	const pane: Loadable<Panel> = findings[name];
	const title = segment(name.toUpperCase().padEnd(10), theme.style('strong'));
	const plot = surface.within(0, 1, surface.width, surface.height - 1);
	const panel = lastValueOf(pane);
	if (panel === undefined) {
		surface.put(0, 0, title.text, title.style);
		paintUnanswered(plot.within(2, 0, plot.width - 2, plot.height), name, props);
		return;
	}
	// What is old, because nobody answered since, is dim.
	const roles = lineRoles[name].map(role => (pane.status === 'failed' ? 'dim' : role));
	const badge = remarkOn(name, props) ?? ownBadge(name, props);
	const room = surface.width - widthOfSegments([title]);
	const figures = titleFigures(panel, props, { name, roles, room, isBrief: badge !== undefined });
	const end = paintSegments(surface, 0, 0, [title, ...figures], theme.glyph('ellipsis'));
	paintBadge(surface.within(end + 1, 0, surface.width - end - 1, 1), badge, theme);
	if (panel.empty === undefined) {
		paintChart(plot, chartOf(panel, roles, name, props), theme);
		return;
	}
	wrapText(panel.empty, plot.width - 2).forEach((line, y) => {
		plot.put(2, y, line, theme.style('dim'));
	});
}

/** Lines of a chart, the baseline among them. */
const mostLines = 4;

function chartOf(panel: Panel, roles: readonly Role[], name: PanelName, props: ServiceViewProps): Chart {
	const { theme, state, range } = props;
	const before = panel.lines.length < mostLines ? comparedLine(props, name, panel)?.before : undefined;
	return {
		lines: panel.lines
			.map(({ series }, index) => ({ series, style: theme.style(roles[index] ?? 'text') }))
			.toReversed(),
		...(before === undefined ? {} : { baseline: before }),
		range,
		step: panel.grid.step,
		filled: name !== 'duration',
		format: value => formatUnit(value, panel.unit),
		marks: panel.firedAt === undefined ? [] : [panel.firedAt],
		points: name === 'duration' ? slowestExemplars(props) : [],
		...(panel.threshold === undefined ? {} : { threshold: panel.threshold.value }),
		...(state.cursor === undefined ? {} : { cursor: state.cursor }),
	};
}

/** What must be said of the choice of metrics, and of the alert, is said once: on the first panel. */
const ownBadge = (name: PanelName, { findings, now }: ServiceViewProps): Badge | undefined =>
	name === 'rate' ? (badgeOf(findings.target, now) ?? badgeOf(findings.alert, now)) : undefined;

const openPanels = (shown: ServiceShown): Outcome<ServiceState> => {
	const near = nearServices(shown);
	const other = near[rowCursor(near, shown.state)];
	if (other !== undefined) return go({ kind: 'service', service: other.value, window: shown.place.window });
	const request = selectedRequest(shown);
	return request === undefined
		? go(logsPlaceOf(shown.place, shown.state.cursor, shown.findings))
		: go(tracePlaceAt(request.traceId, request.at));
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
		nearServices(shown).length > 0 ? 'service' : selectedRequest(shown) === undefined ? 'logs' : 'trace',
	open: openPanels,
};
