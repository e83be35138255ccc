import { describe, expect, test } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

const world = demoWorld();

describe.each([
	[80, 24],
	[60, 15],
	[200, 60],
])('at %i×%i', (columns, rows) => {
	test('from the alert of a pool straight to the pool that is full, over the panels, and back to the row of the alert', async () => {
		const operator = operate({ ...world, columns, rows });
		await operator.sees('BerthsPool');
		operator.presses('/').types('berthspool').presses('enter');
		await operator.loses('ConciergeBooking');
		const alert = operator.row();
		operator.presses('enter');
		await operator.sees(/› berths/);
		await operator.sees(/▲ full +database con\S* ?\S* +100 % 4 of 4/);
		await operator.sees(/in use 4 of 4 \(pool\)/);
		expect(operator.row()).toMatch(/^▲ full/);
		operator.presses('tab', 'tab');
		await operator.sees(/^RATE/m);
		operator.presses('escape');
		await operator.sees('BerthsPool');
		expect(operator.row()).toBe(alert);
	});
});

test('the database that berths waits for has a transaction as old as the trouble, and holds its locks', async () => {
	const operator = operate({ ...world, at: 'service manifest --view resources' });
	await operator.sees(/● waits PostgreSQL locks +● 1/);
	await operator.sees(/● waits PostgreSQL transact\S* +● 2\d m/);
	await operator.sees('HikariCP connections');
	operator.presses('j');
	await operator.sees(/PostgreSQL transactions {2}● longest 2\d m/);
	operator.presses('d');
	await operator.sees('Looked for and not found:');
	operator.presses('d', 'enter');
	await operator.sees(/› logs/);
	operator.presses('escape');
	await operator.sees('PostgreSQL transactions  ● longest');
});

test('what was asked is eight questions at most, and the figures are those of the query', async () => {
	const operator = operate({ ...world, at: 'service berths --view resources' });
	await operator.sees('4 of 4');
	const [slot] = [...operator.store.getState().slots.values()];
	const queries = slot?.queries.filter(({ url }) => !url.includes('/series')) ?? [];
	expect(queries.length).toBeGreaterThan(1);
	expect(queries.length).toBeLessThanOrEqual(8);
});
