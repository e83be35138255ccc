import { type Endpoint, isUnverified, parseBase } from '../../backends/endpoint.ts';
import { proxyFor } from '../../backends/ways/proxy.ts';

/** With what a backend is asked to let us in; no secret is in it. */
export type Admission = {
	/** `bearer token`, `password`, `AWS signature`, `client certificate`; empty when nothing is sent. */
	readonly credentials: readonly string[];
	readonly tenants: readonly string[];
	/** What connections go through, where it is not simply to the host: `ssh bastion.example`, `proxy.example:3128`. */
	readonly through?: string;
	/** Whoever answers is believed. */
	readonly isUnverified: boolean;
	/** The credentials go over the network as they are. */
	readonly isReadable: boolean;
	/** So does what tokens are asked for with. */
	readonly isTokenReadable: boolean;
};

/** No secrets: tenants, and what belongs to a signature. */
const open = /^(?:x-scope-orgid|x-tenant|x-amz-.*)$/;

/** Schemes of `Authorization` (RFC 9110 §11.6.2, and Amazon's) in words. */
const schemes: Readonly<Record<string, string>> = {
	bearer: 'bearer token',
	basic: 'password',
	'aws4-hmac-sha256': 'AWS signature',
};

/** Read from what would be sent; empty where that cannot be had, which the questions themselves will tell. */
export async function admissionOf(endpoint: Endpoint): Promise<Admission> {
	const { url, tokenUrl, way } = endpoint;
	const base = parseBase(endpoint);
	const sent = await endpoint.authorize({ method: 'GET', url: `${base?.origin ?? ''}${base?.prefix ?? ''}/` }).then(
		headers => new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
		() => new Map<string, string>(),
	);
	const authorization = sent.get('authorization') ?? base?.authorization;
	const tenants = (sent.get('x-scope-orgid') ?? sent.get('x-tenant') ?? '').split('|').filter(name => name !== '');
	const scheme = authorization?.split(' ')[0]?.toLowerCase();
	const headers = [...sent.keys()].filter(name => name !== 'authorization' && !open.test(name));
	const secrets = [
		...(scheme === undefined ? [] : [schemes[scheme] ?? 'credentials']),
		...headers.map(name => `header ${name}`),
	];
	const isSafe = way?.tunnel !== undefined || way?.socket !== undefined;
	return {
		credentials: [...secrets, ...(way?.tls?.cert === undefined ? [] : ['client certificate'])],
		tenants,
		...throughOf(endpoint),
		isUnverified: isUnverified(endpoint),
		isReadable: secrets.length > 0 && !isSafe && isOpen(url),
		isTokenReadable: tokenUrl !== undefined && isOpen(tokenUrl),
	};
}

/** Without the login of a proxy. */
function throughOf({ url, way }: Endpoint): Pick<Admission, 'through'> {
	if (way === undefined || !URL.canParse(url)) return {};
	if (way.tunnel !== undefined) return { through: `ssh ${way.tunnel.ssh}` };
	if (way.socket !== undefined) return { through: way.socket };
	const proxy = proxyFor(url, way);
	return proxy === undefined || 'broken' in proxy ? {} : { through: `the proxy ${proxy.host}:${proxy.port}` };
}

/** Over a network, and not by https. */
const isOpen = (url: string): boolean =>
	URL.canParse(url) && new URL(url).protocol === 'http:' && !isLoopback(new URL(url).hostname);

const isLoopback = (host: string): boolean => /^(?:localhost|127\.[\d.]+|\[::1\])$/i.test(host);
