import { formatCount } from '../../analysis/format.ts';
import type { LogsTail } from '../../investigation/tail-findings.ts';
import { mostWaiting, type StreamMark } from '../../investigation/tail-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import type { Theme } from '../../widgets/theme.ts';
import { newLines } from './follow.ts';
import { cursorOf, recordsOf } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** The last row of lines that are followed: how they come, how many are new, held or left out. */
export function paintTail(surface: Surface, props: LogsViewProps): void {
	if (surface.height <= 0) return;
	const { theme } = props;
	const ellipsis = theme.glyph('ellipsis');
	const fresh = newLines(props, recordsOf(props), cursorOf(props));
	const badge = fresh <= 0 ? '' : ` ${formatCount(fresh)} new ${fresh === 1 ? 'line' : 'lines'}  G `;
	const width = surface.width - widthOf(badge);
	paintSegments(surface.within(1, 0, Math.max(0, width - 2), 1), 0, 0, tailSegments(props), ellipsis);
	surface.put(width, 0, badge, theme.style('match'));
}

function tailSegments(props: LogsViewProps): readonly Segment[] {
	const { theme, findings } = props;
	const tail = lastValueOf(findings.tail);
	const text = (words: string) => segment(sanitize(words, {}), theme.style('text'));
	const dim = (words: string) => segment(sanitize(words, {}), theme.style('dim'));
	if (findings.tail.status === 'failed') {
		return [
			segment(`${theme.glyph('error')} live tail ended: ${sentenceOf(findings.tail.failure)}`, theme.style('error')),
		];
	}
	if (tail === undefined) return unbegunSegments(props);
	const dropped = tail.dropped === 0 ? [] : [dim(`  ${formatCount(tail.dropped)} left out by Loki`)];
	if (props.paused) return [...pausedSegments(tail, theme), ...dropped];
	if (tail.trouble !== undefined) {
		return [
			segment(`${theme.glyph('warning')} lines are missing: ${sanitize(tail.trouble, {})}`, theme.style('warning')),
		];
	}
	switch (tail.by.kind) {
		case 'connecting':
			return [dim(`live tail: opening the stream ${theme.glyph('ellipsis')}`)];
		case 'streaming':
			return [segment(theme.glyph('ok'), theme.style('ok')), text(' live tail'), ...dropped, pauseHint(theme)];
		case 'lost': {
			const seconds = Math.max(0, Math.ceil((tail.by.until - props.now) / 1000));
			const words = `${theme.glyph('warning')} stream lost, again in ${seconds} s: `;
			return [segment(words, theme.style('warning')), dim(tail.by.why)];
		}
		case 'polling':
			return [
				segment(theme.glyph('ok'), theme.style('ok')),
				text(' live tail, asked every 2 s'),
				pauseHint(theme),
				dim(`  ${tail.by.why}`),
			];
	}
}

/** Following goes on from lines that were read: without any it has not begun. */
function unbegunSegments({ theme, findings: { records } }: LogsViewProps): readonly Segment[] {
	if (records.status !== 'failed' || lastOf(records) !== undefined)
		return [segment(`live tail ${theme.glyph('ellipsis')}`, theme.style('dim'))];
	return records.failure.kind === 'too-much'
		? [segment('no live tail before you agree to what it would read', theme.style('dim'))]
		: [segment(`${theme.glyph('warning')} no live tail: no line could be read. R asks again.`, theme.style('warning'))];
}

const pauseHint = (theme: Theme): Segment => segment('  space pauses', theme.style('dim'));

/** What is polled is not asked for meanwhile, so that nothing waits and nothing is lost. */
function pausedSegments({ by, held, beyond }: LogsTail, theme: Theme): readonly Segment[] {
	const count = (lines: number) => lines.toLocaleString('en-US');
	const over = beyond === 0 ? '' : `, ${count(beyond)} more to be read again`;
	const words = by.kind === 'polling' ? 'paused' : `paused, ${count(held)} of ${count(mostWaiting)} held${over}`;
	return [
		segment(words, theme.style(beyond === 0 ? 'strong' : 'warning')),
		segment('  space goes on', theme.style('dim')),
	];
}

/** What happened to the stream between two lines. */
export function marksBefore(
	marks: readonly StreamMark[],
	before: LogRecord | undefined,
	{ entry }: LogRecord,
): readonly StreamMark[] {
	if (before === undefined || marks.length === 0) return [];
	return marks.filter(({ after }) => before.entry.at <= after && after < entry.at);
}

/** `── reconnected, 3 s without the stream ──────` */
export function paintMark(surface: Surface, y: number, { text }: StreamMark, theme: Theme): void {
	const line = theme.glyph('horizontal');
	const words = fit(` ${text} `, Math.max(0, surface.width - 4), { ellipsis: theme.glyph('ellipsis') });
	const rest = Math.max(0, surface.width - 2 - widthOf(words));
	surface.put(0, y, `${line.repeat(2)}${words}${line.repeat(rest)}`, theme.style('warning'));
}
