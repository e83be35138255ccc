import type { LogField } from '../model/log-entry.ts';
import { levelOfStatus } from './implied-level.ts';
import { lineField } from './line-field.ts';
import { levelOfNumber, levelOfWord } from './log-level.ts';
import { pairsIn } from './logfmt.ts';

/** A plain line: what it says, and what its head tells under the names that structured loggers would use. */
export type ReadText = { readonly message: string; readonly fields: readonly LogField[] };

/** A known kind of line: the names of its groups become fields, but `message`. `begins` are its first characters. */
type Shape = { readonly begins: RegExp; readonly pattern: RegExp; readonly finish?: (groups: Groups) => Groups };
type Groups = Readonly<Record<string, string | undefined>>;

/*
 * Where two greedy parts meet, what lies between them can belong to one of them only: a path that was cut at 64 KB must
 * not be tried at each of its lengths.
 */

const clf = String.raw`"(?<method>[A-Z]{3,10}) (?<path>[^\s"]+)(?:\s[^"]*)?" (?<status>\d{3})`;

const shapes: readonly Shape[] = [
	{
		// klog: E1122 08:36:05.117421   1 sync.go:214] message
		begins: /[IWEF]/,
		pattern: /^(?<level>[IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ (?<caller>[^\s\]]+:\d+)\] (?<message>[\s\S]*)$/,
	},
	{
		// nginx, Apache: 10.0.0.7 - ann [22/Nov/2026:08:36:05 +0000] "GET /a HTTP/1.1" 502 157 "referer" "agent" …
		begins: /\S/,
		pattern: new RegExp(
			String.raw`^(?<client>\S+) \S+ \S+ \[[^\]]{10,40}\] ${clf} (?<bytes>\d+|-)(?: "[^"]*" "(?<agent>[^"]*)")?(?<rest>[\s\S]*)$`,
		),
		finish: accessOf,
	},
	{
		// Envoy, Istio: [2026-11-22T08:36:05.117Z] "POST /a HTTP/1.1" 503 UF … 0 91 2004 - "xff" "agent" "request-id" "authority" "upstream"
		begins: /\[/,
		pattern: new RegExp(
			String.raw`^\[[^\]]{10,40}\] ${clf} (?<flags>\S+)(?!\S)[\s\S]*? (?<received>\d+) (?<bytes>\d+) (?<duration_ms>\d+) (?:\d+|-) "[^"]*" "(?<agent>[^"]*)" "(?<request_id>[^"]*)" "(?<authority>[^"]*)" "(?<upstream>[^"]*)"`,
		),
		finish: accessOf,
	},
	{
		// nginx error log: 2026/11/22 08:36:05 [error] 12#0: *34 message
		begins: /\d/,
		pattern: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(?<level>\w+)\] (?<pid>\d+)#\d+: (?:\*\d+ )?(?<message>[\s\S]*)$/,
	},
	{
		// Syslog, RFC 5424 and RFC 3164 with a priority
		begins: /</,
		pattern:
			/^<(?<priority>\d{1,3})>(?:1 \S+ |[A-Z][a-z]{2} [ \d]\d [\d:]{8} )(?<host>\S+) (?<app>[^\s:[]+)(?:\[\d+\]:?| \S+ \S+ (?:-|\[[^\]]*\])|:) ?(?<message>[\s\S]*)$/,
		finish: ({ priority, ...others }) => ({ ...others, level: levelOfNumber(Number(priority) % 8, 'syslog') }),
	},
	{
		// Syslog as files keep it: Nov 22 08:36:05 host app[123]: message
		begins: /[A-Z]/,
		pattern:
			/^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?<host>\S+) (?<app>[\w./-]+)(?:\[(?<pid>\d+)\])?: (?<message>[\s\S]*)$/,
	},
	{
		// Ruby: E, [2026-11-22T08:36:05.117421 #7] ERROR -- program: message
		begins: /[DIWEFA]/,
		pattern: /^[DIWEFA], \[[^\]]{10,60}\] +(?<level>[A-Z]+) -- (?<logger>[^:]{0,80}): (?<message>[\s\S]*)$/,
	},
	{
		// PostgreSQL: 2026-11-22 08:36:05.117 UTC [17] user@database FATAL:  message
		begins: /\d/,
		pattern:
			/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{2,5} \[(?<pid>\d+)\](?: (?<user>[^\s@]{1,64}@\S{1,64}))? (?<level>DEBUG|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC)\d?: +(?<message>[\s\S]*)$/,
	},
	{
		// Android: 11-22 08:36:05.117  1234  1250 E Tag: message
		begins: /\d/,
		pattern:
			/^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +(?<pid>\d+) +\d+ (?<level>[VDIWEF]) (?<logger>[^:]{1,80}?) *: (?<message>[\s\S]*)$/,
	},
	{
		// Celery's worker: [2026-11-22 08:36:05,117: INFO/ForkPoolWorker-3] message
		begins: /\[/,
		pattern:
			/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}: (?<level>[A-Z]{4,8})\/(?<process>[^\]\s]{1,80})\] (?<message>[\s\S]*)$/,
	},
	{
		// Python's basicConfig: ERROR:module:message
		begins: /[CEWID]/,
		pattern: /^(?<level>CRITICAL|ERROR|WARNING|INFO|DEBUG):(?<logger>[\w.]+):(?<message>[\s\S]*)$/,
	},
];

/**
 * Access logs have no level of their own: a server's failure is an error. Behind the usual fields stands what somebody added:
 * pairs, and nginx's `$request_id` by itself, as the last field of its ingress controller or in quotes.
 */
function accessOf({ rest = '', ...groups }: Groups): Groups {
	const { method = '', path = '', status = '' } = groups;
	const pairs = pairsIn(rest, mostInBrackets).map(({ name, value }) => [name, value]);
	const id = bareId.exec(rest)?.[0];
	return {
		...(id === undefined ? {} : { request_id: id }),
		...Object.fromEntries(pairs),
		...groups,
		level: levelOfStatus(status),
		message: `${method} ${path} ${status}`,
	};
}

/** A UUID or 32 hex digits between spaces or in quotes. */
const bareId = /(?<=\s"?)(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})(?="?(?:\s|$))/i;
const mostInBrackets = 50;

/** Time and level in one of the usual orders, then thread, context and logger as Java's and Python's layouts have them. */
const time =
	/^\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,:]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d[.,]\d{3,9})\]?(?:[\s|:-]+|$)/;
const levelWord = /^[[(<|]?\s*([A-Za-z]{1,13})\s*[\])>|]?(?:\s*[|:-]\s*|\s+|$)/;
const pythonHead = /^(?<logger>[\w.]+) - (?<level>[A-Z]{4,8}) - /;
/** Sleuth and Micrometer: [app,trace,span]; Spring Boot 3.2 and later: [app] [thread] [trace-span]. */
const context = /^\[(?:[^\][]{0,120})\]\s*/;
const springHead = /^(?<pid>\d+) --- /;
/** `a.B : `, `a.b:12 - `, `a.B [trace,span] - `, loguru's `a.b:function:12 - ` and Rust's `a::b: `. */
const loggerHead =
	/^(?<logger>[A-Za-z_$][\w$.[\]/]{1,120}?(?::[A-Za-z_<][\w<>]{0,80})?(?=(?::\d+)?(?:\s+\[[^\][]{0,120}\])?\s+[:-]\s)|[A-Za-z_]\w{0,60}(?:::\w{1,60}){1,8}(?=:\s))(?::\d+)?(?:\s+(?<context>\[[^\][]{0,120}\]))?\s*[:-]\s+/;

/** Takes a line of text apart by the shapes that are known, and otherwise by its time and level. */
export function readText(line: string): ReadText {
	for (const { pattern, finish } of shapesOf(line)) {
		const groups = pattern.exec(line)?.groups;
		if (groups !== undefined) return fromGroups(finish?.(groups) ?? groups, line);
	}
	return fromHead(line);
}

/** Most shapes are passed over by the first character of a line. */
function shapesOf(line: string): readonly Shape[] {
	const first = line.charAt(0);
	const found = shapesByFirst.get(first) ?? shapes.filter(({ begins }) => begins.test(first));
	if (first <= '~') shapesByFirst.set(first, found);
	return found;
}

const shapesByFirst = new Map<string, readonly Shape[]>();

function fromGroups(groups: Groups, line: string): ReadText {
	const fields = Object.entries(groups).flatMap(([name, value]) =>
		name === 'message' || value === undefined || value === '' || value === '-' ? [] : [lineField(name, value)],
	);
	return { message: groups.message ?? line, fields };
}

function fromHead(line: string): ReadText {
	const stamp = time.exec(line)?.[0] ?? '';
	const afterTime = line.slice(stamp.length);
	const python = stamp === '' ? undefined : pythonHead.exec(afterTime);
	if (python?.groups !== undefined) {
		return fromGroups({ ...python.groups, message: afterTime.slice(python[0].length) }, line);
	}
	const head = levelHead(afterTime, stamp);
	if (stamp === '' && head === undefined) return { message: line, fields: [] };
	const { message, fields } = withoutHead(afterTime.slice(head?.length ?? 0), head?.level);
	return { message, fields: [...pairsIn(head?.thread ?? '', mostInBrackets), ...fields] };
}

type LevelHead = { readonly level: string; readonly thread: string; readonly length: number };

/** The level, and how much of the text it takes; behind a time also after a thread, as logback has it by itself. */
function levelHead(text: string, stamp: string): LevelHead | undefined {
	const bracket = stamp === '' ? undefined : context.exec(text)?.[0];
	for (const thread of bracket === undefined ? [''] : ['', bracket]) {
		const [whole = '', level = ''] = levelWord.exec(text.slice(thread.length)) ?? [];
		const isShouted = thread === '' || level === level.toUpperCase();
		if (isShouted && isLevelHere(level, stamp, whole)) return { level, thread, length: thread.length + whole.length };
	}
	return undefined;
}

/** `error: x` and `[warn] x` are levels; the first word of a sentence is not, unless it is shouted behind a time. */
const isLevelHere = (word: string, stamp: string, whole: string): boolean =>
	levelOfWord(word) !== undefined &&
	(word.length > 1 || /[[(<|]/.test(whole)) &&
	(stamp !== '' || word === word.toUpperCase() || /[[\]():|<>]/.test(whole));

/** What stands between level and message: process, thread, context and its pairs, logger. */
function withoutHead(text: string, level: string | undefined): ReadText {
	const fields: LogField[] = level === undefined ? [] : [lineField('level', level)];
	let rest = text;
	for (let step = 0; step < 6; step++) {
		const found = context.exec(rest) ?? springHead.exec(rest);
		if (found === null || found[0].length === rest.length) break;
		fields.push(...pairsIn(found[0], mostInBrackets));
		rest = rest.slice(found[0].length);
	}
	const logger = loggerHead.exec(rest);
	if (logger?.groups?.logger !== undefined && (level !== undefined || rest !== text)) {
		fields.push(lineField('logger', logger.groups.logger));
		fields.push(...pairsIn(logger.groups.context ?? '', mostInBrackets));
		rest = rest.slice(logger[0].length);
	}
	return { message: rest, fields };
}
