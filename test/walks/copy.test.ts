import { expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

const copiedBy = ({ effects }: Operator): string => {
	const effect = effects.findLast(({ type }) => type === 'copy');
	return effect?.type === 'copy' ? effect.text : '';
};

test('the line is copied as it was written; the same key again shows it plain, and esc goes back', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service berths --since 30m' });
	await operator.sees('8614 lines');
	operator.presses('y');
	await operator.sees("Sent the line to the terminal's clipboard; the same key again shows it");
	expect(JSON.parse(copiedBy(operator))).toMatchObject({ msg: expect.any(String) });
	operator.presses('y');
	await operator.loses('8614 lines');
	const rows = operator.frame().split('\n').slice(2, -2);
	expect(rows.join('').trimEnd()).toBe(copiedBy(operator));
	expect(rows[0]).toHaveLength(80);
	operator.presses('escape');
	await operator.sees('8614 lines');
	expect(operator.frame()).not.toContain(copiedBy(operator).slice(0, 80));
});

test('a terminal without a clipboard shows it at once, and says why', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service berths --since 30m', clipboard: false });
	await operator.sees('8614 lines');
	operator.presses('y');
	await operator.sees('This terminal has no clipboard. Select it by hand.');
	expect(operator.frame().replaceAll('\n', '')).toContain(copiedBy(operator));
});
