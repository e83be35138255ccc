import type { Failure } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { PeerCertificate } from './peer-certificate.ts';

/** A handshake that failed, and whom we met, where that could be seen. `code` is that of OpenSSL or Node. */
export class HandshakeError extends Error {
	override readonly name = 'HandshakeError';
	readonly code: string;
	readonly certificate: PeerCertificate | undefined;

	constructor(cause: Error, code: string, certificate: PeerCertificate | undefined) {
		super(cause.message, { cause });
		this.code = code;
		this.certificate = certificate;
	}
}

/** OpenSSL's verification codes (`x509_verify_cert_error_string`), Node's own, and a peer that does not speak TLS. */
const tlsCode =
	/^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|EPROTO)/;

export const isTlsCode = (code: string): boolean => tlsCode.test(code);

/** True for what a look at the certificate explains. */
export const isAboutCertificate = (code: string): boolean => isTlsCode(code) && !/^(?:ERR_SSL_|EPROTO)/.test(code);

export type Handshaking = {
	/** `Loki at logs.example`, or a proxy. */
	readonly who: string;
	/** Where what we were told of it stands: `profile prod-eu`. */
	readonly origin: string;
	/** Where `tls` of it is set: `loki in profile prod-eu`. */
	readonly settings: string;
	readonly code: string;
	/** OpenSSL's words. */
	readonly words: string;
	readonly certificate?: PeerCertificate | undefined;
};

type Sentence = Pick<Failure, 'kind' | 'what' | 'next' | 'words' | 'isUntrusted'>;

/** Why no safe connection came about. */
export function tlsSentence(handshaking: Handshaking): Sentence {
	const { who, origin, words, code } = handshaking;
	const said = certificateSentence(handshaking) ?? clientSentence(handshaking) ?? protocolSentence(handshaking);
	return said === undefined
		? {
				kind: 'tls',
				what: `${who} could not agree with us on a safe connection (TLS).`,
				words: words || code,
				next: `Check its certificate, and whether the URL in ${origin} is http or https.`,
			}
		: { kind: 'tls', ...said };
}

type Said = { readonly what: string; readonly next: string; readonly isUntrusted?: true };

function certificateSentence(handshaking: Handshaking): Said | undefined {
	const { who, certificate, code, settings } = handshaking;
	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return {
				what: `${expired(handshaking)}.`,
				next: 'Have it renewed; if that day is yet to come, set the clock of this machine.',
			};
		case 'CERT_NOT_YET_VALID': {
			const from = latest(
				certificate?.validFrom,
				certificate?.chain.map(({ validFrom }) => validFrom),
			);
			return {
				what: `${who} shows a certificate that is not valid yet${from === undefined ? '' : `, but from ${dayOf(from)}`}.`,
				next: 'Check the clock of this machine.',
			};
		}
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
			return {
				what: `${who} shows a certificate that it signed itself${named(certificate?.subject)}.`,
				next: `If it is the right one, save it to a file and name that ${isTyped(handshaking) ? caLine : `as tls.ca of ${settings}`}.`,
				isUntrusted: true,
			};
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
		case 'HOSTNAME_MISMATCH':
			return {
				what: `${who} shows a certificate for another name${namesOf(certificate)}.`,
				next: `Use that name in the URL, or set it as tls.serverName of ${settings}.`,
			};
		case 'CERT_REVOKED':
			return { what: `${who} shows a certificate that was revoked.`, next: 'Have it replaced.' };
		default:
			return unknownAuthority.has(code) ? authoritySentence(handshaking) : undefined;
	}
}

const unknownAuthority = new Set([
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'CERT_SIGNATURE_FAILURE',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
]);

/** Node brings the authorities of Mozilla and does not read those of the system, where companies put theirs. */
function authoritySentence(handshaking: Handshaking): Said {
	const { who, certificate, settings } = handshaking;
	const root = certificate?.chain.at(-1)?.subject ?? certificate?.issuer;
	const where = isTyped(handshaking) ? ` ${caLine}` : `: tls.ca of ${settings}, or NODE_EXTRA_CA_CERTS`;
	const system = `${isTyped(handshaking) ? '' : 'SSL_CERT_FILE='}/etc/ssl/certs/ca-certificates.crt on Debian`;
	return {
		what: `${who} shows a certificate of an authority that is not trusted here${named(root)}.`,
		next: `If it is that of your company, name its file${where}. The system's own list is not read by itself: ${system}.`,
		isUntrusted: true,
	};
}

/** Where a profile is typed: what is wrong is mended there. */
const isTyped = ({ origin }: Handshaking): boolean => origin === 'this form';
const caLine = 'in the line CA file';

/** Alerts of the server about our certificate (RFC 8446 §6.2), under the names that OpenSSL gives them. */
function clientSentence({ who, code, settings }: Handshaking): Said | undefined {
	if (/CERTIFICATE_REQUIRED|PEER_DID_NOT_RETURN_A_CERTIFICATE/.test(code)) return clientWanted(who, settings);
	if (/ALERT_HANDSHAKE_FAILURE/.test(code)) {
		return {
			what: `${who} broke off the TLS handshake: it wants a client certificate, or none of our ciphers.`,
			next: `If it wants one, set tls.cert and tls.key of ${settings}.`,
		};
	}
	const why = clientAlerts.find(([pattern]) => pattern.test(code))?.[1];
	if (why === undefined) return undefined;
	return { what: `${who} does not accept our client certificate: ${why}.`, next: `Check tls.cert of ${settings}.` };
}

/** The sentence for a server that lets in only those who show a certificate. */
export const clientWanted = (who: string, settings: string): Said => ({
	what: `${who} wants a client certificate.`,
	next: `Set tls.cert and tls.key of ${settings}.`,
});

const clientAlerts: readonly (readonly [RegExp, string])[] = [
	[/ALERT_UNKNOWN_CA/, 'it does not know the authority that signed it'],
	[/ALERT_CERTIFICATE_EXPIRED/, 'it has expired'],
	[/ALERT_CERTIFICATE_REVOKED/, 'it was revoked'],
	[/ALERT_(?:BAD|UNSUPPORTED)_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN|ALERT_DECRYPT_ERROR/, 'it gives no other reason'],
	[/ALERT_ACCESS_DENIED/, 'it may not come in'],
];

function protocolSentence({ who, code, origin }: Handshaking): Said | undefined {
	if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE/.test(code)) {
		return {
			what: `${who} does not speak TLS at this port.`,
			next: `Check the port, and whether the URL in ${origin} should begin with http.`,
		};
	}
	if (/UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION|VERSION_TOO_LOW/.test(code)) {
		return {
			what: `${who} speaks only versions of TLS older than 1.2, which are not safe.`,
			next: 'Have TLS 1.2 or 1.3 switched on there, or put a proxy that speaks it before it.',
		};
	}
	return undefined;
}

/** Which one expired: that of the server, or one above it. */
function expired({ who, certificate }: Handshaking): string {
	if (certificate === undefined) return `The certificate of ${who} has expired`;
	const all = [certificate, ...certificate.chain];
	const first = all.reduce((left, right) => (right.validTo < left.validTo ? right : left));
	const which = first === certificate ? 'The certificate' : `The authority ${first.subject} above the certificate`;
	return `${which} of ${who} expired on ${dayOf(first.validTo)}`;
}

function latest(first: Milliseconds | undefined, others: readonly Milliseconds[] = []): Milliseconds | undefined {
	return first === undefined ? undefined : Math.max(first, ...others);
}

const named = (name: string | undefined): string => (name === undefined ? '' : ` (${name})`);

const mostNames = 5;

function namesOf(certificate: PeerCertificate | undefined): string {
	if (certificate === undefined) return '';
	const { names, subject } = certificate;
	if (names.length === 0) return `: it names ${subject} only as its subject`;
	const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
	return `: ${names.slice(0, mostNames).join(', ')}${more}`;
}

/** `2026-03-01 12:00 UTC`; whoever writes a certificate may write a time that is none. */
const dayOf = (time: Milliseconds): string =>
	Number.isNaN(time) ? 'a day that is none' : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
