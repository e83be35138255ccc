import { describe, expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { walkToTrace } from '../helpers/walk-to-trace.ts';

vi.setConfig({ testTimeout: 30_000 });

const world = demoWorld();

describe.each([
	[80, 24],
	[160, 50],
	[60, 15],
])('at %i×%i', (columns, rows) => {
	test('tab leads through the three views and round again, with the cause under the cursor', async () => {
		const operator = await walkToTrace(world, columns, rows);
		for (const row of [/▌.*[█▐]/, /▌ +manifest .*[█▐]/, /▌manifest .*\d %/, /▌.*[█▐]/]) {
			await operator.sees(row);
			await operator.sees('FOR UPDATE');
			operator.presses('tab');
		}
	});
});

test('the table orders by the next figure, sums by service, and enter goes to the slowest span', async () => {
	const operator = await walkToTrace(world, 80, 24);
	operator.presses('tab', 'tab');
	await operator.sees(/▼ on path/);
	operator.presses('s');
	await operator.sees(/▼ self/);
	operator.presses('b');
	await operator.sees(/\d services/);
	await operator.sees(/▌manifest +/);
	operator.presses('b');
	await operator.sees(/\d+ spans/);
	operator.presses('b', 'enter');
	await operator.sees(/▌manifest +.*[█▐]/);
});

test('a search counts its matches while n goes from one to the next', async () => {
	const operator = await walkToTrace(world, 80, 24);
	operator.presses('/').types('berths').presses('enter');
	await operator.sees(/search berths \d+ found/);
	operator.presses('n');
	await operator.sees(/search berths \d+ of \d+/);
	const first = operator.frame();
	operator.presses('n');
	await expect.poll(operator.frame).not.toBe(first);
	operator.presses('tab');
	await operator.sees(/search berths \d+ of \d+/);
});

test('i says at the bottom which remark it goes to, also where none has room above', async () => {
	const operator = await walkToTrace(world, 60, 15);
	operator.presses('i');
	await operator.sees(/^1 of \d+: First of \d errors: /m);
	operator.presses('i');
	await operator.sees(/^2 of \d+: Work went on/m);
});

test('enter zooms, the map shows where, esc leaves', async () => {
	const operator = await walkToTrace(world, 80, 24);
	operator.presses('enter');
	await operator.sees(/\[[▁▂▃▄]+\]/);
	operator.presses('escape');
	await expect.poll(operator.frame).not.toMatch(/\[[▁▂▃▄]+\]/);
});
