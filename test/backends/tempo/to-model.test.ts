import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeValueOf } from '../../../src/backends/tempo/attributes.ts';
import { traceAnswer, wireSpan, wireSpanIn } from '../../../src/backends/tempo/schema.ts';
import { traceSteps } from '../../../src/backends/tempo/to-model.ts';
import { finished } from '../../../src/model/steps.ts';
import type { Span } from '../../../src/model/trace.ts';

const traceOf = (...wire: Parameters<typeof traceSteps>) => finished(traceSteps(...wire));

const id = '5b8efff798038103d269b633813fc700';

/** One service's batch. */
const batch = (service: string | undefined, ...spans: readonly object[]) => ({
	resource: service === undefined ? {} : { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
	scopeSpans: [{ spans }],
});

const wire = (spanId: string, more: object = {}) => ({
	spanId: spanId.padStart(16, '0'),
	name: spanId,
	startTimeUnixNano: '1000',
	endTimeUnixNano: '2000',
	...more,
});

/** `service name id<parent kind start+length status`, without the zeros in front of an ID. */
const drawn = ({ service, name, id: spanId, parentId, kind, start, end, status }: Span): string =>
	`${service} ${name} ${short(spanId)}<${short(parentId ?? 'none')} ${kind} ${start}+${end - start} ${status}`;

const short = (spanId: string): string => spanId.replace(/^0+/, '');

const found = (...resourceSpans: readonly object[]) =>
	traceOf(id, traceAnswer.parse({ trace: { resourceSpans } }).trace);

const read = (...resourceSpans: readonly object[]) => {
	const { trace, notes, unreadable } = found(...resourceSpans);
	return { spans: trace.spans.map(drawn), notes: notes.map(({ kind, text }) => `${kind}: ${text}`), unreadable };
};

describe('spans of OTLP', () => {
	test('zeros that were left out are what they mean', () => {
		expect(
			read(batch('edge', wire('a', { status: {} }), { spanId: 'bb', startTimeUnixNano: '5', endTimeUnixNano: '5' })),
		).toEqual({
			spans: ['edge a a<none unspecified 1000+1000 unset', 'edge  bb<none unspecified 5+0 unset'],
			notes: [],
			unreadable: 0,
		});
	});

	test.each([
		[{ kind: 'SPAN_KIND_SERVER', status: { code: 'STATUS_CODE_ERROR' } }, 'server 1000+1000 error'],
		[{ kind: 2, status: { code: 2 } }, 'server 1000+1000 error'],
		[{ kind: 5, status: { code: 1 } }, 'consumer 1000+1000 ok'],
		[{ kind: 'SPAN_KIND_CONSUMER', status: { code: 'STATUS_CODE_OK' } }, 'consumer 1000+1000 ok'],
		[{ kind: 99, status: { code: 'STATUS_CODE_NEW' } }, 'unspecified 1000+1000 unset'],
		[{ startTimeUnixNano: 500, endTimeUnixNano: 400 }, 'unspecified 500+-100 unset'],
	])('%j', (fields, expected) => {
		expect(read(batch('edge', wire('a', fields))).spans).toEqual([`edge a a<none ${expected}`]);
	});

	test.each(['events', 'links'] as const)('all spans without %s share one empty list', list => {
		const { spans } = found(batch('edge', wire('a'), wire('b', { [list]: null }))).trace;
		expect(spans.map(span => span[list])).toEqual([[], []]);
		expect(spans[0]?.[list]).toBe(spans[1]?.[list]);
	});

	test('a span without a service, or with an empty one, has an unknown one', () => {
		expect(read(batch(undefined, wire('a')), batch('', wire('b'))).spans).toEqual([
			'unknown service a a<none unspecified 1000+1000 unset',
			'unknown service b b<none unspecified 1000+1000 unset',
		]);
	});

	test('what is no span is left out and counted', () => {
		const noTime = { spanId: '0c', name: 'no time' };
		expect(read(batch('edge', wire('a'), { spanId: 7 }, { name: 'no id' }, noTime))).toEqual({
			spans: ['edge a a<none unspecified 1000+1000 unset'],
			notes: ['partial: 3 spans could not be read and are left out.'],
			unreadable: 3,
		});
	});

	test('a span without an end has no length', () => {
		expect(read(batch('edge', wire('a', { endTimeUnixNano: undefined })))).toMatchObject({
			spans: ['edge a a<none unspecified 1000+0 unset'],
			notes: ['warning: 1 span came without an end or a start and is drawn without length.'],
		});
	});

	test('a span that was stored twice is there once', () => {
		expect(
			read(batch('edge', wire('a', { kind: 2 }), wire('a', { kind: 2 })), batch('edge', wire('a', { kind: 2 }))),
		).toEqual({
			spans: ['edge a a<none server 1000+1000 unset'],
			notes: [],
			unreadable: 0,
		});
	});

	test('caller and callee with one ID are told apart, and the callee keeps it', () => {
		const shared = { parentSpanId: '0f'.padStart(16, '0') };
		expect(
			read(
				batch('checkout', wire('f'), wire('a1', { ...shared, kind: 3 })),
				batch(
					'pay',
					wire('a1', { ...shared, kind: 2, startTimeUnixNano: '1100' }),
					wire('b2', { parentSpanId: '00000000000000a1' }),
				),
			),
		).toEqual({
			spans: [
				'checkout f f<none unspecified 1000+1000 unset',
				'pay a1 a1<a1:client server 1100+900 unset',
				'checkout a1 a1:client<f client 1000+1000 unset',
				'pay b2 b2<a1 unspecified 1000+1000 unset',
			],
			notes: ['info: 1 span shared an ID with another and was told apart.'],
			unreadable: 0,
		});
	});

	test('other spans that share an ID are numbered', () => {
		const { spans } = read(
			batch(
				'edge',
				wire('a', { kind: 1 }),
				wire('a', { kind: 1, startTimeUnixNano: '7' }),
				wire('a', { kind: 1, startTimeUnixNano: '8' }),
			),
		);
		expect(spans.map(text => text.split(' ')[2])).toEqual(['a<none', 'a:internal<none', 'a:internal:2<none']);
	});

	test('also when all of a large trace share one', () => {
		const many = Array.from({ length: 30_000 }, (_, at) => wire('a', { kind: 1, startTimeUnixNano: String(at + 1) }));
		const { spans } = read(batch('edge', ...many));
		expect(new Set(spans.map(text => text.split(' ')[2])).size).toBe(30_000);
		expect(spans.at(-1)?.split(' ')[2]).toBe('a:internal:29999<none');
	});

	test('a trace of more than 100 000 spans is cut', () => {
		const many = Array.from({ length: 100_002 }, (_, at) => wire((at + 1).toString(16)));
		const { spans, notes } = read(batch('edge', ...many));
		expect([spans.length, notes]).toEqual([100_000, ['partial: The trace has 2 more spans, which are left out.']]);
	});

	test('the name of scopes before OTLP 0.15 is understood', () => {
		const { scopeSpans, ...rest } = batch('edge', wire('a'));
		expect(read({ ...rest, instrumentationLibrarySpans: scopeSpans }).spans).toHaveLength(1);
	});

	test('events and links', () => {
		const { trace } = found(
			batch(
				'edge',
				wire('a', {
					events: [{ timeUnixNano: '1500', name: 'exception', attributes: [{ key: 'n', value: { intValue: '1' } }] }],
					links: [{ traceId: 'W47/95gDgQPSabYzgT/HAA==', spanId: 'Nu5a+7x/TEs=' }],
				}),
			),
		);
		expect(trace.spans[0]?.events).toEqual([{ name: 'exception', at: 1500n, attributes: { n: 1 } }]);
		expect(trace.spans[0]?.links).toEqual([{ traceId: id, spanId: '36ee5afbbc7f4c4b', attributes: {} }]);
	});
});

describe('attribute values', () => {
	test.each([
		[{ stringValue: '' }, ''],
		[{ boolValue: false }, false],
		[{ intValue: '502' }, 502],
		[{ intValue: -3 }, -3],
		[{ intValue: '9223372036854775807' }, '9223372036854775807'],
		[{ doubleValue: 1.5 }, 1.5],
		[{ doubleValue: 'NaN' }, Number.NaN],
		[{ doubleValue: '-Infinity' }, Number.NEGATIVE_INFINITY],
		[{ bytesValue: 'AAE=' }, 'AAE='],
		[{ stringValue: { toString: 1 } }, '…'],
		[{ intValue: { valueOf: 1, toString: 1 } }, '…'],
		[{ doubleValue: { toString: 1 } }, Number.NaN],
		[{ arrayValue: { values: [{ stringValue: 'a' }, {}] } }, ['a', null]],
		[{ arrayValue: {} }, []],
		[{ kvlistValue: { values: [{ key: 'k', value: { intValue: '1' } }, { value: {} }] } }, { k: 1 }],
		[{}, null],
		[null, null],
		['text', null],
	])('%j', (value, expected) => {
		expect(attributeValueOf(value)).toEqual(expected);
	});

	test('values nested without end are cut', () => {
		let nested: object = { stringValue: 'deep' };
		for (let depth = 0; depth < 5000; depth++) nested = { arrayValue: { values: [nested] } };
		expect(JSON.stringify(attributeValueOf(nested))).toMatch(/^\[{17}"…"\]{17}$/);
	});
});

test('a look by hand takes a span for what its schema says', () => {
	const value = fc.constantFrom(
		undefined,
		null,
		'a',
		'',
		7,
		-1,
		'12',
		'1e3',
		1.5,
		true,
		[],
		{},
		{ code: 2 },
		{ code: [] },
	);
	const names = ['spanId', 'parentSpanId', 'name', 'kind', 'startTimeUnixNano', 'endTimeUnixNano', 'events', 'status'];
	const item = fc.record(Object.fromEntries(names.map(name => [name, value])));
	const sound = { spanId: 'a', startTimeUnixNano: '1' };
	fc.assert(
		fc.property(item, fc.subarray(names), (strange, kept) => {
			const span = { ...sound, ...Object.fromEntries(kept.map(name => [name, strange[name]])) };
			expect(wireSpanIn(span)).toEqual(wireSpan.safeParse(span).data);
		}),
		{ numRuns: 500 },
	);
});
