import { type Behind, backendOfType, behindGrafana } from '../../backends/grafana/choose.ts';
import { createGrafana, type Grafana } from '../../backends/grafana/client.ts';
import { createHttp } from '../../backends/http.ts';
import type { Asking } from '../../backends/message.ts';
import { failureOf } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { endpointsOf, withoutUrls } from '../connections.ts';
import type { Profile } from '../profiles/profile.ts';
import { UsageError } from '../usage-error.ts';
import { chosenOf } from './chosen-sources.ts';
import { connectionTo, type DataSource } from './data-source.ts';
import { type Findings, type Found, optional } from './found.ts';

export type LiveGrafana = {
	readonly name: string;
	/** How Grafana is reached, as `profile add` makes it of its options. */
	readonly grafana: NonNullable<Profile['grafana']>;
	readonly wanted: Readonly<Partial<Record<Behind, string>>>;
	/** Its data sources at their own URLs, in place of Grafana's proxy before them. */
	readonly isDirect: boolean;
	readonly env: NodeJS.ProcessEnv;
	readonly now: () => Milliseconds;
};

/** The data sources that a Grafana has now. Rejects with a `UsageError` when it does not answer, or has none that could be asked. */
export async function fromLiveGrafana(live: LiveGrafana, findings: Findings): Promise<Found> {
	try {
		return await read(live, findings);
	} catch (error) {
		if (error instanceof UsageError) throw error;
		const { what, next, kind } = failureOf(error);
		throw new UsageError(what, kind === 'secret' ? 'Set it, and import again.' : next);
	}
}

async function read(live: LiveGrafana, findings: Findings): Promise<Found> {
	const client = clientOf(live);
	const asking: Asking = { signal: new AbortController().signal, record: () => {} };
	const { value: all } = await client.dataSources(asking);
	const bare = all.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(source => ({ ...source, ...nothingTold }));
	const chosen = chosenOf(bare, live.wanted, findings);
	if (chosen.size === 0) {
		throw new UsageError(
			'Grafana has no data source that smokejumper could ask.',
			findings.notes.join(' ') || 'It asks Prometheus, Alertmanager, Loki, Tempo and Jaeger.',
		);
	}
	const profile = live.isDirect
		? await directProfile(chosen, { client, asking, findings })
		: proxiedProfile(live, bare, chosen);
	return { ...findings, profile };
}

const nothingTold: Pick<DataSource, 'jsonData' | 'secret' | 'pem'> = {
	jsonData: {},
	secret: () => undefined,
	pem: () => undefined,
};

function clientOf({ name, grafana, env, now }: LiveGrafana): Grafana {
	const { grafana: endpoint } = endpointsOf({
		flags: {},
		env: withoutUrls(env),
		saved: { name, profile: { grafana } },
	});
	if (endpoint === undefined) throw new UsageError('No Grafana is named.', 'Pass --grafana-url.');
	return createGrafana(createHttp({ ...endpoint, origin: 'this command' }, { now }));
}

type Chosen = ReadonlyMap<Behind, DataSource>;

/** One that is the only one of its kind need not be named: another may stand in its place one day. */
function proxiedProfile({ grafana }: LiveGrafana, all: readonly DataSource[], chosen: Chosen): Profile {
	const several = [...chosen].filter(
		([backend]) => all.filter(({ type }) => backendOfType(type) === backend).length > 1,
	);
	const names = Object.fromEntries(several.map(([backend, { name }]) => [backend, name]));
	return { grafana: { ...grafana, ...(several.length === 0 ? {} : { dataSources: names }) } };
}

type Reading = { readonly client: Grafana; readonly asking: Asking; readonly findings: Findings };

async function directProfile(chosen: Chosen, { client, asking, findings }: Reading): Promise<Profile> {
	const connections = await Promise.all(
		behindGrafana.map(async backend => {
			const uid = chosen.get(backend)?.uid;
			if (uid === undefined) return [];
			const { jsonData, secureJsonFields, ...told } = await client.dataSource(uid, asking);
			const source: DataSource = {
				name: told.name,
				type: told.type,
				...optional('url', told.url ?? undefined),
				...optional('basicAuth', told.basicAuth ?? undefined),
				...optional('basicAuthUser', told.basicAuthUser ?? undefined),
				jsonData: jsonData ?? {},
				...untold({ name: told.name, backend, fields: secureJsonFields ?? {} }, findings),
			};
			const connection = connectionTo(source, backend, findings);
			return connection === undefined ? [] : [[backend, connection] as const];
		}),
	);
	return Object.fromEntries(connections.flat());
}

type Untold = {
	readonly name: string;
	readonly backend: Behind;
	readonly fields: Readonly<Record<string, boolean>>;
};

/** Grafana tells that there is a secret, and never which: the profile names a variable for it. */
const untold = ({ name, backend, fields }: Untold, { note }: Findings): Pick<DataSource, 'secret' | 'pem'> => ({
	secret(key, word) {
		if (fields[key] !== true || word !== undefined) return undefined;
		const env = `SMOKEJUMPER_${backend}_${key.replace(/[A-Z]/g, letter => `_${letter}`)}`.toUpperCase();
		note(`Grafana does not tell ${key} of ${name}: set ${env}, or say with profile edit where it is.`);
		return { env };
	},
	pem(key) {
		if (fields[key] === true) note(`Grafana does not tell ${key} of ${name}: name its file with profile edit.`);
		return undefined;
	},
});
