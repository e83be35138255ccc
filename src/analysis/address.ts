import { parseArgs } from 'node:util';
import type { LogLevel } from '../model/log-entry.ts';
import {
	comparisonNames,
	type LogFilter,
	type Place,
	type PlaceOf,
	type ServiceViewName,
	serviceViewNames,
	type TraceAttribute,
} from '../model/place.ts';
import { fixed, hour, live, type Milliseconds, type Window } from '../model/time.ts';
import { formatLength } from './format.ts';
import { instantAround } from './log-context.ts';
import { parseBytes } from './log-cost.ts';
import { parseFilter } from './log-filters.ts';
import { mostQuantiles, quantileNames, quantilesIn, usualQuantiles } from './quantiles.ts';
import { parseInstant, parseLength } from './time-words.ts';
import { parseAttribute, withAttribute } from './trace-attributes.ts';
import { pastedTraceId } from './trace-id.ts';
import { splitWords } from './words.ts';

export { addressWords, formatAddress } from './format-address.ts';

/** A place, or the printed walk from an alert to its cause. */
export type Address = Place | { readonly kind: 'report'; readonly alert: string; readonly window: Window };

/** What is wrong with an address, and what to do: two sentences for a person. */
export type AddressProblem = { readonly what: string; readonly next: string };

export type ParsedAddress =
	| { readonly ok: true; readonly address: Address }
	| { readonly ok: false; readonly problem: AddressProblem };

/** The address grammar as a table: parser, printer, help and completion read it. */
export const addressForms = {
	alerts: { argument: '[FILTER]', options: [], about: 'firing, pending, silenced and inhibited alerts' },
	service: {
		argument: 'NAME',
		options: ['route', 'by', 'alert', 'view', 'family', 'compare', 'quantiles', 'rates', 'durations'],
		about: 'RED panels of a service',
	},
	logs: {
		argument: '[SELECTOR-or-LogQL]',
		options: [
			'service',
			'request',
			'trace',
			'span',
			'level',
			'where',
			'grep',
			'around',
			'route',
			'alert-began',
			'follow',
			'read-up-to',
		],
		about: 'log lines of a service, a request or a query',
	},
	trace: { argument: 'ID', options: ['span', 'guessed'], about: 'flame graph of one trace' },
	traces: {
		argument: '[TraceQL]',
		options: ['service', 'operation', 'slow', 'fast', 'errors', 'attribute'],
		about: 'search for traces',
	},
	compare: {
		argument: '[SERVICE]',
		options: ['operation', 'trace'],
		about: 'slow requests against usual ones of the same root',
	},
	silences: { argument: '[FILTER]', options: [], about: 'who silences what, why and until when' },
	cardinality: {
		argument: '[FILTER]',
		options: [],
		about: 'what makes the metrics many, and the labels without bound',
	},
	report: { argument: 'ALERT', options: [], about: 'the whole walk from an alert to its cause, printed' },
} as const satisfies Record<
	Address['kind'],
	{ readonly argument: string; readonly options: readonly string[]; readonly about: string }
>;

export const addressKinds = Object.keys(addressForms) as readonly Address['kind'][];
export const windowOptions = ['since', 'from', 'to'] as const;
export const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
export const defaultWindow: Window = live(hour);

const longestWindow = 400 * 24 * hour;
/** Options that take no value. */
export const addressFlags: readonly string[] = ['errors', 'follow'];
/** Options that may be given more than once. */
const addressLists: readonly string[] = ['where', 'grep', 'attribute'];

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

class Problem extends Error {
	readonly problem: AddressProblem;
	constructor(what: string, next: string) {
		super(what);
		this.problem = { what, next };
	}
}

/**
 * Reads the words of an address, as a shell hands them over or as `splitWords` cuts them. `now` anchors relative times;
 * `since` is how far back one looks that does not say it.
 */
export function parseAddress(words: readonly string[], now: Milliseconds, since: Milliseconds = hour): ParsedAddress {
	try {
		return { ok: true, address: addressOf(words, now, since) };
	} catch (error) {
		if (error instanceof Problem) return { ok: false, problem: error.problem };
		throw error;
	}
}

/** Reads an address typed on one line. */
export function parseAddressLine(line: string, now: Milliseconds, since?: Milliseconds): ParsedAddress {
	const words = wordsOfLine(line);
	return words === undefined ? { ok: false, problem: openQuote } : parseAddress(words, now, since);
}

/** The program's name stands before an address that was copied for a shell. */
const program = 'smokejumper';

export const openQuote: AddressProblem = {
	what: 'A quote is not closed.',
	next: 'Close it with the same \' or " it began with.',
};

/** The words of an address on one line, as it is typed or was copied; `undefined` when a quote is not closed. */
export function wordsOfLine(line: string): readonly string[] | undefined {
	const { words, open } = splitWords(line);
	if (open) return undefined;
	return words[0] === program && words.length > 1 ? words.slice(1) : words;
}

function addressOf(words: readonly string[], now: Milliseconds, usual: Milliseconds): Address {
	const [first, ...rest] = words;
	const kind = addressKinds.find(name => name === first);
	if (kind === undefined) {
		const what = first === undefined ? 'The address is empty.' : `There is no place called ${first}.`;
		throw new Problem(what, `Places are ${addressKinds.join(', ')}.`);
	}
	const { values, argument } = readWords(kind, rest);
	const window = windowOf(values, now, usual);
	switch (kind) {
		case 'alerts':
		case 'silences':
		case 'cardinality':
			return { kind, window, ...optional({ filter: argument }) };
		case 'service':
			return {
				kind,
				service: required(argument, kind, 'a service, for instance: service ledger'),
				window,
				...optional({
					route: textOf(values, 'route'),
					by: textOf(values, 'by'),
					alert: textOf(values, 'alert'),
					view: viewOf(textOf(values, 'view')),
					family: textOf(values, 'family'),
					compare: oneOf(comparisonNames, 'comparison', textOf(values, 'compare')),
					quantiles: quantilesOf(textOf(values, 'quantiles')),
					rates: oneOf(['status'], 'view of the rate', textOf(values, 'rates')),
					durations: oneOf(['heat'], 'view of the durations', textOf(values, 'durations')),
				}),
			};
		case 'logs':
			return {
				kind,
				window,
				...optional({
					query: argument,
					service: textOf(values, 'service'),
					request: textOf(values, 'request'),
					trace: textOf(values, 'trace'),
					span: textOf(values, 'span'),
					level: levelOf(textOf(values, 'level')),
					filters: filtersOf(values),
					around: aroundOf(textOf(values, 'around')),
					route: textOf(values, 'route'),
					alertBegan: instantOf(values, 'alert-began', now),
					readUpTo: bytesOf(textOf(values, 'read-up-to')),
				}),
				...(values.follow === true ? { follow: true } : {}),
			};
		case 'trace':
			return {
				kind,
				id: traceIdOf(required(argument, kind, 'a trace ID in hex')),
				window,
				...optional({ span: textOf(values, 'span'), guessed: textOf(values, 'guessed') }),
			};
		case 'traces':
			return {
				kind,
				window,
				...optional({
					query: argument,
					service: textOf(values, 'service'),
					operation: textOf(values, 'operation'),
					slowerThan: lengthOf(values, 'slow'),
					fasterThan: lengthOf(values, 'fast'),
					attributes: attributesOf(values),
				}),
				...(values.errors === true ? { errors: true } : {}),
			};
		case 'compare':
			return { kind, window, ...comparedOf(values, argument) };
		case 'report':
			return { kind, alert: required(argument, kind, 'the name of an alert'), window };
	}
}

function readWords(kind: Address['kind'], words: readonly string[]): { values: Values; argument: string | undefined } {
	const names = [...addressForms[kind].options, ...windowOptions] as readonly string[];
	const options = Object.fromEntries(
		names.map(name => [
			name,
			{
				type: addressFlags.includes(name) ? ('boolean' as const) : ('string' as const),
				multiple: addressLists.includes(name),
			},
		]),
	);
	try {
		const { values, positionals } = parseArgs({ args: glued(words), options, allowPositionals: true, strict: true });
		return { values, argument: positionals.length === 0 ? undefined : positionals.join(' ') };
	} catch (error) {
		const words = error instanceof Error ? error.message.split('. ')[0] : String(error);
		throw new Problem(`${words} (in ${kind}).`, `${kind} takes ${names.map(name => `--${name}`).join(', ')}.`);
	}
}

/** `--from -2h` as `--from=-2h`: a relative time looks like an option to a parser of options. */
const glued = (words: readonly string[]): string[] =>
	words.reduce<string[]>((done, word) => {
		const before = done.at(-1);
		if (/^-\d/.test(word) && before !== undefined && /^--(from|to)$/.test(before))
			done[done.length - 1] = `${before}=${word}`;
		else done.push(word);
		return done;
	}, []);

function windowOf(values: Values, now: Milliseconds, usual: Milliseconds): Window {
	const since = textOf(values, 'since');
	const length = since === undefined ? undefined : parseLength(since);
	if (since !== undefined && length === undefined) {
		throw new Problem(`--since ${since} is not a length of time.`, 'Write it as 15m, 1h or 1h30m.');
	}
	const from = instantOf(values, 'from', now);
	const to = instantOf(values, 'to', now);
	if (length !== undefined && from !== undefined) {
		throw new Problem('--since and --from say the same thing twice.', 'Use one of them.');
	}
	const end = to ?? now;
	const start = from ?? (to === undefined ? undefined : end - (length ?? usual));
	if (start === undefined) return live(checkedLength(length ?? usual));
	if (start >= end) throw new Problem('The window ends before it begins.', 'Let --from be earlier than --to.');
	checkedLength(end - start);
	return to === undefined ? live(end - start) : fixed(start, end);
}

function checkedLength(length: Milliseconds): Milliseconds {
	if (length <= longestWindow) return length;
	throw new Problem(`A window of ${formatLength(length)} is too long.`, 'Choose at most 400d.');
}

function instantOf(values: Values, name: 'from' | 'to' | 'alert-began', now: Milliseconds): Milliseconds | undefined {
	const text = textOf(values, name);
	if (text === undefined) return undefined;
	const instant = parseInstant(text, now);
	if (instant !== undefined) return instant;
	throw new Problem(
		`--${name} ${text} is not a time.`,
		'Write it as 2026-11-22T03:12:00Z, as unix seconds, or relative as -2h.',
	);
}

function levelOf(text: string | undefined): LogLevel | undefined {
	if (text === undefined) return undefined;
	const level = logLevels.find(name => name === text.toLowerCase());
	if (level === undefined) throw new Problem(`There is no level ${text}.`, `Levels are ${logLevels.join(', ')}.`);
	return level;
}

/** The panels are there without asking, so that equal places have equal addresses. */
function viewOf(text: string | undefined): ServiceViewName | undefined {
	if (text === undefined || text === 'panels') return undefined;
	const view = serviceViewNames.find(name => name === text);
	if (view === undefined) {
		throw new Problem(`There is no view ${text} of a service.`, `Views are ${serviceViewNames.join(', ')}.`);
	}
	return view;
}

/** `--grep text` is `--where '|=text'`; places say it the second way. */
function filtersOf(values: Values): readonly LogFilter[] | undefined {
	const texts = [...listOf(values, 'grep').map(text => `|=${text}`), ...listOf(values, 'where')];
	const filters = texts.map(text => {
		const filter = parseFilter(text);
		if (filter !== undefined) return filter;
		throw new Problem(
			`${text} is no test of a line.`,
			"Write status=500, status!=500, '|=text', '!=text' or '|~regex'.",
		);
	});
	return filters.length === 0 ? undefined : filters;
}

const listOf = (values: Values, name: string): readonly string[] =>
	[values[name] ?? []].flat().filter(value => typeof value === 'string' && value !== '') as readonly string[];

function oneOf<Name extends string>(names: readonly Name[], what: string, text: string | undefined): Name | undefined {
	const name = names.find(each => each === text);
	if (text === undefined || name !== undefined) return name;
	throw new Problem(`There is no ${what} ${text}.`, `Choose ${names.join(' or ')}, or leave it out.`);
}

/** Ascending, without doubles and not the usual ones, so that equal places have equal addresses. */
function quantilesOf(text: string | undefined): readonly string[] | undefined {
	if (text === undefined) return undefined;
	const names = text.split(',');
	const wrong = names.find(name => quantileNames.every(each => each !== name));
	if (wrong !== undefined) {
		throw new Problem(`${wrong} is no quantile of the panels.`, `Choose from ${quantileNames.join(',')}.`);
	}
	if (new Set(names).size > mostQuantiles) {
		throw new Problem(`These are more than ${mostQuantiles} quantiles.`, 'A chart holds no more lines.');
	}
	const quantiles = quantilesIn(names);
	return quantiles.join() === usualQuantiles.join() ? undefined : quantiles;
}

function lengthOf(values: Values, name: 'slow' | 'fast'): Milliseconds | undefined {
	const text = textOf(values, name);
	const length = text === undefined ? undefined : parseLength(text);
	if (text === undefined || length !== undefined) return length;
	throw new Problem(`--${name} ${text} is not a length of time.`, 'Write it as 500ms or 2s.');
}

function attributesOf(values: Values): readonly TraceAttribute[] | undefined {
	const attributes = listOf(values, 'attribute').reduce<readonly TraceAttribute[]>((known, text) => {
		const attribute = parseAttribute(text);
		if (attribute !== undefined) return withAttribute(known, attribute);
		throw new Problem(
			`${text} is no attribute with its value.`,
			'Write span.http.route=/pay, resource.k8s.pod.name=pier-0 or span.http.response.status_code=500.',
		);
	}, []);
	return attributes.length === 0 ? undefined : attributes;
}

function bytesOf(text: string | undefined): number | undefined {
	const bytes = text === undefined ? undefined : parseBytes(text);
	if (text === undefined || bytes !== undefined) return bytes;
	throw new Problem(`--read-up-to ${text} is not a number of bytes.`, 'Write it as 50GB or 1.5TB.');
}

function aroundOf(text: string | undefined): string | undefined {
	if (text === undefined || instantAround(text) !== undefined) return text;
	throw new Problem(`--around ${text} is no instant of a line.`, 'Write it in nanoseconds since 1970, as Loki does.');
}

function comparedOf(values: Values, service: string | undefined): Omit<PlaceOf<'compare'>, 'kind' | 'window'> {
	const trace = textOf(values, 'trace');
	if (trace === undefined) required(service, 'compare', 'a service or --trace, for instance: compare ledger');
	return optional({ service, operation: textOf(values, 'operation'), trace: trace && traceIdOf(trace) });
}

function traceIdOf(text: string): string {
	const id = pastedTraceId(text);
	if (id !== undefined) return id;
	throw new Problem(`${text} is not a trace ID.`, 'A trace ID has up to 32 hexadecimal digits and is not all zeros.');
}

function required(argument: string | undefined, kind: string, what: string): string {
	if (argument !== undefined && argument !== '') return argument;
	throw new Problem(`${kind} needs ${what}.`, 'Type :help or run smokejumper --help for every address.');
}

const textOf = (values: Values, name: string): string | undefined => {
	const value = values[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Leaves out what is `undefined`, so that equal places have equal keys. */
function optional<Fields extends Readonly<Record<string, unknown>>>(
	fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
	};
}
