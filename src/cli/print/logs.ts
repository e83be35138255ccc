import { formatId } from '../../analysis/format.ts';
import { formatClock, formatInstant } from '../../analysis/format-time.ts';
import type { Details } from '../../analysis/log-record.ts';
import { isCut } from '../../analysis/log-stretch.ts';
import { type LogsFindings, type LogsPageRead, noLogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Identifier, LogEntry, LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import { toMilliseconds } from '../../model/time.ts';
import { type Block, paragraph, table } from './document.ts';
import { type Json, nanosecondsJson } from './json.ts';
import type { Printer, Printing } from './printer.ts';

type LogsPrinting = Printing<LogsPlace, LogsFindings>;

/** Nothing as long as no lines were read: how their streams were found is no result. */
function blocksOf({ findings, now, timeFormat }: LogsPrinting): readonly Block[] {
	const target = lastValueOf(findings.target);
	const page = lastValueOf(findings.records);
	if (page === undefined) return [];
	const about = target === undefined ? [] : [paragraph([target.reason, target.filtered].filter(Boolean).join(' '))];
	if (page.records.length === 0) return [...about, ...emptyBlocks(findings)];
	return [
		...about,
		logTable(page.records, timeFormat),
		...(isCut(page) ? [paragraph(moreText(page, timeFormat, now))] : []),
	];
}

/** Lines as a table: time, level, service, message and what belongs to it. */
export function logTable(records: readonly LogRecord[], timeFormat: 'utc' | 'local'): Block {
	return table(
		[{ title: 'time' }, { title: 'level' }, { title: 'service' }, { title: 'message' }],
		records.map(record => cellsOf(record.entry, record, timeFormat)),
	);
}

/** Time, level, service, and the message with what belongs to it. */
export const cellsOf = (
	{ at }: LogEntry,
	details: Details,
	timeFormat: 'utc' | 'local',
): readonly [time: string, level: string, service: string, message: string] => [
	formatClock(toMilliseconds(at), timeFormat, 'milliseconds'),
	details.level,
	details.service,
	[oneLine(details.message), ...fieldsText(details)].join('  '),
];

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ⏎ ');

/** Identifiers are said once, shortened; the other fields as they are. */
function fieldsText({ fields, requestId, traceId }: Details): readonly string[] {
	const ids = new Set([requestId?.name, traceId?.name]);
	const named = (name: string, id: Identifier | undefined) =>
		id === undefined ? [] : [`${name}=${formatId(id.value)}`];
	return [
		...fields
			.filter(({ name, origin }) => !ids.has(name) && origin === 'line')
			.map(({ name, value }) => `${name}=${oneLine(value)}`),
		...named('request', requestId),
		...named('trace', traceId),
	];
}

function emptyBlocks(findings: LogsFindings): readonly Block[] {
	const rungs = lastValueOf(findings.ladder) ?? [];
	const near = lastValueOf(findings.target)?.near ?? [];
	return [
		paragraph('There are no lines.'),
		...rungs.map(rung => paragraph(`${rung.query}: ${rung.found}.`)),
		...(near.length === 0 ? [] : [paragraph(`Services that do log: ${near.join(', ')}.`)]),
	];
}

function moreText({ unread }: LogsPageRead, timeFormat: 'utc' | 'local', now: number): string {
	const ends = [
		['before', unread.older],
		['after', unread.newer],
	] as const;
	const at = ends.map(([word, end]) =>
		end === undefined ? '' : ` ${word} ${formatInstant(toMilliseconds(end), timeFormat, now)}`,
	);
	return `There are more lines${at.join('')}; a higher --limit, a narrower window or --grep shows them.`;
}

export function recordJson(record: LogRecord): Json {
	return {
		time: nanosecondsJson(record.entry.at),
		level: record.level,
		service: record.service,
		message: record.message,
		format: record.format,
		requestId: record.requestId?.value,
		traceId: record.traceId?.value,
		spanId: record.spanId?.value,
		fields: Object.fromEntries(record.fields.map(({ name, value }) => [name, value])),
		labels: record.entry.labels,
		line: record.entry.line,
	};
}

/** As JSON lines are printed one by one instead, while they are read. */
export const logsPrinter: Omit<Printer<LogsPlace, LogsFindings>, 'json'> = {
	nothing: noLogsFindings,
	main: () => 'records',
	blocks: blocksOf,
};
