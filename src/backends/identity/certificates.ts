import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { TLSSocket } from 'node:tls';
import type { Milliseconds } from '../../model/time.ts';
import { type Endpoint, parseBase } from '../endpoint.ts';
import { certificateOf } from '../ways/peer-certificate.ts';

/** Until when a server's certificate holds. */
export type Certificate = { readonly expires: Milliseconds };

export type Certificates = {
	/** That of the last connection to the endpoint's host; `undefined` where none was made, or none with TLS. */
	readonly of: (endpoint: Endpoint) => Certificate | undefined;
	readonly stop: () => void;
};

/** What undici tells of a new connection (https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md). */
const channel = 'undici:client:connected';

/**
 * Looks at the certificates of the connections that are made from now on, whichever way they go: a connection of its own
 * would not take the way of the questions.
 */
export function watchCertificates(): Certificates {
	const byHost = new Map<string, Certificate>();
	const onConnected = (message: unknown) => {
		const { host, socket } = connectionIn(message);
		if (host === undefined || !(socket instanceof TLSSocket)) return;
		const certificate = certificateOf(socket);
		if (certificate !== undefined) byHost.set(host, { expires: certificate.validTo });
	};
	subscribe(channel, onConnected);
	return {
		of: endpoint => byHost.get(parseBase(endpoint)?.host ?? ''),
		stop: () => void unsubscribe(channel, onConnected),
	};
}

function connectionIn(message: unknown): { readonly host?: string; readonly socket?: unknown } {
	if (!isRecord(message) || !isRecord(message.connectParams)) return {};
	const { host } = message.connectParams;
	return typeof host === 'string' ? { host, socket: message.socket } : {};
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;
