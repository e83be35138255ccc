import { homedir } from 'node:os';
import type { Dispatcher } from 'undici';
import { lazily } from '../analysis/lazily.ts';
import { parseBytes, parseSamples } from '../analysis/log-cost.ts';
import { parseLength } from '../analysis/time-words.ts';
import { createBudget } from '../backends/budget.ts';
import { type Endpoint, isUnverified } from '../backends/endpoint.ts';
import type { World } from '../investigation/board.ts';
import type { Sources, TracesSource } from '../investigation/ports.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import type { ProfileColour } from '../model/profile-colour.ts';
import type { Milliseconds } from '../model/time.ts';
import { authorOf } from './author.ts';
import { type Clock, fasterClock, usualClock } from './clock.ts';
import { type Endpoints, endpointsOf } from './connections.ts';
import type { GrafanaConnection } from './grafana-sources.ts';
import { type Corrections, openCorrections, openStreamChoices, type StreamChoices } from './profiles/corrections.ts';
import type { Profile } from './profiles/profile.ts';
import { demoProfile } from './profiles/profile-name.ts';
import type { ProfileStore } from './profiles/profile-store.ts';
import type { NamedProfile } from './profiles/read-profiles.ts';
import type { Budgets, SourcesOptions } from './sources.ts';
import { UsageError } from './usage-error.ts';

/** What a run talks to. */
export type Connected = {
	/** Nobody is configured yet, and nobody can be asked; false when absent. */
	readonly isUnconfigured?: true;
	/** The word for the header. */
	readonly label: string;
	/** The name of the saved profile that is open. */
	readonly profile?: string;
	/** The colour of that word. */
	readonly colour?: ProfileColour;
	/** Of some server nobody checks whether it is the one that is meant. */
	readonly unchecked: boolean;
	readonly readOnly: boolean;
	/** Whom it asks; absent for the demo, which asks itself. */
	readonly endpoints?: Endpoints;
	/** What nobody configured; what a Grafana has no data source for is known only when it was asked. */
	readonly lacks: readonly BackendName[];
	/** E-mail addresses are masked as secrets are. */
	readonly redactEmails: boolean;
	/** In whose name something is silenced. */
	readonly author: string;
	/** The clients, loaded when they are first asked for: an interface has a frame to show before that. */
	readonly sources: () => Promise<Sources>;
	readonly now: () => Milliseconds;
	/** How investigations wait; by the clock of this machine when absent. */
	readonly sleep?: Clock['sleep'];
	/** Bytes of logs that are read without asking; as usual when absent. */
	readonly readUnasked?: number;
	/** Allows as much again to be read for this incident; nothing where the profile sets no bound. */
	readonly raiseBudget: (backend: BackendName) => void;
	/** How far back a place looks that does not say it; as usual when absent. */
	readonly since?: Milliseconds;
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
	/** How many times as fast the demo's time passes. */
	readonly speed?: number;
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

/** Which servers are meant: their endpoints, and the profile that was read for them. */
export type Servers = { readonly endpoints: Endpoints; readonly saved: NamedProfile | undefined };

/** No server is named anywhere: on a terminal, a form asks for some. */
export class NothingConfigured extends UsageError {}

/** Throws a `NothingConfigured` when there are none. */
export async function serversOf(options: Pick<ConnectOptions, 'profile' | 'urls' | 'env'>): Promise<Servers> {
	const servers = await chooseServers(options);
	if (Object.keys(servers.endpoints).length > 0) return servers;
	if (servers.saved === undefined) await checkNoneSaved(options.env);
	throw new NothingConfigured(
		'No backend is configured.',
		'Try smokejumper demo, pass --prometheus-url and its like, or save a profile: smokejumper profile add --help.',
	);
}

/** Throws a `NothingConfigured` that names the profiles where there are some, of which none is the current one. */
async function checkNoneSaved(env: NodeJS.ProcessEnv): Promise<void> {
	const { readProfiles } = await import('./profiles/read-profiles.ts');
	const names = Object.keys(readProfiles(await pathOfProfiles(env)).profiles);
	const [first] = names;
	if (first === undefined) return;
	throw new NothingConfigured(
		`None of the saved profiles is the current one (${names.join(', ')}).`,
		`Name one: --profile ${first}; or make it the current one: smokejumper profile use ${first}.`,
	);
}

async function chooseServers({
	profile,
	urls,
	env,
}: Pick<ConnectOptions, 'profile' | 'urls' | 'env'>): Promise<Servers> {
	const given = endpointsOf({ flags: urls, env, saved: undefined });
	const standAlone = profile === undefined && Object.keys(given).length > 0;
	const saved = standAlone ? undefined : await savedProfile(profile, env);
	return { saved, endpoints: saved === undefined ? given : endpointsOf({ flags: urls, env, saved }) };
}

async function connectServers(options: ConnectOptions): Promise<Connected> {
	const { profile, urls, env, timeout, saved: file } = options;
	if (profile === demoProfile) return connectDemo(options);
	refuseSpeed(options);
	const { now } = usualClock;
	const limits: Limits = { now, ...(timeout === undefined ? {} : { timeout }) };
	const asked = { urls, env, ...(profile === undefined ? {} : { profile }) };
	const { endpoints, saved } = await (file === undefined ? serversOf(asked) : chooseServers(asked));
	const readUnasked = parseBytes(saved?.profile.logs?.readUnasked ?? '');
	const since = parseLength(saved?.profile.since ?? '');
	const budgets = budgetsOf(saved?.profile.budget);
	return {
		...(since === undefined ? {} : { since }),
		...(readUnasked === undefined ? {} : { readUnasked }),
		...(saved === undefined ? {} : { profile: saved.name }),
		label: saved?.profile.label ?? saved?.name ?? (hostOf(endpoints) || 'file'),
		...(saved?.profile.colour === undefined ? {} : { colour: saved.profile.colour }),
		unchecked: Object.values(endpoints).some(isUnverified),
		readOnly: saved?.profile.readOnly ?? true,
		endpoints,
		lacks: lackingIn(endpoints, file),
		redactEmails: saved?.profile.redactEmails ?? false,
		author: authorOf(saved?.profile.author, env),
		sources: lazily(() => sourcesOf(endpoints, { ...limits, budgets }, saved?.profile.grafana?.dataSources)),
		now,
		raiseBudget: backend =>
			Object.entries(budgets)
				.find(([name]) => name === backend)?.[1]
				.raise(),
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

const budgetsOf = ({ lokiBytes = '', prometheusSamples = '' }: NonNullable<Profile['budget']> = {}): Budgets => {
	const [loki, prometheus] = [parseBytes(lokiBytes), parseSamples(prometheusSamples)];
	return {
		...(loki === undefined ? {} : { loki: createBudget(loki) }),
		...(prometheus === undefined ? {} : { prometheus: createBudget(prometheus) }),
	};
};

/** Before anything is configured: nobody can be asked, and the header has the program's own name. */
export const unconnected = (env: NodeJS.ProcessEnv): Connected => ({
	isUnconfigured: true,
	label: 'smokejumper',
	unchecked: false,
	readOnly: false,
	lacks: [],
	redactEmails: false,
	author: authorOf(undefined, env),
	sources: lazily(() => sourcesOf({}, { now: usualClock.now })),
	raiseBudget: () => {},
	now: usualClock.now,
	corrections: openCorrections(),
	streams: openStreamChoices(),
});

type Limits = Omit<SourcesOptions, 'dispatcher'>;

/** URLs beside the demo mean that one of the two is not. */
export function refuseUrls(urls: ConnectOptions['urls']): void {
	if (Object.keys(urls).length === 0) return;
	throw new UsageError('The demo has its own backends.', 'Leave out the URLs, or the demo.');
}

/** The time of servers that are real is nobody's to turn. */
function refuseSpeed({ speed }: ConnectOptions): void {
	if (speed === undefined) return;
	throw new UsageError(
		"Only the demo's time can pass faster: --speed.",
		'Leave it out, or write smokejumper demo --speed 100.',
	);
}

function connectDemo({ urls, env, timeout, speed }: ConnectOptions): Connected {
	refuseUrls(urls);
	const { now, sleep } = speed === undefined ? usualClock : fasterClock(speed);
	const limits: Limits = { now, ...(timeout === undefined ? {} : { timeout }) };
	return {
		label: demoProfile,
		unchecked: false,
		readOnly: false,
		lacks: [],
		redactEmails: false,
		author: authorOf(undefined, env),
		sources: lazily(() => demoSources(limits)),
		raiseBudget: () => {},
		now,
		sleep,
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
	const { endpoints, dispatcher } = await demoServers(limits.now);
	return sourcesOf(endpoints, { ...limits, dispatcher });
}

/** The demo's backends, and what reaches them. */
export async function demoServers(
	now: () => Milliseconds,
): Promise<{ readonly endpoints: Endpoints; readonly dispatcher: Dispatcher }> {
	const { createDemoDispatcher, demoEndpoints } = await import('../demo/dispatcher.ts');
	const endpoints = demoEndpoints.map(({ backend, url }) => {
		const endpoint: Endpoint = { backend, url, origin: 'the demo', authorize: async () => ({}) };
		return [backend, endpoint] as const;
	});
	return { endpoints: Object.fromEntries(endpoints), dispatcher: createDemoDispatcher({ now }) };
}

/**
 * URLs of flags and environment stand alone unless a profile is named: the metrics of a server under test must not be
 * shown beside the logs of production. So the file is only read when it is needed.
 */
async function savedProfile(name: string | undefined, env: NodeJS.ProcessEnv): Promise<NamedProfile | undefined> {
	const { profileIn, readProfiles } = await import('./profiles/read-profiles.ts');
	return profileIn(readProfiles(await pathOfProfiles(env)), name);
}

export async function pathOfProfiles(env: NodeJS.ProcessEnv): Promise<string> {
	const { profilesPath } = await import('./profiles/profiles-path.ts');
	return profilesPath({ env, platform: process.platform, home: homedir() });
}

/** What writes the file is loaded when something is to be written: few runs do. */
const keeperOf = <Said>(
	saved: NamedProfile | undefined,
	env: NodeJS.ProcessEnv,
	pick: (
		keepers: typeof import('./profiles/profile-corrections.ts'),
	) => (store: ProfileStore, name: string, said: Said) => Promise<void>,
): ((said: Said) => Promise<void>) | undefined =>
	saved &&
	(async said => {
		const keep = pick(await import('./profiles/profile-corrections.ts'));
		const { openProfileStore } = await import('./profiles/profile-store.ts');
		await keep(openProfileStore(await pathOfProfiles(env)), saved.name, said);
	});

/** What investigations work with, once the clients are there. */
export const worldOf = async ({
	sources,
	now,
	sleep = usualClock.sleep,
	corrections,
	streams,
	readUnasked,
}: Connected): Promise<World> => ({
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
