import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { serveDemo } from '../helpers/demo-on-loopback.ts';
import { givenBack, type Program, type ProgramOptions, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The program as a newcomer starts it: nothing in the home folder, nothing in the environment. */
function newcomer(options: Partial<ProgramOptions> = {}) {
	const home = emptyFolder();
	const start = (args: readonly string[] = []): Program => startProgram({ args, ...options, env: { HOME: home } });
	return { start, profiles: join(home, '.config', 'smokejumper', 'profiles.json') };
}

const paste = (text: string): string => `\x1b[200~${text}\x1b[201~`;

describe.runIf(process.platform === 'linux')('a newcomer with an empty home folder', () => {
	test('comes by an address and enter to the first alert, and is never asked again', async () => {
		const { urls } = await serveDemo();
		const { start, profiles } = newcomer();
		const program = start();
		await program.sees('Paste an address of what you have.');
		program.presses(paste(`${urls.prometheus}/alerts`));
		await program.sees('✓ Prometheus');
		program.presses('tab', paste(urls.alertmanager), 'tab', paste(urls.loki), 'tab', paste(urls.tempo));
		await program.sees('✓ Tempo');
		program.presses('enter');
		await program.sees('ConciergeBookingErrors');
		expect(statSync(profiles).mode & 0o777).toBe(0o600);
		program.presses('q');
		expect(await program.exited).toBe(0);
		const again = start();
		await again.sees('ConciergeBookingErrors');
		expect(again.screen()[0]).toMatch(/^ main {2}RO │ alerts/);
	});

	test('leaves with esc, the terminal as it was and nothing written', async () => {
		const { start, profiles } = newcomer();
		const program = start();
		await program.sees('Paste an address of what you have.');
		program.presses('escape');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
		expect(existsSync(profiles)).toBe(false);
	});

	test('gives a secret to the server alone', async () => {
		const canary = 'tide-4711';
		const basic = `Basic ${Buffer.from(`mira:${canary}`).toString('base64')}`;
		const { urls } = await serveDemo({ letsIn: ({ headers }) => headers.authorization === basic });
		const { start, profiles } = newcomer();
		const program = start();
		await program.sees('Paste an address of what you have.');
		program.presses(paste(urls.prometheus.replace('://', `://mira:${canary}@`)));
		await program.sees('✓ Prometheus');
		program.presses('enter');
		await program.sees('ConciergeBookingErrors');
		program.presses('!');
		await program.sees('questions');
		program.presses('escape');
		await program.sees('enter panels');
		program.presses(':profile', 'enter');
		await program.sees('main  prometheus');
		program.presses('e');
		await program.sees('(as saved)');
		await program.sees('✓ Prometheus');
		expect(program.raw()).not.toContain(canary);
		expect(program.raw()).not.toContain(basic);
		expect(readFileSync(profiles, 'utf8')).toContain(canary);
	});

	test('goes from one profile to another, and back to the one before', async () => {
		const { urls } = await serveDemo();
		const { start, profiles } = newcomer();
		const program = start();
		await program.sees('Paste an address of what you have.');
		program.presses(paste(urls.prometheus));
		await program.sees('✓ Prometheus');
		program.presses('enter');
		await program.sees('ConciergeBookingErrors');
		program.presses('enter');
		await program.sees(/ERRORS +\d/);
		program.presses(':profile demo', 'enter');
		await program.sees(/^ demo .*alerts › concierge/m);
		await program.sees(/ERRORS +\d/);
		program.presses(':profile nowhere', 'enter');
		await program.sees('There is no profile called nowhere.');
		program.presses(':profile main', 'enter');
		await program.sees(/^ main .*alerts › concierge/m);
		await program.sees(/ERRORS +\d/);
		expect(program.surroundings().titles.some(title => title.endsWith('smokejumper demo'))).toBe(true);
		expect(JSON.parse(readFileSync(profiles, 'utf8'))).toMatchObject({ current: 'main' });
	});

	test.each([
		[60, 15],
		[200, 60],
	])('has a form at %d×%d', async (columns, rows) => {
		const { start } = newcomer({ columns, rows });
		const program = start();
		await program.sees('Paste an address of what you have.');
		await program.sees('such as metrics.example:9090');
		expect(program.screen().at(-1)).toContain('esc quit');
		program.presses('up');
		await program.sees('left right choose');
		expect(program.screen().at(-1)).toContain('esc quit');
	});
});
