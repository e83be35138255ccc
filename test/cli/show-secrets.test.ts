import { expect, test } from 'vitest';
import { startProgram } from '../helpers/program.ts';
import { runBuilt } from './built.ts';

const logs = ['demo', 'logs', '--service', 'till', '-o', 'json', '--limit', '1'];

test('secrets are not printed into a pipe by one word', async () => {
	expect(await runBuilt([...logs, '--show-secrets'])).toEqual({
		stdout: '',
		stderr:
			'smokejumper: Secrets would be printed into a file or a pipe: --show-secrets. Add --yes if that is meant.\n',
		exitCode: 2,
	});
});

test('a second word prints them there, and says so', async () => {
	const { stdout, stderr } = await runBuilt([...logs, '--show-secrets', '--yes']);
	expect(stderr).toContain('smokejumper: Secrets are not masked: --show-secrets.\n');
	expect(JSON.parse(stdout)).toMatchObject({ service: 'till' });
});

test('on a terminal one word prints them', async () => {
	const program = startProgram({ args: [...logs, '--show-secrets'] });
	await program.sees('Secrets are not masked: --show-secrets.');
	await program.sees('"service":"till"');
	expect(await program.exited).toBe(0);
});

test('the interface asks before it reads anything', async () => {
	const program = startProgram({ args: ['demo', '--show-secrets'] });
	await program.sees('keep them masked');
	program.presses('\r');
	await program.sees('ConciergeBookingEr');
	program.presses('q');
	expect(await program.exited).toBe(0);
});
