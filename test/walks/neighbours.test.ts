import { expect, test } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

test('from callee to callee to what is slow, and back to the same rows', async () => {
	const operator = operate({ ...demoWorld(), at: 'service concierge --view neighbours' });
	await operator.sees('CALLERS › concierge  1');
	await operator.sees('CALLEES concierge ›  6');
	const berths = operator.row();
	expect(berths).toMatch(/^berths +service /);
	operator.presses('enter');
	await operator.sees('CALLEES berths ›  2');
	const manifest = operator.row();
	// It takes longer than berths waits for it.
	expect(manifest).toMatch(/^manifest +service .* -\d/);
	operator.presses('enter');
	await operator.sees('concierge › berths › manifest');
	await operator.sees('CALLEES manifest ›  1');
	expect(operator.row()).toMatch(/^postgresql +database /);
	operator.presses('enter');
	await operator.sees('postgresql is a database and sends no spans of its own.');
	operator.presses('escape');
	await operator.sees('CALLEES berths ›  2');
	expect(operator.row()).toBe(manifest);
	operator.presses('escape');
	await operator.sees('CALLEES concierge ›  6');
	expect(operator.row()).toBe(berths);
});

test('tab leads there from the panels, and on to the panels again', async () => {
	const operator = operate({ ...demoWorld(), at: 'service berths' });
	await operator.sees(/RATE\s+\d/);
	operator.presses('shift+tab');
	await operator.sees('CALLERS › berths');
	operator.presses('tab');
	await operator.sees(/RATE\s+\d/);
});

test('keys of the panels are not offered there, and say where they belong', async () => {
	const operator = operate({ ...demoWorld(), at: 'service berths --view neighbours' });
	await operator.sees('CALLERS › berths');
	expect(operator.frame()).not.toMatch(/exemplar|h l cursor|baseline/);
	operator.presses('x');
	await operator.sees('This is a key of the panels; tab leads to them.');
	operator.presses('h');
	await operator.sees('There is no time axis here; tab leads to the panels.');
});
