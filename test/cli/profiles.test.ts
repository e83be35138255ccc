import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProfileCommand } from '../../src/cli/profiles/profile-command.ts';
import { openProfileStore } from '../../src/cli/profiles/profile-store.ts';
import { profilesPath } from '../../src/cli/profiles/profiles-path.ts';
import { profileIn, readProfiles } from '../../src/cli/profiles/read-profiles.ts';
import { emptyFolder } from './folder.ts';

/** `smokejumper profile …` on a file of its own. */
function desk(content?: string) {
	const path = join(emptyFolder(), 'smokejumper', 'profiles.json');
	if (content !== undefined) {
		mkdirSync(join(path, '..'));
		writeFileSync(path, content);
	}
	const profile = (...words: readonly string[]) => runProfileCommand(words, openProfileStore(path));
	return { path, profile, file: () => JSON.parse(readFileSync(path, 'utf8')) as unknown };
}

const add = ['add', 'prod-eu', '--loki-url', 'https://logs.example/loki'] as const;

test('add, list, show, use, remove', () => {
	const { path, profile, file } = desk();
	expect(profile('list')).toBe('No profile is saved yet. demo is always there.\n');
	expect(existsSync(path)).toBe(false);
	expect(profile(...add, '--bearer-env', 'TOKEN', '--tenant', 'a')).toBe(`Saved prod-eu (loki) in ${path}.\n`);
	profile('add', 'prod-eu', '--tempo-url', 'https://traces.example', '--label', 'PROD');
	profile('add', 'staging', '--prometheus-url', 'http://p.example', '--no-read-only', '--redact-emails');
	expect(file()).toMatchObject({ profiles: { staging: { readOnly: false, redactEmails: true } } });
	expect(profile('list')).toBe('* prod-eu  loki, tempo  read-only\n  staging  prometheus\n');
	expect(JSON.parse(profile('show', 'prod-eu'))).toEqual({
		label: 'PROD',
		loki: { url: 'https://logs.example/loki', auth: { type: 'bearer', token: { env: 'TOKEN' } }, tenant: 'a' },
		tempo: { url: 'https://traces.example/' },
	});
	expect(profile('use', 'staging')).toBe('staging is the current profile.\n');
	expect(profile('remove', 'staging')).toBe('Removed staging.\n');
	expect(file()).toMatchObject({ profiles: { 'prod-eu': {} } });
	expect(file()).not.toHaveProperty('current');
	expect(profile('path')).toBe(`${path}\n`);
});

test('the file is for its owner alone, also when it was not before', () => {
	const { path, profile } = desk('{"profiles":{}}');
	chmodSync(path, 0o644);
	profile(...add);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readdirSync(join(path, '..'))).toEqual(['profiles.json']);
});

test('what a newer version wrote is kept', () => {
	const { profile, file } = desk(
		'{"theme":"dark","profiles":{"old":{"colour":"red","loki":{"url":"http://l.example","tls":{"ca":"/ca"}}}}}',
	);
	profile(...add);
	expect(file()).toMatchObject({
		theme: 'dark',
		profiles: { old: { colour: 'red', loki: { url: 'http://l.example', tls: { ca: '/ca' } } } },
	});
});

test.each([
	[
		'no JSON',
		'{"profiles": {"a": {"loki": {"auth": {"token": "hunter2" oops',
		/^The profiles file .* is not valid JSON\./,
	],
	['no object', '["hunter2"]', /^The profiles in .* cannot be used: the whole answer should be of type object\./],
	['a bad URL', '{"profiles":{"a":{"loki":{"url":"hunter2"}}}}', /cannot be used: profiles\.a\.loki\.url holds/],
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
])('%s: told without its contents, left as it is, kept aside when a profile is added', (_, content, sentence) => {
	const { path, profile } = desk(content);
	for (const words of [['list'], ['show', 'a'], ['use', 'a'], ['remove', 'a']]) {
		const told = expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(sentence) });
		expect(() => profile(...words)).toThrow(told);
		expect(() => profile(...words)).not.toThrow(/hunter2/);
	}
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(profile(...add)).toContain(`could not be read and was kept as ${path}.broken-1.`);
	expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe(content);
	writeFileSync(path, content);
	expect(profile(...add)).toContain('.broken-2.');
});

test('a file that is a folder, and a folder that is a file', () => {
	const { path, profile } = desk('{}');
	expect(() => runProfileCommand(['list'], openProfileStore(join(path, '..')))).toThrow('cannot be read (EISDIR)');
	const inside = openProfileStore(join(path, 'deeper', 'profiles.json'));
	expect(() => runProfileCommand(add, inside)).toThrow(/cannot be (?:read|written)/);
	expect(profile('list')).toContain('No profile');
});

test('no secret is shown, wherever it stands', () => {
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
	const shown = profile('show', 'a');
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

test('secrets of every source are named, files by their whole path', () => {
	const { profile, file } = desk();
	profile(
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
	profile('add', 'b', '--tempo-url', 'http://t.example', '--bearer-command', 'pass show tempo');
	profile('add', 'c', '--tempo-url', 'http://t.example', '--bearer-file=~/token');
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
])('profile %s is refused in a sentence', (line, sentence) => {
	const { path, profile } = desk();
	const refusal = () => profile(...line.split(' '));
	expect(refusal).toThrow(expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(sentence) }));
	expect(refusal).not.toThrow(/hunter2/);
	expect(existsSync(path)).toBe(false);
});

test('the help of the command and of add', () => {
	const { profile } = desk();
	expect(profile()).toBe(profile('--help'));
	expect(profile('add', '--help')).toContain('--basic-password-command');
});

test('a profile by its name, else the current one, else none', () => {
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
])('on %s with %o the profiles are in %s', (platform, env, path) => {
	expect(profilesPath({ platform, env, home: '/home/ops' })).toBe(path);
});

test.each([
	['10GB', true],
	['1.5 TB', true],
	['10', false],
	['much', false],
])('a profile may say how much of the logs is read unasked: %s', (readUnasked, isUsable) => {
	const { path } = desk(JSON.stringify({ profiles: { 'prod-eu': { logs: { readUnasked } } } }));
	if (isUsable) expect(readProfiles(path).profiles['prod-eu']?.logs?.readUnasked).toBe(readUnasked);
	else expect(() => readProfiles(path)).toThrow('cannot be used');
});
