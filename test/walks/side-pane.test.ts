import { expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

test('fields are looked through and values kept and hidden, all by keys', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service berths --since 30m' });
	await operator.sees('8614 lines');
	operator.presses('tab');
	await operator.sees(/fields of 1000 of 1200 lines held/);
	operator.presses('enter', 'j', 'j');
	await operator.sees(/▌ {4}warn +171 +17\.1 %/);
	operator.presses('f');
	await operator.sees(' 1 level=warn');
	await operator.sees(/fields of 171 lines, /);
	operator.presses('left', 'backspace');
	await operator.sees('hold failed');
	operator.presses('escape');
	await operator.loses('fields of');
});

test('what is said alike is kept and hidden, and the pane goes on with the lines that are left', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service berths --since 30m' });
	await operator.sees('8614 lines');
	operator.presses('tab', 'tab');
	await operator.sees(/patterns of 1000 of 1200 lines held/);
	await operator.sees(/143 +14\.3 % .{12} hold failed/);
	operator.presses('G');
	await operator.sees('booking not found');
	operator.presses('enter');
	await operator.sees(' 1 like booking not found');
	await operator.sees(/patterns of 92 lines, 02:43:08–03:12:10/);
	operator.presses('backspace', 'left', 'tab', 'tab', 'tab');
	await operator.sees(/patterns of 1000/);
	operator.presses('F');
	await operator.sees(' 1 not like berth held');
	await operator.sees(/patterns of 508 of 708 lines held/);
	expect(operator.frame()).not.toContain('· berth held');
});
