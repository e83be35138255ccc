import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../../helpers/program.ts';
import { runBuilt } from '../built.ts';
import { emptyFolder } from '../folder.ts';
import { files } from './desk.ts';

const helm = join(files, 'grafana', 'helm-values.yaml');

test.each([
	['n', 'Nothing was saved.'],
	['y', 'Saved prod (prometheus, loki)'],
])('on a terminal it is shown and asked for, and %s is heard', async (answer, told) => {
	const folder = emptyFolder();
	const program = startProgram({
		args: ['profile', 'import', 'prod', helm],
		env: { SMOKEJUMPER_CONFIG_DIR: folder },
	});
	await program.sees('Save it as prod? y or n:');
	program.presses(answer, 'enter');
	await program.sees(told);
	expect(await program.exited).toBe(0);
	expect(existsSync(join(folder, 'profiles.json'))).toBe(answer === 'y');
});

test('the environment of the shell is that of logcli', async () => {
	const folder = emptyFolder();
	const run = await runBuilt(['profile', 'import', 'prod', '--logcli', '--yes'], {
		SMOKEJUMPER_CONFIG_DIR: folder,
		LOKI_ADDR: 'https://logs.berths.example',
		LOKI_BEARER_TOKEN: 'hunter2',
	});
	expect(run).toMatchObject({ exitCode: 0, stderr: '' });
	expect(run.stdout).not.toContain('hunter2');
	expect(JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8')).profiles.prod).toEqual({
		loki: { url: 'https://logs.berths.example', auth: { type: 'bearer', token: { env: 'LOKI_BEARER_TOKEN' } } },
	});
});
