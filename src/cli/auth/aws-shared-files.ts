import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles, type ParsedIniData } from '@smithy/shared-ini-file-loader';
import * as z from 'zod/mini';
import type { Milliseconds } from '../../model/time.ts';
import type { AwsKeys } from './aws-keys.ts';
import { NoSecretError } from './no-secret-error.ts';
import type { Surroundings } from './secret.ts';
import { run } from './secret-command.ts';

export type SharedKeys = {
	readonly keys: AwsKeys;
	/** Unix time; absent where they do not say. */
	readonly expires?: Milliseconds;
};

type Section = NonNullable<ParsedIniData[string]>;

/**
 * The keys of a profile in `~/.aws/config` and `~/.aws/credentials`: written there, or told by its `credential_process`.
 * What of such a profile needs more (roles, single sign-on) is left to AWS' own command. Rejects with a `NoSecretError`.
 */
export async function readSharedKeys(profile: string, surroundings: Surroundings): Promise<SharedKeys> {
	const section = await sectionOf(profile, surroundings.env);
	const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey, region } = section;
	const place = region === undefined ? {} : { region };
	if (accessKeyId && secretAccessKey) {
		const { aws_session_token: sessionToken } = section;
		return { keys: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}), ...place } };
	}
	if (section.credential_process) {
		const { keys, ...told } = await processKeys(section.credential_process, profile, surroundings);
		return { ...told, keys: { ...keys, ...place } };
	}
	throw new NoSecretError(`the AWS profile ${profile} has none in its files`, { next: exportHint(profile) });
}

/** `export-credentials` is in AWS' command since 2.9; it signs in by whatever the profile says. */
const exportHint = (profile: string): string =>
	`Let another AWS profile have a credential_process of aws configure export-credentials --profile ${profile} --format process, and name that one in auth.profile.`;

/** What either file says of the profile; where both do, the file of credentials counts. */
async function sectionOf(profile: string, env: NodeJS.ProcessEnv): Promise<Section> {
	const folder = join(env.HOME ?? homedir(), '.aws');
	const { configFile, credentialsFile } = await loadSharedConfigFiles({
		configFilepath: env.AWS_CONFIG_FILE ?? join(folder, 'config'),
		filepath: env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
		ignoreCache: true,
	});
	const [config, credentials] = [configFile?.[profile], credentialsFile?.[profile]];
	if (config === undefined && credentials === undefined) {
		throw new NoSecretError(`no AWS profile is called ${profile}, and the environment has none`, {
			next: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name an AWS profile in auth.profile: one whose credential_process is aws configure export-credentials --format process has whatever the aws command finds.',
		});
	}
	return { ...config, ...credentials };
}

/** As `credential_process` prints it (AWS SDKs and Tools Reference Guide, process credential provider). */
const processSchema = z.object({
	Version: z.literal(1),
	AccessKeyId: z.string(),
	SecretAccessKey: z.string(),
	SessionToken: z.optional(z.string()),
	Expiration: z.optional(z.string()),
});

async function processKeys(line: string, profile: string, surroundings: Surroundings): Promise<SharedKeys> {
	const named = `the credential_process of the AWS profile ${profile}`;
	const { stdout, code } = await run(['sh', '-c', line], surroundings).catch(error => {
		throw error instanceof NoSecretError ? new NoSecretError(`${named}: ${error.message}`) : error;
	});
	if (code !== 0) throw new NoSecretError(`${named} failed (${code ?? 'killed'})`);
	const { data } = z.safeParse(processSchema, jsonOf(stdout));
	if (data === undefined) throw new NoSecretError(`${named} printed no keys`);
	const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken, Expiration } = data;
	const expires = Expiration === undefined ? Number.NaN : Date.parse(Expiration);
	return {
		keys: { accessKeyId, secretAccessKey, ...(SessionToken ? { sessionToken: SessionToken } : {}) },
		...(Number.isNaN(expires) ? {} : { expires }),
	};
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
