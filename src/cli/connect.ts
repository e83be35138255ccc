import type { Endpoint } from '../backends/endpoint.ts';
import type { Sources } from '../investigation/ports.ts';
import type { BackendName } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Endpoints, endpointsOf } from './connections.ts';
import { demoProfile } from './profile.ts';
import { createSources } from './sources.ts';
import { UsageError } from './usage-error.ts';

/** What a run talks to. */
export type Connected = {
	/** The profile's word for the header. */
	readonly name: string;
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
export async function connect(options: ConnectOptions): Promise<Connected> {
	const now = () => Date.now();
	const name = options.profile ?? (options.env.SMOKEJUMPER_PROFILE || undefined);
	if (name === demoProfile) return connectDemo(now, options.timeout);
	const saved = await savedProfile(name, options);
	const endpoints = endpointsOf({ flags: options.urls, env: options.env, saved });
	if (Object.keys(endpoints).length === 0) {
		throw new UsageError(
			'No backend is configured.',
			'Try smokejumper demo, pass --prometheus-url and its like, or save a profile: smokejumper profile add --help.',
		);
	}
	return {
		name: saved?.name ?? 'flags',
		label: saved?.profile.label ?? saved?.name ?? hostOf(endpoints),
		readOnly: saved?.profile.readOnly ?? true,
		sources: createSources(endpoints, { now, ...optionalTimeout(options.timeout) }),
		now,
	};
}

async function connectDemo(now: () => Milliseconds, timeout: Milliseconds | undefined): Promise<Connected> {
	const { createDemoDispatcher, demoEndpoints } = await import('../demo/dispatcher.ts');
	const dispatcher = createDemoDispatcher({ now });
	return {
		name: demoProfile,
		label: demoProfile,
		readOnly: true,
		sources: createSources(endpointsOfDemo(demoEndpoints), { now, dispatcher, ...optionalTimeout(timeout) }),
		now,
	};
}

/** The demo is reached like any other backend, but for its headers: it asks for none. */
const endpointsOfDemo = (endpoints: readonly Pick<Endpoint, 'backend' | 'url'>[]): Endpoints =>
	Object.fromEntries(
		endpoints.map(endpoint => [endpoint.backend, { ...endpoint, origin: 'the demo', headers: async () => ({}) }]),
	);

/** `conf` is slow to load, so it is only loaded when flags and environment do not say everything. */
async function savedProfile(name: string | undefined, { urls, env }: ConnectOptions) {
	const said = Object.keys(endpointsOf({ flags: urls, env, saved: undefined })).length;
	if (name === undefined && said > 0) return undefined;
	const { openProfileStore, profileIn } = await import('./profile-store.ts');
	return profileIn(openProfileStore(env.SMOKEJUMPER_CONFIG_DIR || undefined).read(), name);
}

const hostOf = (endpoints: Endpoints): string => {
	const [first] = Object.values(endpoints);
	return first === undefined ? 'flags' : new URL(first.url).host;
};

const optionalTimeout = (timeout: Milliseconds | undefined) => (timeout === undefined ? {} : { timeout });
