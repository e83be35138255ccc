import type { PeerCertificate as NodeCertificate, TLSSocket } from 'node:tls';
import type { Milliseconds } from '../../model/time.ts';

/** What a server shows of itself before anything is said to it. */
export type PeerCertificate = {
	/** The common name, or the whole subject in one line where there is none. */
	readonly subject: string;
	readonly issuer: string;
	/** Names and addresses it is good for. */
	readonly names: readonly string[];
	readonly validFrom: Milliseconds;
	readonly validTo: Milliseconds;
	/** Those above it that the server sent or we know, the nearest first. */
	readonly chain: readonly Pick<PeerCertificate, 'subject' | 'validFrom' | 'validTo'>[];
};

/** The certificate at the other end of a connection; `undefined` where there is none. */
export function certificateOf(socket: TLSSocket): PeerCertificate | undefined {
	const certificate = socket.getPeerCertificate(true);
	return 'valid_to' in certificate ? readCertificate(certificate, certificate.issuerCertificate) : undefined;
}

/** A certificate as Node describes it. */
export function readCertificate(certificate: NodeCertificate, above?: NodeCertificate): PeerCertificate {
	return {
		...validityOf(certificate),
		issuer: nameIn(certificate.issuer),
		names: namesIn(certificate),
		chain: chainOf(certificate, above),
	};
}

const validityOf = ({ subject, valid_from, valid_to }: NodeCertificate) => ({
	subject: nameIn(subject),
	validFrom: Date.parse(valid_from),
	validTo: Date.parse(valid_to),
});

/** Node lets the last one be its own issuer. */
function chainOf(first: NodeCertificate, above: NodeCertificate | undefined): PeerCertificate['chain'] {
	const chain: NodeCertificate[] = [];
	for (let next: MaybeIssued | undefined = above; next !== undefined; next = next.issuerCertificate) {
		if (next === first || chain.includes(next)) break;
		chain.push(next);
	}
	return chain.map(validityOf);
}

type MaybeIssued = NodeCertificate & { readonly issuerCertificate?: NodeCertificate };

function nameIn(subject: NodeCertificate['subject'] | undefined): string {
	const { CN, O } = subject ?? {};
	return bounded([CN ?? O ?? 'a nameless certificate'].flat().join(', '));
}

/** `DNS:metrics.example, IP Address:127.0.0.1` as Node writes it; names with odd characters in it are quoted as JSON. */
const namesIn = ({ subjectaltname = '' }: NodeCertificate): readonly string[] =>
	[...subjectaltname.matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, name = '']) => bounded(name));

const bounded = (name: string): string => name.slice(0, 100);
