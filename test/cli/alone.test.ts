import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from './folder.ts';

test('the built file runs in a folder that holds nothing else, and leaves nothing there', () => {
	const folder = emptyFolder();
	copyFileSync('dist/smokejumper.js', join(folder, 'smokejumper.js'));
	const run = (...args: readonly string[]) =>
		spawnSync(process.execPath, ['smokejumper.js', ...args], {
			cwd: folder,
			env: { PATH: '/nowhere', HOME: join(folder, 'home'), TZ: 'UTC', LANG: 'C.UTF-8' },
			encoding: 'utf8',
			timeout: 30_000,
		});
	const report = run('demo');
	expect(report).toMatchObject({ status: 0, stderr: '' });
	expect(report.stdout).toContain('ConciergeBookingErrors');
	const { alerts } = JSON.parse(run('demo', 'alerts', '-o', 'json').stdout);
	expect(alerts.length).toBeGreaterThan(0);
	expect(run('profile', 'list').stdout).toContain('No profile is saved yet');
	expect(run('man').stdout).toContain('.Dt SMOKEJUMPER 1');
	expect(readdirSync(folder)).toEqual(['smokejumper.js']);
});
