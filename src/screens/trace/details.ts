import { calleeOf } from '../../analysis/callee.ts';
import { skewMarkOf } from '../../analysis/clock-skew.ts';
import type { FoldRun } from '../../analysis/fold-runs.ts';
import { formatCount, formatShare } from '../../analysis/format.ts';
import { retryWaitsOf } from '../../analysis/retry-waits.ts';
import { patternWords, retryWaitWords, runFigure, runSectionOf } from '../../analysis/run-words.ts';
import { type DetailSection, spanDetailsOf, statusText } from '../../analysis/span-details.ts';
import { formatSpanTime, kindWords, movedWords, oneLine, skewWords } from '../../analysis/span-words.ts';
import { waitingOf, waitingWords } from '../../analysis/waiting.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padEnd, widthOf } from '../../terminal/width.ts';
import { paintSegments, segment } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { Look } from './state.ts';

/** Columns for the names of attributes, at most; a longer name gets a line of its own. */
const nameColumns = 27;

/** A line of the details: words, and what each is for. */
export type DetailLine = readonly { readonly text: string; readonly role: Role }[];

/** The details of the selected span, a line each, wrapped to so many columns. */
export function detailLines(look: Look, columns: number): readonly DetailLine[] {
	const failed = look.selected.span.status === 'error';
	const run = runShown(look);
	const sections = [
		...(run === undefined ? [] : [runSectionOf(run, look.selected)]),
		...spanDetailsOf(look.reading, look.selected),
	];
	return sections.flatMap((section, index) =>
		index === 0 ? sectionLines(section, columns, failed) : [[], ...sectionLines(section, columns, failed)],
	);
}

/** The run that hides the span, or that it is one of. */
const runShown = ({ folded, reading, selected }: Look): FoldRun | undefined =>
	folded.hiddenIn(selected) ?? reading.runs.runOf(selected);

function sectionLines({ title, rows }: DetailSection, columns: number, failed: boolean): readonly DetailLine[] {
	const longest = Math.max(...rows.map(({ name }) => widthOf(name)));
	const indent = Math.min(longest, nameColumns, Math.floor(columns / 2)) + 1;
	const heading = wrapText(title, columns).map((text): DetailLine => [{ text, role: 'strong' }]);
	const body = rows.flatMap(({ name, value }): readonly DetailLine[] => {
		const role = failed && name === 'status' ? 'error' : 'text';
		const isLong = widthOf(name) >= indent;
		const named = valueLines(value, Math.max(1, columns - indent)).map(
			(text, index): DetailLine => [
				{ text: padEnd(index === 0 && !isLong ? name : '', indent), role: 'dim' },
				{ text, role },
			],
		);
		return isLong ? [[{ text: name, role: 'dim' }], ...named] : named;
	});
	return [...heading, ...body];
}

/** So much of a value is read on a screen; `y` copies all of it. */
const longestValue = 8000;

/** A value in lines that keep their indent, as stacks, statements and JSON have it; what goes on is indented further. */
function valueLines(value: string, columns: number): readonly string[] {
	const isCut = value.length > longestValue;
	const shown = isCut
		? `${value.slice(0, longestValue)}\n(${formatCount(value.length)} characters; y copies all)`
		: value;
	return withoutTabs(shown)
		.split('\n')
		.flatMap(line => {
			const indent = Math.min(line.search(/[^ ]|$/), Math.floor(columns / 3));
			const hanging = indent === 0 ? 0 : indent + 2;
			return wrapText(line, columns - hanging).map((text, index) => ' '.repeat(index === 0 ? indent : hanging) + text);
		});
}

/** Stacks of the JVM are indented with tabs, and carriage returns come from Windows. */
const withoutTabs = (text: string): string => text.replaceAll('\t', '  ').replaceAll('\r\n', '\n');

/** The details from line `top` on, with a last line that says how many are not on show. */
export function paintDetails(surface: Surface, lines: readonly DetailLine[], top: number, theme: Theme): void {
	const from = Math.max(0, Math.min(top, lines.length - surface.height));
	const isCut = lines.length - from > surface.height;
	const room = surface.height - (isCut ? 1 : 0);
	lines.slice(from, from + room).forEach((line, y) => {
		const segments = line.map(({ text, role }) => segment(text, theme.style(role)));
		paintSegments(surface, 0, y, segments, theme.glyph('ellipsis'));
	});
	if (isCut) {
		const rest = lines.length - from - room;
		surface.put(0, room, `${theme.glyph('down')} ${rest} more lines (J, K)`, theme.style('dim'));
	}
}

/**
 * The selected span in a line or two:
 *
 *     payments pool.acquire  2 s, self 2 s  internal
 *     ✗ error: pool timeout after 2000ms
 */
export function paintStrip(surface: Surface, look: Look, theme: Theme): void {
	const { reading, selected, folded } = look;
	const run = folded.hiddenIn(selected);
	const self = reading.selfTimes[selected.index] ?? 0;
	const figures =
		run === undefined
			? `${formatSpanTime(selected.end - selected.start)}${selected.missing ? '' : `, self ${formatSpanTime(self)}`}`
			: `×${run.members.length}  ${runFigure(run)}`;
	const ellipsis = theme.glyph('ellipsis');
	const { service } = selected.span;
	const name = run?.name ?? selected.span.name;
	const forName = Math.max(0, surface.width - widthOf(service) - widthOf(figures) - 4);
	paintSegments(
		surface,
		0,
		0,
		[
			segment(`${service} `, theme.serviceStyle(service)),
			segment(fit(oneLine(name), forName, { keep: 'end', ellipsis }), theme.style('strong')),
			segment(`  ${figures}`),
		],
		ellipsis,
	);
	if (surface.height < 2) return;
	const failed = selected.span.status === 'error';
	const words = failed ? `${theme.glyph('error')} ${oneLine(statusText(selected))}` : calmWords(look);
	surface.put(0, 1, fit(words, surface.width, { ellipsis }), theme.style(failed ? 'error' : 'dim'));
}

/** Of a span that did not fail: what it was or whom it called, what it waited for, its part of the path, its clock. */
function calmWords(look: Look): string {
	const { criticalTimes, spent } = look.reading;
	const node = look.selected;
	if (node.missing) return statusText(node);
	const run = runShown(look);
	const pattern = run === undefined ? undefined : patternWords(run);
	const critical = (run?.members ?? [node]).reduce((sum, { index }) => sum + (criticalTimes[index] ?? 0), 0);
	const skew = skewMarkOf(node);
	const moved = look.shift?.movedBy(node) ?? 0;
	const callee = calleeOf(look.reading.tree, node);
	const waiting = waitingOf(node.span);
	return [
		...(pattern === undefined ? [] : [pattern]),
		callee === undefined ? kindWords[node.span.kind] : `calls ${oneLine(callee.words)}`,
		...(waiting === undefined ? [] : [waitingWords(waiting)]),
		...(retryWaitsOf(look.reading.runs).get(node) ?? []).map(
			wait => `${formatSpanTime(wait.sum)} ${retryWaitWords(wait)}`,
		),
		critical === 0 ? 'not on the critical path' : `${formatShare(critical / spent.total)} of the critical path`,
		...(skew === undefined ? [] : [skewWords(skew)]),
		...(moved === 0 ? [] : [`${movedWords(moved)} by guess`]),
	].join('; ');
}
