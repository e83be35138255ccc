import { describe, expect, test } from 'vitest';
import { firstSetup } from '../../src/app/profiles.ts';
import type { ProfilesPort } from '../../src/app/profiles-port.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { Checked, ProfileDraft } from '../../src/model/profile-draft.ts';
import { noProfiles } from '../helpers/no-profiles.ts';
import { mole, quay } from '../screens/profiles/fill-in.ts';
import { open } from './desk.ts';

const settled = () => new Promise<void>(resolve => setImmediate(resolve));

type Look = { readonly draft: ProfileDraft; readonly signal: AbortSignal; readonly answer: (checked: Checked) => void };

/** Profiles of which the test answers the looks, and lets the rest before each end. */
function looked(more: Partial<ProfilesPort> = {}) {
	const looks: Look[] = [];
	const rests: { readonly length: number; readonly signal: AbortSignal; readonly end: () => void }[] = [];
	const profiles: ProfilesPort = {
		...noProfiles,
		check: (draft, _, signal) => new Promise(answer => looks.push({ draft, signal, answer })),
		rest: (length, signal) =>
			new Promise((end, abort) => {
				rests.push({ length, signal, end: () => end(undefined) });
				signal.addEventListener('abort', () => abort(new Error('aborted')));
			}),
		...more,
	};
	return { looks, rests, profiles };
}

const well: Checked = { state: 'good', words: 'Prometheus 3.5.3' };

describe('the address in the form', () => {
	test('is left alone while it is typed, and looked at when nobody types', async () => {
		const { looks, rests, profiles } = looked();
		const { press, store } = open('alerts', { profiles, setup: firstSetup([]) });
		press('m', ':', '1');
		await settled();
		expect(rests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
		expect(rests.at(-1)?.length).toBe(500);
		expect(looks).toEqual([]);
		rests.at(-1)?.end();
		await settled();
		expect(looks.map(({ draft }) => draft.urls)).toEqual([{ prometheus: 'http://m:1' }]);
		looks[0]?.answer(well);
		await settled();
		expect(store.getState().setup).toMatchObject({ checks: { prometheus: { checked: well } } });
		expect(rests).toHaveLength(2);
	});

	test('is looked at no more once it has changed, and nothing is heard of that look', async () => {
		const { looks, profiles } = looked();
		const { press, store } = open('alerts', { profiles, setup: firstSetup([]) });
		store.send({ type: 'pasted', text: 'http://m:1' });
		expect(looks).toHaveLength(1);
		press('2');
		expect(looks[0]?.signal.aborted).toBe(true);
		looks[0]?.answer(well);
		await settled();
		expect(store.getState().setup).toMatchObject({ checks: {} });
	});

	test('that cannot be looked at says so', async () => {
		const failed = new FailureError({ kind: 'not-configured', what: 'A secret is missing.', next: 'Type it.' });
		const { profiles } = looked({ check: () => Promise.reject(failed) });
		const { store } = open('alerts', { profiles, setup: firstSetup([]) });
		store.send({ type: 'pasted', text: 'http://m:1' });
		await settled();
		const checked = { state: 'bad', words: 'A secret is missing.', next: 'Type it.' };
		expect(store.getState().setup).toMatchObject({ checks: { prometheus: { checked } } });
	});
});

describe('another profile', () => {
	const banner = { word: 'mole', production: false, readOnly: true };

	test('puts the questions of the place again, and hears no more of those before', async () => {
		const { profiles } = looked({ open: async () => ({ profile: 'mole', banner, lacks: [] }) });
		const { press, asked, store } = open('alerts', { profiles });
		press(':', ...'profile mole', 'enter');
		await settled();
		expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
		expect(store.getState()).toMatchObject({ profile: 'mole', banner });
		await asked[0]?.resolve();
		expect(store.getState().slots.size).toBe(1);
	});

	test('that cannot be opened leaves the questions alone', async () => {
		const why = new FailureError({ kind: 'not-configured', what: 'There is no profile called mull.', next: '' });
		const { profiles } = looked({ open: () => Promise.reject(why) });
		const { press, asked, store } = open('alerts', { profiles });
		press(':', ...'profile mull', 'enter');
		await settled();
		expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
		expect(store.getState().message?.text).toBe('There is no profile called mull.');
	});

	test('is read with the others when the list is opened, and why not where that fails', async () => {
		const lists = [async () => [quay, mole], () => Promise.reject(new Error('no such folder'))];
		const { profiles } = looked({ list: () => lists.shift()?.() ?? Promise.resolve([]) });
		const { press, store } = open('alerts', { profiles });
		press(':', 'p', 'enter', 'escape', ':', ...'profile', 'enter');
		await settled();
		expect(store.getState().setup).toMatchObject({ kind: 'list', entries: [quay, mole] });
		press('escape', ':', ...'profile', 'enter');
		await settled();
		expect(store.getState().setup).toMatchObject({ unread: expect.stringContaining('no such folder') });
	});
});
