import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heatMapOfHistograms } from '../../src/analysis/heat-histograms.ts';
import type { HeatMap } from '../../src/analysis/heat-map.ts';
import { histogramsOfRanges } from '../../src/analysis/vmrange.ts';
import type { HistogramBucket } from '../../src/model/series.ts';
import { minute } from '../../src/model/time.ts';

/** `0.5..1:3 1..2:1`: three observations in the first bucket, one in the second. */
const bucketsOf = (drawing: string): readonly HistogramBucket[] =>
	drawing
		.split(' ')
		.filter(word => word !== '')
		.map(word => {
			const [above = '', upTo = '', count = ''] = word.split(/\.\.|:/);
			return { above: Number(above), upTo: Number(upTo), count: Number(count) };
		});

/** One histogram a minute. */
const mapOf = (drawings: readonly string[], scale = 1): HeatMap =>
	heatMapOfHistograms(
		{ labels: {}, times: drawings.map((_, index) => index * minute), histograms: drawings.map(bucketsOf) },
		scale,
	);

const drawn = ({ rows }: HeatMap): readonly string[] =>
	rows.map(({ above, upTo, shares }) => `${above}-${upTo}: ${shares.map(share => Number(share.toFixed(3))).join(' ')}`);

describe('the heat map of histograms', () => {
	test.each<[name: string, histograms: readonly string[], rows: readonly string[]]>([
		['has a row for each bucket', ['0.5..1:1 1..2:3', '0.5..1:1'], ['0.5-1: 0.25 1', '1-2: 0.75 0']],
		['fills the gap between two', ['0.25..0.5:1 2..4:1'], ['0.25-0.5: 0.5', '0.5-1: 0', '1-2: 0', '2-4: 0.5']],
		['has rows as wide as the widest', ['1..2:1 2..4:1', '1..4:1'], ['1-4: 1 1']],
		[
			'brings finer buckets of other times into them',
			['0.5..1:3 1..2:1', '1..1.4142135623730951:1'],
			['0.5-1: 0.75 0', '1-2: 0.25 1'],
		],
		['has what is no duration below the first row', ['-0.001..0.001:1 1..2:3'], ['0-1: 0.25', '1-2: 0.75']],
		['has a row even of that alone', ['-0.001..0.001:1'], ['0-0.001: 1']],
		[
			'leaves bounds of their own as they are',
			['-Infinity..0.005:1 0.005..0.01:1 0.025..0.1:2'],
			['0-0.005: 0.25', '0.005-0.01: 0.25', '0.01-0.025: 0', '0.025-0.1: 0.5'],
		],
		['has a last row without an end', ['0.1..0.5:1 0.5..Infinity:3'], ['0.1-0.5: 0.25', '0.5-Infinity: 0.75']],
		['joins what lies in one row of the widest', ['0.1..0.3:1 0.3..1:1 1..10:2'], ['0.1-1: 0.5', '1-10: 0.5']],
		[
			'leaves bounds as they are where such rows would cut a bucket',
			['0.1..0.3:1 0.3..0.7:1 0.7..10:2'],
			['0.1-0.3: 0.25', '0.3-0.7: 0.25', '0.7-10: 0.5'],
		],
		[
			'takes no room for buckets that nothing fell into',
			[`1..2:1 2..4:1 ${2 ** 50}..${2 ** 51}:0`],
			['1-2: 0.5', '2-4: 0.5'],
		],
		['has no share where nothing was counted', ['1..2:1', '', '1..2:0'], ['1-2: 1 NaN NaN']],
		['is empty without buckets', ['', ''], []],
		['is empty when nothing fell into any', ['1..2:0 2..4:NaN'], []],
	])('%s', (_, histograms, rows) => expect(drawn(mapOf(histograms))).toEqual(rows));

	test('is in seconds', () => expect(drawn(mapOf(['512..1024:1'], 0.001))).toEqual(['0.512-1.024: 1']));

	test('of any resolution has at most 40 rows, in which every bucket lies whole', () => {
		const schema = fc.integer({ min: -4, max: 8 });
		const indexes = fc.uniqueArray(fc.integer({ min: -3000, max: 1000 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(schema, indexes, (resolution, places) => {
				const base = 2 ** (2 ** -resolution);
				// Wide buckets reach the ends of what a float holds.
				const buckets = places
					.map(place => (resolution < 2 ? place % 30 : place))
					.map(place => ({ above: base ** (place - 1), upTo: base ** place, count: 1 }))
					.filter(({ above, upTo }) => above > 1e-300 && upTo < 1e300);
				fc.pre(buckets.length > 0);
				const { rows } = heatMapOfHistograms({ labels: {}, times: [0], histograms: [buckets] }, 1);
				expect(rows.length).toBeLessThanOrEqual(41);
				for (const { above, upTo, shares } of rows) {
					const inside = buckets.filter(bucket => bucket.above > above * 0.999999 && bucket.upTo < upTo * 1.000001);
					expect(shares[0]).toBeCloseTo(inside.length / buckets.length, 9);
				}
			}),
		);
	});

	test('of many bounds without a rule keeps some of them', () => {
		const bounds = Array.from({ length: 200 }, (_, index) => index + 1 + (index % 3) / 10);
		const drawing = bounds.slice(1).map((upTo, index) => `${bounds[index]}..${upTo}:1`);
		const { rows } = mapOf([drawing.join(' ')]);
		expect(rows.length).toBeLessThanOrEqual(41);
		expect(bounds).toEqual(expect.arrayContaining(rows.map(({ upTo }) => upTo)));
		expect(rows.reduce((sum, { shares }) => sum + (shares[0] ?? 0), 0)).toBeCloseTo(1, 9);
	});
});

describe("VictoriaMetrics' ranges", () => {
	const of = (ranges: Readonly<Record<string, readonly number[]>>) =>
		histogramsOfRanges(
			Object.entries(ranges).map(([vmrange, values]) => ({
				labels: { vmrange },
				times: values.map((_, index) => index * minute),
				values,
			})),
		);

	test('are the buckets of one histogram, each for itself, and are drawn on their own grid', () => {
		const found = of({ '1.136e-02...1.292e-02': [3, 1], '1.000e-02...1.136e-02': [1], '0...1.000e-09': [0, 1] });
		expect(found.times).toEqual([0, minute]);
		expect(found.histograms.map(buckets => buckets.map(({ count }) => count))).toEqual([
			[0, 1, 3],
			[1, 1],
		]);
		const { rows } = heatMapOfHistograms(found, 1);
		expect(rows.map(({ above, upTo }) => `${above.toFixed(5)}-${upTo.toFixed(5)}`)).toEqual([
			'0.00000-0.01000',
			'0.01000-0.01136',
			'0.01136-0.01292',
		]);
		expect(rows.map(({ shares }) => shares)).toEqual([
			[0, 0.5],
			[0.25, 0],
			[0.75, 0.5],
		]);
	});

	test('over many decades lie in one row each', () => {
		const bounds = Array.from({ length: 18 * 8 + 1 }, (_, index) => (10 ** (index / 18 - 6)).toExponential(3));
		const ranges = bounds.slice(1).map((upTo, index) => [`${bounds[index]}...${upTo}`, [1]] as const);
		const { rows } = heatMapOfHistograms(of(Object.fromEntries(ranges)), 1);
		expect(rows.map(({ shares }) => Math.round((shares[0] ?? 0) * ranges.length))).toEqual(Array(36).fill(4));
	});

	test('without bounds are left out', () => {
		expect(heatMapOfHistograms(of({ '': [1], slow: [1] }), 1)).toEqual({ times: [], rows: [] });
	});
});
