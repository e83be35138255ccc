import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { awsKeys } from '../../../src/cli/auth/aws-keys.ts';
import type { SigV4 } from '../../../src/cli/auth/sigv4.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';
import { serve } from '../../helpers/loopback.ts';
import { emptyFolder } from '../folder.ts';
import { doorOf, toldBy } from './door.ts';

const where = 'profile night: prometheus.auth';

/** A home with such files of AWS. */
function home(files: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
	const folder = emptyFolder();
	mkdirSync(join(folder, '.aws'));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, '.aws', name), text);
	return { HOME: folder, PATH: process.env.PATH };
}

const keysOf = (env: NodeJS.ProcessEnv, auth: Omit<SigV4, 'type'> = {}, now = 0) =>
	awsKeys({ type: 'sigv4', ...auth }, { env, now: () => now }, where)
		.get()
		.catch(error => sentenceOf(failureOf(error)));

const credentials = `[default]
aws_access_key_id = DEFAULT
aws_secret_access_key = d/1

[night]
aws_access_key_id=NIGHT
aws_secret_access_key=n/1
aws_session_token=session
`;

const printed = { Version: 1, AccessKeyId: 'PROCESS', SecretAccessKey: 'p/1', SessionToken: 's' };

const config = `[default]
region = eu-west-1
[profile night]
region = eu-central-1
[profile process]
credential_process = echo '${JSON.stringify(printed)}'
[profile noisy]
credential_process = echo hunter2; exit 7
[profile silent]
credential_process = true
[profile hidden]
sso_session = ops
sso_account_id = 123456789012
`;

const files = { credentials, config };
const environment = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 'e/1' };

test.each<[string, NodeJS.ProcessEnv, Omit<SigV4, 'type'>, object]>([
	[
		'its own',
		{ ...environment, SECRET: 'own' },
		{ accessKeyId: 'OWN', secretAccessKey: { env: 'SECRET' }, sessionToken: 's' },
		{ accessKeyId: 'OWN', secretAccessKey: 'own', sessionToken: 's' },
	],
	[
		'the AWS profile it names',
		environment,
		{ profile: 'night' },
		{ accessKeyId: 'NIGHT', secretAccessKey: 'n/1', sessionToken: 'session', region: 'eu-central-1' },
	],
	['the environment', environment, {}, { accessKeyId: 'ENV', secretAccessKey: 'e/1' }],
	[
		'the environment, with a session',
		{ ...environment, AWS_SESSION_TOKEN: 's' },
		{},
		{ accessKeyId: 'ENV', secretAccessKey: 'e/1', sessionToken: 's' },
	],
	['AWS_PROFILE', { AWS_PROFILE: 'night' }, {}, { accessKeyId: 'NIGHT' }],
	['the default profile', {}, {}, { accessKeyId: 'DEFAULT', secretAccessKey: 'd/1', region: 'eu-west-1' }],
	['a process', {}, { profile: 'process' }, { accessKeyId: 'PROCESS', secretAccessKey: 'p/1', sessionToken: 's' }],
])('keys are those of %s', async (_, env, auth, keys) => {
	expect(await keysOf({ ...home(files), ...env }, auth)).toMatchObject(keys);
});

test('the files may be elsewhere', async () => {
	const env = home();
	const folder = emptyFolder();
	writeFileSync(join(folder, 'keys'), credentials);
	expect(await keysOf({ ...env, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'keys') })).toMatchObject({
		accessKeyId: 'DEFAULT',
	});
});

test.each<[string, Omit<SigV4, 'type'>, string]>([
	[
		'half a key',
		{ accessKeyId: 'OWN' },
		'There are no AWS keys for profile night: prometheus.auth.secretAccessKey: both halves of the key are needed. Set them and press R.',
	],
	[
		'no such profile',
		{ profile: 'day' },
		'There are no AWS keys for profile night: prometheus.auth: no AWS profile is called day, and the environment has none. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name an AWS profile in auth.profile: one whose credential_process is aws configure export-credentials --format process has whatever the aws command finds.',
	],
	[
		'a profile that signs in',
		{ profile: 'hidden' },
		'There are no AWS keys for profile night: prometheus.auth: the AWS profile hidden has none in its files. Let another AWS profile have a credential_process of aws configure export-credentials --profile hidden --format process, and name that one in auth.profile.',
	],
	[
		'a process that fails',
		{ profile: 'noisy' },
		'There are no AWS keys for profile night: prometheus.auth: the credential_process of the AWS profile noisy failed (7). Set them and press R.',
	],
	[
		'a process that says nothing',
		{ profile: 'silent' },
		'There are no AWS keys for profile night: prometheus.auth: the credential_process of the AWS profile silent printed no keys. Set them and press R.',
	],
])('%s is told', async (_, auth, sentence) => {
	expect(await keysOf(home(files), auth)).toBe(sentence);
});

test('a process is asked again a minute before its keys run out', async () => {
	const env = home();
	const calls = join(env.HOME ?? '', 'calls');
	const told = JSON.stringify({ ...printed, Expiration: '1970-01-01T01:00:00Z' });
	writeFileSync(
		join(env.HOME ?? '', '.aws', 'config'),
		`[default]\ncredential_process = echo >> ${calls}; echo '${told}'\n`,
	);
	let clock = 0;
	const keys = awsKeys({ type: 'sigv4' }, { env, now: () => clock }, where);
	const asked = () => readFileSync(calls, 'utf8').length;
	await Promise.all([keys.get(), keys.get()]);
	clock = 59 * 60_000 - 1;
	await keys.get();
	expect(asked()).toBe(1);
	clock += 1;
	await keys.get();
	expect([asked(), keys.forget()]).toEqual([2, true]);
});

test('keys that have run out are read again, once', async () => {
	const env = home({ credentials });
	const came: unknown[] = [];
	const { url } = await serve(({ headers }, response) => {
		came.push(headers['x-amz-security-token']);
		const message = 'The security token included in the request is expired';
		writeFileSync(join(env.HOME ?? '', '.aws', 'credentials'), credentials.replace('=session', '=renewed'));
		response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
	});
	const auth = { type: 'sigv4', region: 'eu-west-1', profile: 'night' } as const;
	expect(await toldBy(doorOf({ url, auth }, env))).toContain('is expired. Check what the credentials');
	expect(came).toEqual(['session', 'renewed']);
});
