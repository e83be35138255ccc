import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loaded } from '../../../src/model/loadable.ts';
import type { TracesPlace } from '../../../src/model/place.ts';
import { fixed, hour } from '../../../src/model/time.ts';
import type { TraceSummary } from '../../../src/model/trace.ts';
import { traces as screen } from '../../../src/screens/traces/index.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { atTraces, noon, resultsOf } from './shown-traces.ts';

const hostile = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.constantFrom(
		'',
		'\u001b[2J',
		'a\nb\tc',
		'支付失败 💥',
		'\u202eevil',
		'x'.repeat(5000),
		'<root span not yet received>',
	),
);
const count = fc.integer({ min: 0, max: 1_000_000 });

const summary: fc.Arbitrary<TraceSummary> = fc.record({
	id: fc.stringMatching(/^[0-9a-f]{32}$/),
	rootService: hostile,
	rootName: hostile,
	start: fc.bigInt({ min: -1n, max: 2n ** 63n }),
	duration: fc.bigInt({ min: -5n, max: 2n ** 53n }),
	matched: count,
	services: fc.array(fc.record({ name: hostile, spans: count, errors: count }), { maxLength: 3 }),
});

/** So that some of them are in the window. */
const recent = fc
	.tuple(summary, fc.integer({ min: 0, max: 3600 }))
	.map(([each, seconds]) => ({ ...each, start: BigInt(noon - seconds * 1000) * 1_000_000n }));

const place: fc.Arbitrary<Partial<TracesPlace>> = fc.record(
	{
		query: hostile,
		service: hostile,
		operation: hostile,
		errors: fc.constant(true),
		slowerThan: count,
		fasterThan: count,
		attributes: fc.array(fc.record({ scope: fc.constant('span' as const), name: hostile, value: hostile }), {
			maxLength: 2,
		}),
		window: fc.constantFrom(fixed(noon - hour, noon), fixed(noon, noon), fixed(0, noon)),
	},
	{ requiredKeys: [] },
);

const keys = screen.keys.flatMap(binding => binding.keys);
const key = fc.oneof(fc.constantFrom('V', 'f', 'enter', 'j', 'k', 'h', 'l', 's', 'escape'), fc.constantFrom(...keys));

test('whatever was found, whatever is pressed, in whatever room: it is painted, and without a control character', () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(summary, recent), { maxLength: 12 }),
			place,
			fc.array(key, { maxLength: 12 }),
			fc.record({ width: fc.integer({ min: 1, max: 170 }), height: fc.integer({ min: 1, max: 50 }) }),
			fc.boolean(),
			(traces, where, pressed, size, unicode) => {
				const values = new Map([['values resource.service.name', [{ text: '\u001b]0;x', isQuoted: true }]]]);
				const at = atTraces({
					place: where,
					size,
					theme: createTheme('none', unicode),
					findings: { results: resultsOf(traces), values: loaded({ value: values, notes: [] }, noon) },
				});
				for (const each of pressed) {
					at.presses(each);
					expect(at.frame()).not.toMatch(/(?!\n)\p{Cc}/u);
				}
				expect(at.frame().split('\n').length).toBeLessThanOrEqual(size.height);
				screen.headline(at.shown());
				at.asides();
			},
		),
		{ numRuns: 150 },
	);
});
