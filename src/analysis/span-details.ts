import { toMilliseconds } from '../model/time.ts';
import type { Attributes, AttributeValue, SpanEvent, SpanLink } from '../model/trace.ts';
import { attributeGroupsOf } from './attribute-groups.ts';
import { calleeOf } from './callee.ts';
import { skewMarkOf } from './clock-skew.ts';
import { errorWordsOf } from './culprit.ts';
import { errorPlaceOf } from './error-order.ts';
import { formatShare } from './format.ts';
import { formatClock } from './format-time.ts';
import { selfElsewhere } from './recorded-elsewhere.ts';
import { retryWaitsOf } from './retry-waits.ts';
import { repeatsWords, retryWaitWords } from './run-words.ts';
import { hopOf, hopWords } from './span-hops.ts';
import { linkTargetOf } from './span-links.ts';
import { formatAttribute, formatSpanTime, kindWords, oneLine, skewWords } from './span-words.ts';
import { formatSql, isSql } from './sql-text.ts';
import { ownFramesOf, rootCauseIn } from './stack-frames.ts';
import { gapWords, toldGapsOf } from './told-gaps.ts';
import type { TraceReading } from './trace-reading.ts';
import { traceRemarksOf } from './trace-remarks.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';
import { waitingOf, waitingWords } from './waiting.ts';

/** A named value; a value may have several lines. */
export type DetailRow = { readonly name: string; readonly value: string };

/** Rows that belong together, under a title. */
export type DetailSection = { readonly title: string; readonly rows: readonly DetailRow[] };

/** All that is known of a span, in the order in which one asks: what, how long, why, with what, where. */
export function spanDetailsOf(reading: TraceReading, node: SpanNode): readonly DetailSection[] {
	const sections = [
		{ title: `${node.span.service} ${node.span.name}`, rows: summaryRows(reading, node) },
		{ title: 'where the time went', rows: timeRows(reading, node) },
		...node.span.events.map(event => eventSection(event, reading, node)),
		...attributeSections(node.span.attributes),
		{ title: 'links', rows: node.span.links.map((link, at) => linkRow(link, at, { node, tree: reading.tree })) },
		{ title: 'resource', rows: rowsOf(node.span.resource) },
	];
	return sections.filter(({ rows }) => rows.length > 0);
}

/** The span as somebody would paste it into a ticket. */
export const spanText = (reading: TraceReading, node: SpanNode): string =>
	[
		`trace ${reading.id} span ${node.span.id}`,
		...spanDetailsOf(reading, node).flatMap(({ title, rows }) => [
			title,
			...rows.map(({ name, value }) => `  ${name}: ${value.replaceAll('\n', '\n    ')}`),
		]),
	].join('\n');

/** `error: pool timeout after 2000ms`, `ok`, or that the span does not say. */
export function statusText(node: SpanNode): string {
	if (node.missing) return 'nobody sent this span; its children name it as their parent';
	const { status } = node.span;
	if (status !== 'error') return status === 'ok' ? 'ok' : 'no error said';
	return ['error', errorWordsOf(node)].filter(Boolean).join(': ');
}

function summaryRows(reading: TraceReading, node: SpanNode): readonly DetailRow[] {
	const { tree, criticalTimes, spent } = reading;
	const critical = criticalTimes[node.index] ?? 0;
	const skew = skewMarkOf(node);
	const start = formatClock(toMilliseconds(node.span.start), 'utc', 'milliseconds');
	const error = errorPlaceOf(tree, node);
	return [
		row('status', statusText(node)),
		...(error === undefined ? [] : [row('error', `${error} in the order of causes`)]),
		row('took', formatSpanTime(node.end - node.start)),
		...(node.missing ? [] : [row('self', selfText(reading, node))]),
		...callRows(reading, node),
		row(
			'on path',
			critical === 0 ? 'nothing' : `${formatSpanTime(critical)}, ${formatShare(critical / spent.total)} of the trace`,
		),
		row('started', `${start} UTC, ${startWords(node.start, tree.main === node)}`),
		...(skew === undefined ? [] : [row('clock', skewWords(skew))]),
		...(node.missing ? [] : [row('kind', kindWords[node.span.kind])]),
		row('span', node.span.id),
	];
}

const row = (name: string, value: string): DetailRow => ({ name, value });

/** `2 s, waiting for a connection`, `3 s, 2.8 s of it waiting between tries of rates GET`. */
function selfText({ selfTimes, runs, tree }: TraceReading, node: SpanNode): string {
	const self = selfTimes[node.index] ?? 0;
	const elsewhere = selfElsewhere(tree, node);
	const waiting = self === 0 ? undefined : waitingOf(node.span);
	return [
		formatSpanTime(self),
		...(waiting === undefined ? [] : [waitingWords(waiting)]),
		...(retryWaitsOf(runs).get(node) ?? []).map(wait => `${formatSpanTime(wait.sum)} of it ${retryWaitWords(wait)}`),
		...(elsewhere === 0 ? [] : [`${formatSpanTime(elsewhere)} of it recorded under another root`]),
	].join(', ');
}

/** Whom it calls that sends no spans, and the way to the span at the other end. */
function callRows({ tree }: TraceReading, node: SpanNode): readonly DetailRow[] {
	const callee = calleeOf(tree, node);
	const hop = hopOf(tree, node);
	return [
		...(callee === undefined ? [] : [row('calls', callee.words)]),
		...(hop === undefined ? [] : [row(hop.kind === 'call' ? 'network' : 'queue', hopWords(hop))]),
	];
}

/** Gaps shorter than this part of a span explain nothing of it. */
const leastGap = 0.05;
const mostGaps = 3;

/** Of the main root what is remarkable in the trace, of any other span what it repeats and where nothing was recorded. */
function timeRows(reading: TraceReading, node: SpanNode): readonly DetailRow[] {
	if (node === reading.tree.main) return traceRemarksOf(reading).map(({ kind, text }) => row(remarkNames[kind], text));
	const repeats = reading.runs.runs.filter(
		({ parent, isNPlusOne, isRetried }) => parent === node && (isNPlusOne || isRetried),
	);
	const gaps = toldGapsOf(reading, new Map([[node, reading.sections.get(node) ?? []]]))
		.slice(0, mostGaps)
		.filter(({ from, to }) => to - from >= (node.end - node.start) * leastGap);
	return [
		...repeats.map(run => row(remarkNames.repeats, repeatsWords(run))),
		...gaps.map(gap => row(remarkNames.gap, gapWords(gap))),
	];
}

const remarkNames = { error: 'errors', repeats: 'repeats', gap: 'gap', hop: 'network', after: 'after' } as const;

const startWords = (start: number, isMain: boolean): string =>
	isMain
		? 'the root'
		: start < 0
			? `${formatSpanTime(-start)} before the root`
			: `${formatSpanTime(start)} after the root`;

/** An event with its time after the root and in its span; of an exception first what it says, then where. */
function eventSection({ name, at, attributes }: SpanEvent, { tree }: TraceReading, node: SpanNode): DetailSection {
	const time = Number(at - tree.origin);
	const within = time - node.start;
	const place = within >= 0 ? `${formatSpanTime(within)} into the span` : `${formatSpanTime(-within)} before the span`;
	const { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stack, ...others } = attributes;
	const told = [
		...(type === undefined ? [] : [row('type', formatAttribute(type))]),
		...(message === undefined ? [] : [row('message', formatAttribute(message))]),
		...(stack === undefined ? [] : stackRows(formatAttribute(stack))),
		...rowsOf(others).map(other => ({ ...other, name: other.name.replace(/^exception\./, '') })),
	];
	return {
		title: `event ${name} at ${formatSpanTime(time)}, ${place}`,
		rows: told.length > 0 ? told : [row('attributes', 'none')],
	};
}

/** What was the cause in the end, where the program's own code comes in, and the whole trace. */
function stackRows(stack: string): readonly DetailRow[] {
	const cause = rootCauseIn(stack);
	const own = ownFramesOf(stack);
	return [
		...(cause === undefined ? [] : [row('cause', cause)]),
		...(own.length === 0 ? [] : [row('own code', own.join('\n'))]),
		row('stacktrace', stack),
	];
}

/** By number: that is how one of several is chosen. */
const linkRow = (link: SpanLink, index: number, at: { readonly node: SpanNode; readonly tree: TraceTree }): DetailRow =>
	row(
		`${index + 1}`,
		[
			`trace ${link.traceId} span ${link.spanId}${linkWords(link, at)}`,
			...rowsOf(link.attributes).map(({ name, value }) => `${name}: ${value}`),
		].join('\n'),
	);

const leadsAway = {
	elsewhere: '',
	nowhere: ': a broken link, it names no trace',
	unsent: ': a broken link, nobody sent this span of this very trace',
} as const;

/** Where a link leads, as far as this trace tells, and how long what it leads to was over when the span began. */
function linkWords(link: SpanLink, { node, tree }: { readonly node: SpanNode; readonly tree: TraceTree }): string {
	const target = linkTargetOf(link, tree);
	if (target.kind !== 'here') return leadsAway[target.kind];
	const { span, end } = target.node;
	const name = `: ${span.service} ${oneLine(span.name)} of this trace`;
	return node.start >= end ? `${name}, over ${formatSpanTime(node.start - end)} before this began` : name;
}

const attributeSections = (attributes: Attributes): readonly DetailSection[] =>
	attributeGroupsOf(attributes).map(group => ({
		title: group.title,
		rows: group.attributes.map(({ name, value, alsoAs }) => {
			const text = attributeText(name, value, attributes);
			return row(name, alsoAs === undefined ? text : `${text} (also ${alsoAs})`);
		}),
	}));

/** Statements without their literals, the values bound to them neither: both are people's data. */
function attributeText(name: string, value: AttributeValue, attributes: Attributes): string {
	if (name.startsWith('db.query.parameter.')) return '?';
	const text = formatAttribute(value);
	if (name !== 'db.query.text' && name !== 'db.statement') return text;
	const system = formatAttribute(attributes['db.system.name'] ?? attributes['db.system'] ?? '');
	return isSql(text, system) ? formatSql(text, system) : text;
}

const rowsOf = (attributes: Attributes): readonly DetailRow[] =>
	Object.entries(attributes)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([name, value]) => row(name, formatAttribute(value)));
