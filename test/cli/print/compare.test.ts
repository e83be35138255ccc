import { expect, test } from 'vitest';
import { comparePrinter } from '../../../src/cli/print/compare.ts';
import { textOf } from '../../../src/cli/print/document.ts';
import {
	type CompareFindings,
	type NothingToCompare,
	noCompareFindings,
} from '../../../src/investigation/compare-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { fixed, hour, rangeOf } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { comparedAt, comparisonOf } from '../../screens/compare/open-compare.ts';

const window = fixed(comparedAt - hour, comparedAt);

const printing = (value: ReturnType<typeof comparisonOf> | NothingToCompare) => {
	const findings: CompareFindings = { ...noCompareFindings, comparison: loaded(answer(value), comparedAt) };
	return {
		place: { kind: 'compare', service: 'edge', operation: 'POST /pay', window } as const,
		findings,
		now: comparedAt,
		range: rangeOf(window, comparedAt),
		timeFormat: 'utc' as const,
		width: 100,
		theme: createTheme('none', true),
	};
};

const comparison = comparisonOf(
	['edge POST /pay :==========\n  berths PUT : ===\n  berths PUT :    ==='],
	['edge POST /pay :=====\n  berths PUT : =\n  till pay :   ='],
);

test('a comparison as text: the sentence, what it is made of, and the differences', () => {
	expect(textOf(comparePrinter.blocks(printing(comparison)), 100)).toBe(
		[
			'Slow requests spend 50 ms more in berths PUT (×1 → ×2) and 10 ms more in edge POST /pay; 1 more',
			'operation differs.',
			'',
			'1 slow 100 ms, 1 usual 50 ms; of 9 median 100 ms, p95 300 ms. Tempo gives neither the slowest nor',
			'all.',
			'',
			'  more   slow  usual  calls    self time of',
			'+50 ms  60 ms  10 ms  ×1 → ×2  edge POST /pay › berths PUT',
			'+10 ms  40 ms  30 ms  ×1 → ×1  edge POST /pay',
			'-10 ms   0 ms  10 ms  ×1 → ×0  edge POST /pay › till pay',
			'',
		].join('\n'),
	);
});

test('as JSON, in seconds', () => {
	expect(comparePrinter.json(printing(comparison))).toMatchObject({
		root: { service: 'edge', operation: 'POST /pay' },
		sample: { count: 9, medianSeconds: 0.1, p95Seconds: 0.3 },
		slow: { query: null, chosen: 1, read: 1, fromSeconds: 0.1, toSeconds: 0.1 },
		paths: [
			{
				path: [
					{ service: 'edge', operation: 'POST /pay' },
					{ service: 'berths', operation: 'PUT' },
				],
				moreSeconds: 0.05,
				change: 'more',
				slow: { selfSeconds: 0.06, count: 2 },
				usual: { selfSeconds: 0.01, count: 1 },
				example: { traceId: '73c80000000000000000000000000001', spanId: '0000000000000002' },
			},
			{ change: 'more' },
			{ change: 'less' },
		],
	});
});

test('why there is nothing', () => {
	const nothing: NothingToCompare = { found: false, why: 'Tempo found no trace.', query: undefined };
	expect(textOf(comparePrinter.blocks(printing(nothing)), 80)).toBe('Tempo found no trace.\n');
	expect(comparePrinter.json(printing(nothing))).toMatchObject({ why: 'Tempo found no trace.' });
});
