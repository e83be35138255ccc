import * as z from 'zod/mini';
import { type Behind, backendOfType, behindGrafana } from '../../backends/grafana/choose.ts';
import { absolutePath } from '../profiles/secret-options.ts';
import { UsageError } from '../usage-error.ts';
import { chosenOf } from './chosen-sources.ts';
import { connectionTo, type DataSource } from './data-source.ts';
import { type Findings, type Found, optional } from './found.ts';
import { expanded, expandedWithin, secretIn, type Variables } from './variables.ts';
import { checkedAs, readYaml, yamlIn } from './yaml-file.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources */
const dataSourceSchema = z.looseObject({
	name: z.string(),
	type: z.string(),
	uid: z.nullish(scalar),
	url: z.nullish(z.string()),
	isDefault: z.nullish(z.boolean()),
	basicAuth: z.nullish(z.boolean()),
	basicAuthUser: z.nullish(scalar),
	jsonData: z.nullish(z.record(z.string(), z.unknown())),
	secureJsonData: z.nullish(z.record(z.string(), z.nullish(scalar))),
});

export type GrafanaFiles = {
	readonly paths: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	/** Data sources that are named, where there are several of a kind. */
	readonly wanted: Readonly<Partial<Record<Behind, string>>>;
};

/** The data sources in Grafana's provisioning files, also within Helm's values and a ConfigMap. Throws a `UsageError` for what is none. */
export function fromGrafanaFiles({ paths, env, wanted }: GrafanaFiles, findings: Findings): Found {
	const sources = paths.flatMap(path => {
		const entries = readYaml(path).flatMap(document => entriesIn(document, path));
		if (entries.length === 0) {
			throw new UsageError(`${path} has no data sources of Grafana.`, 'They stand in a list under datasources.');
		}
		return entries.map(entry => dataSourceOf(entry, path, env, findings));
	});
	noteOthers(sources, findings);
	const chosen = chosenOf(sources, wanted, findings);
	const connections = behindGrafana.flatMap(backend => {
		const source = chosen.get(backend);
		const connection = source && connectionTo(source, backend, findings);
		return connection === undefined ? [] : [[backend, connection] as const];
	});
	if (connections.length === 0) {
		throw new UsageError(
			`${paths.join(' and ')} ${paths.length === 1 ? 'has' : 'have'} no data source that smokejumper could ask.`,
			findings.notes.join(' ') || 'It asks Prometheus, Alertmanager, Loki, Tempo and Jaeger.',
		);
	}
	return { ...findings, profile: Object.fromEntries(connections) };
}

/**
 * Where data sources stand: under `datasources`; in Helm's values one file deeper, and below the name of the chart that
 * Grafana is part of, and under `additionalDataSources`; in a ConfigMap as texts of YAML.
 */
function entriesIn(value: unknown, where: string): readonly unknown[] {
	if (typeof value === 'string') return yamlIn(value, where).flatMap(document => entriesIn(document, where));
	if (!isRecord(value)) return [];
	const { kind, data, stringData, datasources, additionalDataSources, grafana } = value;
	if (kind === 'ConfigMap' || kind === 'Secret') {
		const texts = kind === 'Secret' ? stringData : data;
		return isRecord(texts) ? Object.values(texts).flatMap(text => entriesIn(text, where)) : [];
	}
	const deeper = [...(isRecord(datasources) ? Object.values(datasources) : []), grafana];
	return [
		...[datasources, additionalDataSources].flatMap(list => (Array.isArray(list) ? list : [])),
		...deeper.flatMap(each => entriesIn(each, where)),
	];
}

function dataSourceOf(entry: unknown, path: string, env: NodeJS.ProcessEnv, findings: Findings): DataSource {
	const { secureJsonData, ...raw } = checkedAs(dataSourceSchema, entry, path, 'file of data sources');
	const named = (what: string) => (name: string) =>
		findings.note(`${name}, from which ${what} of ${raw.name} comes, is not set here.`);
	const { url, ...others } = raw;
	const fields = checkedAs(
		dataSourceSchema,
		expandedWithin(others, { env, missing: named('something') }),
		path,
		'file of data sources',
	);
	const textOf = (key: string): string | undefined => {
		const value = secureJsonData?.[key];
		return value === undefined || value === null ? undefined : String(value);
	};
	return {
		name: fields.name,
		type: fields.type,
		...optional('uid', fields.uid?.toString()),
		...optional('url', wholeUrl(url ?? '', { env, missing: named('the URL') })),
		...optional('isDefault', fields.isDefault ?? undefined),
		...optional('basicAuth', fields.basicAuth ?? undefined),
		...optional('basicAuthUser', fields.basicAuthUser?.toString()),
		jsonData: fields.jsonData ?? {},
		secret(key, word) {
			const text = textOf(key);
			const behind = word === undefined ? text : new RegExp(`^\\s*${word}\\s+(.*)$`, 'is').exec(text ?? '')?.[1];
			return behind === undefined ? undefined : secretIn(behind, { env, missing: named(key) });
		},
		pem(key) {
			const text = textOf(key);
			const [, file] = /^\s*\$__file\{([^}]+)\}\s*$/.exec(text ?? '') ?? [];
			if (file !== undefined) return absolutePath(file);
			if (text === undefined) return undefined;
			const pem = expanded(text, { env, missing: named(key) });
			return pem.trim() === '' ? undefined : findings.keep(`${backendOfType(fields.type)}-${key}`, pem);
		},
	};
}

/** A URL without what a variable would stand for leads to another host. */
function wholeUrl(text: string, { env, missing }: Variables): string | undefined {
	let isWhole = true;
	const url = expanded(text, {
		env,
		missing: name => {
			isWhole = false;
			missing(name);
		},
	});
	return isWhole ? url : undefined;
}

function noteOthers(sources: readonly DataSource[], { note }: Findings): void {
	const others = sources.filter(({ type }) => backendOfType(type) === undefined);
	if (others.length === 0) return;
	const names = others.map(({ name, type }) => `${name} (${type})`).join(', ');
	note(`Left out, as smokejumper does not ask ${others.length === 1 ? 'its kind' : 'their kinds'}: ${names}.`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
