import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Milliseconds } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import { codeOf } from '../error-code.ts';
import { loadConnector } from '../undici.ts';
import { opened } from './opened.ts';
import { certificateOf, type PeerCertificate } from './peer-certificate.ts';
import type { Reach, Reached } from './reach.ts';
import { HandshakeError, isAboutCertificate, isTlsCode } from './tls-failure.ts';
import { readTlsFiles } from './tls-files.ts';

/** Opens connections to a backend. */
export type Connector = {
	/** As undici's agents ask for them. */
	readonly connect: buildConnector.connector;
	/** What certificate the server shows, whoever it is. Nothing is said to it; `undefined` where it cannot be seen. */
	readonly look: (options: buildConnector.Options) => Promise<PeerCertificate | undefined>;
};

/**
 * Connections along a way; straight to the host without `reach`. A server whose certificate does not do is never spoken to:
 * what its certificate says is looked up over a second connection, which is closed at once.
 */
export async function createConnector(
	endpoint: Endpoint,
	timeout: Milliseconds,
	reach: Reach | undefined,
): Promise<Connector> {
	const [secured, plain] = [await createSecured(endpoint, timeout), (await loadConnector())({ timeout })];

	async function open(options: buildConnector.Options, kind: keyof Secured): Promise<Socket> {
		const isSecure = options.protocol === 'https:';
		const connectors = isSecure ? await secured() : undefined;
		const reached = await reach?.({ host: options.hostname, port: portOf(options) });
		if (connectors === undefined) return reached === undefined ? opened(plain, options) : tellingWhy(reached);
		const { serverName } = endpoint.way?.tls ?? {};
		const secure = await opened(connectors[kind], {
			...options,
			...(serverName === undefined ? {} : { servername: serverName }),
			...(reached === undefined ? {} : { httpSocket: reached.socket }),
		}).catch(error => {
			throw (codeOf(error) === 'ECONNRESET' && reached?.whyCut?.()) || error;
		});
		return keepingAlerts(secure);
	}

	async function look(options: buildConnector.Options): Promise<PeerCertificate | undefined> {
		const socket = await open(options, 'blind').catch(() => undefined);
		const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
		socket?.on('error', () => undefined).destroy();
		return certificate;
	}

	async function explained(error: unknown, options: buildConnector.Options): Promise<Error> {
		const code = codeOf(error);
		if (!(error instanceof Error)) return new Error(String(error));
		if (!isTlsCode(code)) return error;
		return new HandshakeError(error, code, isAboutCertificate(code) ? await look(options) : undefined);
	}

	const connect: buildConnector.connector = (options, callback) => {
		open(options, 'strict').then(
			socket => callback(null, socket),
			async error => callback(await explained(error, options), null),
		);
	};
	return { connect, look };
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

/** Says why the connection ended where nothing has come over it. */
function tellingWhy({ socket, whyCut }: Reached): Socket {
	if (whyCut === undefined) return socket;
	const isUnused = () => socket.bytesRead === 0;
	return socket
		.once('end', () => isUnused() && socket.destroy(whyCut()))
		.once('error', error => {
			if (codeOf(error) === 'ECONNRESET' && isUnused()) error.cause ??= whyCut();
		});
}

/** `blind` takes whoever answers for the server: only to look at its certificate. */
type Secured = { readonly strict: buildConnector.connector; readonly blind: buildConnector.connector };

/** Files are read for each connection, of which there are few: certificates that live for hours are renewed in place. */
async function createSecured(endpoint: Endpoint, timeout: Milliseconds): Promise<() => Promise<Secured>> {
	const build = await loadConnector();
	let known: (Secured & { readonly text: string }) | undefined;
	return async () => {
		const files = await readTlsFiles(endpoint);
		const text = JSON.stringify(files);
		if (known?.text !== text) {
			// Always told, so that NODE_TLS_REJECT_UNAUTHORIZED of the environment switches nothing off unseen.
			const rejectUnauthorized = endpoint.way?.tls?.skipVerify !== true;
			known = {
				text,
				strict: build({ ...files, timeout, rejectUnauthorized }),
				blind: build({ ...files, timeout, rejectUnauthorized: false, maxCachedSessions: 0 }),
			};
		}
		return known;
	};
}

const portOf = ({ port, protocol }: buildConnector.Options): number =>
	Number(port) || (protocol === 'https:' ? 443 : 80);
