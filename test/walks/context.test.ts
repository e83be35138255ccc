import { expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

test('c shows what stands round a line, and esc comes back to the very row of the narrowed list', async () => {
	const operator = operate({
		...demoWorld(),
		at: "logs --service concierge --level error --where '|=upstream failed'",
	});
	await operator.sees(/failed +\/bookings/);
	const telling = operator.row();
	operator.presses('k', 'k');
	await expect.poll(operator.row).not.toBe(telling);
	const row = operator.row();
	const place = operator
		.frame()
		.split('\n')
		.findIndex(line => line.includes(row));
	operator.presses('c');
	await operator.sees('› context');
	await operator.sees(/around 03:12:\d\d\.\d{3} · \{pod="concierge-/);
	await operator.sees('request done');
	await expect.poll(operator.row).toContain(row.slice(0, 30));
	operator.presses('escape');
	await operator.sees('upstream failed');
	await expect.poll(operator.row).toBe(row);
	expect(
		operator
			.frame()
			.split('\n')
			.findIndex(line => line.includes(row)),
	).toBe(place);
});

test('the address of a context opens it on the very line', async () => {
	const first = operate({ ...demoWorld(), at: 'logs --service berths --level error' });
	await first.sees('hold failed');
	first.presses('g', 'c');
	await first.sees('› context');
	await first.sees(/\d+k? lines/);
	const row = first.row();
	first.presses('Y');
	const copied = first.effects.find(effect => effect.type === 'copy');
	const address = copied?.type === 'copy' ? copied.text : '';
	expect(address).toContain('--around');
	const second = operate({ ...demoWorld(), at: address.replace(/^.*?\blogs /, 'logs ') });
	await expect.poll(second.row, { timeout: 8000 }).toBe(row);
});
