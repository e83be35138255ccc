import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeParse } from 'zod/mini';
import { type Profile, profilesSchema } from '../../../src/cli/profiles/profile.ts';
import { openProfileStore } from '../../../src/cli/profiles/profile-store.ts';
import { profilesJsonSchema } from '../../../src/cli/profiles/profiles-json-schema.ts';
import { readProfiles } from '../../../src/cli/profiles/read-profiles.ts';
import { shownProfile } from '../../../src/cli/profiles/shown-profile.ts';
import { emptyFolder } from '../folder.ts';
import { desk } from './desk.ts';
import { arbitraryOf, type JsonSchema } from './json-arbitrary.ts';

const schema: JsonSchema = JSON.parse(profilesJsonSchema());

/** Every object of the schema with its properties. */
const objects = (at: JsonSchema): readonly JsonSchema[] => [
	...(at.properties === undefined ? [] : [at]),
	...[
		...Object.values(at.properties ?? {}),
		...Object.values(at.$defs ?? {}),
		...(at.anyOf ?? []),
		...(at.oneOf ?? []),
		...(at.items === undefined ? [] : [at.items]),
	].flatMap(objects),
];

const secretReference = '#/$defs/secret';

test('the schema in the repository is the one that reads the file', async () => {
	await expect(profilesJsonSchema()).toMatchFileSnapshot('../../../schema/profiles.schema.json');
});

test('every key that may be left out says what it is', () => {
	const silent = objects(schema).flatMap(({ properties = {}, required = [] }) =>
		Object.entries(properties)
			.filter(([name, { description }]) => !required.includes(name) && description === undefined)
			.map(([name]) => name),
	);
	expect(silent).toEqual(['prometheus', 'alertmanager', 'loki', 'tempo', 'jaeger']);
});

test('the schema stands beside the file that names it, and is not put where another is named', async () => {
	const { folder, profile, file } = desk();
	await profile('add', 'a', '--loki-url', 'http://l.example');
	expect(file()).toMatchObject({ $schema: './profiles.schema.json', version: 2 });
	expect(readFileSync(`${folder}/profiles.schema.json`, 'utf8')).toBe(profilesJsonSchema());
	const own = desk('{"$schema":"https://schemas.example/mine.json","version":2,"profiles":{}}');
	await own.profile('add', 'a', '--loki-url', 'http://l.example');
	expect(own.file()).toMatchObject({ $schema: 'https://schemas.example/mine.json' });
	expect(() => readFileSync(`${own.folder}/profiles.schema.json`)).toThrow('ENOENT');
});

test('no secret is shown, under whatever key the schema has one', () => {
	const canary = 'canary-4fd1';
	const keys = objects(schema).flatMap(({ properties = {} }) =>
		Object.entries(properties)
			.filter(([, { $ref }]) => $ref === secretReference)
			.map(([name]) => name),
	);
	expect(keys).toEqual(expect.arrayContaining(['token', 'password', 'clientSecret', 'secretAccessKey', 'passphrase']));
	for (const key of keys) {
		const profile: Profile = {
			grafana: { url: `http://u:${canary}@g.example/?k=${canary}`, [key]: canary, newer: { [key]: canary } },
			loki: {
				url: 'http://l.example',
				headers: { [key]: canary, 'X-Any': canary },
				proxy: `http://u:${canary}@p.example`,
			},
		};
		expect(shownProfile(profile)).not.toContain(canary);
		expect(JSON.parse(shownProfile(profile))).toMatchObject({ grafana: { [key]: 'hidden' } });
	}
});

test('whatever the schema accepts is the same after it was written, unknown keys and all', async () => {
	const path = `${emptyFolder()}/profiles.json`;
	await fc.assert(
		fc.asyncProperty(arbitraryOf(schema), async file => {
			fc.pre(safeParse(profilesSchema, file).success);
			writeFileSync(path, JSON.stringify(file));
			const before = readProfiles(path);
			await openProfileStore(path).write(saved => saved);
			const after = readProfiles(path);
			expect(after).toEqual({ $schema: './profiles.schema.json', ...before, version: Math.max(2, after.version ?? 0) });
			expect(JSON.stringify(after.profiles)).toBe(JSON.stringify(before.profiles));
		}),
		{ numRuns: 60 },
	);
});
