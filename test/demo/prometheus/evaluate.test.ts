import { describe, expect, it } from 'vitest';
import { evaluated } from './drawn.ts';

const two = `
	up{job="a",env="x"}  1 1 0 0
	up{job="b",env="x"}  2 2 2 _
	up{job="c"}          4 4 4 4`;

describe('selectors', () => {
	it.each([
		['up{job="a"}', ['{__name__="up", env="x", job="a"} 1 0']],
		['up{job=~"a|b"}', ['{__name__="up", env="x", job="a"} 1 0', '{__name__="up", env="x", job="b"} 2 2']],
		['up{job=~"a.+"}', []],
		['up{env=""}', ['{__name__="up", job="c"} 4 4']],
		['up{env!=""}', ['{__name__="up", env="x", job="a"} 1 0', '{__name__="up", env="x", job="b"} 2 2']],
		['up{job!~"[ab]"}', ['{__name__="up", job="c"} 4 4']],
		['{__name__="up",job="c"}', ['{__name__="up", job="c"} 4 4']],
		['up{job="a"} offset 5s', ['{__name__="up", env="x", job="a"} _ 1']],
		['nothing', []],
	])('%s', (query, expected) => {
		expect(evaluated(query, two, 0, 10)).toEqual(expected);
	});

	it('look back five minutes and no farther', () => {
		expect(evaluated('up', 'up 7', 0, 299, 300, 301)).toEqual(['{__name__="up"} 7 7 _ _']);
	});
});

describe('functions over a range', () => {
	const counter = 'c 10 20 30 40 50';
	it.each([
		// Samples at 5…20 s lie in (0, 20]: 30 in 15 s, stretched to the 20 s of the window.
		['increase(c[20s])', counter, 20, ['{} 40']],
		['rate(c[20s])', counter, 20, ['{} 2']],
		// The window ends 2 s after the last sample and begins 3 s before the first: both within 1.1 distances.
		['increase(c[20s])', counter, 22, ['{} 40']],
		// 50 s of window but samples only of its last 20 s: stretched by half a distance to the left, by all to the right.
		['increase(c[50s])', 'c _ _ _ _ _ _ 110 120 130 140 150', 50, ['{} 45']],
		// A counter that began just now is not stretched below zero: 2 s before its first sample it was 0.
		['increase(c[50s])', 'c _ _ _ _ _ _ 4 14 24 34 44', 50, ['{} 44']],
		['increase(c[20s])', 'c 10 20 5 15 25', 20, ['{} 33.3333333333']],
		['delta(c[20s])', 'c 50 40 30 20 10', 20, ['{} -40']],
		['irate(c[20s])', 'c 10 20 30 40 60', 20, ['{} 4']],
		['irate(c[20s])', 'c 10 20 30 40 5', 20, ['{} 1']],
		['rate(c[5s])', counter, 20, []],
		['sum_over_time(c[10s])', counter, 20, ['{} 90']],
		['avg_over_time(c[10s])', counter, 20, ['{} 45']],
		['max_over_time(c[10s])', counter, 20, ['{} 50']],
		['min_over_time(c[10s])', counter, 20, ['{} 40']],
		['count_over_time(c[20s])', 'c 1 _ 3 4 5', 20, ['{} 3']],
		['last_over_time(c[20s])', counter, 12, ['{__name__="c"} 30']],
		['changes(c[20s])', 'c 1 1 2 2 1', 20, ['{} 2']],
		['resets(c[20s])', 'c 9 1 2 2 1', 20, ['{} 1']],
		['rate(c[20s] offset 10s)', 'c 10 20 30 40 50 50 50', 30, ['{} 2']],
	])('%s of %s at %i s', (query, drawing, at, expected) => {
		expect(evaluated(query, drawing, at)).toEqual(expected);
	});
});

describe('aggregations', () => {
	it.each([
		['sum(up)', ['{} 7 4']],
		['sum by (env) (up)', ['{env="x"} 3 0', '{} 4 4']],
		['sum without (job) (up)', ['{env="x"} 3 0', '{} 4 4']],
		['avg(up)', ['{} 2.33333333333 2']],
		['max by (env) (up)', ['{env="x"} 2 0', '{} 4 4']],
		['min(up)', ['{} 1 0']],
		['count(up)', ['{} 3 2']],
		['group(up)', ['{} 1 1']],
		['quantile(0.5, up)', ['{} 2 2']],
		['topk(1, up)', ['{__name__="up", job="c"} 4 4']],
		[
			'bottomk(2, up)',
			[
				'{__name__="up", env="x", job="a"} 1 0',
				'{__name__="up", env="x", job="b"} 2 _',
				'{__name__="up", job="c"} _ 4',
			],
		],
		['sum(nothing)', []],
	])('%s', (query, expected) => {
		expect(evaluated(query, withGap, 0, 400)).toEqual(expected);
	});

	/** The series of `b` has gone by the second instant. */
	const late = `${'_ '.repeat(79)}`;
	const withGap = `
		up{job="a",env="x"}  1 ${late} 0
		up{job="b",env="x"}  2
		up{job="c"}          4 ${late} 4`;
});

describe('operators', () => {
	const drawing = `
		used{pool="a",job="x"}  3 1
		used{pool="b",job="y"}  8 8
		size{pool="a"}          4 4
		size{pool="b"}          8 8
		info{job="x",version="1.2"}  1 1`;
	it.each([
		['1 + 2 * 3', ['7 7']],
		['2 ^ 3 ^ 2', ['512 512']],
		['-2 ^ 2', ['-4 -4']],
		['-used{pool="a"} ^ 2', ['{job="x", pool="a"} -9 -1']],
		['(-2) ^ 2', ['4 4']],
		['7 % 4', ['3 3']],
		['1 / 0', ['+Inf +Inf']],
		['1 > bool 2', ['0 0']],
		['used * 2', ['{job="x", pool="a"} 6 2', '{job="y", pool="b"} 16 16']],
		['used > 2', ['{__name__="used", job="x", pool="a"} 3 _', '{__name__="used", job="y", pool="b"} 8 8']],
		['2 < used', ['{__name__="used", job="x", pool="a"} 3 _', '{__name__="used", job="y", pool="b"} 8 8']],
		['used > bool 2', ['{job="x", pool="a"} 1 0', '{job="y", pool="b"} 1 1']],
		['used / on (pool) size', ['{pool="a"} 0.75 0.25', '{pool="b"} 1 1']],
		['used / ignoring (job) size', ['{pool="a"} 0.75 0.25', '{pool="b"} 1 1']],
		['used / on (pool) size > 0.9', ['{pool="b"} 1 1']],
		['used * on (job) group_left (version) info', ['{job="x", pool="a", version="1.2"} 3 1']],
		['info * on (job) group_right (version) used', ['{job="x", pool="a", version="1.2"} 3 1']],
		['used and on (pool) size == 8', ['{__name__="used", job="y", pool="b"} 8 8']],
		['used unless on (pool) size == 8', ['{__name__="used", job="x", pool="a"} 3 1']],
		[
			'used{pool="a"} or on (pool) size',
			['{__name__="used", job="x", pool="a"} 3 1', '{__name__="size", pool="b"} 8 8'],
		],
		['-used{pool="a"}', ['{job="x", pool="a"} -3 -1']],
		['used / size', []],
	])('%s', (query, expected) => {
		expect(evaluated(query, drawing, 0, 5)).toEqual(expected);
	});

	it('bind an offset to the last operand alone', () => {
		expect(evaluated('c - c offset 5s', 'c 1 5 7', 5, 10)).toEqual(['{} 4 2']);
	});

	it('refuse a match that is not unique', () => {
		expect(() => evaluated('info + on () used', drawing, 0)).toThrow(
			/^found duplicate series for the match group \{\} on the right hand-side of the operation: \[.*\];many-to-many matching not allowed: matching labels must be unique on one side$/,
		);
		expect(() => evaluated('used + on () info', drawing, 0)).toThrow(
			'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
		);
	});
});

describe('functions of vectors', () => {
	it.each([
		['vector(3)', ['{} 3']],
		['time()', ['1000000000']],
		['absent(up)', []],
		['timestamp(up{job="c"})', ['{job="c"} 1000000000']],
		['absent(nope{job="a",env=~"x"})', ['{job="a"} 1']],
		['scalar(up{job="c"})', ['4']],
		['scalar(up)', ['NaN']],
		['abs(up{job="a"} - 5)', ['{env="x", job="a"} 4']],
		['clamp_min(up, 3)', ['{env="x", job="a"} 3', '{env="x", job="b"} 3', '{job="c"} 4']],
		['clamp_max(up{job="c"}, 3)', ['{job="c"} 3']],
		['round(up{job="c"} / 3)', ['{job="c"} 1']],
		['round(up{job="a"} * 2.5)', ['{env="x", job="a"} 3']],
		['round(up{job="c"} / 3, 0.5)', ['{job="c"} 1.5']],
		['ceil(up{job="c"} / 3)', ['{job="c"} 2']],
		['floor(up{job="c"} / 3)', ['{job="c"} 1']],
		['sort_desc(up{env="x"})', ['{__name__="up", env="x", job="b"} 2', '{__name__="up", env="x", job="a"} 1']],
		['label_replace(up{job="c"}, "service", "$1-x", "job", "(.*)")', ['{__name__="up", job="c", service="c-x"} 4']],
		['label_replace(up{job="c"}, "service", "$1", "job", "d(.*)")', ['{__name__="up", job="c"} 4']],
		['label_replace(up{job="c"}, "job", "", "job", ".*")', ['{__name__="up"} 4']],
	])('%s', (query, expected) => {
		expect(evaluated(query, two, 0)).toEqual(expected);
	});
});

describe('what the demo does not evaluate', () => {
	it.each(['deriv(up[5m])', 'up[5m:1m]', 'up @ 5', 'stddev(up)', 'count_values("v", up)', '1 atan2 2'])(
		'%s is refused by name',
		query => {
			expect(() => evaluated(query, two, 0)).toThrow(/^this demonstration server does not support /);
		},
	);
});
