import { formatId } from '../../analysis/format.ts';
import { sentenceOfGuess } from '../../analysis/trace-guess.ts';
import type { MissingService, MissingServices } from '../../investigation/missing-services.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments } from '../../widgets/pane-state.ts';
import { createTheme, type Theme } from '../../widgets/theme.ts';
import type { LogsShown } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** What is to be known beside the lines: who took part in their request and is silent, and which trace one may belong to. */
export function paintRemark(surface: Surface, props: LogsViewProps): void {
	const rows = wrappedSegments(remarkSegments(props), surface.width - margin);
	const ellipsis = props.theme.glyph('ellipsis');
	rows.slice(0, surface.height).forEach((row, y) => {
		const isCut = y === surface.height - 1 && rows.length > surface.height;
		paintSegments(surface, margin, y, isCut ? rows.slice(y).flat() : row, ellipsis);
	});
}

const margin = 1;
/** All themes have glyphs of the same width. */
const measured = createTheme('none', true);

/** The rows that it needs at this width. */
export const remarkRowsIn = (shown: LogsShown, width: number): number =>
	wrappedSegments(remarkSegments({ ...shown, theme: measured }), width - margin).length;

const remarkSegments = (props: LogsViewProps): readonly Segment[] =>
	guessSegments(props) ?? [...leftOutSegments(props), ...missingSegments(props)];

/** Segments in rows, broken between words. */
function wrappedSegments(segments: readonly Segment[], width: number): readonly (readonly Segment[])[] {
	const rows: Segment[][] = [[]];
	let room = width;
	for (const { text, ...style } of segments) {
		for (const word of text.split(/(?<= )(?! )/)) {
			const columns = widthOf(word.trimEnd());
			if (columns > room && room < width) {
				rows.push([]);
				room = width;
			}
			rows.at(-1)?.push({ text: columns === room ? word.trimEnd() : word, ...style });
			room -= widthOf(word);
		}
	}
	return rows;
}

/** Which trace the line under the cursor may belong to, once somebody wants to know. */
function guessSegments({ findings: { guesses }, state, theme }: LogsViewProps): readonly Segment[] | undefined {
	const { guessing } = state;
	if (guessing === undefined) return undefined;
	const found = lastValueOf(guesses)?.get(guessing);
	if (found?.guess !== undefined) {
		return [
			segment('T ', theme.style('link')),
			segment(`trace ${formatId(found.guess.id, theme.glyph('ellipsis'))}  `),
			segment(
				sanitize(sentenceOfGuess(found.guess)),
				theme.style(found.guess.sure === 'possible' ? 'warning' : 'text'),
			),
		];
	}
	if (found !== undefined) return [segment('no trace was found that fits this line', theme.style('warning'))];
	if (guesses.status === 'failed') return [segment(sentenceOf(guesses.failure), theme.style('error'))];
	return [segment(`asking which trace this line may belong to ${theme.glyph('ellipsis')}`, theme.style('dim'))];
}

/** That of every stream some are not read: what is missing may be there. */
const leftOutSegments = ({ findings: { target }, theme }: LogsViewProps): readonly Segment[] =>
	(lastOf(target)?.notes ?? [])
		.filter(({ kind }) => kind === 'partial')
		.flatMap(({ text }) => [segment(sanitize(text), theme.style('warning')), segment('  ')]);

function missingSegments({ findings: { missing }, theme, now }: LogsViewProps): readonly Segment[] {
	const found = lastOf(missing);
	const badge = badgeSegments(badgeOf(missing, now), theme).flatMap(each => [segment('  '), each]);
	if (found === undefined) return badge;
	const { services } = found.value;
	const [only] = services;
	if (only === undefined) return [segment(nobodyMissing(found.value), theme.style('dim')), ...badge];
	const parts =
		services.length === 1
			? [missingSegment(only, theme), segment(`: ${reasonOf(only)}, no line (${logsOf(only)})`)]
			: [
					segment(`${services.length} services without a line: `),
					...services.flatMap((each, index) => [
						...(index === 0 ? [] : [segment(', ')]),
						missingSegment(each, theme),
						segment(` (${reasonOf(each)}, ${shortLogsOf(each)})`),
					]),
				];
	return [segment(`${theme.glyph('warning')} `, theme.style('warning')), ...parts, ...badge];
}

const missingSegment = ({ service }: MissingService, theme: Theme): Segment =>
	segment(sanitize(service), theme.serviceStyle(service));

function reasonOf({ spans, named }: MissingService): string {
	if (named !== undefined) return sanitize(`named by ${named.by} (${named.word})`);
	return `${spans} ${spans === 1 ? 'span' : 'spans'} in the trace`;
}

const logsOf = (missing: MissingService): string =>
	missing.logs === undefined
		? 'whether it logs is not known'
		: `logs of ${sanitize(missing.service)} ${missing.logs ? 'exist' : 'do not exist'} in this window`;

const shortLogsOf = ({ logs }: MissingService): string =>
	logs === undefined ? 'logs not known' : logs ? 'logs exist' : 'no logs in this window';

function nobodyMissing({ trace }: MissingServices): string {
	switch (trace) {
		case 'read':
			return 'every service of the trace has a line here';
		case 'absent':
			return 'the trace was not found; the lines name no other service';
		case 'unknown':
			return 'no line names a trace, and none names another service';
		case 'failed':
			return 'the lines name no other service';
	}
}
