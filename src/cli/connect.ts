import { homedir } from 'node:os';
import type { Sources } from '../investigation/ports.ts';
import type { BackendName } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Endpoints, endpointsOf } from './connections.ts';
import { demoProfile } from './profile-name.ts';
import type { NamedProfile } from './read-profiles.ts';
import { createSources } from './sources.ts';
import { UsageError } from './usage-error.ts';

/** What a run talks to. */
export type Connected = {
	/** The word for the header. */
	readonly label: string;
	readonly readOnly: boolean;
	readonly sources: Sources;
	readonly now: () => Milliseconds;
};

export type ConnectOptions = {
	readonly profile?: string;
	readonly urls: Partial<Readonly<Record<BackendName, string>>>;
	readonly env: NodeJS.ProcessEnv;
	readonly timeout?: Milliseconds;
};

/** The demo, or the backends of flags, environment and profile. Throws a `UsageError` when there are none. */
export async function connect({ profile, urls, env, timeout }: ConnectOptions): Promise<Connected> {
	const now = () => Date.now();
	const limits = { now, ...(timeout === undefined ? {} : { timeout }) };
	if (profile === demoProfile) {
		if (Object.keys(urls).length === 0) return connectDemo(limits);
		throw new UsageError('The demo has its own backends.', 'Leave out the URLs, or the demo.');
	}
	const given = endpointsOf({ flags: urls, env, saved: undefined });
	const standAlone = profile === undefined && Object.keys(given).length > 0;
	const saved = standAlone ? undefined : await savedProfile(profile, env);
	const endpoints = saved === undefined ? given : endpointsOf({ flags: urls, env, saved });
	if (Object.keys(endpoints).length === 0) {
		throw new UsageError(
			'No backend is configured.',
			'Try smokejumper demo, pass --prometheus-url and its like, or save a profile: smokejumper profile add --help.',
		);
	}
	return {
		label: saved?.profile.label ?? saved?.name ?? hostOf(endpoints),
		readOnly: saved?.profile.readOnly ?? true,
		sources: createSources(endpoints, limits),
		now,
	};
}

type Limits = { readonly now: () => Milliseconds; readonly timeout?: Milliseconds };

async function connectDemo(limits: Limits): Promise<Connected> {
	const { createDemoDispatcher, demoEndpoints } = await import('../demo/dispatcher.ts');
	const endpoints: Endpoints = Object.fromEntries(
		demoEndpoints.map(({ backend, url }) => [backend, { backend, url, origin: 'the demo', headers: async () => ({}) }]),
	);
	const sources = createSources(endpoints, { ...limits, dispatcher: createDemoDispatcher(limits) });
	return { label: demoProfile, readOnly: true, sources, now: limits.now };
}

/**
 * URLs of flags and environment stand alone unless a profile is named: the metrics of a server under test must not be
 * shown beside the logs of production. So the file is only read when it is needed.
 */
async function savedProfile(name: string | undefined, env: NodeJS.ProcessEnv): Promise<NamedProfile | undefined> {
	const { profileIn, readProfiles } = await import('./read-profiles.ts');
	const { profilesPath } = await import('./profiles-path.ts');
	return profileIn(readProfiles(profilesPath({ env, platform: process.platform, home: homedir() })), name);
}

const hostOf = (endpoints: Endpoints): string => {
	const [first] = Object.values(endpoints);
	return first === undefined ? '' : new URL(first.url).host;
};
