import { flameRowOf } from '../../analysis/flame-rows.ts';
import { asTheyCome, foldedTraceOf } from '../../analysis/folded-trace.ts';
import { foldedViewOf } from '../../analysis/folded-view.ts';
import { rulerTicksOf } from '../../analysis/time-ruler.ts';
import { traceFlawsOf } from '../../analysis/trace-flaws.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { escaped, textAt } from './svg-text.ts';
import { barsOf, failedFrame, fillOf, px } from './trace-svg-bars.ts';

/** More rows are counted and left out: a picture is looked at whole. */
const mostRows = 400;

/**
 * The flame graph as a picture of its own: no script, no font, no link, so that a ticket or a wiki takes it as it is. Texts
 * are texts, to be selected and found; each bar has a tooltip. Runs of like spans are folded as they come on the screen. Two
 * spans never share a pixel: those shorter than one are merged. The ground is white whatever surrounds it: dark pages, too.
 *
 *     sentence
 *     0         500 ms        1 s
 *     ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇    a line below a bar: on the critical path
 *      ▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇      a red frame: failed
 *     ■ edge ■ basket
 *     ▁ on the critical path □ failed
 */
export function traceSvg(reading: TraceReading): string {
	const { services, spent, tree } = reading;
	const folded = foldedTraceOf(reading, asTheyCome);
	const view = foldedViewOf(folded, { zoom: undefined });
	const rows = Math.min(mostRows, view.height);
	const scale = { from: view.from, to: view.to, columns: px.width - 2 * px.margin };
	const cut = view.height - rows;
	const remarks = [...traceFlawsOf(tree), ...(cut > 0 ? [`${cut} more rows are left out.`] : [])];
	const columns = Math.floor(scale.columns / px.letter);
	const [whole, short] = [sanitize(spent.sentence), sanitize(spent.shortSentence)];
	const sentence = widthOf(whole) < columns ? whole : short;
	const top = px.margin + px.line * (2 + remarks.length);
	const bottom = top + px.line + rows * px.row;
	const legend = legendOf(services, bottom + px.line);
	const all = bottom + px.line * (legend.lines + 2);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${px.width}" height="${all}" viewBox="0 0 ${px.width} ${all}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12" fill="#1a1a1a" xml:space="preserve">`,
		`<title>${escaped(`trace ${reading.id}`)}</title>`,
		`<rect width="100%" height="100%" fill="#ffffff"/>`,
		textAt(px.margin, px.margin + 12, `trace ${reading.id}`, muted),
		textAt(px.margin, px.margin + px.line + 12, fit(`${sentence}.`, columns), ' font-weight="bold"'),
		...remarks.map((remark, at) =>
			textAt(px.margin, px.margin + px.line * (2 + at) + 12, fit(sanitize(remark), columns), ' fill="#9a4a00"'),
		),
		...rulerOf(scale.to - scale.from, top, bottom),
		...Array.from({ length: rows }, (_, at) =>
			barsOf(flameRowOf(view.frames(at), scale), top + px.line + at * px.row, { reading, folded, scale }),
		).flat(),
		...legend.marks,
		...keyOf(bottom + px.line * (legend.lines + 1)),
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
			textAt(at + 3, top + 12, label, muted),
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

/** What the marks on bars mean. */
const keyOf = (y: number): readonly string[] => [
	`<rect x="${px.margin}" y="${y - 2}" width="12" height="2" fill="#1a1a1a"/>`,
	textAt(px.margin + 18, y, 'on the critical path', muted),
	`<rect x="${px.margin + 190}" y="${y - 9}" width="11" height="10" fill="none"${failedFrame}/>`,
	textAt(px.margin + 208, y, 'failed, labelled !', muted),
];

const muted = ' fill="#6b6b6b"';
