import type { Endpoint } from '../endpoint.ts';
import { authorityOf, type Target } from './authority.ts';
import { createTunnel, type Tunnel } from './tunnel.ts';

/** One for each host and target, whoever asks through it. */
const tunnels = new Map<string, Tunnel>();

/** The tunnel through that host; nothing is begun before it is asked for its entrance. */
export function tunnelTo(ssh: string, target: Target, env: NodeJS.ProcessEnv): Tunnel {
	const key = keyOf(ssh, target);
	const tunnel = tunnels.get(key) ?? createTunnel({ ssh, target, env });
	tunnels.set(key, tunnel);
	return tunnel;
}

/** Ends all tunnels but those on the way to these; whoever asks through another one all the same begins it anew. */
export function endTunnelsBut(endpoints: readonly Endpoint[]): void {
	const used = new Set(endpoints.flatMap(keysOf));
	for (const [key, tunnel] of tunnels) {
		if (used.has(key)) continue;
		tunnels.delete(key);
		tunnel.end();
	}
}

/** A server of tokens is reached on the same way. */
function keysOf({ url, replicas = [], tokenUrl, way }: Endpoint): readonly string[] {
	const ssh = way?.tunnel?.ssh;
	if (ssh === undefined) return [];
	return [url, ...replicas, ...(tokenUrl === undefined ? [] : [tokenUrl])]
		.filter(each => URL.canParse(each))
		.map(each => {
			const { hostname, port, protocol } = new URL(each);
			// As undici names the target: an address of IPv6 without its brackets.
			const host = hostname.replace(/^\[(.*)\]$/, '$1');
			return keyOf(ssh, { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
		});
}

const keyOf = (ssh: string, target: Target): string => `${authorityOf(target)} ${ssh}`;
