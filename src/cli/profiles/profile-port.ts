import type { Opened, ProfilesPort } from '../../app/profiles-port.ts';
import { type BackendName, FailureError } from '../../model/failure.ts';
import type { Checked, ProfileDraft } from '../../model/profile-draft.ts';
import type { Milliseconds } from '../../model/time.ts';
import { endpointsOf, withoutUrls } from '../connections.ts';
import { sleep } from '../sleep.ts';
import { UsageError } from '../usage-error.ts';
import { draftedProfile } from './drafted-profile.ts';
import { listedProfiles } from './listed-profile.ts';
import type { Profile, Profiles } from './profile.ts';
import { checkName, savedIn, withCopy, withName, without } from './profile-changes.ts';
import type { ProfileStore } from './profile-store.ts';

export type PortOptions = {
	readonly store: ProfileStore;
	readonly env: NodeJS.ProcessEnv;
	readonly now: () => Milliseconds;
	/** Connects to a saved profile or to the demo. Rejects with a `UsageError` when that cannot be. */
	readonly open: (name: string) => Promise<Opened>;
};

/** The saved profiles as the interface works with them; every failure is a `FailureError` with its sentence. */
export const profilesPort = ({ store, env, now, open }: PortOptions): ProfilesPort => ({
	list: () => told(async () => listedProfiles(store.read())),
	save: draft =>
		told(async () => {
			await store.write(saved => withDraft(saved, draft));
		}),
	copy: (name, to) =>
		told(async () => {
			await store.write(saved => withCopy(saved, name, to));
		}),
	rename: (name, to) =>
		told(async () => {
			await store.write(saved => withName(saved, name, to));
		}),
	remove: name =>
		told(async () => {
			await store.write(saved => without(saved, name));
		}),
	open: name =>
		told(async () => {
			const opened = await open(name);
			if (opened.profile !== undefined) await chosen(store, opened.profile);
			return opened;
		}),
	check: (draft, backend, signal) => told(() => lookAt({ draft, backend, signal }, { store, env, now })),
	rest: (length, signal) => sleep(length, signal),
});

/** Where none is the current one, the one that was chosen is from now on: nobody is asked twice. */
async function chosen(store: ProfileStore, name: string): Promise<void> {
	if (store.read().current !== undefined) return;
	try {
		await store.write(saved => ({ ...saved, current: saved.current ?? name }));
	} catch (error) {
		// It is open all the same; what cannot be written is told when something is saved.
		if (!(error instanceof UsageError)) throw error;
	}
}

/** The first profile, and the one that is the first to be there again, is the one that is opened when none is named. */
function withDraft(saved: Profiles, draft: ProfileDraft): Profiles {
	const { name, was } = draft;
	checkName(name);
	const before = was === undefined ? undefined : savedIn(saved, was);
	const renamed = was === undefined || was === name ? saved : withName(saved, was, name);
	if (was === undefined && Object.hasOwn(saved.profiles, name)) {
		throw new UsageError(`There is a profile called ${name} already.`, 'Choose another name.');
	}
	return {
		...renamed,
		current: renamed.current ?? name,
		profiles: { ...renamed.profiles, [name]: draftedProfile(draft, before) },
	};
}

type Look = { readonly draft: ProfileDraft; readonly backend: BackendName; readonly signal: AbortSignal };

/** Looks at one backend of a draft as it would be if it were saved. */
async function lookAt(
	{ draft, backend, signal }: Look,
	{ store, env, now }: Pick<PortOptions, 'store' | 'env' | 'now'>,
): Promise<Checked> {
	const before: Profile | undefined = draft.was === undefined ? undefined : store.read().profiles[draft.was];
	const profile = draftedProfile(draft, before);
	const saved = { name: draft.name, profile };
	// What stands in the environment is not meant: the draft is looked at as it is.
	const endpoint = endpointsOf({ flags: {}, env: withoutUrls(env), saved })[backend];
	if (endpoint === undefined) throw new UsageError(`There is no address of ${backend}.`, 'Type it.');
	const { checkConnection } = await import('../doctor/check-connection.ts');
	// What is wrong is mended where it is typed.
	return checkConnection({ backend, endpoint: { ...endpoint, origin: 'this form' }, now, signal });
}

/** A `UsageError` as the failure that it is for the interface. */
async function told<Value>(act: () => Promise<Value>): Promise<Value> {
	try {
		return await act();
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		throw new FailureError({ kind: 'not-configured', what: error.message, next: '' });
	}
}
