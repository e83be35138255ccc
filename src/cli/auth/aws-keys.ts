import { FailureError } from '../../model/failure.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import { type Fetched, type Kept, keep } from './kept.ts';
import { NoSecretError } from './no-secret-error.ts';
import type { Surroundings } from './secret.ts';
import { secretReader } from './secret.ts';
import type { SigV4 } from './sigv4.ts';

/** What messages to AWS are signed with. */
export type AwsKeys = {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
	/** That of the shared file. */
	readonly region?: string;
};

/** What has no end of its own is read again after this long: other programs renew the shared files. */
const lifetime: Milliseconds = 5 * minute;

/**
 * The keys of the profile itself, else of the AWS profile that it names, else of the environment, else of the AWS profile
 * that `AWS_PROFILE` names or that is the default.
 */
export function awsKeys(auth: SigV4, surroundings: Surroundings, where: string): Kept<AwsKeys> {
	const { env, now = Date.now } = surroundings;
	if (auth.accessKeyId !== undefined || auth.secretAccessKey !== undefined) return ownKeys(auth, surroundings, where);
	const shared = async (profile: string): Promise<Fetched<AwsKeys>> => {
		const { readSharedKeys } = await import('./aws-shared-files.ts');
		const { keys, expires } = await readSharedKeys(profile, surroundings).catch(error => {
			throw error instanceof NoSecretError ? missing(where, error) : error;
		});
		return { value: keys, until: expires === undefined ? now() + lifetime : expires - minute };
	};
	return keep(async () => {
		const given = auth.profile === undefined ? environmentKeys(env) : undefined;
		return given === undefined ? shared(auth.profile ?? env.AWS_PROFILE ?? 'default') : { value: given, until: now() };
	}, now);
}

/** The secrets are kept by those who read them. */
function ownKeys(auth: SigV4, surroundings: Surroundings, where: string): Kept<AwsKeys> {
	const readers = fields.flatMap(field => {
		const secret = auth[field];
		return secret === undefined ? [] : [{ field, reader: secretReader(secret, surroundings) }];
	});
	return {
		async get() {
			const read = readers.map(async ({ field, reader }) => [field, await reader.read(`${where}.${field}`)] as const);
			const { accessKeyId, secretAccessKey, ...rest }: Partial<AwsKeys> = Object.fromEntries(await Promise.all(read));
			if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey, ...rest };
			const lacking = accessKeyId === undefined ? 'accessKeyId' : 'secretAccessKey';
			throw missing(`${where}.${lacking}`, new NoSecretError('both halves of the key are needed'));
		},
		forget: () => readers.map(({ reader }) => reader.forget()).some(Boolean),
	};
}

const fields = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const;

/** As every tool of AWS reads them. */
function environmentKeys(env: NodeJS.ProcessEnv): AwsKeys | undefined {
	const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: session } = env;
	if (!accessKeyId || !secretAccessKey) return undefined;
	return { accessKeyId, secretAccessKey, ...(session ? { sessionToken: session } : {}) };
}

const missing = (where: string, { message, hints }: NoSecretError): FailureError =>
	new FailureError({
		kind: 'secret',
		what: `There are no AWS keys for ${where}: ${message}.`,
		next: hints.next ?? 'Set them and press R.',
	});
