import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import { tracesSteps } from '../../../src/backends/trace-file/read.ts';
import { finished } from '../../../src/model/steps.ts';
import { recordingOf } from '../../helpers/replay.ts';
import { portTrace, zipkinSpans } from '../jaeger/wire.ts';

const readTraces = (text: string) => finished(tracesSteps(text));

const whole: readonly unknown[] = [
	{ data: [portTrace] },
	{
		result: { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'ab', spanId: 'cd', startTimeUnixNano: '5' }] }] }] },
	},
	zipkinSpans,
	recordingOf('tempo-3.0.3/trace-v2').response.json,
	recordingOf('tempo-3.0.3/trace-v1').response.json,
];

/** A document in which something stands that nobody expects there: `at` picks where. */
function spoilt(json: unknown, at: number, by: unknown): unknown {
	let seen = 0;
	const visit = (value: unknown): unknown => {
		if (seen++ === at) return by;
		if (Array.isArray(value)) return value.map(visit);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
	};
	return visit(json);
}

const strange = fc.oneof(
	fc.jsonValue(),
	fc.constantFrom('__proto__', '', '-1', 1e308, -5, '99999999999999999999999', 'SPAN_KIND_X', '\u001b[2J'),
);

test('a file in which anything is something else is read, or is told to be none', () => {
	fc.assert(
		fc.property(fc.constantFrom(...whole), fc.nat(160), strange, (json, at, by) => {
			const read = readTraces(JSON.stringify(spoilt(json, at, by)));
			if ('why' in read) return;
			for (const { id } of read.outlines) {
				const found = finished(read.steps(id));
				if (found !== undefined && found.trace.spans.length > 0) traceReadingOf(found.trace);
			}
		}),
		{ numRuns: 1000 },
	);
});

test('brackets without end are no trace, and no end of the program', () => {
	const deep = '['.repeat(200_000);
	expect(readTraces(deep)).toHaveProperty('why');
	expect(readTraces(`${deep}${']'.repeat(200_000)}`)).toHaveProperty('why');
	expect(readTraces(`${'{"trace":'.repeat(5000)}null${'}'.repeat(5000)}`)).toHaveProperty('why');
});
