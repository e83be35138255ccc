import { basicOf } from '../basic.ts';
import type { Way } from './way.ts';

/** A proxy that connections go through, and who says so. */
export type ProxyServer = {
	readonly scheme: 'http' | 'https' | 'socks';
	readonly host: string;
	readonly port: number;
	readonly login?: { readonly user: string; readonly password: string };
	/** The variable of the environment that names it; absent where the operator's profile does. */
	readonly variable?: string;
};

/** What stands where a proxy should, and is none. Its text is not told: a password may be in it. */
export type NoProxy = { readonly broken: true; readonly variable?: string };

const ports: Readonly<Record<ProxyServer['scheme'], number>> = { http: 80, https: 443, socks: 1080 };

/**
 * The proxy for a backend's URL: what the profile says, else the environment, as curl and Go read it. What is on this
 * machine is never asked through the environment's.
 */
export function proxyFor(url: string, { proxy, env }: Way): ProxyServer | NoProxy | undefined {
	if (proxy === 'none') return undefined;
	if (proxy !== undefined) return parseProxy(proxy) ?? { broken: true };
	const target = new URL(url);
	const scheme = target.protocol === 'https:' ? 'https' : 'http';
	const name = [`${scheme}_proxy`, 'all_proxy'].flatMap(bothCases).find(each => env[each]?.trim());
	if (name === undefined || isLoopback(target.hostname) || isExempt(target, noProxyIn(env))) return undefined;
	const named = parseProxy(env[name]?.trim() ?? '');
	return named === undefined ? { broken: true, variable: name } : { ...named, variable: name };
}

/** Basic, the only scheme that proxies and their clients have in common (RFC 7617). */
export const proxyAuthorization = ({ login }: ProxyServer): { readonly 'proxy-authorization'?: string } =>
	login === undefined ? {} : { 'proxy-authorization': basicOf(login.user, login.password) };

const bothCases = (name: string): readonly string[] => [name, name.toUpperCase()];

const noProxyIn = (env: NodeJS.ProcessEnv): string => env.no_proxy ?? env.NO_PROXY ?? '';

/** A proxy without a scheme is one of HTTP. Either scheme of SOCKS leaves it to the proxy to look names up, as in Go. */
function parseProxy(text: string): ProxyServer | undefined {
	const spelt = text.includes('://') ? text : `http://${text}`;
	if (!URL.canParse(spelt)) return undefined;
	const { protocol, hostname, port, username, password } = new URL(spelt);
	const scheme = schemeOf(protocol);
	if (scheme === undefined || hostname === '') return undefined;
	return {
		scheme,
		host: withoutBrackets(hostname),
		port: port === '' ? ports[scheme] : Number(port),
		...(username === '' ? {} : { login: { user: decoded(username), password: decoded(password) } }),
	};
}

function schemeOf(protocol: string): ProxyServer['scheme'] | undefined {
	if (protocol === 'http:' || protocol === 'https:') return protocol === 'http:' ? 'http' : 'https';
	return /^socks(?:5h?)?:$/.test(protocol) ? 'socks' : undefined;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

const isLoopback = (host: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

/**
 * Whether `NO_PROXY` names the host: `*`, a domain (with all below it, a dot or `*.` before it or not), an address, a
 * network of IPv4 (`10.0.0.0/8`), each with or without a port. There is no standard; this is what curl and Go share.
 */
export function isExempt(target: URL, list: string): boolean {
	const port = target.port || (target.protocol === 'https:' ? '443' : '80');
	return list
		.split(/[\s,]+/)
		.filter(Boolean)
		.some(entry => isNamed(entry.toLowerCase(), target.hostname, port));
}

function isNamed(entry: string, host: string, port: string): boolean {
	if (entry === '*') return true;
	const [, name = entry, wanted = port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
	if (wanted !== port) return false;
	const network = /^([\d.]+)\/(\d+)$/.exec(name);
	if (network !== null) return isInNetwork(host, network[1] ?? '', Number(network[2]));
	const domain = withoutBrackets(name.replace(/^\*?\./, ''));
	const bare = withoutBrackets(host);
	return bare === domain || bare.endsWith(`.${domain}`);
}

function isInNetwork(host: string, network: string, bits: number): boolean {
	const [left, right] = [addressOf(host), addressOf(network)];
	const size = 2 ** (32 - bits);
	return left !== undefined && right !== undefined && Math.floor(left / size) === Math.floor(right / size);
}

/** The 32 bits of an IPv4 address. */
function addressOf(text: string): number | undefined {
	const parts = text.split('.').map(Number);
	const isAddress = parts.length === 4 && parts.every(part => Number.isInteger(part) && part >= 0 && part <= 255);
	return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
