import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locked } from '../../../src/cli/profiles/file-lock.ts';
import { jsonFaultIn } from '../../../src/cli/profiles/json-fault.ts';
import type { Profiles } from '../../../src/cli/profiles/profile.ts';
import { openProfileStore, writeTrouble } from '../../../src/cli/profiles/profile-store.ts';
import { profileIn, readProfiles } from '../../../src/cli/profiles/read-profiles.ts';
import { emptyFolder } from '../folder.ts';
import { desk, refusalOf } from './desk.ts';

const current = { $schema: './profiles.schema.json', version: 2 };

/** A file of this version with one profile. */
const one = `${JSON.stringify({ ...current, profiles: { a: { loki: { url: 'http://l.example' } } } }, null, '\t')}\n`;

const withLabel =
	(name: string) =>
	(saved: Profiles): Profiles => ({ ...saved, profiles: { ...saved.profiles, [name]: { label: name } } });

test('of many who write at once, none loses what another wrote', async () => {
	const { path } = desk(one);
	const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
	await Promise.all(names.map(name => openProfileStore(path).write(withLabel(name))));
	expect(Object.keys(readProfiles(path).profiles).sort()).toEqual(['a', ...names].sort());
	expect(readdirSync(dirname(path)).sort()).toEqual(['profiles.json', 'profiles.schema.json']);
});

test('a lock that a program left behind is taken away', async () => {
	const { path } = desk(one);
	writeFileSync(`${path}.lock`, '');
	await openProfileStore(path, { leftover: 40, most: 10_000 }).write(withLabel('b'));
	expect(readProfiles(path).profiles.b).toEqual({ label: 'b' });
	expect(existsSync(`${path}.lock`)).toBe(false);
});

test('a lock that stays is told, and nothing is written', async () => {
	const { path } = desk(one);
	writeFileSync(`${path}.lock`, '');
	const impatient = openProfileStore(path, { leftover: 3_600_000, most: 60 });
	expect(await refusalOf(impatient.write(withLabel('b')))).toBe(
		`Another program is writing the profiles: ${path}.lock stays. Nothing was changed. Try again, or delete that file when nobody writes.`,
	);
	expect(readFileSync(path, 'utf8')).toBe(one);
	expect(existsSync(`${path}.lock`)).toBe(true);
});

test('who was taken for gone, and comes back, writes nothing and leaves the lock of the other', async () => {
	const { path } = desk(one);
	const lock = `${path}.lock`;
	const late = openProfileStore(path).write(saved => {
		renameSync(lock, `${lock}.old`);
		writeFileSync(lock, 'of another');
		return withLabel('b')(saved);
	});
	expect(await refusalOf(late)).toMatch(/^Writing the profiles took too long, and another program began\./);
	expect(readFileSync(path, 'utf8')).toBe(one);
	expect(readFileSync(lock, 'utf8')).toBe('of another');
});

test('a lock goes with what is done under it, also when that fails', async () => {
	const path = join(emptyFolder(), 'lock');
	const failed = locked(path, () => {
		throw new Error('no');
	});
	await expect(failed).rejects.toThrow('no');
	expect(await locked(path, isHeld => isHeld())).toBe(true);
	expect(existsSync(path)).toBe(false);
});

test.each([['an absolute link'], ['a relative link'], ['a link to nothing yet']])('%s stays one', async kind => {
	const { path, folder } = desk(one);
	const real = join(folder, 'dotfiles', 'smokejumper');
	mkdirSync(dirname(real));
	if (kind === 'a link to nothing yet') rmSync(path);
	else renameSync(path, real);
	symlinkSync(kind === 'a relative link' ? 'dotfiles/smokejumper' : real, path);
	await openProfileStore(path).write(withLabel('b'));
	expect(lstatSync(path).isSymbolicLink()).toBe(true);
	expect(JSON.parse(readFileSync(real, 'utf8'))).toMatchObject({ profiles: { b: { label: 'b' } } });
	expect(statSync(real).mode & 0o777).toBe(0o600);
	expect(readdirSync(dirname(real))).toEqual(['smokejumper']);
});

test('a damaged file that is a link is kept beside, and the link stays', async () => {
	const { path, folder, profile } = desk('{ oops');
	const real = join(folder, 'mine.json');
	renameSync(path, real);
	symlinkSync('mine.json', path);
	const add = ['add', 'a', '--loki-url', 'http://l.example', '--even-broken'];
	expect(await profile(...add)).toContain(`was kept as ${real}.broken-1.`);
	expect(readFileSync(`${real}.broken-1`, 'utf8')).toBe('{ oops');
	expect(lstatSync(path).isSymbolicLink()).toBe(true);
});

test('a file keeps its indentation and the order of its keys', async () => {
	const content = `{\n  "profiles": {\n    "b": {\n      "loki": { "tenant": "x", "url": "http://l.example" }\n    }\n  },\n  "version": 2\n}\n`;
	const { path } = desk(content);
	await openProfileStore(path).write(saved => saved);
	const text = readFileSync(path, 'utf8');
	expect(text).toMatch(/^\{\n {2}"\$schema": ".*",\n {2}"profiles"/);
	expect(text.indexOf('"tenant"')).toBeLessThan(text.indexOf('"url"'));
});

test('a file of the first layout is read as one of now, and kept as it was when it is written', async () => {
	const content = JSON.stringify({
		theme: 'dark',
		profiles: {
			a: {
				loki: { url: 'http://l.example', tenant: 'one|two', tls: { later: 1 } },
				tempo: { url: 'http://t.example', tenant: 'x' },
			},
		},
	});
	const { path, profile, file } = desk(content);
	expect(profileIn(readProfiles(path), 'a')?.profile.loki?.tenant).toEqual(['one', 'two']);
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(await profile('use', 'a')).toBe(
		`a is the current profile. The file of the earlier version was kept as ${path}.version-1.\n`,
	);
	expect(readFileSync(`${path}.version-1`, 'utf8')).toBe(content);
	expect(file()).toEqual({
		...current,
		theme: 'dark',
		current: 'a',
		profiles: {
			a: {
				loki: { url: 'http://l.example', tenant: ['one', 'two'], tls: { later: 1 } },
				tempo: { url: 'http://t.example', tenant: 'x' },
			},
		},
	});
	expect(await profile('copy', 'a', 'b')).toBe('Copied a to b.\n');
});

test('a file of the future is read as far as it is understood, and keeps what it has', async () => {
	const later = {
		version: 9,
		current: 'b',
		horizon: { deep: [1] },
		profiles: {
			b: { loki: { url: 'quic://l.example', auth: { type: 'passkey', key: 'hunter2' } } },
			a: { loki: { url: 'http://l.example', retries: 3 } },
		},
	};
	const content = JSON.stringify(later);
	const { path, profile, file } = desk(content);
	expect(await profile('list')).toBe('  a  loki  read-only\n');
	for (const words of [
		['show', 'b'],
		['remove', 'b', '--yes'],
		['copy', 'b', 'c'],
		['add', 'b', '--loki-url', 'http://x.example'],
	]) {
		const refusal = await refusalOf(profile(...words));
		expect(refusal).toMatch(/^The profile b is of a newer smokejumper: profiles\.b\.loki\.url should be a URL/);
		expect(refusal).not.toContain('hunter2');
	}
	expect(await refusalOf(profile('rename', 'a', 'b'))).toContain('There is a profile called b already.');
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(await profile('use', 'a')).toBe(
		`a is the current profile. A newer smokejumper has written the file: all that it has was kept in it, and as it was in ${path}.version-9.\n`,
	);
	expect(file()).toEqual({ $schema: './profiles.schema.json', ...later, current: 'a' });
	expect(readFileSync(`${path}.version-9`, 'utf8')).toBe(content);
	expect(await profile('copy', 'a', 'c')).toMatch(/has written the file: all that it has was kept in it\.\n$/);
	expect(readdirSync(dirname(path)).sort()).toEqual(['profiles.json', 'profiles.json.version-9']);
});

test.each([
	['that could be one', '{"label":"x"}'],
	['that could be none', '{"loki":7,"label":[]}'],
])('a profile called __proto__ %s is none, and stays in a newer file', async (_, odd) => {
	const { path, profile } = desk(`{"version":9,"profiles":{"__proto__":${odd},"a":{}}}`);
	expect(await profile('list')).toBe('  a    read-only\n');
	expect(await refusalOf(profile('show', '__proto__'))).toContain('profiles.__proto__ is no name for a profile');
	await profile('use', 'a');
	expect(readFileSync(path, 'utf8').replaceAll(/\s/g, '')).toContain(`"__proto__":${odd}`);
});

test.each([
	['ENOSPC', /no room is left there \(ENOSPC\)\. Make room; the file is as it was\./],
	['EROFS', /nothing may be written in its folder \(EROFS\)\. Let it be writable, or name another/],
	['EACCES', /nothing may be written in its folder \(EACCES\)/],
	['EIO', /cannot be written to \/c\/profiles\.json \(EIO\)\. Check its folder\./],
])('%s is told in a sentence', (code, sentence) => {
	expect(writeTrouble('/c/profiles.json', code).message).toMatch(sentence);
});

test.each([
	['', 1, 1],
	['{"a": 1,\n  b: 2}', 2, 3],
	['{"a": 1\n "b": 2}', 2, 2],
	['[1, 2,]', 1, 7],
	['{"a": "x\ty"}', 1, 7],
	['{"a": 01}', 1, 7],
	['{"a": [tru]}', 1, 8],
	['{"a": {}}\n}', 2, 1],
	['{\r\n"a": {"b": "c"\r\n', 3, 1],
])('%j is no JSON from line %i, column %i on', (text, line, column) => {
	expect(jsonFaultIn(text)).toEqual({ line, column });
});

const isJson = (text: string): boolean => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

test('a text has a fault when it cannot be parsed, and only then', () => {
	const damaged = fc
		.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', ']', ':', '\\', '0', '-', '.', 'e', ' ', '\n', 't'))
		.map(
			([text, at, mark]) =>
				`${text.slice(0, at % (text.length + 1))}${mark}${text.slice((at % (text.length + 1)) + 1)}`,
		);
	fc.assert(
		fc.property(fc.oneof(fc.json(), damaged), text => {
			expect(jsonFaultIn(text) === undefined).toBe(isJson(text));
		}),
		{ numRuns: 2000 },
	);
});
