import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProfileCommand } from '../../../src/cli/profiles/profile-command.ts';
import { openProfileStore } from '../../../src/cli/profiles/profile-store.ts';
import { profilesPath } from '../../../src/cli/profiles/profiles-path.ts';
import { profileIn, readProfiles } from '../../../src/cli/profiles/read-profiles.ts';
import { emptyFolder } from '../folder.ts';
import { desk, nobody, refusalOf } from './desk.ts';

const add = ['add', 'prod-eu', '--loki-url', 'https://logs.example/loki'] as const;

test('add, list, show, use, remove', async () => {
	const { path, profile, file } = desk();
	expect(await profile('list')).toBe('No profile is saved yet. demo is always there.\n');
	expect(existsSync(path)).toBe(false);
	expect(await profile(...add, '--bearer-env', 'TOKEN', '--tenant', 'a')).toBe(`Saved prod-eu (loki) in ${path}.\n`);
	await profile('add', 'prod-eu', '--tempo-url', 'https://traces.example', '--label', 'PROD');
	await profile('add', 'staging', '--prometheus-url', 'http://p.example', '--no-read-only', '--redact-emails');
	expect(file()).toMatchObject({ profiles: { staging: { readOnly: false, redactEmails: true } } });
	expect(await profile('list')).toBe('* prod-eu  loki, tempo  read-only\n  staging  prometheus\n');
	expect(JSON.parse(await profile('show', 'prod-eu'))).toEqual({
		label: 'PROD',
		loki: { url: 'https://logs.example/loki', auth: { type: 'bearer', token: { env: 'TOKEN' } }, tenant: 'a' },
		tempo: { url: 'https://traces.example/' },
	});
	expect(await profile('use', 'staging')).toBe('staging is the current profile.\n');
	expect(await profile('remove', 'staging', '--yes')).toBe(
		'Removed staging. No profile is the current one now: smokejumper profile use prod-eu makes that one it.\n',
	);
	expect(file()).toMatchObject({ profiles: { 'prod-eu': {} } });
	expect(file()).not.toHaveProperty('current');
	expect(await profile('path')).toBe(`${path}\n`);
});

test('copy and rename keep all of a profile, and its place among the others', async () => {
	const { profile, file } = desk(
		JSON.stringify({ version: 2, current: 'a', profiles: { a: { later: { x: 1 }, since: '3h' }, b: {} } }),
	);
	expect(await profile('copy', 'a', 'c')).toBe('Copied a to c.\n');
	expect(await profile('rename', 'a', 'prod.eu')).toBe('a is called prod.eu now.\n');
	expect(await profile('rename', 'b', 'd')).toBe('b is called d now.\n');
	expect(file()).toMatchObject({
		current: 'prod.eu',
		profiles: { 'prod.eu': { later: { x: 1 }, since: '3h' }, d: {}, c: { later: { x: 1 }, since: '3h' } },
	});
	expect(await profile('list')).toMatch(/^\* prod\.eu .*\n {2}d .*\n {2}c /);
	for (const words of [
		['copy', 'c', 'd'],
		['rename', 'c', 'd'],
		['rename', 'c', 'c'],
	]) {
		expect(await refusalOf(profile(...words))).toMatch(/^There is a profile called [cd] already\./);
	}
	expect(await refusalOf(profile('copy', 'c', 'a/b'))).toContain('a/b is no name for a profile.');
	expect(await refusalOf(profile('rename', 'c', 'demo'))).toContain('demo is the embedded incident.');
	expect(await refusalOf(profile('copy', 'x', 'y'))).toContain('There is no profile called x.');
});

test('the list as JSON', async () => {
	const { profile } = desk(
		JSON.stringify({
			version: 2,
			current: 'a',
			profiles: {
				a: { label: 'PROD', colour: 'red', since: '3h', loki: { url: 'http://l.example' } },
				b: { readOnly: false },
			},
		}),
	);
	expect(JSON.parse(await profile('list', '-o', 'json'))).toEqual([
		{ name: 'a', isCurrent: true, label: 'PROD', colour: 'red', since: '3h', readOnly: true, backends: ['loki'] },
		{ name: 'b', isCurrent: false, label: 'b', readOnly: false, backends: [] },
	]);
	expect(await refusalOf(profile('list', '-o', 'yaml'))).toBe(
		'There is no output format yaml. Formats are text and json.',
	);
});

test('the file is for its owner alone, also when it was not before', async () => {
	const { path, profile } = desk('{"profiles":{}}');
	chmodSync(path, 0o644);
	await profile(...add);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readdirSync(join(path, '..'))).toEqual(['profiles.json', 'profiles.json.version-1', 'profiles.schema.json']);
	expect(statSync(`${path}.version-1`).mode & 0o777).toBe(0o600);
});

test('what a newer version wrote is kept', async () => {
	const { profile, file } = desk(
		'{"theme":"dark","profiles":{"old":{"colour":"red","loki":{"url":"http://l.example","tls":{"ca":"/ca"}}}}}',
	);
	await profile(...add);
	expect(file()).toMatchObject({
		theme: 'dark',
		profiles: { old: { colour: 'red', loki: { url: 'http://l.example', tls: { ca: '/ca' } } } },
	});
});

test.each([
	[
		'no JSON',
		'{"profiles": {"a": {"loki": {"auth": {"token": "hunter2" oops',
		/^The profiles file .* is not valid JSON: line 1, column 58\./,
	],
	['no object', '["hunter2"]', /^The profiles in .* cannot be used: the whole answer should be of type object\./],
	[
		'a bad URL',
		'{"profiles":{"a":{"loki":{"url":"hunter2"}}}}',
		/cannot be used: profiles\.a\.loki\.url should be a URL/,
	],
	[
		'a secret of no kind',
		'{"profiles":{"a":{"loki":{"url":"http://l.example","auth":{"type":"bearer","token":{"vault":"hunter2"}}}}}}',
		/profiles\.a\.loki\.auth\.token holds/,
	],
	[
		'no authorization',
		'{"profiles":{"a":{"loki":{"url":"http://l.example","auth":{"type":"hunter2"}}}}}',
		/profiles\.a\.loki\.auth/,
	],
])('%s: told without its contents, left as it is, kept aside when that is said', async (_, content, sentence) => {
	const { path, profile } = desk(content);
	for (const words of [
		['list'],
		['show', 'a'],
		['use', 'a'],
		['remove', 'a', '--yes'],
		['copy', 'a', 'b'],
		['edit', 'a'],
		add,
	]) {
		const refusal = await refusalOf(profile(...words));
		expect(refusal).toMatch(sentence);
		expect(refusal).not.toContain('hunter2');
	}
	expect(await refusalOf(profile(...add))).toContain('begin a new file with --even-broken');
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(await profile(...add, '--even-broken')).toContain(`could not be read and was kept as ${path}.broken-1.`);
	expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe(content);
	writeFileSync(path, content);
	expect(await profile(...add, '--even-broken')).toContain('.broken-2.');
	expect(await profile(...add, '--even-broken')).not.toContain('.broken');
});

test('a file that is a folder, a folder that is a file, and a device', async () => {
	const { path, folder, profile } = desk('{}');
	const at = (where: string, ...words: readonly string[]) =>
		refusalOf(runProfileCommand(words, openProfileStore(where), nobody));
	expect(await at(folder, 'list')).toContain('cannot be read (EISDIR)');
	expect(await at(join(path, 'deeper', 'profiles.json'), ...add)).toMatch(/cannot be written to .* \(ENOTDIR\)/);
	const device = join(folder, 'full.json');
	symlinkSync('/dev/full', device);
	expect(await at(device, ...add)).toContain('is no file');
	expect(statSync(device).isCharacterDevice()).toBe(true);
	expect(await profile('list')).toContain('No profile');
});

test('no secret is shown, wherever it stands', async () => {
	const { profile } = desk(
		JSON.stringify({
			profiles: {
				a: {
					proxy: 'socks5://ops:hunter2@proxy.example',
					loki: {
						url: 'https://ops:hunter2@logs.example/loki?token=hunter2',
						auth: { type: 'basic', user: 'ops', password: 'hunter2', refreshToken: 'hunter2hunter2' },
						headers: { 'X-Key': 'hunter2', 'X-File': { file: '/run/key' } },
					},
					tempo: { url: 'http://t.example', auth: { type: 'bearer', token: 'hunter2' } },
				},
			},
		}),
	);
	const shown = await profile('show', 'a');
	expect(shown).not.toContain('hunter2');
	expect(JSON.parse(shown)).toMatchObject({
		proxy: 'socks5://hidden:hidden@proxy.example',
		loki: {
			url: 'https://hidden:hidden@logs.example/loki?token=hidden',
			auth: { user: 'ops', password: 'hidden' },
			headers: { 'X-Key': 'hidden', 'X-File': { file: '/run/key' } },
		},
		tempo: { auth: { token: 'hidden' } },
	});
});

test('secrets of every source are named, files by their whole path', async () => {
	const { profile, file } = desk();
	await profile(
		...add,
		'--basic-user',
		'ops',
		'--basic-password-file',
		'pass',
		'--header',
		'X-Team: orders',
		'--header-env',
		'X-Key: KEY',
	);
	await profile('add', 'b', '--tempo-url', 'http://t.example', '--bearer-command', 'pass show tempo');
	await profile('add', 'c', '--tempo-url', 'http://t.example', '--bearer-file=~/token');
	expect(file()).toMatchObject({
		profiles: {
			'prod-eu': {
				loki: {
					auth: { type: 'basic', user: 'ops', password: { file: join(process.cwd(), 'pass') } },
					headers: { 'X-Team': 'orders', 'X-Key': { env: 'KEY' } },
				},
			},
			b: { tempo: { auth: { token: { command: ['sh', '-c', 'pass show tempo'] } } } },
			c: { tempo: { auth: { token: { file: join(homedir(), 'token') } } } },
		},
	});
});

test.each([
	['add demo --loki-url http://l.example', 'demo is the embedded incident. Choose another name.'],
	['add a/b --loki-url http://l.example', 'a/b is no name for a profile.'],
	['add __proto__ --loki-url http://l.example', '__proto__ is no name for a profile.'],
	['add a', 'No backend is named. Pass --prometheus-url'],
	['add a --loki-url hunter2', 'The value of --loki-url is not an http or https URL.'],
	['add a --loki-url http://l.example --header hunter2', 'What follows --header is no header.'],
	['add a --loki-url http://l.example --basic-user ops', 'Basic authorization needs a user and a password.'],
	['add a --loki-url http://l.example --basic-password-env P', 'Basic authorization needs a user and a password.'],
	['add a --loki-url http://l.example --bearer-env T --basic-user ops', 'A backend has one authorization.'],
	['add a --loki-url http://l.example --bearer-env T --bearer-file f', 'A bearer token comes from one place.'],
	['add a --lokki-url http://l.example', "Unknown option '--lokki-url' (Did you mean --loki-url?)"],
	['add', "Missing required argument 'name'."],
	['ad', "Unknown command 'ad' (Did you mean add?)"],
	['show constructor', 'There is no profile called constructor.'],
	['show nobody', 'There is no profile called nobody. None is saved yet: smokejumper profile add --help.'],
	['use demo', 'demo is the embedded incident and not saved.'],
])('profile %s is refused in a sentence', async (line, sentence) => {
	const { path, profile } = desk();
	const refusal = await refusalOf(profile(...line.split(' ')));
	expect(refusal).toContain(sentence);
	expect(refusal).not.toContain('hunter2');
	expect(existsSync(path)).toBe(false);
});

test('the help of the command and of add fit 80 columns', async () => {
	const { profile } = desk();
	const help = await profile();
	expect(help).toBe(await profile('--help'));
	expect(help).toMatch(/^To look:\n {2}list/m);
	const added = await profile('add', '--help');
	expect(added).toMatch(/^Authorization of the backends above.*:\n {2}--bearer-SOURCE <value>/m);
	expect(added).not.toContain('--bearer-env');
	for (const line of `${help}${added}`.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('a profile by its name, else the current one, else none', async () => {
	const profiles = { current: 'a', profiles: { a: {}, b: {} } };
	expect(profileIn(profiles, 'b')?.name).toBe('b');
	expect(profileIn(profiles, undefined)?.name).toBe('a');
	expect(profileIn({ profiles: {} }, undefined)).toBeUndefined();
	expect(() => profileIn(profiles, 'c')).toThrow('There is no profile called c. Profiles are a, b and demo.');
	expect(readProfiles(join(emptyFolder(), 'none.json'))).toEqual({ profiles: {} });
});

test.each([
	['linux', {}, '/home/ops/.config/smokejumper/profiles.json'],
	['linux', { XDG_CONFIG_HOME: '/etc/ops' }, '/etc/ops/smokejumper/profiles.json'],
	['linux', { SMOKEJUMPER_CONFIG_DIR: '/tmp/here' }, '/tmp/here/profiles.json'],
	['darwin', {}, '/home/ops/Library/Preferences/smokejumper/profiles.json'],
	['win32', { APPDATA: 'C:\\Data' }, 'C:\\Data\\smokejumper\\Config\\profiles.json'],
])('on %s with %o the profiles are in %s', async (platform, env, path) => {
	expect(profilesPath({ platform, env, home: '/home/ops' })).toBe(path);
});

test.each([
	['10GB', true],
	['1.5 TB', true],
	['10', false],
	['much', false],
])('a profile may say how much of the logs is read unasked: %s', async (readUnasked, isUsable) => {
	const { path } = desk(JSON.stringify({ profiles: { 'prod-eu': { logs: { readUnasked } } } }));
	if (isUsable) expect(readProfiles(path).profiles['prod-eu']?.logs?.readUnasked).toBe(readUnasked);
	else expect(() => readProfiles(path)).toThrow('cannot be used');
});
