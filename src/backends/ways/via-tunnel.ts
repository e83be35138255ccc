import type { FailureError } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Endpoint, whoOf } from '../endpoint.ts';
import { codeOf } from '../error-code.ts';
import { loadConnector } from '../undici.ts';
import { blockedWay, LostOnTheWay } from './blocked-way.ts';
import { longestLogin, TunnelError } from './forward.ts';
import { opened } from './opened.ts';
import type { Reach } from './reach.ts';
import { settingsOf } from './settings.ts';
import type { Tunnel } from './tunnel.ts';
import { tunnelTo } from './tunnels.ts';
import type { Way } from './way.ts';

/** The way through what `ssh` forwards to the host of the URL; TLS and the Host header stay those of the URL. */
export async function viaTunnel(
	endpoint: Endpoint,
	{ tunnel: { ssh }, env }: Way & Required<Pick<Way, 'tunnel'>>,
	timeout: Milliseconds,
): Promise<Reach> {
	const build = await loadConnector();
	return async target => {
		const tunnel = tunnelTo(ssh, target, env);
		const entrance = await tunnel.entrance().catch(error => {
			throw error instanceof TunnelError ? noTunnel(endpoint, ssh, error) : error;
		});
		// `ssh` takes a connection before it knows whether the target does.
		const whyCut = () => closedTunnel(endpoint, ssh, tunnel);
		const connect = build('path' in entrance ? { timeout, socketPath: entrance.path } : { timeout });
		const port = 'path' in entrance ? target.port : entrance.port;
		const socket = await opened(connect, { protocol: 'http:', hostname: '127.0.0.1', port: `${port}` }).catch(error => {
			const why = whyCut();
			if (isGone(error)) tunnel.lost(entrance);
			throw why;
		});
		return { socket, whyCut };
	};
}

/** As of the socket of a master connection that has ended: nothing of ours ends with it. */
const isGone = (error: unknown): boolean => ['ECONNREFUSED', 'ENOENT'].includes(codeOf(error));

function noTunnel(endpoint: Endpoint, ssh: string, { reason, message }: TunnelError): FailureError {
	const setting = `tunnel of ${settingsOf(endpoint)}`;
	const say = (what: string, next: string) =>
		blockedWay(endpoint, reason === 'late' ? 'timeout' : 'refused', {
			what,
			next,
			...(message === '' ? {} : { words: message }),
		});
	switch (reason) {
		case 'missing':
			return say(
				`The tunnel to ${whoOf(endpoint)} needs ssh, which is not installed here.`,
				`Install it, or unset ${setting}.`,
			);
		case 'late':
			return say(
				`ssh to ${ssh}, the tunnel to ${whoOf(endpoint)}, was not ready within ${longestLogin / 1000} s.`,
				`Check ${setting}, the network and the VPN.`,
			);
		case 'ended':
			return say(
				`ssh to ${ssh}, the tunnel to ${whoOf(endpoint)}, ended.`,
				`Try ssh ${ssh} by hand: it must log in without asking anything, or be open already as a master (ControlMaster). Then press R.`,
			);
	}
}

/** Asked again: most often it is the tunnel that broke, and the next try begins a new one. */
class TunnelClosed extends LostOnTheWay {
	readonly code = 'ECONNRESET';
}

function closedTunnel(endpoint: Endpoint, ssh: string, tunnel: Tunnel): TunnelClosed {
	const words = tunnel.words();
	return new TunnelClosed({
		kind: 'refused',
		backend: endpoint.backend,
		what: `${whoOf(endpoint)} cannot be reached from ${ssh}, or closed the connection before it answered.`,
		next: `Check the URL in ${endpoint.origin} as ${ssh} sees it, and that it runs.`,
		...(words === '' ? {} : { words }),
	});
}
