import { skewMarkOf } from '../../analysis/clock-skew.ts';
import type { FlameSegment } from '../../analysis/flame-rows.ts';
import type { FoldRun } from '../../analysis/fold-runs.ts';
import type { FoldedTrace } from '../../analysis/folded-trace.ts';
import type { Stretch } from '../../analysis/folded-view.ts';
import { criticalStretchesOf } from '../../analysis/run-critical.ts';
import { repeatsWords, runFigure, runName } from '../../analysis/run-words.ts';
import { formatSpanTime, inWords, oneLine, skewTag, skewWords } from '../../analysis/span-words.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { createTheme } from '../../widgets/theme.ts';
import { escaped, textAt } from './svg-text.ts';

/** Pixels. `letter` is the width of a character of 12 px in the monospaced fonts that browsers bring. */
export const px = { width: 1200, margin: 12, row: 18, bar: 16, line: 18, letter: 7.25, label: 5 };

export const failedFrame = ' stroke="#c1121f" stroke-width="1.5"';

/** What bars are drawn of: a trace with its usual runs folded, on a scale of pixels. */
export type SvgDrawing = {
	readonly reading: TraceReading;
	readonly folded: FoldedTrace;
	readonly scale: { readonly from: number; readonly to: number; readonly columns: number };
};

type Drawn = Exclude<FlameSegment, { kind: 'gap' }>;
type SpanSegment = Extract<FlameSegment, { kind: 'span' }>;

/**
 * The bars of a row. A label stands in its bar, or behind it where only there is room:
 *
 *     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
 *     ▇edge GET /  420 ms▇▇▇▇▇      ▇ ! basket SELECT  3 ms skewed
 */
export function barsOf(row: readonly FlameSegment[], y: number, drawing: SvgDrawing): readonly string[] {
	return row.flatMap((segment, at) => {
		if (segment.kind === 'gap') return [];
		const next = row[at + 1];
		return bar(segment, next?.kind === 'gap' ? next.width : 0, y, drawing);
	});
}

function bar(segment: Drawn, behind: number, y: number, drawing: SvgDrawing): readonly string[] {
	const nodes = segment.kind === 'span' ? [segment.node] : segment.nodes;
	const [first] = nodes;
	if (first === undefined) return [];
	const x = px.margin + segment.x;
	const isFailed = nodes.some(node => hasFailed(node, drawing));
	const fill = fillOf(first.missing ? undefined : first.span.service);
	const width = Math.max(0.6, segment.width - 0.4);
	return [
		'<g>',
		`<title>${escaped(segment.kind === 'span' ? tooltipOf(segment.node, drawing) : mergedWords(nodes, drawing))}</title>`,
		`<rect x="${x}" y="${y}" width="${width}" height="${px.bar}" fill="${fill}"${isFailed ? failedFrame : ''}/>`,
		...(segment.kind === 'span' ? criticalLines(segment, y, drawing) : []),
		...label(segment, behind, y, { text: sanitize(labelOf(segment, isFailed, drawing)), ink: inkOn(fill) }),
		'</g>',
	];
}

/** Of a name that is cut so many columns are to be read; less is none. */
const leastName = 4;
const failedMark = '! ';

function label(
	{ x, width }: Drawn,
	behind: number,
	y: number,
	{ text, ink }: { readonly text: string; readonly ink: string },
): readonly string[] {
	const columnsIn = (pixels: number) => Math.max(0, Math.floor((pixels - px.label - 2) / px.letter));
	const rooms = { inside: columnsIn(width), behind: columnsIn(behind) };
	const needed = widthOf(text);
	const isBehind = rooms.inside < needed && rooms.behind > rooms.inside;
	const room = Math.max(rooms.inside, rooms.behind);
	const shown = cutLabel(text, isBehind ? room : rooms.inside);
	if (shown === '') return [];
	const left = px.margin + x + (isBehind ? width : 0) + px.label;
	return [textAt(left, y + 12, shown, ` fill="${isBehind ? '#1a1a1a' : ink}"`)];
}

/** A failure is told by its mark alone where there is no room for a name. */
function cutLabel(text: string, room: number): string {
	if (widthOf(text) <= room) return text;
	const mark = text.startsWith(failedMark) ? failedMark : '';
	if (room >= mark.length + leastName) return fit(text, room);
	return room > 0 ? mark.trim() : '';
}

function hasFailed(node: SpanNode, { folded }: SvgDrawing): boolean {
	return node.span.status === 'error' || (folded.hiddenIn(node)?.errors ?? 0) > 0;
}

function labelOf(segment: Drawn, isFailed: boolean, drawing: SvgDrawing): string {
	if (segment.kind === 'merged') return `+${countOf(segment.nodes, drawing)}`;
	const { node } = segment;
	const { service, name } = node.span;
	const skew = skewMarkOf(node);
	const run = drawing.folded.hiddenIn(node);
	const figure =
		run === undefined
			? `${formatSpanTime(node.end - node.start)}${skew === undefined ? '' : ` ${skewTag[skew.kind]}`}`
			: runFigure(run);
	const times = run === undefined ? '' : ` ×${run.members.length}`;
	return `${isFailed ? failedMark : ''}${service} ${oneLine(run?.name ?? name)}${times}  ${figure}`;
}

const countOf = (nodes: readonly SpanNode[], { folded }: SvgDrawing): number =>
	nodes.reduce((sum, node) => sum + (folded.hiddenIn(node)?.spans ?? 1), 0);

const mergedWords = (nodes: readonly SpanNode[], drawing: SvgDrawing): string =>
	`${countOf(nodes, drawing)} short spans`;

function tooltipOf(node: SpanNode, { reading, folded }: SvgDrawing): string {
	const run = folded.hiddenIn(node);
	if (run !== undefined) return runTooltip(run);
	const { service, name, status, statusMessage } = node.span;
	const skew = skewMarkOf(node);
	const time = (nanoseconds: number | undefined) => formatSpanTime(nanoseconds ?? 0);
	const { selfTimes, criticalTimes } = reading;
	return [
		inWords(`${service} ${name}`),
		`${formatSpanTime(node.end - node.start)}, self ${time(selfTimes[node.index])}, on the critical path ${time(criticalTimes[node.index])}`,
		...(skew === undefined ? [] : [skewWords(skew)]),
		...(status === 'error' ? [`failed${statusMessage === '' ? '' : `: ${inWords(statusMessage)}`}`] : []),
	].join('; ');
}

const runTooltip = (run: FoldRun): string => {
	const { members, errors, isNPlusOne, isRetried } = run;
	return [
		isNPlusOne || isRetried ? repeatsWords(run) : `${members.length} × ${runName(run)}`,
		runFigure(run),
		...(errors > 0 ? [`${errors} failed`] : []),
	].join('; ');
};

/** Where the span itself, or what a run hides, is on the critical path: a dark line at the foot of its bar. */
function criticalLines({ x, width, node }: SpanSegment, y: number, drawing: SvgDrawing): readonly string[] {
	const { reading, folded, scale } = drawing;
	const column = (at: number) => ((at - scale.from) / (scale.to - scale.from)) * scale.columns;
	const run = folded.hiddenIn(node);
	const stretches: readonly Stretch[] =
		run === undefined ? (reading.sections.get(node) ?? []) : criticalStretchesOf(run, reading);
	return stretches.flatMap(({ from, to }) => {
		const left = Math.max(x, column(from));
		const right = Math.min(x + width, column(to));
		return right <= left
			? []
			: [
					`<rect x="${(px.margin + left).toFixed(1)}" y="${y + px.bar - 2}" width="${(right - left).toFixed(1)}" height="2" fill="#1a1a1a"/>`,
				];
	});
}

const theme = createTheme('true', true);

/** The colour that the service has on the screen; grey for a span that nobody sent. */
export const fillOf = (service: string | undefined): string => {
	const color = service === undefined ? undefined : theme.serviceStyle(service).color;
	return typeof color === 'string' && color.startsWith('#') ? color : '#c9c9c9';
};

/** Black or white, whichever has the better contrast (WCAG 2.2, relative luminance). */
function inkOn(fill: string): string {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
		const part = Number.parseInt(fill.slice(at, at + 2), 16) / 255;
		return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
