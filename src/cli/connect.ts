import { homedir } from 'node:os';
import { lazily } from '../analysis/lazily.ts';
import { parseBytes } from '../analysis/log-cost.ts';
import type { Endpoint } from '../backends/endpoint.ts';
import type { World } from '../investigation/board.ts';
import type { Sources, TracesSource } from '../investigation/ports.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { authorOf } from './author.ts';
import { type Endpoints, endpointsOf } from './connections.ts';
import { type Corrections, openCorrections, openStreamChoices, type StreamChoices } from './corrections.ts';
import type { GrafanaConnection } from './grafana-sources.ts';
import { demoProfile } from './profile-name.ts';
import type { ProfileStore } from './profile-store.ts';
import type { NamedProfile } from './read-profiles.ts';
import { sleep } from './sleep.ts';
import type { SourcesOptions } from './sources.ts';
import { UsageError } from './usage-error.ts';

/** What a run talks to. */
export type Connected = {
	/** The word for the header. */
	readonly label: string;
	readonly readOnly: boolean;
	/** What nobody configured; what a Grafana has no data source for is known only when it was asked. */
	readonly lacks: readonly BackendName[];
	/** E-mail addresses are masked as secrets are. */
	readonly redactEmails: boolean;
	/** In whose name something is silenced. */
	readonly author: string;
	/** The clients, loaded when they are first asked for: an interface has a frame to show before that. */
	readonly sources: () => Promise<Sources>;
	readonly now: () => Milliseconds;
	/** Bytes of logs that are read without asking; as usual when absent. */
	readonly readUnasked?: number;
	/** Whom alerts are about, as the operator has said. */
	readonly corrections: Corrections;
	/** In which streams the lines of services are, as the operator has said. */
	readonly streams: StreamChoices;
};

export type ConnectOptions = {
	readonly profile?: string;
	readonly urls: Partial<Readonly<Record<BackendName, string>>>;
	readonly env: NodeJS.ProcessEnv;
	readonly timeout?: Milliseconds;
	/** Traces that were saved: asked before any server, and enough where there is none. */
	readonly saved?: SavedTraces;
};

/** What of saved traces a connection needs; they may still be read. */
export type SavedTraces = { readonly name: string; readonly open: () => Promise<{ readonly source: TracesSource }> };

/** The demo, or the backends of flags, environment and profile. Throws a `UsageError` when there are none. */
export async function connect(options: ConnectOptions): Promise<Connected> {
	const connected = await connectServers(options);
	const { saved } = options;
	return saved === undefined
		? connected
		: { ...connected, sources: lazily(async () => withSaved(await connected.sources(), saved)) };
}

/** Searches are made in the file alone. */
async function withSaved(sources: Sources, { name, open }: SavedTraces): Promise<Sources> {
	const { storesInTurn, tracesInTurn } = await import('./traces-in-turn.ts');
	const { source } = await open();
	return {
		...sources,
		traces: tracesInTurn(source, sources.traces),
		tracesFrom: () => storesInTurn(name, sources.tracesFrom?.()),
	};
}

async function connectServers({ profile, urls, env, timeout, saved: file }: ConnectOptions): Promise<Connected> {
	const now = () => Date.now();
	const limits: Limits = { now, ...(timeout === undefined ? {} : { timeout }) };
	if (profile === demoProfile) return connectDemo(urls, env, limits);
	const given = endpointsOf({ flags: urls, env, saved: undefined });
	const standAlone = profile === undefined && Object.keys(given).length > 0;
	const saved = standAlone ? undefined : await savedProfile(profile, env);
	const endpoints = saved === undefined ? given : endpointsOf({ flags: urls, env, saved });
	if (Object.keys(endpoints).length === 0 && file === undefined) {
		throw new UsageError(
			'No backend is configured.',
			'Try smokejumper demo, pass --prometheus-url and its like, or save a profile: smokejumper profile add --help.',
		);
	}
	const readUnasked = parseBytes(saved?.profile.logs?.readUnasked ?? '');
	return {
		...(readUnasked === undefined ? {} : { readUnasked }),
		label: saved?.profile.label ?? saved?.name ?? (hostOf(endpoints) || 'file'),
		readOnly: saved?.profile.readOnly ?? true,
		lacks: lackingIn(endpoints, file),
		redactEmails: saved?.profile.redactEmails ?? false,
		author: authorOf(saved?.profile.author, env),
		sources: lazily(() => sourcesOf(endpoints, limits, saved?.profile.grafana?.dataSources)),
		now,
		corrections: openCorrections(
			saved,
			keeperOf(saved, env, ({ keepIn }) => keepIn),
		),
		streams: openStreamChoices(
			saved,
			keeperOf(saved, env, ({ keepStreamsIn }) => keepStreamsIn),
		),
	};
}

type Limits = Omit<SourcesOptions, 'dispatcher'>;

function connectDemo(urls: ConnectOptions['urls'], env: NodeJS.ProcessEnv, limits: Limits): Connected {
	if (Object.keys(urls).length > 0) {
		throw new UsageError('The demo has its own backends.', 'Leave out the URLs, or the demo.');
	}
	return {
		label: demoProfile,
		readOnly: false,
		lacks: [],
		redactEmails: false,
		author: authorOf(undefined, env),
		sources: lazily(() => demoSources(limits)),
		now: limits.now,
		corrections: openCorrections(),
		streams: openStreamChoices(),
	};
}

async function sourcesOf(
	endpoints: Endpoints,
	options: SourcesOptions,
	dataSources: GrafanaConnection['wanted'] = {},
): Promise<Sources> {
	const { grafana } = endpoints;
	if (grafana !== undefined) {
		const { grafanaSources } = await import('./grafana-sources.ts');
		return grafanaSources({ endpoint: grafana, wanted: dataSources }, endpoints, options);
	}
	const { createSources } = await import('./sources.ts');
	return createSources(endpoints, options);
}

async function demoSources(limits: Limits): Promise<Sources> {
	const { createDemoDispatcher, demoEndpoints } = await import('../demo/dispatcher.ts');
	const endpoints = demoEndpoints.map(({ backend, url }) => {
		const endpoint: Endpoint = { backend, url, origin: 'the demo', headers: async () => ({}) };
		return [backend, endpoint] as const;
	});
	return sourcesOf(Object.fromEntries(endpoints), { ...limits, dispatcher: createDemoDispatcher(limits) });
}

/**
 * URLs of flags and environment stand alone unless a profile is named: the metrics of a server under test must not be
 * shown beside the logs of production. So the file is only read when it is needed.
 */
async function savedProfile(name: string | undefined, env: NodeJS.ProcessEnv): Promise<NamedProfile | undefined> {
	const { profileIn, readProfiles } = await import('./read-profiles.ts');
	return profileIn(readProfiles(await pathOfProfiles(env)), name);
}

async function pathOfProfiles(env: NodeJS.ProcessEnv): Promise<string> {
	const { profilesPath } = await import('./profiles-path.ts');
	return profilesPath({ env, platform: process.platform, home: homedir() });
}

/** What writes the file is loaded when something is to be written: few runs do. */
const keeperOf = <Said>(
	saved: NamedProfile | undefined,
	env: NodeJS.ProcessEnv,
	pick: (keepers: typeof import('./profile-corrections.ts')) => (store: ProfileStore, name: string, said: Said) => void,
): ((said: Said) => Promise<void>) | undefined =>
	saved &&
	(async said => {
		const keep = pick(await import('./profile-corrections.ts'));
		const { openProfileStore } = await import('./profile-store.ts');
		keep(openProfileStore(await pathOfProfiles(env)), saved.name, said);
	});

/** What investigations work with, once the clients are there. */
export const worldOf = async ({ sources, now, corrections, streams, readUnasked }: Connected): Promise<World> => ({
	sources: await sources(),
	now,
	sleep,
	corrections: corrections.all,
	streams: streams.all,
	...(readUnasked === undefined ? {} : { readUnasked }),
});

/** A Grafana may stand for all of them, and a Jaeger or saved traces for Tempo. */
function lackingIn(endpoints: Endpoints, saved: SavedTraces | undefined): readonly BackendName[] {
	if (endpoints.grafana !== undefined) return [];
	const hasTraces = endpoints.tempo !== undefined || endpoints.jaeger !== undefined || saved !== undefined;
	return backendNames.filter(name => {
		if (name === 'grafana' || name === 'jaeger') return false;
		return name === 'tempo' ? !hasTraces : endpoints[name] === undefined;
	});
}

const hostOf = (endpoints: Endpoints): string => {
	const [first] = Object.values(endpoints);
	return first === undefined ? '' : new URL(first.url).host;
};
