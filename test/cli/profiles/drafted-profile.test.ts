import { describe, expect, test } from 'vitest';
import { draftedProfile } from '../../../src/cli/profiles/drafted-profile.ts';
import { listedProfile } from '../../../src/cli/profiles/listed-profile.ts';
import type { Auth, Profile, Secret } from '../../../src/cli/profiles/profile.ts';
import type { ProfileDraft } from '../../../src/model/profile-draft.ts';

const draft: ProfileDraft = {
	name: 'quay',
	urls: { prometheus: 'http://metrics.quay.example:9090', alertmanager: '', loki: '', tempo: '' },
	auth: 'none',
	user: '',
	secret: '',
	tenant: '',
	readOnly: true,
};
const canary = 'tide-4711';

describe('a new profile', () => {
	test('has what was typed and nothing else', () => {
		expect(draftedProfile(draft)).toEqual({
			prometheus: { url: 'http://metrics.quay.example:9090' },
			readOnly: true,
		});
	});

	test.each<[string, Secret]>([
		[canary, canary],
		['env:PROM_TOKEN', { env: 'PROM_TOKEN' }],
		['file:/run/secrets/token', { file: '/run/secrets/token' }],
		['cmd:pass show prom', { command: ['sh', '-c', 'pass show prom'] }],
	])('has its secret from %s', (secret, saved) => {
		const typed: ProfileDraft = { ...draft, auth: 'bearer', secret, tenant: 'harbour', colour: 'red', readOnly: false };
		expect(draftedProfile(typed)).toEqual({
			prometheus: {
				url: 'http://metrics.quay.example:9090',
				auth: { type: 'bearer', token: saved },
				tenant: 'harbour',
			},
			colour: 'red',
			readOnly: false,
		});
		expect(draftedProfile({ ...typed, auth: 'basic', user: 'mira' }).prometheus?.auth).toEqual({
			type: 'basic',
			user: 'mira',
			password: saved,
		});
	});

	test('may have several Alertmanagers', () => {
		const urls = { alertmanager: 'am-1:9093, http://am-2:9093/#/alerts' };
		expect(draftedProfile({ ...draft, urls }).alertmanager?.url).toEqual(['http://am-1:9093', 'http://am-2:9093']);
	});

	test('without a secret is refused', () => {
		expect(() => draftedProfile({ ...draft, auth: 'bearer' })).toThrow('A secret is missing.');
	});
});

const basic: Auth = { type: 'basic', user: 'mira', password: canary };
const saved = {
	label: 'QUAY',
	since: '3h',
	colour: 'cyan',
	prometheus: {
		url: `https://mira:${canary}@metrics.quay.example/prom?token=${canary}`,
		auth: basic,
		tenant: ['harbour', 'pier'],
		headers: { 'X-Key': canary },
		tls: { ca: '/etc/ca.pem', skipVerify: true },
	},
	loki: { url: 'https://logs.quay.example', auth: basic, tenant: ['harbour', 'pier'] },
	conventions: { alertedServices: [{ alert: 'Leak', taken: '', service: 'pump' }] },
	ofANewerVersion: { odd: true },
} satisfies Profile;

describe('a saved profile', () => {
	test('is shown without a secret', () => {
		const listed = listedProfile('quay', saved, true);
		expect(JSON.stringify(listed)).not.toContain(canary);
		expect(listed).toEqual({
			name: 'quay',
			word: 'QUAY',
			isCurrent: true,
			reaches: [
				{ backend: 'prometheus', host: 'metrics.quay.example' },
				{ backend: 'loki', host: 'logs.quay.example' },
			],
			draft: {
				name: 'quay',
				was: 'quay',
				urls: { prometheus: 'https://metrics.quay.example/prom', loki: 'https://logs.quay.example' },
				auth: 'basic',
				user: 'mira',
				secret: '',
				tenant: 'harbour|pier',
				colour: 'cyan',
				readOnly: true,
			},
			keepsSecret: true,
		});
	});

	test('that was not touched is saved as it is', () => {
		expect(draftedProfile(listedProfile('quay', saved).draft, saved)).toEqual({ ...saved, readOnly: true });
	});

	test('keeps of a backend what the form does not say', () => {
		const { draft: shown } = listedProfile('quay', saved);
		const moved = { ...shown, urls: { ...shown.urls, prometheus: 'https://new.quay.example' }, secret: 'env:NEW' };
		expect(draftedProfile(moved, saved).prometheus).toEqual({
			...saved.prometheus,
			url: 'https://new.quay.example',
			auth: { type: 'basic', user: 'mira', password: { env: 'NEW' } },
		});
	});

	test('loses a backend whose line is empty, and lets in one that is new as the others', () => {
		const { draft: shown } = listedProfile('quay', saved);
		const changed = draftedProfile({ ...shown, urls: { ...shown.urls, loki: '', tempo: 'http://t:3200' } }, saved);
		expect(changed.loki).toBeUndefined();
		expect(changed.tempo).toEqual({ url: 'http://t:3200', auth: basic, tenant: 'harbour|pier' });
	});

	test('is let in by nothing any more when that is chosen', () => {
		const { draft: shown } = listedProfile('quay', saved);
		expect(draftedProfile({ ...shown, auth: 'none', tenant: '' }, saved).loki).toEqual({
			url: 'https://logs.quay.example',
		});
	});

	test.each<[string, Profile]>([
		['differs from backend to backend', { ...saved, loki: { url: 'https://logs.quay.example' } }],
		[
			'is more than a line can say',
			{ prometheus: { url: 'https://aps.example/ws', auth: { type: 'sigv4', secretAccessKey: canary } } },
		],
	])('what lets in stays where it %s', (_, profile) => {
		const listed = listedProfile('quay', profile);
		expect(listed.draft).toMatchObject({ auth: 'kept', user: '', secret: '', tenant: '' });
		expect(JSON.stringify(listed)).not.toContain(canary);
		expect(draftedProfile(listed.draft, profile)).toEqual({ ...profile, readOnly: true });
	});

	test('has a secret by its place, with what is saved beside it', () => {
		const token = { command: ['sh', '-c', 'pass show prom'], lifetime: '15m' };
		const profile: Profile = { grafana: { url: 'https://g.example', token } };
		const { draft: shown, keepsSecret } = listedProfile('mole', profile);
		expect([shown.secret, keepsSecret]).toEqual(['cmd:pass show prom', undefined]);
		expect(draftedProfile(shown, profile).grafana?.auth).toEqual({ type: 'bearer', token });
	});
});

describe('the file of the authorities', () => {
	const secure = { ...draft, urls: { prometheus: 'https://m.example', loki: 'http://l.example:3100' } };
	const saved: Profile = {
		prometheus: { url: 'https://m.example', tls: { ca: '/old.pem', serverName: 'm' } },
		loki: { url: 'https://l.example', tls: { ca: '/old.pem' } },
	};

	test('is for those of https, with the home of the user as it was typed', () => {
		expect(draftedProfile({ ...secure, ca: '~/ca.pem' })).toMatchObject({
			prometheus: { tls: { ca: '~/ca.pem' } },
			loki: { url: 'http://l.example:3100' },
		});
		expect(draftedProfile({ ...secure, ca: '~/ca.pem' }).loki).not.toHaveProperty('tls');
	});

	test('is taken away, put in the place of another, or kept where nothing is said of it', () => {
		const { draft: listed } = listedProfile('quay', saved);
		expect(listed.ca).toBe('/old.pem');
		expect(draftedProfile({ ...listed, ca: '' }, saved)).toMatchObject({
			prometheus: { tls: { serverName: 'm' } },
			loki: { url: 'https://l.example' },
		});
		expect(draftedProfile({ ...listed, ca: '' }, saved).loki).not.toHaveProperty('tls');
		expect(draftedProfile({ ...listed, ca: '/new.pem' }, saved).prometheus?.tls).toEqual({
			ca: '/new.pem',
			serverName: 'm',
		});
		expect(draftedProfile(listed, saved)).toEqual({ ...saved, readOnly: true });
	});

	test('that differs is not told of, and stays', () => {
		const mixed: Profile = { ...saved, loki: { url: 'https://l.example' } };
		const { draft: listed } = listedProfile('quay', mixed);
		expect(listed).not.toHaveProperty('ca');
		expect(draftedProfile(listed, mixed)).toEqual({ ...mixed, readOnly: true });
	});
});
