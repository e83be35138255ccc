import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profilesPort } from '../../../src/cli/profiles/profile-port.ts';
import { openProfileStore } from '../../../src/cli/profiles/profile-store.ts';
import { UsageError } from '../../../src/cli/usage-error.ts';
import { failureOf } from '../../../src/model/failure.ts';
import type { ProfileDraft } from '../../../src/model/profile-draft.ts';
import { serveDemo } from '../../helpers/demo-on-loopback.ts';
import { emptyFolder } from '../folder.ts';

const canary = 'tide-4711';

function desk(env: NodeJS.ProcessEnv = {}) {
	const folder = join(emptyFolder(), 'smokejumper');
	const path = join(folder, 'profiles.json');
	const banner = { word: 'quay', production: false, readOnly: true };
	const open = async (name: string) => {
		if (name === 'mull') throw new UsageError('There is no profile called mull.', 'None is saved.');
		return name === 'demo' ? { banner, lacks: [] } : { profile: name, banner, lacks: [] };
	};
	const port = profilesPort({ store: openProfileStore(path), env, now: Date.now, open });
	return { folder, path, port, file: () => JSON.parse(readFileSync(path, 'utf8')) as unknown };
}

const draft = (urls: ProfileDraft['urls'], more: Partial<ProfileDraft> = {}): ProfileDraft => ({
	name: 'quay',
	urls,
	auth: 'none',
	user: '',
	secret: '',
	tenant: '',
	readOnly: true,
	...more,
});

const sentenceOf = (done: Promise<unknown>): Promise<string> =>
	done.then(
		() => 'it was done',
		(error: unknown) => failureOf(error).what,
	);

describe('what is saved', () => {
	test('is there, and the first is opened from then on', async () => {
		const { port, file } = desk();
		await port.save(draft({ prometheus: 'http://m.example:9090' }));
		await port.save(draft({ prometheus: 'http://n.example:9090' }, { name: 'mole' }));
		expect(file()).toMatchObject({
			current: 'quay',
			profiles: { mole: { prometheus: { url: 'http://n.example:9090' } } },
		});
		expect((await port.list()).map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
			['quay', true],
			['mole', false],
		]);
	});

	test('is renamed by the form too, and keeps its place', async () => {
		const { port, file } = desk();
		await port.save(draft({ prometheus: 'http://m.example:9090' }));
		await port.save(draft({ prometheus: 'http://m.example:9090' }, { name: 'pier', was: 'quay' }));
		expect(file()).toMatchObject({ current: 'pier' });
		expect((await port.list()).map(({ name }) => name)).toEqual(['pier']);
	});

	test('is copied, renamed and removed', async () => {
		const { port } = desk();
		await port.save(draft({ prometheus: 'http://m.example:9090' }));
		await port.copy('quay', 'mole');
		await port.rename('mole', 'pier');
		await port.remove('quay');
		expect((await port.list()).map(({ name }) => name)).toEqual(['pier']);
	});
});

describe('what is opened', () => {
	test('is opened at the next start where none was', async () => {
		const { port, file } = desk();
		await port.save(draft({ prometheus: 'http://m.example:9090' }));
		await port.copy('quay', 'mole');
		await port.remove('quay');
		expect(file()).not.toHaveProperty('current');
		await port.open('demo');
		expect(file()).not.toHaveProperty('current');
		await port.open('mole');
		expect(file()).toMatchObject({ current: 'mole' });
		await port.copy('mole', 'quay');
		await port.open('quay');
		expect(file()).toMatchObject({ current: 'mole' });
	});
});

describe('what cannot be is told', () => {
	test.each([
		['demo', 'demo is the embedded incident.'],
		['a b', 'a b is no name for a profile.'],
	])('the name %s', async (name, sentence) => {
		expect(await sentenceOf(desk().port.save(draft({ loki: 'http://l:3100' }, { name })))).toContain(sentence);
	});

	test('a name that is taken', async () => {
		const { port } = desk();
		await port.save(draft({ loki: 'http://l:3100' }));
		expect(await sentenceOf(port.save(draft({ loki: 'http://m:3100' })))).toContain(
			'There is a profile called quay already.',
		);
	});

	test('a profile that is not there', async () => {
		expect(await sentenceOf(desk().port.open('mull'))).toBe('There is no profile called mull. None is saved.');
	});

	test('a folder in which nothing can be written', async () => {
		const { port, folder } = desk();
		writeFileSync(folder, 'a file stands where the folder should be');
		const said = await sentenceOf(port.save(draft({ loki: 'http://l:3100' }, { auth: 'bearer', secret: canary })));
		expect(said).toMatch(/^The profiles cannot be written to .*profiles\.json \(E\w+\)\. Check its folder\.$/);
		expect(said).not.toContain(canary);
	});
});

describe('a look at a backend', () => {
	const { signal } = new AbortController();

	test('says what it is, whatever the environment names', async () => {
		const { urls } = await serveDemo();
		const { port } = desk({ SMOKEJUMPER_PROMETHEUS_URL: 'http://127.0.0.1:1' });
		expect(await port.check(draft({ prometheus: urls.prometheus }), 'prometheus', signal)).toMatchObject({
			state: 'good',
			words: 'Prometheus 3.5.3',
		});
	});

	test('says who does not let in, and sends what does', async () => {
		const { urls, asked } = await serveDemo({ letsIn: ({ headers }) => headers.authorization === `Bearer ${canary}` });
		const { port } = desk({ LOKI_TOKEN: canary });
		const bare = await port.check(draft({ loki: urls.loki }), 'loki', signal);
		expect(bare).toMatchObject({ state: 'bad' });
		expect(bare.words).toContain('401');
		const named = draft({ loki: urls.loki }, { auth: 'bearer', secret: 'env:LOKI_TOKEN' });
		expect(await port.check(named, 'loki', signal)).toMatchObject({ state: 'good' });
		expect(asked.at(-1)).toMatchObject({ authorization: `Bearer ${canary}` });
	});

	test('has the secret that is saved', async () => {
		const { urls } = await serveDemo({ letsIn: ({ headers }) => headers.authorization === `Bearer ${canary}` });
		const { port } = desk();
		await port.save(draft({ loki: urls.loki }, { auth: 'bearer', secret: canary }));
		const [saved] = await port.list();
		if (saved === undefined) throw new Error('One is saved.');
		expect(JSON.stringify(saved)).not.toContain(canary);
		expect(await port.check(saved.draft, 'loki', signal)).toMatchObject({ state: 'good' });
	});
});
