import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/cli/connect.ts';
import { type Line, profilesOf, startOf } from '../../src/cli/open-line.ts';
import { emptyFolder } from './folder.ts';

/** A folder with these profiles, as the environment names it. */
function envWith(profiles: unknown): NodeJS.ProcessEnv {
	const folder = emptyFolder();
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ version: 2, current: 'prod-eu', profiles }));
	return { SMOKEJUMPER_CONFIG_DIR: folder };
}

const metrics = { url: 'https://metrics.example' };

test.each([
	[
		'a word of production',
		{ prometheus: metrics },
		{ word: 'prod-eu', production: true, readOnly: true, unchecked: false },
	],
	[
		'its colour',
		{ prometheus: metrics, label: 'EU', colour: 'cyan' },
		{ word: 'EU', production: false, colour: 'cyan' },
	],
	['that nobody checks its servers', { prometheus: { ...metrics, tls: { skipVerify: true } } }, { unchecked: true }],
	[
		'that all are checked, where nothing can be',
		{ prometheus: { url: 'http://metrics.example', tls: { skipVerify: true } } },
		{ unchecked: false },
	],
])('the header of a profile says %s', async (_, profile, banner) => {
	const env = envWith({ 'prod-eu': profile });
	const start = await startOf(await connect({ urls: {}, env }), env);
	expect(start).toMatchObject({ profile: 'prod-eu', banner });
	expect(start.setup).toBeUndefined();
});

test('another profile takes the place of the one before, whatever URLs the environment names', async () => {
	const env = { ...envWith({ 'prod-eu': { prometheus: metrics }, stage: { loki: metrics, label: 'STAGE' } }) };
	const line: Line = { connected: await connect({ urls: {}, env }) };
	const asked = { ...env, SMOKEJUMPER_LOKI_URL: 'http://other.example' };
	let opened = 0;
	const profiles = profilesOf({
		line,
		options: { redactEmails: false },
		env: asked,
		opened: () => {
			opened++;
		},
	});
	expect(await profiles.open('stage')).toMatchObject({
		profile: 'stage',
		banner: { word: 'STAGE' },
		lacks: ['prometheus', 'alertmanager', 'tempo'],
	});
	expect(line.connected.label).toBe('STAGE');
	await expect(profiles.open('mull')).rejects.toThrow('There is no profile called mull.');
	expect(line.connected.label).toBe('STAGE');
	expect(opened).toBe(1);
});
