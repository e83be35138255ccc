import dgram from 'node:dgram';
import dns from 'node:dns';
import { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Where somebody wanted to go, refused or not: `127.0.0.1:9090`, `name www.example`, `datagram`. */
export type Destinations = { readonly allowed: ReadonlySet<string>; readonly refused: readonly string[] };

/**
 * From now on the process reaches these hosts and no other, nor any name server: whoever wants to is refused, and kept. It
 * stands below all that makes connections: undici, `fetch`, TLS, proxies and websockets.
 */
export function allowOnly(urls: readonly string[]): Destinations {
	const hosts = new Set(urls.map(url => new URL(url).host));
	const allowed = new Set<string>();
	const refused: string[] = [];
	const refuse = (destination: string): never => {
		refused.push(destination);
		throw new Error(`${destination} is none of the hosts that are allowed`);
	};
	const { connect } = Socket.prototype;
	const lookup = dns.lookup;
	const { send } = dgram.Socket.prototype;
	Socket.prototype.connect = function (this: Socket, ...parts: unknown[]) {
		const destination = destinationOf(parts);
		if (!hosts.has(destination)) return refuse(destination);
		allowed.add(destination);
		return Reflect.apply(connect, this, parts);
	};
	Object.assign(dns, { lookup: (name: string) => refuse(`name ${name}`) });
	dgram.Socket.prototype.send = () => refuse('datagram');
	onTestFinished(() => {
		Socket.prototype.connect = connect;
		Object.assign(dns, { lookup });
		dgram.Socket.prototype.send = send;
	});
	return { allowed, refused };
}

/** Node hands on what it was given as a list with the options first. */
function destinationOf([first, second]: readonly unknown[]): string {
	const options: unknown = Array.isArray(first) ? first[0] : first;
	if (typeof options !== 'object' || options === null) return `${String(second ?? 'localhost')}:${String(options)}`;
	const { host = 'localhost', port, path } = options as { host?: string; port?: number | string; path?: string };
	return path === undefined || path === null ? `${host}:${port}` : `path ${path}`;
}
