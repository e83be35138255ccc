import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { safeParse } from 'zod/mini';
import type { Behind } from '../../backends/grafana/choose.ts';
import { firstDifference } from '../../backends/shape.ts';
import { backendNames } from '../../model/failure.ts';
import { connectionKeys } from '../profiles/connection-schema.ts';
import type { Operator } from '../profiles/operator.ts';
import { type Profile, profileSchema, type Secret } from '../profiles/profile.ts';
import { dataSourcesOf, profileOf } from '../profiles/profile-add.ts';
import { checkName, withAdded } from '../profiles/profile-changes.ts';
import { backendsOf } from '../profiles/profile-list.ts';
import { type ProfileStore, type Written, writeTrouble } from '../profiles/profile-store.ts';
import { replaceFile } from '../profiles/replace-file.ts';
import { UsageError } from '../usage-error.ts';
import { fromAmtool } from './amtool.ts';
import { createFindings, type Findings, type Found } from './found.ts';
import { fromGrafanaFiles } from './grafana-files.ts';
import { readHttpConfig } from './http-config.ts';
import { type ImportOptions, importKeys } from './import-options.ts';
import { fromKubernetes } from './kubernetes.ts';
import { fromLiveGrafana } from './live-grafana.ts';
import { fromLogcli } from './logcli.ts';
import { shownImport } from './shown-import.ts';

export type Import = {
	/** What it is to be called. */
	readonly name: string;
	readonly paths: readonly string[];
	readonly options: ImportOptions;
};

export type ImportDesk = {
	readonly store: ProfileStore;
	readonly operator: Operator;
	/** What became of the file of the profiles. */
	readonly keptText: (written: Written) => string;
};

/**
 * Reads what another program says of the backends, shows what would be saved, and saves it when that is wanted. Resolves to
 * what to print; rejects with a `UsageError` for what is wrong, and then nothing is saved.
 */
export async function importProfile(wish: Import, { store, operator, keptText }: ImportDesk): Promise<string> {
	const { name, options } = wish;
	checkName(name);
	const found = await foundBy(wish, operator.env ?? {}, createFindings(join(dirname(store.path), name)));
	checkProfile(found.profile);
	const shown = shownImport(name, found, store);
	if (options.dryRun) return `${shown}\n\nNothing was saved.`;
	if (!options.yes && !(await isWanted(operator, `Save it as ${name}?`, shown))) return 'Nothing was saved.';
	keepFiles(found, store.path);
	const written = await store.write(saved => withAdded(saved, name, found.profile, connectionKeys), {
		evenBroken: true,
	});
	const told = `Saved ${name} (${backendsOf(found.profile).join(', ')}) in ${store.path}.${keptText(written)} smokejumper doctor -p ${name} looks at it.`;
	return options.yes ? `${shown}\n\n${told}` : told;
}

async function foundBy({ name, paths, options }: Import, env: NodeJS.ProcessEnv, findings: Findings): Promise<Found> {
	checkOneSource(paths, options);
	const wanted: Readonly<Partial<Record<Behind, string>>> = dataSourcesOf(options) ?? {};
	const home = env.HOME || homedir();
	const { grafanaUrl, amtool, kubeService: services, kubeContext: context, httpConfig } = options;
	if (paths.length > 0) return fromGrafanaFiles({ paths, env, wanted }, findings);
	if (options.logcli) return fromLogcli(env, findings);
	if (amtool !== undefined) return fromAmtool(amtool === true ? undefined : amtool, home, findings);
	if (services !== undefined) return fromKubernetes({ services, context, env, home }, findings);
	if (httpConfig !== undefined) return fromHttpConfig(httpConfig, options, findings);
	const { dataSource: _, ...reaching } = options;
	const { grafana } = grafanaUrl === undefined ? {} : profileOf(reaching);
	if (grafana === undefined) throw new UsageError('No Grafana is named.', 'Pass --grafana-url.');
	return fromLiveGrafana({ name, grafana, wanted, isDirect: options.direct === true, env, now: Date.now }, findings);
}

/** Throws a `UsageError` unless exactly one source is named, and nothing that another one needs. */
function checkOneSource(paths: readonly string[], options: ImportOptions): void {
	const { grafanaUrl, logcli, amtool, kubeService, httpConfig } = options;
	const sources = [paths[0], grafanaUrl, logcli, amtool, kubeService, httpConfig].filter(each => each !== undefined);
	if (sources.length !== 1) {
		throw new UsageError(
			sources.length === 0 ? 'Nothing is named to import from.' : 'A profile is imported from one source at a time.',
			'Name files of Grafana, --grafana-url, --logcli, --amtool, --http-config or --kube-service.',
		);
	}
	const others = Object.keys(options).filter(key => !importKeys.some(each => each === key));
	if (grafanaUrl === undefined && httpConfig === undefined && others.length > 0) {
		throw new UsageError(
			'Only of Grafana and with --http-config is it said here how a backend is reached.',
			'Import without that, and change the profile with profile add or profile edit then.',
		);
	}
	if (grafanaUrl === undefined && options.direct)
		throw new UsageError('--direct needs a Grafana.', 'Pass --grafana-url.');
	if (kubeService === undefined && options.kubeContext !== undefined) {
		throw new UsageError('--kube-context alone names no backend.', 'Pass --kube-service loki=monitoring/loki:3100.');
	}
}

/** What promtool's file says holds for all backends that are named with it. */
function fromHttpConfig(path: string, { httpConfig: _, ...named }: ImportOptions, findings: Findings): Found {
	const profile = profileOf(named);
	const reached = readHttpConfig(path, 'http', findings);
	const connections = backendNames.flatMap(backend => {
		const connection = profile[backend];
		if (connection === undefined) return [];
		const headers: Record<string, Secret> = { ...connection.headers, ...reached.headers };
		const all = Object.keys(headers).length === 0 ? {} : { headers };
		return [[backend, { ...connection, ...reached, ...all }] as const];
	});
	return { ...findings, profile: { ...profile, ...Object.fromEntries(connections) } satisfies Profile };
}

/** What was taken over unseen may be of no use here, and would spoil the file of all profiles. */
function checkProfile(profile: Profile): void {
	const { error } = safeParse(profileSchema, profile);
	if (error === undefined) return;
	throw new UsageError(
		`What is said there makes no profile: ${firstDifference(error.issues, profile)}.`,
		'Mend it there, or use profile add.',
	);
}

async function isWanted({ ask }: Operator, question: string, shown: string): Promise<boolean> {
	if (ask === undefined) {
		throw new UsageError(
			'Nothing is saved without a question, which nobody is there to answer.',
			'Add --yes, or --dry-run to see it only.',
		);
	}
	const answer = await ask(`${question} y or n: `, shown);
	return /^y(?:es)?$/i.test(answer?.trim() ?? '');
}

function keepFiles({ files }: Found, path: string): void {
	try {
		if (files.length > 0) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		for (const file of files) replaceFile(file.path, file.text);
	} catch (error) {
		throw error instanceof Error && 'code' in error ? writeTrouble(path, String(error.code)) : error;
	}
}
