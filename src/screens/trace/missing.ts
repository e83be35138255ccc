import { formatDuration } from '../../analysis/format.ts';
import type { TraceAside } from '../../investigation/trace-asides.ts';
import type { TraceFindings, TraceMissing } from '../../investigation/trace-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracePlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintLine, type Segment, segment } from '../../widgets/line.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { rungKeys } from '../rung-keys.ts';
import { ladderLines } from '../rung-line.ts';
import { type Binding, refuse, stay, type ViewProps } from '../screen.ts';
import { answerOf, type TraceShown, type TraceState } from './state.ts';

/** A trace that may be seconds old is asked for again by itself, unless the operator has stopped it or reads its logs. */
export function awaitedIn(shown: TraceShown): readonly TraceAside[] {
	const answered = answerOf(shown);
	const { waits, fromLogs } = shown.state;
	if (fromLogs === true && (answered?.found === false || answered?.fromLogs === true)) {
		return [{ key: 'from logs', kind: 'from logs' }];
	}
	const isAwaited = answered?.found === false && answered.freshUntil !== undefined && waits !== false;
	return isAwaited ? [{ key: 'await', kind: 'await' }] : [];
}

/** What else there is is asked for where there is no trace. */
export const ladderIn = (shown: TraceShown): readonly TraceAside[] =>
	answerOf(shown)?.found === false ? [{ key: 'ladder', kind: 'ladder' }] : [];

const isWaiting = (shown: TraceShown): boolean => awaitedIn(shown).some(({ kind }) => kind === 'await');
const notWaiting = 'The trace is not asked for again by itself.';

export const missingKeys: readonly Binding<TracePlace, TraceFindings, TraceState>[] = [
	...rungKeys(
		[
			{ key: 'r', label: 'by request', help: 'Where the trace is missing: what has its ID as that of a request.' },
			{ key: 'a', label: 'lower half', help: 'Where the trace is missing: the one of the lower half of its ID.' },
		],
		({ findings }: TraceShown) => lastValueOf(findings.ladder) ?? [],
	),
	{
		keys: ['x'],
		label: 'stop asking',
		help: 'Ask no more by itself for a trace that may still arrive; R asks once.',
		footerNow: shown => (isWaiting(shown) ? 1 : undefined),
		idle: shown => (isWaiting(shown) ? undefined : notWaiting),
		run: shown => (isWaiting(shown) ? stay({ ...shown.state, waits: false }) : refuse(notWaiting)),
	},
	{
		keys: ['w'],
		label: 'from its logs',
		help: 'Where the trace is missing: make up a waterfall from the log lines of the request.',
		footerNow: shown => (isMissing(shown) ? 1.5 : undefined),
		idle: shown => (isMissing(shown) ? undefined : notMissing),
		run: shown => (isMissing(shown) ? stay({ ...shown.state, fromLogs: true, way: 'waterfall' }) : refuse(notMissing)),
	},
];

const isMissing = (shown: TraceShown): boolean => answerOf(shown)?.found === false;
const notMissing = 'This trace is not missing.';

/** Why there is nothing to see, and what can be done. */
export function paintMissing(
	surface: Surface,
	missing: TraceMissing,
	props: ViewProps<TracePlace, TraceFindings, TraceState>,
): void {
	const { theme } = props;
	const { id, store, tried, reasons } = missing;
	const dim = theme.style('dim');
	const wrapped = (text: string, style = theme.style('text')): readonly (readonly Segment[])[] =>
		wrapText(text, surface.width).map(line => [segment(line, style)]);
	const rungs = ladderLines(props.findings.ladder, surface.width, theme);
	const lines: readonly (readonly Segment[])[] = [
		...wrapped(`Trace ${id} is not in ${store}.`, theme.style('strong')),
		...wrapped(`Looked in ${tried.join(', then in ')}.`),
		...againLine(missing, props).flatMap(line => wrapped(line, theme.style('info'))),
		[],
		...rungs,
		...(rungs.length === 0 ? [] : [[]]),
		...reasons.flatMap(reason =>
			wrapText(reason, surface.width - 2).map((line, index) => [
				segment(index === 0 ? `${theme.glyph('info')} ` : '  ', dim),
				segment(line),
			]),
		),
		[],
		...fromLogsLine(missing, props).flatMap(line => wrapped(line)),
		...wrapped(`w makes a waterfall of its log lines, L opens them, R asks ${store} again.`, dim),
	];
	lines.slice(0, surface.height).forEach((line, y) => {
		paintLine(surface, y, line, [], theme.glyph('ellipsis'));
	});
}

/** `Asks again in 4 s, until it would be there. x stops.` */
function againLine({ againAt }: TraceMissing, props: ViewProps<TracePlace, TraceFindings, TraceState>) {
	if (againAt === undefined || !isWaiting(props)) return [];
	const left = Math.ceil((againAt - props.now) / second) * second;
	return [left > 0 ? `Asks again in ${formatDuration(left)}. x stops.` : 'Asking again. x stops.'];
}

/** That the lines are being read, or why they tell nothing. */
function fromLogsLine({ fromLogs }: TraceMissing, { state }: ViewProps<TracePlace, TraceFindings, TraceState>) {
	if (state.fromLogs !== true) return [];
	return [fromLogs ?? 'Asking Loki for its log lines.', ''];
}
