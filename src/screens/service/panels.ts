import { formatUnit } from '../../analysis/format-unit.ts';
import { inLightOf, logsPlaceOf, tracePlaceAt } from '../../analysis/service-pivots.ts';
import type { Panel } from '../../investigation/service-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { type Loadable, lastValueOf, whyOld } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type Chart, paintChart } from '../../widgets/chart.ts';
import { paintSegments, segment, widthOfSegments } from '../../widgets/line.ts';
import { type Badge, badgeOf, paintBadge, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { go, type Outcome } from '../screen.ts';
import { paintAlertSignal } from './alert-signal.ts';
import { classesOf, classMarks, classRoles, heatOf } from './classes.ts';
import { comparedLine } from './comparison.ts';
import { titleFigures } from './figures.ts';
import { paintHeat } from './heat.ts';
import { paintLadder } from './ladder.ts';
import { layoutOf } from './layout.ts';
import { paintMarkedAxis } from './marks.ts';
import type { ServiceViewPart } from './service-view.ts';
import { paintSide, toldOfTarget } from './side.ts';
import {
	breakdownRows,
	exemplarKey,
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
		const used = paintAlertSignal(surface, props);
		const rest = surface.within(0, used, surface.width, surface.height - used);
		paintMissing(rest, target, rowCursor(target.near, props.state), props);
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
	const badge = remarkOn(name, props) ?? shapeBadge(name, props) ?? ownBadge(name, props);
	const room = surface.width - widthOfSegments([title]);
	const figures = titleFigures(panel, props, { name, roles, room, isBrief: badge !== undefined });
	const end = paintSegments(surface, 0, 0, [title, ...figures], theme.glyph('ellipsis'));
	paintBadge(surface.within(end + 1, 0, surface.width - end - 1, 1), badge, theme);
	paintPlot(plot, panel, { name, roles }, props);
}

type Drawn = { readonly name: PanelName; readonly roles: readonly Role[] };

/** The chart of a panel in the shape that the place wants, or why there is none. */
function paintPlot(plot: Surface, panel: Panel, drawn: Drawn, props: ServiceViewProps): void {
	const { theme } = props;
	const heat = drawn.name === 'duration' ? heatOf(props) : undefined;
	const shown = drawn.name === 'rate' ? (classesOf(props) ?? panel) : panel;
	const empty = heat === undefined ? shown.empty : heat.empty;
	if (empty !== undefined) {
		const lines = wrapText(empty, plot.width - 2);
		lines.forEach((line, y) => {
			plot.put(2, y, line, theme.style('dim'));
		});
		// What else there is stands once: below the first of the panels that are all empty.
		const y = lines.length;
		if (drawn.name === 'rate') paintLadder(plot.within(2, y, plot.width - 2, plot.height - y), props);
	} else if (heat !== undefined) paintHeat(plot, heat, props);
	else paintChart(plot, chartOf(shown, drawn, props), theme);
}

/** Lines of a chart, the baseline among them. */
const mostLines = 4;

function chartOf(panel: Panel, { name, roles }: Drawn, props: ServiceViewProps): Chart {
	const { theme, state, range } = props;
	const isWhole = panel === lastValueOf(props.findings[name]);
	const lineRoles = isWhole ? roles : classRoles(panel);
	const marks = isWhole ? [] : classMarks(panel);
	const before = !isWhole
		? undefined
		: panel.lines.length < mostLines
			? comparedLine(props, name, panel)?.before
			: undefined;
	return {
		lines: panel.lines
			.map(({ series }, index) => {
				const mark = marks[index];
				const style = theme.style(lineRoles[index] ?? 'text');
				return mark === undefined ? { series, style } : { series, style, mark };
			})
			.toReversed(),
		...(before === undefined ? {} : { baseline: before }),
		range,
		step: panel.grid.step,
		filled: name !== 'duration' && isWhole,
		format: value => formatUnit(value, panel.unit),
		marks: panel.firedAt === undefined ? [] : [panel.firedAt],
		points: name === 'duration' ? exemplarPoints(props) : [],
		...(panel.threshold === undefined ? {} : { threshold: panel.threshold.value }),
		...(state.cursor === undefined ? {} : { cursor: state.cursor }),
	};
}

/** The slowest exemplars; the selected one last, so that none hides it. */
function exemplarPoints(props: ServiceViewProps): Chart['points'] {
	const selected = selectedRequest(props)?.key;
	return slowestExemplars(props)
		.map(exemplar => ({ at: exemplar.at, value: exemplar.value, selected: exemplarKey(exemplar) === selected }))
		.toSorted((a, b) => Number(a.selected) - Number(b.selected));
}

/** What is wrong with the other shape of a panel, which is asked for by itself. */
function shapeBadge(name: PanelName, { place, findings, now }: ServiceViewProps): Badge | undefined {
	if (name === 'rate' && place.rates === 'status') return shapeFailure(findings.classes, now);
	return name === 'duration' && place.durations === 'heat' ? shapeFailure(findings.heat, now) : undefined;
}

const shapeFailure = (pane: Loadable<unknown>, now: Milliseconds): Badge | undefined =>
	badgeOf(pane, now) ?? (pane.status === 'failed' ? { text: sentenceOf(pane.failure), role: 'error' } : undefined);

/** What must be said of the choice of metrics, and of the alert, is said once: on the first panel. */
const ownBadge = (name: PanelName, { findings, now }: ServiceViewProps): Badge | undefined =>
	name === 'rate' ? (badgeOf(findings.target, now) ?? badgeOf(findings.alert, now)) : undefined;

const openPanels = (shown: ServiceShown): Outcome<ServiceState> => {
	const near = nearServices(shown);
	const other = near[rowCursor(near, shown.state)];
	if (other !== undefined) return go({ kind: 'service', service: other.value, window: shown.place.window });
	const request = selectedRequest(shown);
	return request === undefined
		? go(inLightOf(logsPlaceOf(shown.place, shown.state.cursor, shown.findings), lastValueOf(shown.findings.alert)))
		: go(tracePlaceAt(request.traceId, request.at));
};

/** RED: the service over the window, or, when nothing measures it, the services that are measured. */
export const panelsView: ServiceViewPart = {
	name: 'panels',
	paint: paintPanels,
	whyOld: ({ findings }) => whyOld(findings.rate) ?? whyOld(findings.errors) ?? whyOld(findings.duration),
	rows: shown => {
		const near = nearServices(shown);
		return near.length > 0 ? near : breakdownRows(shown);
	},
	openLabel: shown =>
		nearServices(shown).length > 0 ? 'service' : selectedRequest(shown) === undefined ? 'logs' : 'trace',
	open: openPanels,
	told: toldOfTarget,
};
