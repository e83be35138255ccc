import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import { formatClock, type TimeFormat } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import { promMatcher } from '../../analysis/promql-build.ts';
import { bridged, resampled } from '../../analysis/resample.ts';
import { endOf, newestTime, newestValue } from '../../analysis/sample-at.ts';
import { traceIdOfExemplar } from '../../analysis/service-pivots.ts';
import { familiesOf, type ServiceTarget } from '../../analysis/service-target.ts';
import { statusWord } from '../../analysis/status-lines.ts';
import {
	type Breakdown,
	type BreakdownRow,
	limitedLine,
	noServiceFindings,
	type Panel,
	type PanelLine,
	type ServiceFindings,
} from '../../investigation/service-findings.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Series } from '../../model/series.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import { type Block, paragraph, table } from './document.ts';
import { type Json, numberJson, rangeJson, seriesJson, timeJson } from './json.ts';
import { ladderBlocks } from './ladder.ts';
import { neighbourBlocks, neighboursJson } from './neighbours.ts';
import type { Printer, Printing } from './printer.ts';
import { resourceBlocks, resourcesJson } from './resources.ts';
import { signalBlocks, signalJson } from './service-signal.ts';
import { figureBefore, timeBlocks, timeFields } from './service-time.ts';

type ServicePrinting = Printing<ServicePlace, ServiceFindings>;
const panelNames = ['rate', 'errors', 'duration'] as const;
const sparkColumns = 48;

function blocksOf(printing: ServicePrinting): readonly Block[] {
	const { findings } = printing;
	const neighbours = lastValueOf(findings.neighbours);
	if (neighbours !== undefined) return [...neighbourBlocks(neighbours), ...ladderBlocks(findings.ladder)];
	const resources = lastValueOf(findings.resources);
	if (resources !== undefined) return [...resourceBlocks(resources), ...ladderBlocks(findings.ladder)];
	const target = lastValueOf(findings.target);
	if (target === undefined) return [];
	if (target.kind === 'missing')
		return [
			...signalBlocks(printing),
			paragraph(`${target.looked} ${target.next}`),
			...ladderBlocks(findings.ladder),
			...nearBlocks(target.near),
		];
	const breakdown = lastValueOf(findings.routes);
	const baseline = lastValueOf(findings.baseline);
	return [
		...choiceNotes(findings).map(paragraph),
		paragraph(`${target.convention}: ${target.rateMetric}${target.selector}. ${target.reason}`),
		table(
			[
				{ title: 'panel' },
				{ title: 'now', align: 'right' },
				...(baseline === undefined ? [] : [{ title: baseline.comparison.words, align: 'right' } as const]),
				{ title: 'limit', align: 'right' },
				{ title: 'over the window' },
			],
			panelNames.flatMap(name => panelRows(name, printing)),
		),
		...ladderBlocks(findings.ladder),
		...(breakdown?.by === undefined ? [] : [breakdownTable(breakdown)]),
		...timeBlocks(printing),
	];
}

/** What there is to say of the choice of metrics, other than that something is missing. */
const choiceNotes = ({ target }: ServiceFindings): readonly string[] =>
	(lastOf(target)?.notes ?? []).filter(({ kind }) => kind === 'info').map(({ text }) => text);

const nearBlocks = (near: readonly { readonly value: string; readonly convention: string }[]): readonly Block[] =>
	near.length === 0
		? []
		: [
				table(
					[{ title: 'service' }, { title: 'metrics' }],
					near.map(({ value, convention }) => [value, convention]),
				),
			];

function panelRows(
	name: (typeof panelNames)[number],
	{ findings, range, theme, timeFormat }: ServicePrinting,
): readonly string[][] {
	const panel = lastValueOf(findings[name]);
	const baseline = lastValueOf(findings.baseline);
	const then = (figure: string) => (baseline === undefined ? [] : [figure]);
	if (panel === undefined) return [[name, 'not known', ...then(''), '', '']];
	if (panel.lines.length === 0) return [[name, 'none', ...then(''), '', panel.empty ?? '']];
	return panel.lines.map(line => [
		panel.lines.length > 1 ? `${name} ${line.name}` : name,
		figureNow(line, panel, timeFormat),
		...then(figureBefore(baseline, name, panel, line)),
		line === limitedLine(panel) && panel.threshold !== undefined ? formatUnit(panel.threshold.value, panel.unit) : '',
		sparkline(bridged(resampled(line.series, range, sparkColumns), 2), theme.bars),
	]);
}

function figureNow({ series }: PanelLine, panel: Panel, timeFormat: TimeFormat): string {
	const end = endOf([series], panel);
	if (end === undefined) return formatUnit(newestValue(series), panel.unit);
	return `none since ${formatClock(end, timeFormat === 'local' ? 'local' : 'utc', 'minutes')}`;
}

function breakdownTable({ by = '', rows, others }: Breakdown): Block {
	const cells = (row: BreakdownRow, name: string) => [
		name,
		formatRate(row.rate),
		formatShare(row.errors),
		formatDuration(row.p99 * 1000),
	];
	return table(
		[
			{ title: by },
			{ title: 'rate', align: 'right' },
			{ title: 'errors', align: 'right' },
			{ title: 'p99', align: 'right' },
		],
		[
			...rows.map(row => cells(row, statusWord(row.value) || '(none)')),
			...(others === undefined ? [] : [cells(others, 'others')]),
		],
	);
}

const newestTimeJson = (series: Series): Json | undefined => {
	const at = newestTime(series);
	return at === undefined ? undefined : timeJson(at);
};

const panelJson = (panel: Panel | undefined): Json | undefined =>
	panel && {
		unit: panel.unit,
		stepSeconds: panel.grid.step / 1000,
		averagedOverSeconds: panel.averagedOver / 1000,
		threshold: panel.threshold && { operator: panel.threshold.operator, value: panel.threshold.value },
		firedAt: panel.firedAt === undefined ? undefined : timeJson(panel.firedAt),
		empty: panel.empty,
		lines: panel.lines.map(({ name, series, query }) => ({
			name,
			query,
			newest: numberJson(newestValue(series)),
			newestAt: newestTimeJson(series),
			...(seriesJson(series) as { readonly [name: string]: Json }),
		})),
	};

function targetJson(target: ServiceTarget): Json {
	if (target.kind === 'missing') {
		const { looked, next, near } = target;
		return { found: false, looked, next, near: near.map(({ value, convention }) => ({ service: value, convention })) };
	}
	const { convention, rateMetric, selector, duration, errorMatcher, otherErrorMatcher, routeLabel, reason } = target;
	return {
		found: true,
		convention,
		family: target.family,
		families: familiesOf(target),
		selector,
		rateMetric,
		durationMetric: duration?.base,
		errorMatcher: errorMatcher && promMatcher(errorMatcher),
		otherErrorMatcher: otherErrorMatcher && promMatcher(otherErrorMatcher),
		routeLabel,
		reason,
	};
}

const rowJson = ({ value, rate, errors, p99 }: BreakdownRow): Json => ({
	value,
	ratePerSecond: numberJson(rate),
	errorRatio: numberJson(errors),
	p99Seconds: numberJson(p99),
});

/** Panels of a live window whose newest samples are not those of now. */
function endedPanels({ window }: ServicePlace, findings: ServiceFindings): readonly string[] {
	if (window.kind !== 'live') return [];
	return panelNames.flatMap(name => {
		const panel = lastValueOf(findings[name]);
		const end =
			panel &&
			endOf(
				panel.lines.map(({ series }) => series),
				panel,
			);
		return end === undefined ? [] : [`There are no samples of the ${name} since ${new Date(end).toISOString()}.`];
	});
}

export const servicePrinter: Printer<ServicePlace, ServiceFindings> = {
	nothing: noServiceFindings,
	main: ({ view }) => (view === undefined || view === 'panels' ? 'target' : view),
	missing: endedPanels,
	blocks: blocksOf,
	json: ({ place, findings, range }) => {
		const target = lastValueOf(findings.target);
		const breakdown = lastValueOf(findings.routes);
		const neighbours = lastValueOf(findings.neighbours);
		const resources = lastValueOf(findings.resources);
		return {
			service: place.service,
			route: place.route,
			window: rangeJson(range),
			neighbours: neighbours && neighboursJson(neighbours),
			resources: resources && resourcesJson(resources),
			target: target && targetJson(target),
			signal: signalJson(lastValueOf(findings.signal)),
			rate: panelJson(lastValueOf(findings.rate)),
			errors: panelJson(lastValueOf(findings.errors)),
			duration: panelJson(lastValueOf(findings.duration)),
			breakdown: breakdown && {
				by: breakdown.by,
				rows: breakdown.rows.map(rowJson),
				others: breakdown.others && rowJson(breakdown.others),
			},
			exemplars: lastValueOf(findings.exemplars)?.map(exemplar => ({
				at: timeJson(exemplar.at),
				seconds: numberJson(exemplar.value),
				traceId: traceIdOfExemplar(exemplar),
			})),
			...timeFields({ findings }),
		};
	},
};
