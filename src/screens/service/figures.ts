import { crossingWords } from '../../analysis/crossing.ts';
import { formatId } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import { endOf, newestValue, valueAt } from '../../analysis/sample-at.ts';
import { crossingAsRuled, readThreshold } from '../../analysis/thresholds.ts';
import { limitedLine, type Panel } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { type Segment, segment, widthOfSegments } from '../../widgets/line.ts';
import type { Role } from '../../widgets/theme.ts';
import { classesOf, classMarks, classRoles, heatOf } from './classes.ts';
import { comparedLine, comparisonText } from './comparison.ts';
import { layoutOf } from './layout.ts';
import { marksUnder, markWords } from './marks.ts';
import { type PanelName, selectedRequest } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

export { newestValue, valueAt } from '../../analysis/sample-at.ts';

type FigureOptions = {
	readonly name: PanelName;
	/** Of the lines in turn. */
	readonly roles: readonly Role[];
	/** Columns that the figures may take. */
	readonly room: number;
	/** The panel has something to say for itself: what only adds to the figures makes room for it. */
	readonly isBrief: boolean;
};

/** Something beside a panel's name, and how soon it gives way: 0 never. */
type Remark = { readonly segment: Segment; readonly rank: number };

/**
 * The figures beside a panel's name, under the cursor or the newest; then what there is room for: the instant, the
 * difference to yesterday, the limit and how it was crossed. One panel is enough to write out instants that all share.
 */
export function titleFigures(panel: Panel, props: ServiceViewProps, options: FigureOptions): readonly Segment[] {
	const remarks = [
		...figureRemarks(panel, props, options),
		...endRemarks(panel, props),
		...comparisonRemarks(panel, props, options),
		...shapeRemarks(props, options),
		...cursorRemarks(props, options),
		...limitRemarks(panel, props, options),
		...crossingRemarks(panel, props),
	].filter(({ rank }) => rank <= (options.isBrief ? 2 : 9));
	let room = options.room;
	const kept = new Set(
		remarks
			.toSorted((a, b) => a.rank - b.rank)
			.filter(({ segment: { text }, rank }) => {
				const width = widthOfSegments([{ text: text.trimEnd() }]);
				const fits = rank === 0 || width <= room;
				if (fits) room -= widthOfSegments([{ text }]);
				return fits;
			}),
	);
	const shown = remarks.filter(remark => kept.has(remark)).map(each => each.segment);
	return shown.map((each, index) => (index < shown.length - 1 ? each : { ...each, text: each.text.trimEnd() }));
}

function figureRemarks(panel: Panel, { state, theme }: ServiceViewProps, { roles }: FigureOptions): readonly Remark[] {
	return panel.lines.map(({ name, series }, index) => {
		const value = state.cursor === undefined ? newestValue(series) : valueAt(series, state.cursor, panel.grid.step);
		const label = panel.lines.length > 1 || name === 'average' ? `${name} ` : '';
		const text = `${label}${formatUnit(value, panel.unit)}  `;
		return { segment: segment(text, theme.style(roles[index] ?? 'text')), rank: 0 };
	});
}

/** That the newest figures are not those of now. */
function endRemarks(panel: Panel, { state, theme, timeFormat }: ServiceViewProps): readonly Remark[] {
	const series = panel.lines.map(line => line.series);
	const end = state.cursor === undefined ? endOf(series, panel) : undefined;
	if (end === undefined) return [];
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	return [{ segment: segment(`none since ${formatClock(end, zone, 'minutes')}  `, theme.style('strong')), rank: 0 }];
}

/** The figures of each class beside the whole, and what the shades of the heat map are. */
function shapeRemarks(props: ServiceViewProps, { name }: FigureOptions): readonly Remark[] {
	const { state, theme } = props;
	if (name === 'duration' && heatOf(props) !== undefined) {
		const text = theme.unicode ? 'darker: more of the requests  ' : 'digits: tenths of the requests  ';
		return [{ segment: segment(text, theme.style('dim')), rank: 2 }];
	}
	const classes = name === 'rate' ? classesOf(props) : undefined;
	if (classes === undefined) return [];
	const roles = classRoles(classes);
	const marks = classMarks(classes);
	return classes.lines.map(({ name, series }, index) => {
		const value = state.cursor === undefined ? newestValue(series) : valueAt(series, state.cursor, classes.grid.step);
		const mark = theme.unicode ? '' : `${marks[index] ?? ''}=`;
		const text = `${mark}${name} ${formatUnit(value, classes.unit)}  `;
		return { segment: segment(text, theme.style(roles[index] ?? 'text')), rank: 1 };
	});
}

function comparisonRemarks(panel: Panel, props: ServiceViewProps, { name }: FigureOptions): readonly Remark[] {
	const compared = comparedLine(props, name, panel);
	if (compared === undefined) return [];
	// That there was nothing then is told once.
	if (name !== 'rate' && lastValueOf(props.findings.baseline)?.rate === undefined) return [];
	const text = comparisonText(compared, panel, props.state.cursor, props.theme);
	return [{ segment: segment(`${text}  `, props.theme.style('baseline')), rank: 3 }];
}

function cursorRemarks(props: ServiceViewProps, { name }: FigureOptions): readonly Remark[] {
	const { state, theme, timeFormat } = props;
	if (name === 'duration') return requestRemarks(props);
	if (state.cursor === undefined || name !== 'rate') return [];
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	return [
		{ segment: segment(`at ${formatClock(state.cursor, zone)}  `, theme.style('dim')), rank: 1 },
		...marksUnder(state.cursor, props, layoutOf(props).charts.width).map(mark => ({
			segment: segment(`${markWords(mark, theme, timeFormat)}  `, theme.style('strong')),
			rank: 2,
		})),
	];
}

/** The request that was selected: on a narrow screen it stands nowhere else. */
function requestRemarks(props: ServiceViewProps): readonly Remark[] {
	const { theme } = props;
	const request = selectedRequest(props);
	if (request === undefined) return [];
	const took = formatUnit(request.seconds, 'seconds');
	const text = `${theme.glyph('exemplar')} ${took} trace ${formatId(request.traceId, theme.glyph('ellipsis'))}  `;
	return [{ segment: segment(text, theme.style('link')), rank: 2 }];
}

function limitRemarks(
	panel: Panel,
	{ theme, timeFormat }: ServiceViewProps,
	{ name }: FigureOptions,
): readonly Remark[] {
	const { threshold, firedAt, unit } = panel;
	const style = theme.style('threshold');
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	return [
		...(threshold === undefined
			? []
			: [{ segment: segment(`limit ${formatUnit(threshold.value, unit)}  `, style), rank: 1 }]),
		...(firedAt === undefined || name !== 'rate'
			? []
			: [{ segment: segment(`fired ${formatClock(firedAt, zone, 'minutes')}  `, style), rank: 2 }]),
	];
}

/** When the limit was crossed, the peak, and where the figure is going now: not while the operator looks at another time. */
function crossingRemarks(
	panel: Panel,
	{ state, theme, timeFormat, now, findings }: ServiceViewProps,
): readonly Remark[] {
	const { threshold, unit, grid } = panel;
	const line = threshold === undefined ? undefined : limitedLine(panel);
	if (threshold === undefined || line === undefined || state.cursor !== undefined) return [];
	const alert = lastValueOf(findings.alert);
	const reading = crossingAsRuled(readThreshold(line.series, threshold), alert?.activeAt, grid.step);
	const { crossed, peak, peakAt, trend } = crossingWords(reading, {
		threshold,
		unit,
		value: newestValue(line.series),
		timeFormat,
		now,
	});
	const words = [crossed, peak === undefined ? undefined : [peak, peakAt].filter(Boolean).join(' '), trend];
	const ranks = [5, 6, 4];
	return words.flatMap((text, index) =>
		text === undefined ? [] : [{ segment: segment(`${text}  `, theme.style('text')), rank: ranks[index] ?? 9 }],
	);
}
