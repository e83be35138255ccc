import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Headers, Outgoing, Refusal } from '../../backends/endpoint.ts';
import { FailureError } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Auth } from '../profiles/profile.ts';
import type { AccessContext, Authorizer } from './access.ts';
import { type AwsKeys, awsKeys } from './aws-keys.ts';

export type SigV4 = Extract<Auth, { type: 'sigv4' }>;

/** AWS Signature Version 4 over method, path, query, host and body of every message. */
export function createSigV4(auth: SigV4, context: AccessContext, where: string): Authorizer {
	const { now = Date.now, env } = context;
	const keys = awsKeys(auth, context, where);
	return {
		async headers(message) {
			const known = await keys.get();
			const region = auth.region ?? regionIn(message.url) ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? known.region;
			if (region === undefined) throw noRegion(where);
			return signed(message, { keys: known, region, service: auth.service ?? 'aps', at: now() });
		},
		forget: () => keys.forget(),
		isStale,
	};
}

/** As the services of AWS word it, with 403: `The security token included in the request is expired`. */
const isStale = ({ body }: Refusal): boolean =>
	/ExpiredToken|security token included in the request is (?:expired|invalid)/i.test(body);

/**
 * `aps-workspaces.eu-central-1.amazonaws.com`, and its like behind a VPC endpoint, in China and with `api.aws`:
 * the part that is written as regions are.
 */
function regionIn(url: string): string | undefined {
	const { hostname } = new URL(url);
	if (!/\.(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(hostname)) return undefined;
	return hostname.split('.').find(part => /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(part));
}

const noRegion = (where: string): FailureError =>
	new FailureError({
		kind: 'secret',
		what: `There is no AWS region for ${where}: the host of the URL names none.`,
		next: `Set region in ${where}, or AWS_REGION.`,
	});

/** With what, for where and when a message is signed. */
export type Signing = {
	readonly keys: AwsKeys;
	readonly region: string;
	readonly service: string;
	readonly at: Milliseconds;
	/** Whether the digest of the body is sent too, as `x-amz-content-sha256`; true when absent. */
	readonly sendsDigest?: boolean;
};

/** The headers that make the message a signed one. */
export async function signed({ method, url, body }: Outgoing, signing: Signing): Promise<Headers> {
	const { keys, region, service, at, sendsDigest: applyChecksum = true } = signing;
	const signer = new SignatureV4({ credentials: keys, region, service, sha256: Sha256, applyChecksum });
	const { protocol, hostname, host, pathname: path, search } = new URL(url);
	const { headers } = await signer.sign(
		{ method, protocol, hostname, path, query: queryOf(search), headers: { host }, body },
		{ signingDate: new Date(at) },
	);
	// The host is sent by whoever opens the connection.
	const { host: _, ...ours } = headers;
	return ours;
}

class Sha256 extends Hash {
	constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
		super('sha256', secret);
	}
}

/** All values of each name, decoded: the signer encodes them again in its own way. */
function queryOf(search: string): Record<string, string[]> {
	const query: Record<string, string[]> = Object.create(null);
	for (const [name, value] of new URLSearchParams(search)) query[name] = [...(query[name] ?? []), value];
	return query;
}
