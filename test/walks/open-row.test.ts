import { expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

test('a line opens to a tree in place, stays open while others are read, and closes', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service concierge', columns: 160, rows: 50 });
	await operator.sees(/status +route +duration/);
	operator.presses('E');
	await expect.poll(operator.row).toContain('upstream failed');
	operator.presses('z');
	await operator.sees('at callErrorFromStatus (/srv/node_modules/');
	await operator.sees('user_agent  NightlineApp/7.3');
	operator.presses('j', 'j');
	await expect.poll(operator.row).not.toContain('upstream failed');
	await operator.sees('user_agent  NightlineApp/7.3');
	operator.presses('k', 'k', 'Z');
	await operator.loses('at callErrorFromStatus');
});

test('secrets stay masked in it', async () => {
	const operator = operate({
		...demoWorld(),
		at: "logs --service concierge --where '|=Bearer'",
		columns: 120,
		rows: 50,
	});
	await operator.sees(/upstream failed.*\n/);
	operator.presses('z');
	await operator.sees('authorization');
	expect(operator.frame()).toMatch(/authorization {2}.*\[redacted/);
});
