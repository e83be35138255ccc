import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Behind } from '../../backends/grafana/choose.ts';
import { backendNames } from '../../model/failure.ts';
import { paragraph, textOf, verbatim } from '../print/document.ts';
import { connectionKeys } from '../profiles/connection-schema.ts';
import type { Operator } from '../profiles/operator.ts';
import type { Profile } from '../profiles/profile.ts';
import { dataSourcesOf, profileOf } from '../profiles/profile-add.ts';
import { checkName, withAdded } from '../profiles/profile-changes.ts';
import { backendsOf } from '../profiles/profile-list.ts';
import { type ProfileStore, type Written, writeTrouble } from '../profiles/profile-store.ts';
import { replaceFile } from '../profiles/replace-file.ts';
import { shownProfile } from '../profiles/shown-profile.ts';
import { UsageError } from '../usage-error.ts';
import { fromAmtool } from './amtool.ts';
import { createFindings, type Findings, type Found } from './found.ts';
import { fromGrafanaFiles } from './grafana-files.ts';
import { readHttpConfig } from './http-config.ts';
import { type ImportOptions, importKeys } from './import-options.ts';
import { fromKubernetes } from './kubernetes.ts';
import { literalsIn, variablesIn } from './literals.ts';
import { fromLiveGrafana } from './live-grafana.ts';
import { fromLogcli } from './logcli.ts';

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
	const shown = shownText(name, found, store);
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
		return connection === undefined ? [] : [[backend, { ...connection, ...reached }] as const];
	});
	return { ...findings, profile: { ...profile, ...Object.fromEntries(connections) } satisfies Profile };
}

const columns = 80;
const asWide = Number.MAX_SAFE_INTEGER;

/** Safe for a terminal: names in files of others may be anything. */
function shownText(name: string, { profile, notes, files }: Found, store: ProfileStore): string {
	const literals = literalsIn(profile);
	const variables = variablesIn(profile);
	const sentences = [
		...notes,
		...replacedNotes(name, profile, store),
		...(variables.length === 0 ? [] : [`Read from the environment whenever it is used: ${variables.join(', ')}.`]),
		...(files.length === 0
			? []
			: [`Written beside the profiles, for your eyes alone: ${files.map(({ path }) => path).join(', ')}.`]),
		...(literals.length === 0
			? []
			: [
					`Saved as it stands in the source, where a file or a variable would be better: ${literals.join(', ')}. smokejumper profile edit ${name} changes that.`,
				]),
	];
	const json = textOf([verbatim(shownProfile(profile).split('\n'))], asWide).trimEnd();
	return [json, ...sentences.map(sentence => textOf([paragraph(sentence)], columns).trimEnd())].join('\n\n');
}

function replacedNotes(name: string, profile: Profile, store: ProfileStore): readonly string[] {
	try {
		const before = store.read().profiles[name];
		const replaced = before === undefined ? [] : backendsOf(profile).filter(each => backendsOf(before).includes(each));
		return replaced.length === 0 ? [] : [`${name} is there already: ${replaced.join(', ')} in it would be replaced.`];
	} catch {
		// Who saves is told of a file that cannot be read.
		return [];
	}
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
