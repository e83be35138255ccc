import { expect, test } from 'vitest';
import type { ResourceFigure, ResourceLine, ResourceRow } from '../../../src/analysis/use-reading.ts';
import { textOf } from '../../../src/cli/print/document.ts';
import { resourceBlocks, resourcesJson } from '../../../src/cli/print/resources.ts';
import type { FoundResources } from '../../../src/investigation/service-resources.ts';
import { minute } from '../../../src/model/time.ts';

const noon = Date.UTC(2026, 4, 4, 12);

const line = (now: number, change: Partial<ResourceLine> = {}): ResourceLine => ({
	name: 'main pier-0',
	series: { labels: { pool: 'main' }, times: [noon], values: [now] },
	now,
	share: Number.NaN,
	beyond: false,
	...change,
});
const figure = (name: string, worst: ResourceLine, change: Partial<ResourceFigure> = {}): ResourceFigure => ({
	name,
	unit: 'count',
	query: `query of ${name}`,
	limitQueries: [],
	lines: [worst],
	total: 1,
	worry: 0,
	...change,
});

const found: FoundResources = {
	rows: [
		{
			key: 'otel-pool',
			name: 'database connections',
			group: 'pool',
			figures: {
				utilization: figure(
					'in use',
					line(4, { share: 1, beyond: true, limit: { value: 4, of: 'pool', soft: false } }),
					{
						limitQueries: ['limit of in use'],
						total: 21,
						worry: 0.9,
					},
				),
				saturation: figure('waiting', line(Number.NaN)),
			},
			trouble: ['utilization'],
		},
	],
	missing: [{ name: 'node CPU', group: 'CPU', metrics: ['node_cpu_seconds_total'] }],
	restrictions: ['{service="pier"}'],
	grid: { from: noon - minute, to: noon, step: minute },
	plan: { questions: [], missing: [], restrictions: [] },
	lookedAt: noon,
};

test('as text: a row for each resource, and what was looked for and not found', () => {
	expect(`\n${textOf(resourceBlocks(found), 200)}`).toMatchInlineSnapshot(`
		"
		From series with {service="pier"}.

		resource              trouble  share  utilization    saturation  errors  worst
		database connections  full     100 %  in use 4 of 4  waiting –           main pier-0 (of 21)

		Looked for and not found: node CPU.
		"
	`);
	expect(textOf(resourceBlocks({ ...found, rows: [] }), 200)).toBe(
		'Nothing tells of its resources in this window.\n\nLooked for and not found: node CPU.\n',
	);
});

test('as text: what stands in for a limit, and that there is none', () => {
	const rowOf = (name: string, worst: ResourceLine): ResourceRow => ({
		key: name,
		name,
		group: 'pool',
		figures: { utilization: figure('in use', worst) },
		trouble: [],
	});
	const rows = [
		rowOf('container CPU', line(3, { share: 2, limit: { value: 1.5, of: 'request', soft: true } })),
		rowOf('Go sql connections', line(3, { unlimited: true })),
	];
	const text = textOf(resourceBlocks({ ...found, rows }), 200);
	expect(text).toContain('in use 3 of 1.5 (request)');
	expect(text).toContain('in use 3, no limit');
});

test('as JSON: figures with their limits and queries, null for what is not known', () => {
	expect(resourcesJson(found)).toMatchObject({
		selectors: ['{service="pier"}'],
		stepSeconds: 60,
		rows: [
			{
				key: 'otel-pool',
				group: 'pool',
				trouble: ['utilization'],
				utilization: {
					name: 'in use',
					unit: 'count',
					query: 'query of in use',
					limitQueries: ['limit of in use'],
					troubleAbove: 0.9,
					total: 21,
					lines: [
						{
							name: 'main pier-0',
							now: 4,
							share: 1,
							trouble: true,
							limit: { value: 4, of: 'pool', soft: false },
							points: [['2026-05-04T12:00:00.000Z', 4]],
						},
					],
				},
				saturation: { name: 'waiting', lines: [{ now: null, share: null, trouble: false }] },
			},
		],
		notFound: [{ name: 'node CPU', group: 'CPU', metrics: ['node_cpu_seconds_total'] }],
	});
});
