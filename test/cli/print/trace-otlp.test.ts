import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceV1Answer } from '../../../src/backends/tempo/schema.ts';
import { traceSteps } from '../../../src/backends/tempo/to-model.ts';
import { tracesSteps } from '../../../src/backends/trace-file/read.ts';
import { jsonText } from '../../../src/cli/print/json.ts';
import { otlpJson } from '../../../src/cli/print/trace-otlp.ts';
import { finished } from '../../../src/model/steps.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { recordingOf } from '../../helpers/replay.ts';

const traceOf = (...wire: Parameters<typeof traceSteps>) => finished(traceSteps(...wire));

/** What another program reads in what was printed. */
function readAgain(trace: Trace): Trace | undefined {
	const read = finished(tracesSteps(jsonText(otlpJson(trace))));
	return 'why' in read ? undefined : finished(read.steps(trace.id))?.trace;
}

const id = 'a'.repeat(32);
const hex = fc.integer({ min: 1, max: 6 }).map(number => number.toString(16).padStart(16, '0'));
const value = fc.letrec(tie => ({
	any: fc.oneof(
		{ depthSize: 'small' },
		fc.string({ unit: 'binary' }).map(text => ({ stringValue: text.toWellFormed() })),
		fc.boolean().map(boolValue => ({ boolValue })),
		fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(number => ({ intValue: String(number) })),
		fc.double().map(number => ({ doubleValue: Number.isFinite(number) ? number : String(number) })),
		fc.constant({}),
		fc.array(tie('any')).map(values => ({ arrayValue: { values } })),
		fc.array(fc.record({ key: fc.string(), value: tie('any') })).map(values => ({ kvlistValue: { values } })),
	),
})).any;
const attributes = fc.array(fc.record({ key: fc.string(), value }), { maxLength: 4 });
const time = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);

/** Whatever a store may send: shared IDs, orphans, cycles, times without sense. */
const wireTrace = fc.array(
	fc.record({
		resource: fc.record({
			attributes: fc.oneof(
				attributes,
				fc.constantFrom('edge', 'berths').map(stringValue => [{ key: 'service.name', value: { stringValue } }]),
			),
		}),
		spans: fc.array(
			fc.record({
				spanId: hex,
				parentSpanId: fc.option(hex, { nil: undefined }),
				name: fc.string(),
				kind: fc.integer({ min: 0, max: 5 }),
				startTimeUnixNano: time,
				endTimeUnixNano: time,
				status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: fc.string() }),
				attributes,
				events: fc.array(fc.record({ timeUnixNano: time, name: fc.string(), attributes }), { maxLength: 2 }),
				links: fc.array(fc.record({ traceId: fc.constant('b'.repeat(32)), spanId: hex, attributes }), { maxLength: 2 }),
			}),
			{ maxLength: 4 },
		),
	}),
	{ maxLength: 4 },
);

test('what was printed is read again as the same trace', () => {
	fc.assert(
		fc.property(wireTrace, groups => {
			const resourceSpans = groups.map(({ resource, spans }) => ({ resource, scopeSpans: [{ spans }] }));
			const { trace } = traceOf(id, traceV1Answer.parse(JSON.parse(JSON.stringify({ resourceSpans }))));
			fc.pre(trace.spans.length > 0);
			expect(readAgain(trace)).toEqual(trace);
		}),
		{ numRuns: 300 },
	);
});

test.each(['trace-v2', 'trace-v2-slow', 'trace-v2-broken'])('and so is the recording %s', name => {
	const wire = traceV1Answer.parse((recordingOf(`tempo-3.0.3/${name}`).response.json as { trace: unknown }).trace);
	const { trace } = traceOf(id, wire);
	expect(readAgain(trace)).toEqual(trace);
});

test('hex, numbers for enumerations, integers as text', () => {
	const [span] = traceOf(id, {
		resourceSpans: [
			{
				scopeSpans: [
					{
						spans: [
							{
								spanId: 'AAAAAAAAAAE=',
								name: 'GET',
								kind: 'SPAN_KIND_CLIENT',
								startTimeUnixNano: '5',
								endTimeUnixNano: '9',
								status: { code: 'STATUS_CODE_ERROR' },
								attributes: [{ key: 'n', value: { intValue: 3 } }],
							},
						],
					},
				],
			},
		],
	}).trace.spans;
	expect(span && otlpJson({ id, spans: [span] })).toEqual({
		resourceSpans: [
			{
				resource: { attributes: [] },
				scopeSpans: [
					{
						scope: {},
						spans: [
							{
								traceId: id,
								spanId: '0000000000000001',
								parentSpanId: undefined,
								name: 'GET',
								kind: 3,
								startTimeUnixNano: '5',
								endTimeUnixNano: '9',
								attributes: [{ key: 'n', value: { intValue: '3' } }],
								events: [],
								links: [],
								status: { code: 2, message: '' },
							},
						],
					},
				],
			},
		],
	});
});
