import type { LogLevel } from '../model/log-entry.ts';
import {
	comparisonNames,
	type LogFilter,
	type PlaceOf,
	type ServiceViewName,
	serviceViewNames,
	type TraceAttribute,
} from '../model/place.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Address, addressKinds, logLevels } from './address-forms.ts';
import {
	bytesOf,
	instantOf,
	lengthOf,
	listOf,
	oneOf,
	optional,
	Problem,
	readWords,
	required,
	textOf,
	type Values,
	windowOf,
} from './address-options.ts';
import { instantAround } from './log-context.ts';
import { parseFilter } from './log-filters.ts';
import { mostQuantiles, quantileNames, quantilesIn, usualQuantiles } from './quantiles.ts';
import { parseAttribute, withAttribute } from './trace-attributes.ts';
import { pastedTraceId } from './trace-id.ts';

/** The place that words name, its kind first. Throws a `Problem` where they name none. */
export function addressOf(words: readonly string[], now: Milliseconds, usual: Milliseconds): Address {
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

function aroundOf(text: string | undefined): string | undefined {
	if (text === undefined || instantAround(text) !== undefined) return text;
	throw new Problem(`--around ${text} is no instant of a line.`, 'Write it in nanoseconds since 1970, as Loki does.');
}

function comparedOf(values: Values, service: string | undefined): Omit<PlaceOf<'compare'>, 'kind' | 'window'> {
	const trace = textOf(values, 'trace');
	if (trace === undefined) required(service, 'compare', 'a service or --trace, for instance: compare ledger');
	return optional({
		service,
		operation: textOf(values, 'operation'),
		trace: trace && traceIdOf(trace),
		attributes: attributesOf(values),
	});
}

function traceIdOf(text: string): string {
	const id = pastedTraceId(text);
	if (id !== undefined) return id;
	throw new Problem(`${text} is not a trace ID.`, 'A trace ID has up to 32 hexadecimal digits and is not all zeros.');
}
