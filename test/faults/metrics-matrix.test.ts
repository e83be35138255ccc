import { expect, test } from 'vitest';
import { matrixOf } from './matrix.ts';
import { runMatrix } from './run.ts';
import { short } from './sizes.ts';

test('every screen that asks Prometheus and Alertmanager, and every fault of theirs', {
	timeout: 300_000,
}, async () => {
	const outcomes = await runMatrix({ ...short, of: ['prometheus', 'alertmanager'] });
	console.log(matrixOf(outcomes));
	expect(
		outcomes.filter(({ trouble }) => trouble !== undefined).map(each => [each.row.name, each.column.name]),
	).toEqual([]);
});
