import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Milliseconds } from '../../model/time.ts';
import { readCommandLine } from '../command-line.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import { demoProfile } from '../profiles/profile-name.ts';
import { profilesPath } from '../profiles/profiles-path.ts';
import { profileIn, readProfiles } from '../profiles/read-profiles.ts';
import { writeOut } from '../streams.ts';
import { completionFor, type NameSources, type ProfileWords } from './complete.ts';
import { cachePath, openNameCache } from './name-cache.ts';
import { lookUp, type Wanted } from './names.ts';
import { shellOf } from './shell-scripts.ts';

/** From the start of the process: a shell waits for it with the line that is being typed. */
const longest: Milliseconds = 500;
/** What is left then for an answer without the names of servers that are late. */
const reserve: Milliseconds = 80;

/**
 * `smokejumper __complete SHELL LINE [CURRENT]`: what a shell asks when `tab` is pressed. It answers with nothing rather
 * than with an error, and ends in time whatever goes on.
 */
export async function runComplete([shellName, line = '', current = '']: readonly string[]): Promise<never> {
	const left = longest - performance.now();
	setTimeout(() => process.exit(0), left);
	const late = AbortSignal.timeout(Math.max(0, Math.round(left - reserve)));
	const shell = shellOf(shellName);
	const told = shell && (await completionFor(shell, { line, current }, nameSources(late)).catch(() => ''));
	if (told) await writeOut(told);
	process.exit(0);
}

const home = () => ({ env: process.env, platform: process.platform, home: homedir() });

function nameSources(late: AbortSignal): NameSources {
	return {
		profiles: () => Object.keys(readProfiles(profilesPath(home())).profiles),
		profileWords: wordsOfProfileCommand,
		lookUp: (wanted, before) => cachedNames(wanted, connectOptions(before), late),
	};
}

async function wordsOfProfileCommand(before: readonly string[]): Promise<ProfileWords> {
	const { profileWords } = await import('../profiles/profile-command.ts');
	const { openProfileStore } = await import('../profiles/profile-store.ts');
	const { operatorAt } = await import('../profiles/operator.ts');
	const { env, stdin, stderr } = process;
	const operator = operatorAt({ env, input: stdin, output: stderr });
	return profileWords(before, { store: openProfileStore(profilesPath(home())), operator });
}

/** To whom the words before the cursor lead; as if there were none where they are not to be read. */
function connectOptions(before: readonly string[]): ConnectOptions {
	const { env } = process;
	const invocation = readCommandLine(before);
	const { profile = env.SMOKEJUMPER_PROFILE || undefined, urls } =
		invocation.command === 'open' ? invocation.options : { urls: {} };
	return { urls, env, ...(profile === undefined ? {} : { profile }) };
}

/** What was looked up a short while ago, else what is found now, else what is left from before. */
async function cachedNames(wanted: Wanted, options: ConnectOptions, late: AbortSignal): Promise<readonly string[]> {
	const cache = openNameCache(cachePath(home()), Date.now());
	const key = JSON.stringify([wanted, options.profile, options.urls, urlsOf(options.env), profilesChanged()]);
	const known = cache.get(key);
	if (known?.isFresh) return known.names;
	const found = mayAsk(options) ? await namesNow(wanted, options, late) : undefined;
	if (found !== undefined) cache.put(key, found);
	return found ?? known?.names ?? [];
}

const urlsOf = (env: NodeJS.ProcessEnv): readonly (readonly [string, string | undefined])[] =>
	Object.entries(env).filter(([name]) => /^SMOKEJUMPER_\w+_URL$/.test(name));

function profilesChanged(): Milliseconds | undefined {
	return statSync(profilesPath(home()), { throwIfNoEntry: false })?.mtimeMs;
}

async function namesNow(wanted: Wanted, options: ConnectOptions, late: AbortSignal) {
	const { sources, now } = await connect(options);
	return lookUp(wanted, await sources(), now(), late);
}

/** A `tab` starts no program, no tunnel, and nothing that could ask for a password. */
function mayAsk({ profile, urls, env }: ConnectOptions): boolean {
	if (profile === demoProfile) return true;
	const standAlone = profile === undefined && (Object.keys(urls).length > 0 || urlsOf(env).length > 0);
	return standAlone || !startsPrograms(profileIn(readProfiles(profilesPath(home())), profile)?.profile);
}

const startsPrograms = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	(isAwsElsewhere(value) ||
		Object.entries(value).some(
			([key, each]) => ['command', 'keychain', 'tunnel'].includes(key) || startsPrograms(each),
		));

/** The shared files of AWS may name a `credential_process`. */
const isAwsElsewhere = (value: object): boolean =>
	'type' in value && value.type === 'sigv4' && !('accessKeyId' in value);
