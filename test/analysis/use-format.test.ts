import { expect, test } from 'vitest';
import { formatLimitOf, formatSoftLimitOf, formatUsage } from '../../src/analysis/use-format.ts';
import type { ReadLimit, ResourceLine } from '../../src/analysis/use-reading.ts';
import type { UseUnit } from '../../src/analysis/use-resource.ts';

const lineOf = (now: number, limit?: ReadLimit): ResourceLine => ({
	name: 'pier-0',
	series: { labels: {}, times: [], values: [] },
	now,
	share: limit === undefined ? Number.NaN : now / limit.value,
	beyond: false,
	...(limit === undefined ? {} : { limit }),
});

const saidOf = (line: ResourceLine, unit: UseUnit) => [
	formatUsage(line, unit),
	formatLimitOf(line, unit),
	formatSoftLimitOf(line, unit),
];

test('a limit is said with who sets it, and a request that stands in for one always', () => {
	const pool = lineOf(3, { value: 4, of: 'pool', soft: false });
	const request = lineOf(0.2, { value: 0.1, of: 'request', soft: true });
	expect(saidOf(pool, 'count')).toEqual(['3 of 4', ' (pool)', '']);
	expect(saidOf(request, 'cores')).toEqual(['0.2 of 0.1 CPU', ' (request)', ' (request)']);
	expect(saidOf(lineOf(0.5, { value: 1, of: 'all', soft: false }), 'ratio')).toEqual(['50 %', '', '']);
});

test('no limit is said where somebody tells that there is none, and nothing where nobody tells', () => {
	expect(saidOf({ ...lineOf(3), unlimited: true }, 'count')).toEqual(['3, no limit', '', '']);
	expect(saidOf(lineOf(3), 'count')).toEqual(['3', '', '']);
});
