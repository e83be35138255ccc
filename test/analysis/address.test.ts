import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, formatAddress, logLevels, parseAddress, parseAddressLine } from '../../src/analysis/address.ts';
import { fieldOrigins } from '../../src/model/place.ts';
import { fixed, hour, live, minute, type Window } from '../../src/model/time.ts';
import { attributeScopes } from '../../src/model/trace.ts';

const now = Date.UTC(2026, 10, 22, 3, 12);

const read = (line: string): Address => {
	const parsed = parseAddressLine(line, now);
	if (!parsed.ok) throw new Error(`${parsed.problem.what} ${parsed.problem.next}`);
	return parsed.address;
};

const refusal = (line: string): string => {
	const parsed = parseAddressLine(line, now);
	return parsed.ok ? 'accepted' : `${parsed.problem.what} ${parsed.problem.next}`;
};

describe('an address is read', () => {
	test.each<[string, Address]>([
		['alerts', { kind: 'alerts', window: live(hour) }],
		['smokejumper alerts', { kind: 'alerts', window: live(hour) }],
		['compare edge', { kind: 'compare', service: 'edge', window: live(hour) }],
		[
			"compare edge --operation 'POST /pay' --trace 73c8 --since 2h",
			{ kind: 'compare', service: 'edge', operation: 'POST /pay', trace: '73c8', window: live(2 * hour) },
		],
		[
			'compare edge --attribute span.http.route=/pay --attribute span.http.response.status_code=500',
			{
				kind: 'compare',
				service: 'edge',
				attributes: [
					{ scope: 'span', name: 'http.route', value: '/pay' },
					{ scope: 'span', name: 'http.response.status_code', value: 500 },
				],
				window: live(hour),
			},
		],
		['compare --trace 73c8', { kind: 'compare', trace: '73c8', window: live(hour) }],
		['cardinality', { kind: 'cardinality', window: live(hour) }],
		['cardinality span', { kind: 'cardinality', filter: 'span', window: live(hour) }],
		['silences', { kind: 'silences', window: live(hour) }],
		['silences mira', { kind: 'silences', filter: 'mira', window: live(hour) }],
		['alerts ledger --since 3h', { kind: 'alerts', filter: 'ledger', window: live(3 * hour) }],
		[
			'logs --service ledger --read-up-to 51GB --since 30m',
			{ kind: 'logs', service: 'ledger', readUpTo: 51e9, window: live(30 * minute) },
		],
		[
			'logs --service ledger --follow --since 30m',
			{ kind: 'logs', service: 'ledger', follow: true, window: live(30 * minute) },
		],
		[
			'service ledger --route /pay --by pod --since 1h30m',
			{ kind: 'service', service: 'ledger', route: '/pay', by: 'pod', window: live(90 * minute) },
		],
		[
			'service ledger --view resources --family grpc',
			{ kind: 'service', service: 'ledger', view: 'resources', family: 'grpc', window: live(hour) },
		],
		[
			'service ledger --compare 1w --quantiles p99.9,p50,p50 --rates status --durations heat',
			{
				kind: 'service',
				service: 'ledger',
				compare: '1w',
				quantiles: ['p50', 'p99.9'],
				rates: 'status',
				durations: 'heat',
				window: live(hour),
			},
		],
		['service ledger --quantiles p99,p50,p95', { kind: 'service', service: 'ledger', window: live(hour) }],
		['service ledger --view panels', { kind: 'service', service: 'ledger', window: live(hour) }],
		[
			'logs {app="ferry"} |= "a b" --since 5m',
			{ kind: 'logs', query: '{app="ferry"} |= "a b"', window: live(5 * minute) },
		],
		[
			'logs \'{app="ferry"} | logfmt --strict\'',
			{ kind: 'logs', query: '{app="ferry"} | logfmt --strict', window: live(hour) },
		],
		['logs --request 7f3c --level WARN', { kind: 'logs', request: '7f3c', level: 'warn', window: live(hour) }],
		[
			'trace 7f3c --from 2026-11-22T03:00:00Z --to 2026-11-22T03:05:00Z',
			{ kind: 'trace', id: '7f3c', window: fixed(now - 12 * minute, now - 7 * minute) },
		],
		[
			"trace 7f3c --guessed 'probably: the only trace of ledger'",
			{ kind: 'trace', id: '7f3c', guessed: 'probably: the only trace of ledger', window: live(hour) },
		],
		[
			'traces {status=error} --slow 500ms --errors',
			{ kind: 'traces', query: '{status=error}', slowerThan: 500, errors: true, window: live(hour) },
		],
		[
			`traces --service ledger --operation 'POST /pay' --slow 200ms --fast 2s --attribute span.http.response.status_code=500 --attribute 'resource."my zone"=a=b' --attribute 'span.code="500"'`,
			{
				kind: 'traces',
				service: 'ledger',
				operation: 'POST /pay',
				slowerThan: 200,
				fasterThan: 2000,
				attributes: [
					{ scope: 'span', name: 'http.response.status_code', value: 500 },
					{ scope: 'resource', name: 'my zone', value: 'a=b' },
					{ scope: 'span', name: 'code', value: '500' },
				],
				window: live(hour),
			},
		],
		[
			'traces --attribute span.a=1 --attribute span.b=true --attribute span.a=2',
			{
				kind: 'traces',
				attributes: [
					{ scope: 'span', name: 'b', value: true },
					{ scope: 'span', name: 'a', value: 2 },
				],
				window: live(hour),
			},
		],
		['alerts --from -2h --to -1h', { kind: 'alerts', window: fixed(now - 2 * hour, now - hour) }],
		['alerts --from -2h', { kind: 'alerts', window: live(2 * hour) }],
		[
			'alerts --since 10m --to 1795316400',
			{ kind: 'alerts', window: fixed(1_795_316_400_000 - 10 * minute, 1_795_316_400_000) },
		],
		['report LedgerErrors', { kind: 'report', alert: 'LedgerErrors', window: live(hour) }],
	])('%s', (line, address) => expect(read(line)).toEqual(address));
});

describe('a wrong address is told in two sentences', () => {
	test.each([
		[
			'',
			'The address is empty. Places are alerts, service, logs, trace, traces, compare, silences, cardinality, report.',
		],
		[
			'panels x',
			'There is no place called panels. Places are alerts, service, logs, trace, traces, compare, silences, cardinality, report.',
		],
		[
			'service',
			'service needs a service, for instance: service ledger. Type :help or run smokejumper --help for every address.',
		],
		['alerts --since soon', '--since soon is not a length of time. Write it as 15m, 1h or 1h30m.'],
		[
			'alerts --from yesterday',
			'--from yesterday is not a time. Write it as 2026-11-22T03:12:00Z, as unix seconds, or relative as -2h.',
		],
		['alerts --from -1h --to -2h', 'The window ends before it begins. Let --from be earlier than --to.'],
		['alerts --since 900d', 'A window of 900d is too long. Choose at most 400d.'],
		['trace zz', 'zz is not a trace ID. A trace ID has up to 32 hexadecimal digits and is not all zeros.'],
		['logs --level loud', 'There is no level loud. Levels are fatal, error, warn, info, debug, trace.'],
		['service a --compare 2d', 'There is no comparison 2d. Choose 1d or 1w or off, or leave it out.'],
		['service a --quantiles p50,p100', 'p100 is no quantile of the panels. Choose from p50,p90,p95,p99,p99.9.'],
		['service a --quantiles p50,p90,p95,p99,p99.9', 'These are more than 4 quantiles. A chart holds no more lines.'],
		['traces --fast soon', '--fast soon is not a length of time. Write it as 500ms or 2s.'],
		[
			'traces --attribute http.route=/pay',
			'http.route=/pay is no attribute with its value. Write span.http.route=/pay, resource.k8s.pod.name=pier-0 or span.http.response.status_code=500.',
		],
		["service 'ledger", 'A quote is not closed. Close it with the same \' or " it began with.'],
		['alerts --root x', "Unknown option '--root' (in alerts). alerts takes --since, --from, --to."],
	])('%s', (line, sentence) => expect(refusal(line)).toBe(sentence));
});

test('every address reads back what was written', () => {
	const text = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter(word => word.trim() === word);
	const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
	const window: fc.Arbitrary<Window> = fc.oneof(
		fc.integer({ min: 1, max: 300 * 24 * hour }).map(live),
		fc
			.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 24 * hour }))
			.map(([from, length]) => fixed(from, from + length)),
	);
	const filter = fc.record(
		{
			hide: fc.constant(true),
			test: fc.oneof(
				fc.record({ kind: fc.constant('text'), text }),
				fc.record({ kind: fc.constant('regex'), regex: text }),
				fc.record(
					{ kind: fc.constant('field'), name: text, value: text, origin: fc.constantFrom(...fieldOrigins) },
					{ requiredKeys: ['kind', 'name', 'value'] },
				),
			),
		},
		{ requiredKeys: ['test'] },
	);
	const attribute = fc.record({
		scope: fc.constantFrom(...attributeScopes),
		name: text,
		value: fc.oneof(
			fc.string({ maxLength: 12, unit: 'binary' }),
			fc.constantFrom('500', 'true', '1e+21', '"', '""', ' 1'),
			fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
			fc.boolean(),
		),
	});
	const attributes = fc.uniqueArray(attribute, {
		minLength: 1,
		maxLength: 3,
		selector: ({ scope, name }) => `${scope}.${name}`,
	});
	const traceId = fc.stringMatching(/^[1-9a-f]{1,32}$/);
	const address = fc.oneof(
		fc.record({ kind: fc.constant('alerts'), filter: maybe(text), window }),
		fc.record({
			kind: fc.constant('compare'),
			service: text,
			operation: maybe(text),
			trace: maybe(traceId),
			attributes: maybe(attributes),
			window,
		}),
		fc.record({ kind: fc.constant('compare'), trace: traceId, window }),
		fc.record({
			kind: fc.constant('service'),
			service: text,
			route: maybe(text),
			by: maybe(text),
			alert: maybe(text),
			compare: maybe(fc.constantFrom('1d', '1w', 'off')),
			quantiles: maybe(fc.constant(['p50', 'p99.9'])),
			durations: maybe(fc.constant('heat')),
			window,
		}),
		fc.record({
			kind: fc.constant('logs'),
			query: maybe(text),
			service: maybe(text),
			request: maybe(text),
			filters: maybe(fc.array(filter, { minLength: 1, maxLength: 3 })),
			route: maybe(text),
			level: maybe(fc.constantFrom(...logLevels)),
			readUpTo: maybe(fc.nat().map(figure => figure * 1000)),
			alertBegan: maybe(fc.integer({ min: 0, max: 2_000_000_000 }).map(seconds => seconds * 1000)),
			follow: maybe(fc.constant(true)),
			window,
		}),
		fc.record({ kind: fc.constant('trace'), id: traceId, span: maybe(text), window }),
		fc.record({
			kind: fc.constant('traces'),
			query: maybe(text),
			service: maybe(text),
			operation: maybe(text),
			slowerThan: maybe(fc.integer({ min: 1, max: hour })),
			fasterThan: maybe(fc.integer({ min: 1, max: hour })),
			attributes: maybe(attributes),
			errors: maybe(fc.constant(true)),
			window,
		}),
	);
	fc.assert(
		fc.property(address, drawn => {
			const place = JSON.parse(JSON.stringify(drawn));
			expect(read(formatAddress(place))).toEqual(place);
		}),
		{ numRuns: 500 },
	);
});

test('words that a shell hands over need no second quoting', () => {
	expect(parseAddress(['logs', '{app="x"}', '|=', 'it\'s "y"'], now)).toEqual({
		ok: true,
		address: { kind: 'logs', query: '{app="x"} |= it\'s "y"', window: live(hour) },
	});
});
