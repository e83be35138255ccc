import { expect, test } from 'vitest';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import { textOf } from '../../../src/cli/print/document.ts';
import { jsonText } from '../../../src/cli/print/json.ts';
import { tracePrinter } from '../../../src/cli/print/trace.ts';
import { noTraceFindings, type TraceFindings } from '../../../src/investigation/trace-findings.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { TracePlace } from '../../../src/model/place.ts';
import { hour, live, rangeOf } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';

const noon = Date.UTC(2026, 4, 4, 12);

const failing = traceFromText(`
	edge POST /checkout               :==============================!
	  billing POST /charge            : ===========================!
	    billing SELECT price {client} :  ====
	    billing SELECT price {client} :      ====
	    billing SELECT price {client} :          ====
	    billing SELECT price {client} :              ====
	    billing SELECT price {client} :                  ====
`);

function printing(of = failing) {
	const place: TracePlace = { kind: 'trace', id: of.id, window: live(hour) };
	const reading = traceReadingOf(of);
	const trace: TraceFindings['trace'] = loaded({ value: { found: true, ...reading }, notes: [] }, noon);
	return {
		place,
		findings: { ...noTraceFindings, trace },
		range: rangeOf(place.window, noon),
		now: noon,
		timeFormat: 'utc' as const,
		width: 80,
		theme: createTheme('none', true),
	};
}

test('operations beyond the largest are counted', () => {
	const many = (count: number) =>
		traceFromText(['edge root :=', ...Array.from({ length: count - 1 }, (_, at) => `  edge step${at} :=`)].join('\n'));
	expect(textOf(tracePrinter.blocks(printing(many(8))), 80)).not.toContain('left out');
	expect(textOf(tracePrinter.blocks(printing(many(9))), 80)).toContain(
		'1 more operation is left out; -o json has all.',
	);
	expect(textOf(tracePrinter.blocks(printing(many(11))), 80)).toContain('3 more operations are left out');
});

test('what is remarkable of a trace is printed below where its time went, and is in JSON with its span', () => {
	const text = textOf(tracePrinter.blocks(printing()), 80);
	expect(text.slice(text.indexOf('where the time went'))).toMatchInlineSnapshot(`
		"where the time went   critical path  self time  spans  errors
		billing SELECT price         66.7 %     200 ms      5       0
		billing POST /charge         23.3 %      70 ms      1       1
		edge POST /checkout            10 %      30 ms      1       1

		First of 2 errors: billing POST /charge.

		N+1: 5 × billing SELECT price, one after the other, 200 ms.

		60 ms after billing SELECT price: nothing recorded in billing POST /charge.

		20 ms after billing POST /charge: nothing recorded in edge POST /checkout.

		10 ms before billing POST /charge: nothing recorded in edge POST /checkout.
		"
	`);
	expect(tracePrinter.json(printing())).toMatchObject({
		remarks: [
			{ kind: 'error', spanId: '0000000000000002' },
			{ kind: 'repeats', text: 'N+1: 5 × billing SELECT price, one after the other, 200 ms' },
			{ kind: 'gap', spanId: '0000000000000002' },
			{ kind: 'gap', spanId: '0000000000000001' },
			{ kind: 'gap', spanId: '0000000000000001' },
		],
	});
});

test('in JSON, links keep their attributes, and numbers that JSON has not are text', () => {
	const attributes = {
		share: Number.NaN,
		rates: [1.5, Number.POSITIVE_INFINITY],
		at: { low: Number.NEGATIVE_INFINITY },
	};
	const spans = failing.spans.map(span => ({
		...span,
		attributes: { ...attributes, large: '9223372036854775808' },
		links: [{ traceId: 'feed', spanId: 'beef', attributes }],
	}));
	const told = { share: 'NaN', rates: [1.5, 'Infinity'], at: { low: '-Infinity' } };
	expect(JSON.parse(jsonText(tracePrinter.json(printing({ ...failing, spans }))))).toMatchObject({
		spans: failing.spans.map(() => ({
			attributes: { ...told, large: '9223372036854775808' },
			links: [{ traceId: 'feed', spanId: 'beef', attributes: told }],
		})),
	});
});
