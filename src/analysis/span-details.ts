import { toMilliseconds } from '../model/time.ts';
import type { Attributes, SpanEvent } from '../model/trace.ts';
import { skewMarkOf } from './clock-skew.ts';
import { errorWordsOf } from './culprit.ts';
import { formatShare } from './format.ts';
import { formatClock } from './format-time.ts';
import { formatAttribute, formatSpanTime, kindWords, skewWords } from './span-words.ts';
import type { TraceReading } from './trace-reading.ts';
import type { SpanNode } from './trace-tree.ts';

/** A named value; a value may have several lines. */
export type DetailRow = { readonly name: string; readonly value: string };

/** Rows that belong together, under a title. */
export type DetailSection = { readonly title: string; readonly rows: readonly DetailRow[] };

/** All that is known of a span, in the order in which one asks: what, how long, why, with what, where. */
export function spanDetailsOf(reading: TraceReading, node: SpanNode): readonly DetailSection[] {
	const sections = [
		{ title: `${node.span.service} ${node.span.name}`, rows: summaryRows(reading, node) },
		...node.span.events.map(event => eventSection(event, reading)),
		...attributeSections(node.span.attributes),
		{
			title: 'links',
			rows: node.span.links.map(({ traceId, spanId }) => ({ name: traceId, value: `span ${spanId}` })),
		},
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

function summaryRows({ tree, selfTimes, criticalTimes, spent }: TraceReading, node: SpanNode): readonly DetailRow[] {
	const critical = criticalTimes[node.index] ?? 0;
	const skew = skewMarkOf(node);
	const start = formatClock(toMilliseconds(node.span.start), 'utc', 'milliseconds');
	const row = (name: string, value: string): DetailRow => ({ name, value });
	return [
		row('status', statusText(node)),
		row('took', formatSpanTime(node.end - node.start)),
		...(node.missing ? [] : [row('self', formatSpanTime(selfTimes[node.index] ?? 0))]),
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

const startWords = (start: number, isMain: boolean): string =>
	isMain
		? 'the root'
		: start < 0
			? `${formatSpanTime(-start)} before the root`
			: `${formatSpanTime(start)} after the root`;

/** An event with its time after the root; of an exception first what it says, then where (the stack, in lines). */
function eventSection({ name, at, attributes }: SpanEvent, { tree }: TraceReading): DetailSection {
	const time = formatSpanTime(Number(at - tree.origin));
	const first = ['exception.stacktrace', 'exception.message', 'exception.type'];
	const rows = rowsOf(attributes).toSorted((a, b) => first.indexOf(b.name) - first.indexOf(a.name));
	const short = rows.map(row => ({ ...row, name: row.name.replace(/^exception\./, '') }));
	return {
		title: `event ${name} at ${time}`,
		rows: short.length > 0 ? short : [{ name: 'attributes', value: 'none' }],
	};
}

/** Groups of attributes, as the semantic conventions name them; first those that say what the span did. */
const groups: readonly (readonly [title: string, prefix: RegExp])[] = [
	['http', /^(?:http|url|user_agent)\b/],
	['database', /^db\b/],
	['rpc', /^rpc\b/],
	['messaging', /^messaging\b/],
	['exception', /^(?:exception|error)\b/],
	['network', /^(?:net|network|server|client|peer|source|destination)\b/],
	['code', /^(?:code|thread)\b/],
];

function attributeSections(attributes: Attributes): readonly DetailSection[] {
	const rows = rowsOf(attributes);
	const titleOf = (name: string) => groups.find(([, prefix]) => prefix.test(name))?.[0] ?? 'attributes';
	return [...groups.map(([title]) => title), 'attributes'].map(title => ({
		title,
		rows: rows.filter(({ name }) => titleOf(name) === title),
	}));
}

const rowsOf = (attributes: Attributes): readonly DetailRow[] =>
	Object.entries(attributes)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([name, value]) => ({ name, value: formatAttribute(value) }));
