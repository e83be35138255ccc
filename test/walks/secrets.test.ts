import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createTheme } from '../../src/widgets/theme.ts';
import { emptyFolder } from '../cli/folder.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { lineAt, logStore, logsOnly } from '../helpers/log-store.ts';
import { type Operator, type OperatorOptions, operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

const lines = ['login password=hunter2', 'all is well'].map((line, index) =>
	lineAt(demoNow - 60_000 + index, { service_name: 'pier', api_key: 'k3y-of-pier' }, line),
);

/** Somebody who has asked for secrets, before the question whether that is meant is answered. */
const asked = (options: Partial<OperatorOptions> = {}): Operator & { readonly asked: readonly string[] } => {
	const { source, asked } = logStore(lines);
	const world = { sources: logsOnly(source), now: () => demoNow };
	return { ...operate({ ...world, at: 'logs --service pier', asksForSecrets: true, columns: 100, ...options }), asked };
};

const copied = ({ effects }: Operator) => effects.findLast(({ type }) => type === 'copy');

describe('whoever asks for secrets', () => {
	test('is asked first, and nothing is read before', async () => {
		const operator = asked();
		await operator.sees('keep them masked');
		operator.store.send({ type: 'ticked', now: demoNow + 60_000 });
		expect(operator.store.getState().slots.size).toBe(0);
		expect(operator.asked).toEqual([]);
		expect(operator.frame()).not.toContain('SECRETS SHOWN');
	});

	test('and leaves it, reads them masked, as anybody does', async () => {
		const operator = asked();
		await operator.sees('keep them masked');
		operator.presses('enter');
		await operator.sees('login password=[redacted password]');
		expect(operator.frame()).not.toContain('SECRETS SHOWN');
	});

	test('and confirms it, reads them, under a mark in the header', async () => {
		const operator = asked({ word: 'prod' });
		await operator.sees('keep them masked');
		operator.presses('tab', 'enter');
		await operator.sees('login password=hunter2');
		expect(operator.frame().split('\n')[0]).toContain('prod  RO [SECRETS SHOWN] │ logs');
		operator.presses('k', 'd');
		await operator.sees('k3y-of-pier');
	});

	test('copies and saves them, and is told so', async () => {
		const operator = asked();
		await operator.sees('keep them masked');
		operator.presses('tab', 'enter');
		await operator.sees('login password=hunter2');
		operator.presses('g', 'y');
		await operator.sees("Sent the line to the terminal's clipboard, with its secrets;");
		expect(copied(operator)).toMatchObject({ text: 'login password=hunter2' });
		operator.presses('j', 'y');
		await operator.sees('clipboard; the same key');
		const path = join(emptyFolder(), 'a.txt');
		operator.presses('s', 'ctrl+u').types(path);
		operator.presses('enter');
		await operator.sees('Secrets are not masked in it.');
		expect(readFileSync(path, 'utf8')).toContain('password=hunter2');
	});

	test('finds the queries and the address masked all the same', async () => {
		const operator = asked({ at: `logs '{service_name="pier"} |= "password=hunter2"'` });
		await operator.sees('keep them masked');
		operator.presses('tab', 'enter');
		await operator.sees('login password=hunter2');
		operator.presses('Y');
		expect(JSON.stringify(copied(operator))).toContain('redacted password');
		expect(JSON.stringify(copied(operator))).not.toContain('hunter2');
	});
});

test('the mark is a word in colour too', async () => {
	const operator = asked({ theme: createTheme('true', true) });
	await operator.sees('keep them masked');
	operator.presses('tab', 'enter');
	await operator.sees('RO SECRETS SHOWN │');
});

test('the demo goes on behind the question', async () => {
	const operator = operate({ ...demoWorld(), asksForSecrets: true });
	await operator.sees('keep them masked');
	operator.presses('escape');
	await operator.sees('Secrets stay masked.');
	await operator.sees('ConciergeBookingEr');
});
