import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/cli/connect.ts';
import { openCorrections, openStreamChoices } from '../../src/cli/profiles/corrections.ts';
import { runProfileCommand } from '../../src/cli/profiles/profile-command.ts';
import { keepIn, keepStreamsIn } from '../../src/cli/profiles/profile-corrections.ts';
import { openProfileStore } from '../../src/cli/profiles/profile-store.ts';
import { profileIn, readProfiles } from '../../src/cli/profiles/read-profiles.ts';
import { emptyFolder } from './folder.ts';
import { nobody } from './profiles/desk.ts';

const older = { alert: 'DbDown', taken: 'pg-1', service: 'till' };
const foreign = { alert: 'DbDown', taken: 'pg-2', service: 'till', by: 'mira' };
const ledger = { alert: 'DbDown', taken: 'pg-1', service: 'ledger' };

/** What every file begins with that this version has written. */
const layout = { $schema: './profiles.schema.json', version: 2 };

const content = {
	...layout,
	theme: 'dark',
	current: 'prod-eu',
	profiles: {
		'prod-eu': {
			colour: 'red',
			prometheus: { url: 'https://metrics.example', tls: { ca: '/ca' } },
			conventions: { requestIdFields: ['rid'], alertedServices: [older, foreign] },
		},
		staging: { loki: { url: 'https://logs.example' } },
	},
};

/** The corrections of a profile in a file of its own. */
function desk(written: unknown = content) {
	const folder = emptyFolder();
	const path = join(folder, 'profiles.json');
	writeFileSync(path, JSON.stringify(written));
	const saved = profileIn(readProfiles(path), 'prod-eu');
	const corrections = openCorrections(saved, correction => keepIn(openProfileStore(path), 'prod-eu', correction));
	return { folder, path, corrections, file: () => JSON.parse(readFileSync(path, 'utf8')) as unknown };
}

test('one is kept in place of an earlier one of the same, and the file keeps everything else', async () => {
	const { path, corrections, file } = desk();
	chmodSync(path, 0o644);
	expect(corrections.all()).toEqual([older, foreign]);
	expect(await corrections.keep(ledger)).toEqual({ profile: 'prod-eu' });
	const eu = content.profiles['prod-eu'];
	const conventions = { requestIdFields: ['rid'], alertedServices: [foreign, ledger] };
	expect(file()).toEqual({ ...content, profiles: { ...content.profiles, 'prod-eu': { ...eu, conventions } } });
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(openCorrections(profileIn(readProfiles(path), 'prod-eu')).all()).toEqual([foreign, ledger]);
	expect(await corrections.keep({ ...ledger, service: '' })).toEqual({ profile: 'prod-eu' });
	expect(profileIn(readProfiles(path), 'prod-eu')?.profile.conventions?.alertedServices).toEqual([foreign]);
});

test('the streams of a service are kept beside them', async () => {
	const { path, file } = desk();
	const saved = profileIn(readProfiles(path), 'prod-eu');
	const streams = openStreamChoices(saved, async choice => keepStreamsIn(openProfileStore(path), 'prod-eu', choice));
	expect(streams.all()).toEqual([]);
	expect(await streams.keep({ service: 'till', selector: '{app="till-v2"}' })).toEqual({ profile: 'prod-eu' });
	const till = { service: 'till', selector: '{job="shop/till"}' };
	expect(await streams.keep(till)).toEqual({ profile: 'prod-eu' });
	const eu = content.profiles['prod-eu'];
	const conventions = { ...eu.conventions, logStreams: [till] };
	expect(file()).toEqual({ ...content, profiles: { ...content.profiles, 'prod-eu': { ...eu, conventions } } });
	expect(openStreamChoices(profileIn(readProfiles(path), 'prod-eu')).all()).toEqual([till]);
	await streams.keep({ ...till, selector: '' });
	expect(profileIn(readProfiles(path), 'prod-eu')?.profile.conventions?.logStreams).toEqual([]);
	expect(await openStreamChoices().keep(till)).toEqual({});
});

test('what somebody else has written meanwhile stays', async () => {
	const { path, corrections, file } = desk({ ...layout, profiles: { 'prod-eu': {} } });
	const theirs = { alert: 'DiskFull', taken: 'box-7', service: 'vault' };
	writeFileSync(
		path,
		JSON.stringify({ ...layout, profiles: { 'prod-eu': { conventions: { alertedServices: [theirs] } }, b: {} } }),
	);
	await corrections.keep(ledger);
	expect(file()).toEqual({
		...layout,
		profiles: { 'prod-eu': { conventions: { alertedServices: [theirs, ledger] } }, b: {} },
	});
});

test.each([
	['is broken', 'oops', /^The profiles file .* is not valid JSON: line 1, column 1\./],
	['has lost the profile', '{"profiles":{"b":{}}}', /^There is no profile called prod-eu\. Profiles are b and demo\./],
])('a file that %s is left as it is, and the correction holds for this run', async (_, text, why) => {
	const { path, corrections } = desk();
	writeFileSync(path, text);
	expect(await corrections.keep(ledger)).toEqual({ why: expect.stringMatching(why) });
	expect(readFileSync(path, 'utf8')).toBe(text);
	expect(corrections.all()).toContainEqual(ledger);
});

test('a file that cannot be written is told in a sentence', async () => {
	const { path, corrections } = desk();
	const store = openProfileStore(path);
	const inside = openProfileStore(join(path, 'deeper', 'profiles.json'));
	const full = openCorrections(profileIn(store.read(), 'prod-eu'), async correction =>
		keepIn({ ...store, write: inside.write }, 'prod-eu', correction),
	);
	expect(await full.keep(ledger)).toEqual({
		why: expect.stringMatching(/cannot be written to .* Check its folder\.$/),
	});
	expect(full.all()).toContainEqual(ledger);
	expect(corrections.all()).not.toContainEqual(ledger);
});

test('one that is no correction is refused with its place', () => {
	expect(() =>
		desk({ profiles: { 'prod-eu': { conventions: { alertedServices: [{ alert: 'A', taken: 'b' }] } } } }),
	).toThrow(/profiles\.prod-eu\.conventions\.alertedServices\[0\]\.service/);
});

test('a run keeps them in the profile that it opened; URLs and the demo keep nothing', async () => {
	const folder = emptyFolder();
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify(content));
	const env = { SMOKEJUMPER_CONFIG_DIR: folder };
	const { corrections } = await connect({ urls: {}, env });
	expect(corrections.all()).toEqual([older, foreign]);
	expect(await corrections.keep(ledger)).toEqual({ profile: 'prod-eu' });
	const bare = await connect({ urls: { loki: 'https://logs.example' }, env });
	expect(await bare.corrections.keep(ledger)).toEqual({});
	expect(bare.corrections.all()).toEqual([ledger]);
	const demo = await connect({ profile: 'demo', urls: {}, env });
	expect(await demo.corrections.keep(ledger)).toEqual({});
});

describe('from the command line', () => {
	const at = (written?: unknown) => {
		const { path, file } = desk(written);
		return { file, profile: (...words: readonly string[]) => runProfileCommand(words, openProfileStore(path), nobody) };
	};
	const nameless = { alert: 'Disk\u001b[2JFull', taken: '', service: 'vault' };
	const withNameless = {
		...layout,
		profiles: { 'prod-eu': { conventions: { alertedServices: [older, foreign, nameless] } } },
	};

	test('they are listed, safe for a terminal', async () => {
		expect(await at(withNameless).profile('corrections', 'prod-eu')).toBe(
			[
				'alert     taken for     is about',
				'DbDown    pg-1          till',
				'DbDown    pg-2          till',
				'DiskFull  (no service)  vault',
				'',
			].join('\n'),
		);
		expect(await at().profile('corrections', 'staging')).toBe(
			'staging corrects no alert and no streams of a service. In the list of alerts c does, among the lines of a service S.\n',
		);
	});

	const till = { service: 'till', selector: '{app="till-v2"}' };
	const quay = { service: 'quay\u001b[2J', selector: '{job="shop/quay"}' };
	const withStreams = {
		...layout,
		profiles: { 'prod-eu': { conventions: { alertedServices: [older], logStreams: [till, quay] } } },
	};

	test('the streams of services are listed behind them, or alone', async () => {
		const streams = ['service  its lines are in', 'till     {app="till-v2"}', 'quay     {job="shop/quay"}', ''];
		expect(await at(withStreams).profile('corrections', 'prod-eu')).toBe(
			['alert   taken for  is about', 'DbDown  pg-1       till', '', ...streams].join('\n'),
		);
		const alone = { profiles: { 'prod-eu': { conventions: { logStreams: [till, quay] } } } };
		expect(await at(alone).profile('corrections', 'prod-eu')).toBe(streams.join('\n'));
	});

	test('the streams of a service are taken back, and all else stays', async () => {
		const { profile, file } = at(withStreams);
		expect(await profile('uncorrect', 'prod-eu', '--streams', 'till')).toBe(
			'prod-eu says no longer in which streams till is.\n',
		);
		const conventions = { alertedServices: [older], logStreams: [quay] };
		expect(file()).toEqual({ ...layout, profiles: { 'prod-eu': { conventions } } });
		await expect(profile('uncorrect', 'prod-eu', 'till', '--streams')).rejects.toThrow(
			'prod-eu does not say in which streams till is. smokejumper profile corrections prod-eu lists',
		);
	});

	test.each([
		[['DbDown'], [nameless], 'prod-eu corrects DbDown no longer: 2 corrections.\n'],
		[['DbDown', 'pg-1'], [foreign, nameless], 'prod-eu corrects DbDown no longer.\n'],
		[[nameless.alert, ''], [older, foreign], 'prod-eu corrects DiskFull no longer.\n'],
	])('those of %j are taken back, and the others stay', async (words, left, told) => {
		const { profile, file } = at(withNameless);
		expect(await profile('uncorrect', 'prod-eu', ...words)).toBe(told);
		expect(file()).toEqual({ ...layout, profiles: { 'prod-eu': { conventions: { alertedServices: left } } } });
	});

	test.each([
		[['uncorrect', 'prod-eu', 'Db'], 'prod-eu does not correct Db. smokejumper profile corrections prod-eu lists'],
		[['uncorrect', 'prod-eu', 'DbDown', 'x'], 'prod-eu does not correct DbDown that is taken for x.'],
		[['uncorrect', 'prod-eu', 'DbDown', ''], 'prod-eu does not correct DbDown that names no service.'],
		[['uncorrect', 'staging', 'DbDown'], 'staging does not correct DbDown.'],
		[['uncorrect', 'prod'], "Missing required argument 'alert'."],
		[['corrections', 'prod'], 'There is no profile called prod.'],
		[['corrections', 'demo'], 'demo is the embedded incident and not saved.'],
	])('%j is refused, and the file stays', async (words, why) => {
		const { profile, file } = at();
		await expect(profile(...words)).rejects.toThrow(why);
		expect(file()).toEqual(content);
	});
});
