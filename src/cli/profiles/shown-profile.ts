import { redactField } from '../../analysis/redact.ts';
import { withoutUnseen } from '../print/json.ts';
import type { Profile } from './profile.ts';

/**
 * The profile as JSON for showing: where a secret comes from is told, a literal one is not, wherever it stands: in
 * `auth`, a header, the passphrase of a key, the user info or the query of a URL, or under a key that only a newer
 * version knows.
 */
export const shownProfile = (profile: Profile): string => withoutUnseen(JSON.stringify(profile, withoutSecret, 2));

const hidden = 'hidden';

/** The keys of secrets in the schema; a test finds them all. */
const secretKeys: readonly string[] = [
	'token',
	'password',
	'clientSecret',
	'accessKeyId',
	'secretAccessKey',
	'sessionToken',
	'passphrase',
];

function withoutSecret(key: string, value: unknown): unknown {
	if (key === 'headers' && isRecord(value)) return Object.fromEntries(Object.entries(value).map(hiddenLiteral));
	if (typeof value !== 'string') return value;
	if (secretKeys.includes(key)) return hidden;
	return URL.canParse(value) ? withoutUrlSecrets(value) : redactField(key, value);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const hiddenLiteral = ([name, value]: readonly [string, unknown]): [string, unknown] => [
	name,
	typeof value === 'string' ? hidden : value,
];

/** User, password and the values of parameters: gateways take tokens in any of them. */
function withoutUrlSecrets(text: string): string {
	const url = new URL(text);
	if (url.username !== '') url.username = hidden;
	if (url.password !== '') url.password = hidden;
	for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, hidden);
	return url.href;
}
