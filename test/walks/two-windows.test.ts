import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { serveDemo } from '../helpers/demo-on-loopback.ts';
import { givenBack, type Program, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A home folder with one profile, on which any number of windows are opened. */
async function oneProfile() {
	const { urls } = await serveDemo();
	const home = emptyFolder();
	const folder = join(home, '.config', 'smokejumper');
	const path = join(folder, 'profiles.json');
	mkdirSync(folder, { recursive: true });
	const backends = Object.fromEntries(
		(['prometheus', 'alertmanager', 'loki', 'tempo'] as const).map(name => [name, { url: urls[name] }]),
	);
	writeFileSync(path, JSON.stringify({ version: 2, current: 'quay', profiles: { quay: backends } }));
	const open = (): Program => startProgram({ args: [], env: { HOME: home }, columns: 100 });
	const file = (): unknown => JSON.parse(readFileSync(path, 'utf8'));
	return { open, file, files: () => readdirSync(folder, { recursive: true }) };
}

/** Says in a window that the alert under the cursor is about another service. */
async function correct(window: Program, service: string): Promise<void> {
	window.presses('c');
	await window.sees('▌service ');
	window.presses('\x15', service, 'enter');
	await window.sees(`is about ${service} now; kept in profile quay.`);
}

test('two windows on one profile keep what either learns, and one goes on when the other has ended', async () => {
	const { open, file, files } = await oneProfile();
	const [one, other] = [open(), open()];
	await Promise.all([one, other].map(window => window.sees('> 5 %')));
	other.presses('j');
	await other.sees(/BerthsPoolSaturated[\s\S]*BerthsPoolSaturated/);
	await Promise.all([correct(one, 'fares'), correct(other, 'till')]);
	expect(file()).toMatchObject({
		current: 'quay',
		profiles: {
			quay: {
				conventions: {
					alertedServices: expect.arrayContaining([
						expect.objectContaining({ alert: 'ConciergeBookingErrors', service: 'fares' }),
						expect.objectContaining({ alert: 'BerthsPoolSaturated', service: 'till' }),
					]),
				},
			},
		},
	});
	one.presses('q');
	expect(await one.exited).toBe(0);
	await expect.poll(one.modes).toEqual(givenBack);
	// Neither a draft nor a lock stays behind.
	expect(files().filter(name => /partial|lock/.test(String(name)))).toEqual([]);
	other.presses('enter');
	await other.sees(/alerts › till/);
	expect(other.modes()).toMatchObject({ buffer: 'alternate', paste: true });
	expect(other.surroundings().titles.at(-1)).toContain('quay');
	other.presses('q', 'q');
	expect(await other.exited).toBe(0);
	const again = open();
	await again.sees(/ConciergeBookingEr\S* +fares/);
	await again.sees(/BerthsPoolSat\S* +till/);
});
