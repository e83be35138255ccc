import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../../helpers/program.ts';
import { runBuilt } from '../built.ts';
import { emptyFolder } from '../folder.ts';

const run = (folder: string, ...words: readonly string[]) =>
	runBuilt(['profile', ...words], { SMOKEJUMPER_CONFIG_DIR: folder });

const profilesIn = (folder: string): object => JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8')).profiles;

test('processes that add profiles at once lose none', async () => {
	const folder = emptyFolder();
	const names = ['a', 'b', 'c', 'd'];
	const runs = await Promise.all(names.map(name => run(folder, 'add', name, '--loki-url', `http://${name}.example`)));
	expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(names.map(() => [0, '']));
	expect(Object.keys(profilesIn(folder)).sort()).toEqual(names);
});

test('where there is room for a part of the file only, it stays as it is', async () => {
	const folder = emptyFolder();
	const path = join(folder, 'profiles.json');
	const content = JSON.stringify({ version: 2, profiles: { a: { note: 'x'.repeat(20_000) } } });
	writeFileSync(path, content);
	const limited = `ulimit -f 16; exec '${process.execPath}' dist/smokejumper.js profile use a`;
	const child = spawn('sh', ['-c', limited], {
		env: { HOME: '/nowhere', SMOKEJUMPER_CONFIG_DIR: folder },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const told: Buffer[] = [];
	child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
	await once(child, 'close');
	expect(Buffer.concat(told).toString()).toBe(
		`smokejumper: The profiles cannot be written to ${path}: no room is left there (EFBIG). Make room; the file is as it was.\n`,
	);
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(readdirSync(folder)).toEqual(['profiles.json']);
});

test('outside a terminal nothing is removed without --yes', async () => {
	const folder = emptyFolder();
	await run(folder, 'add', 'a', '--loki-url', 'http://l.example');
	expect(await run(folder, 'remove', 'a')).toMatchObject({
		exitCode: 2,
		stderr: 'smokejumper: a is not removed without a question, which nobody is there to answer. Add --yes.\n',
	});
	expect(profilesIn(folder)).toHaveProperty('a');
	expect(await run(folder, 'remove', 'a', '--yes')).toMatchObject({ exitCode: 0, stdout: 'Removed a.\n' });
	expect(profilesIn(folder)).toEqual({});
});

test.each([
	['n', 'a stays.'],
	['y', 'Removed a.'],
])('on a terminal it is asked, and %s is heard', async (answer, told) => {
	const folder = emptyFolder();
	await run(folder, 'add', 'a', '--loki-url', 'http://l.example');
	const program = startProgram({ args: ['profile', 'remove', 'a'], env: { SMOKEJUMPER_CONFIG_DIR: folder } });
	await program.sees('Remove a (loki)? y or n:');
	program.presses(answer, 'enter');
	await program.sees(told);
	expect(await program.exited).toBe(0);
	expect('a' in profilesIn(folder)).toBe(answer === 'n');
});

test('the folder of the profiles may itself be a link', async () => {
	const home = emptyFolder();
	const real = join(home, 'dotfiles', 'smokejumper');
	mkdirSync(dirname(real));
	mkdirSync(real);
	symlinkSync(real, join(home, 'config'));
	expect((await run(join(home, 'config'), 'add', 'a', '--loki-url', 'http://l.example')).exitCode).toBe(0);
	expect(readdirSync(real).sort()).toEqual(['profiles.json', 'profiles.schema.json']);
});
