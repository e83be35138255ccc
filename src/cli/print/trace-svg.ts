import type { CriticalSection } from '../../analysis/critical-path.ts';
import { type FlameSegment, flameRowOf } from '../../analysis/flame-rows.ts';
import { formatSpanTime, inWords, oneLine } from '../../analysis/span-words.ts';
import { rulerTicksOf } from '../../analysis/time-ruler.ts';
import { traceFlawsOf } from '../../analysis/trace-flaws.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { createTheme } from '../../widgets/theme.ts';

/** Pixels. `letter` is the width of a character of 12 px in the monospaced fonts that browsers bring. */
const px = { width: 1200, margin: 12, row: 18, bar: 16, line: 18, letter: 7.25, label: 5 };

/** More rows are counted and left out: a picture is looked at whole. */
const mostRows = 400;

/**
 * The flame graph as a picture of its own: no script, no font, no link, so that a ticket or a wiki takes it as it is. Texts
 * are texts, to be selected and found; each bar has a tooltip. Two spans never share a pixel: those shorter than one are
 * merged as on the screen.
 *
 *     sentence
 *     0         500 ms        1 s
 *     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇    a line below a bar: on the critical path
 *      ▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇      a red frame: failed
 *     ■ edge ■ basket
 */
export function traceSvg(reading: TraceReading): string {
	const { lanes, services, spent, tree } = reading;
	const rows = lanes.rows.slice(0, mostRows);
	const scale = { from: lanes.from, to: lanes.to, columns: px.width - 2 * px.margin };
	const cut = lanes.rows.length - rows.length;
	const remarks = [...traceFlawsOf(tree), ...(cut > 0 ? [`${cut} more rows are left out.`] : [])];
	const columns = Math.floor(scale.columns / px.letter);
	const fitting = widthOf(spent.sentence) < columns ? spent.sentence : spent.shortSentence;
	const top = px.margin + px.line * (2 + remarks.length);
	const bottom = top + px.line + rows.length * px.row;
	const legend = legendOf(services, bottom + px.line);
	const height = bottom + px.line * (legend.lines + 1);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${px.width}" height="${height}" viewBox="0 0 ${px.width} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12" fill="#1a1a1a">`,
		`<title>${escaped(`trace ${reading.id}`)}</title>`,
		`<rect width="100%" height="100%" fill="#ffffff"/>`,
		textAt(px.margin, px.margin + 12, `trace ${reading.id}`, ' fill="#6b6b6b"'),
		textAt(px.margin, px.margin + px.line + 12, fit(`${fitting}.`, columns), ' font-weight="bold"'),
		...remarks.map((remark, at) =>
			textAt(px.margin, px.margin + px.line * (2 + at) + 12, fit(remark, columns), ' fill="#9a4a00"'),
		),
		...rulerOf(scale.to - scale.from, top, bottom),
		...rows.flatMap((frames, at) =>
			flameRowOf(frames, scale).flatMap(segment => bar(segment, top + px.line + at * px.row, { reading, scale })),
		),
		...legend.marks,
		'</svg>',
		'',
	].join('\n');
}

function rulerOf(length: number, top: number, bottom: number): readonly string[] {
	const cell = 8;
	return rulerTicksOf(length, (px.width - 2 * px.margin) / cell).flatMap(({ x, label }) => {
		const at = px.margin + x * cell;
		return [
			`<line x1="${at}" y1="${top + 4}" x2="${at}" y2="${bottom}" stroke="#dddddd"/>`,
			textAt(at + 3, top + 12, label, ' fill="#6b6b6b"'),
		];
	});
}

type Drawing = {
	readonly reading: TraceReading;
	readonly scale: { readonly from: number; readonly to: number; readonly columns: number };
};

function bar(segment: FlameSegment, y: number, drawing: Drawing): readonly string[] {
	if (segment.kind === 'gap') return [];
	const nodes = segment.kind === 'span' ? [segment.node] : segment.nodes;
	const [first] = nodes;
	if (first === undefined) return [];
	const x = px.margin + segment.x;
	const failed = nodes.some(({ span }) => span.status === 'error');
	const fill = fillOf(first.missing ? undefined : first.span.service);
	const label = segment.kind === 'span' ? labelOf(segment.node) : `+${nodes.length}`;
	const room = Math.floor((segment.width - px.label - 2) / px.letter);
	const width = Math.max(0.6, segment.width - 0.4);
	return [
		'<g>',
		`<title>${escaped(segment.kind === 'span' ? tooltipOf(segment.node, drawing.reading) : `${nodes.length} short spans`)}</title>`,
		`<rect x="${x}" y="${y}" width="${width}" height="${px.bar}" fill="${fill}"${failed ? ' stroke="#c1121f" stroke-width="1.5"' : ''}/>`,
		...(segment.kind === 'span' ? criticalLines(segment, y, drawing) : []),
		...(room < 2
			? []
			: [textAt(x + px.label, y + 12, fit(label, Math.min(room, widthOf(label))), ` fill="${inkOn(fill)}"`)]),
		'</g>',
	];
}

const labelOf = (node: SpanNode): string => {
	const { service, name, status } = node.span;
	return `${status === 'error' ? '! ' : ''}${service} ${oneLine(name)}  ${formatSpanTime(node.end - node.start)}`;
};

function tooltipOf(node: SpanNode, { selfTimes, criticalTimes }: TraceReading): string {
	const { service, name, status, statusMessage } = node.span;
	const time = (nanoseconds: number | undefined) => formatSpanTime(nanoseconds ?? 0);
	return [
		inWords(`${service} ${name}`),
		`${formatSpanTime(node.end - node.start)}, self ${time(selfTimes[node.index])}, on the critical path ${time(criticalTimes[node.index])}`,
		...(status === 'error' ? [`failed${statusMessage === '' ? '' : `: ${inWords(statusMessage)}`}`] : []),
	].join('; ');
}

/** Where the span itself is on the critical path: a dark line at the foot of its bar. */
function criticalLines(
	{ x, width, node }: Extract<FlameSegment, { kind: 'span' }>,
	y: number,
	{ reading, scale }: Drawing,
): readonly string[] {
	const column = (at: number) => ((at - scale.from) / (scale.to - scale.from)) * scale.columns;
	return (reading.sections.get(node) ?? []).flatMap(({ from, to }: CriticalSection) => {
		const left = Math.max(x, column(from));
		const right = Math.min(x + width, column(to));
		return right <= left
			? []
			: [
					`<rect x="${(px.margin + left).toFixed(1)}" y="${y + px.bar - 2}" width="${(right - left).toFixed(1)}" height="2" fill="#1a1a1a"/>`,
				];
	});
}

/** The services with their colours, in as many lines as they need. */
function legendOf(
	services: readonly string[],
	y: number,
): { readonly lines: number; readonly marks: readonly string[] } {
	let line = 0;
	let x = px.margin;
	const marks = services.flatMap(service => {
		const width = 22 + (widthOf(sanitize(service)) + 2) * px.letter;
		if (x > px.margin && x + width > px.width) {
			line++;
			x = px.margin;
		}
		const at = x;
		x += width;
		const top = y + line * px.line;
		return [
			`<rect x="${at}" y="${top - 10}" width="12" height="12" fill="${fillOf(service)}"/>`,
			textAt(at + 18, top, service),
		];
	});
	return { lines: line + 1, marks };
}

const textAt = (x: number, y: number, text: string, more = ''): string =>
	`<text x="${x}" y="${y}"${more}>${escaped(text)}</text>`;

const theme = createTheme('true', true);

/** The colour that the service has on the screen; grey for a span that nobody sent. */
const fillOf = (service: string | undefined): string => {
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

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text of XML 1.0: without what would drive a terminal, and without the characters that no XML may hold (§2.2). */
const escaped = (text: string): string =>
	sanitize(text)
		.toWellFormed()
		.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
		.replaceAll(/[&<>"']/g, character => entities[character] ?? character);
