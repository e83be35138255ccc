import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Milliseconds } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import { codeOf } from '../error-code.ts';
import { loadConnector } from '../undici.ts';
import { isCut, type Open, targetOf } from './connector.ts';
import { opened } from './opened.ts';
import { certificateOf, type PeerCertificate } from './peer-certificate.ts';
import type { Reach } from './reach.ts';
import { HandshakeError, isAboutCertificate, isTlsCode } from './tls-failure.ts';
import { readTlsFiles } from './tls-files.ts';

/**
 * Connections with TLS. A server whose certificate does not do is never spoken to: what its certificate says is looked up
 * over a second connection, which is closed at once.
 */
export async function createSecure(endpoint: Endpoint, timeout: Milliseconds, reach: Reach | undefined): Promise<Open> {
	const connectors = await createConnectors(endpoint, timeout);
	const { serverName } = endpoint.way?.tls ?? {};

	async function open(options: buildConnector.Options, kind: keyof Connectors): Promise<Socket> {
		const { [kind]: connect } = await connectors();
		const reached = await reach?.(targetOf(options));
		const socket = await opened(connect, {
			...options,
			...(serverName === undefined ? {} : { servername: serverName }),
			...(reached === undefined ? {} : { httpSocket: reached.socket }),
		}).catch(error => {
			throw (isCut(error) && reached?.whyCut?.()) || error;
		});
		return keepingAlerts(socket);
	}

	async function look(options: buildConnector.Options): Promise<PeerCertificate | undefined> {
		const socket = await open(options, 'blind').catch(() => undefined);
		const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
		socket?.on('error', () => undefined).destroy();
		return certificate;
	}

	return async options =>
		open(options, 'strict').catch(async error => {
			const code = codeOf(error);
			if (!isTlsCode(code)) throw error;
			throw new HandshakeError(error, code, isAboutCertificate(code) ? await look(options) : undefined);
		});
}

/**
 * Since TLS 1.3 a server refuses a client's certificate when the handshake is over. undici would tell no more than that
 * the other side closed, which it does right behind the alert.
 */
function keepingAlerts(socket: Socket): Socket {
	return socket.once('error', error => {
		if (isTlsCode(codeOf(error))) socket.destroy(error);
	});
}

/** `blind` takes whoever answers for the server: only to look at its certificate. */
type Connectors = { readonly strict: buildConnector.connector; readonly blind: buildConnector.connector };

/** Files are read for each connection, of which there are few: certificates that live for hours are renewed in place. */
async function createConnectors(endpoint: Endpoint, timeout: Milliseconds): Promise<() => Promise<Connectors>> {
	const build = await loadConnector();
	let known: (Connectors & { readonly text: string }) | undefined;
	return async () => {
		const files = await readTlsFiles(endpoint);
		const text = JSON.stringify(files);
		if (known?.text !== text) {
			// HTTP/2 stays off: undici's windows hold a long answer back. Over a line of 40 ms to the other end and back, 20 MB
			// took 3.6 s by it and 0.35 s without, eight small questions at once 0.14 s and 0.05 s; handshakes took the same.
			// Verification is always told, so that NODE_TLS_REJECT_UNAUTHORIZED of the environment switches nothing off unseen.
			const rejectUnauthorized = endpoint.way?.tls?.skipVerify !== true;
			// Once for all connections: a system's list of authorities takes some time to read.
			const secureContext = createSecureContext(files);
			known = {
				text,
				strict: build({ secureContext, timeout, rejectUnauthorized }),
				blind: build({ secureContext, timeout, rejectUnauthorized: false, maxCachedSessions: 0 }),
			};
		}
		return known;
	};
}
