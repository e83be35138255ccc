import { expect, test } from 'vitest';
import type { Neighbour } from '../../../src/analysis/neighbours.ts';
import { textOf } from '../../../src/cli/print/document.ts';
import { neighbourBlocks, neighboursJson } from '../../../src/cli/print/neighbours.ts';
import type { Neighbours } from '../../../src/investigation/service-neighbours.ts';
import { minute } from '../../../src/model/time.ts';

const ferry: Neighbour = {
	direction: 'callees',
	name: 'ferry',
	kind: 'service',
	service: 'ferry',
	rate: 3.2,
	failures: 0.8,
	errors: 0.25,
	server: 4,
	client: 2.02,
	gap: -1.98,
};
const none = { rows: [], total: 0, queries: [] };
const found: Neighbours = {
	source: 'service graph',
	callers: none,
	callees: { rows: [ferry], total: 1, queries: ['query of rates'] },
	at: Date.UTC(2026, 4, 4, 12),
	averagedOver: 5 * minute,
};

test('neighbours are printed as two tables', () => {
	expect(`\n${textOf(neighbourBlocks(found), 100)}`).toMatchInlineSnapshot(`
		"
		From the service graph, over 5m.

		Callers
		-------

		None is known.

		Callees
		-------

		name   kind      rate  errors  p99  waited      gap
		ferry  service  3.2/s    25 %  4 s  2.02 s  -1.98 s
		"
	`);
});

test('without a source it is printed what was looked for', () => {
	const { source: _, ...rest } = found;
	expect(textOf(neighbourBlocks({ ...rest, remark: 'Nothing tells of them.' }), 100)).toBe('Nothing tells of them.\n');
});

test('in JSON figures have their unit in their name, and what is not known is null', () => {
	const database: Neighbour = { ...ferry, name: 'sql', kind: 'database', server: Number.NaN, gap: Number.NaN };
	expect(neighboursJson({ ...found, callers: { rows: [database], total: 412, queries: [] } })).toMatchObject({
		source: 'service graph',
		at: '2026-05-04T12:00:00.000Z',
		averagedOverSeconds: 300,
		callers: { rows: [{ name: 'sql', kind: 'database', serverP99Seconds: null, gapSeconds: null }], total: 412 },
		callees: {
			rows: [
				{
					name: 'ferry',
					service: 'ferry',
					ratePerSecond: 3.2,
					failuresPerSecond: 0.8,
					errorRatio: 0.25,
					serverP99Seconds: 4,
					clientP99Seconds: 2.02,
					gapSeconds: -1.98,
				},
			],
			queries: ['query of rates'],
		},
	});
});
