import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { FailureError } from '../../model/failure.ts';
import { type Endpoint, whoOf } from '../endpoint.ts';
import { blockedWay } from './blocked-way.ts';
import { expandHome } from './expand-home.ts';
import { settingsOf } from './settings.ts';
import type { TlsWay, Way } from './way.ts';

/** What of a way Node's TLS is told; PEM, checked. */
export type SecureOptions = {
	readonly ca?: string;
	readonly cert?: string;
	readonly key?: string;
	readonly passphrase?: string;
};

/** A file of PEM: what it is to the operator, and where its path stands. */
type Pem = { readonly path: string; readonly role: string; readonly mend: string };

/**
 * The files of a way, read and checked. Each that is missing, cannot be read, holds something else or does not fit the
 * others is a `FailureError` that names it: OpenSSL's own words name no file.
 */
export async function readTlsFiles(endpoint: Endpoint): Promise<SecureOptions> {
	const { way } = endpoint;
	if (way === undefined) return {};
	const [ca, pair] = await Promise.all([readAuthorities(endpoint, way), readPair(endpoint, way)]);
	return { ...(ca === undefined ? {} : { ca }), ...pair };
}

const readAuthorities = (endpoint: Endpoint, { tls, env }: Way): Promise<string | undefined> =>
	tls?.ca === undefined
		? readEnvironmentAuthorities(endpoint)
		: readCertificates(endpoint, pemOf(endpoint, 'ca', tls.ca, env));

/**
 * The authorities that the environment names; `undefined` leaves it to Node. Node adds those of `NODE_EXTRA_CA_CERTS` to its
 * own by itself, and does not know `SSL_CERT_FILE`, which others (OpenSSL, curl, Go) take in place of the system's.
 */
export async function readEnvironmentAuthorities(endpoint: Endpoint): Promise<string | undefined> {
	const { SSL_CERT_FILE: path, NODE_EXTRA_CA_CERTS: extra } = endpoint.way?.env ?? {};
	if (!path) return undefined;
	const files = [
		{ path, role: 'CA file', mend: 'Mend or unset SSL_CERT_FILE' },
		...(extra ? [{ path: extra, role: 'CA file', mend: 'Mend or unset NODE_EXTRA_CA_CERTS' }] : []),
	];
	return (await Promise.all(files.map(file => readCertificates(endpoint, file)))).join('\n');
}

const roles = { ca: 'CA file', cert: 'client certificate', key: 'key of the client certificate' } as const;

function pemOf(endpoint: Endpoint, field: keyof typeof roles, path: string, env: NodeJS.ProcessEnv): Pem {
	const isTyped = field === 'ca' && endpoint.origin === 'this form';
	const place = isTyped ? 'the line CA file' : `tls.${field} of ${settingsOf(endpoint)}`;
	return { path: expandHome(path, env), role: roles[field], mend: `Check ${place}` };
}

async function readCertificates(endpoint: Endpoint, pem: Pem): Promise<string> {
	const text = await readPem(endpoint, pem);
	certificateIn(endpoint, text, pem);
	return text;
}

async function readPair(endpoint: Endpoint, { tls, env }: Way): Promise<SecureOptions> {
	if (tls?.cert === undefined) {
		if (tls?.key === undefined) return {};
		throw halfSet(endpoint, 'a key and no certificate', 'cert');
	}
	const certPem = pemOf(endpoint, 'cert', tls.cert, env);
	const cert = await readPem(endpoint, certPem);
	const certificate = certificateIn(endpoint, cert, certPem);
	const keyPem = tls.key === undefined ? { ...certPem, role: roles.key } : pemOf(endpoint, 'key', tls.key, env);
	const key = tls.key === undefined ? cert : await readPem(endpoint, keyPem);
	if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) {
		throw tls.key === undefined
			? halfSet(endpoint, 'a client certificate and no key', 'key')
			: unusable(endpoint, keyPem, 'holds no private key as PEM');
	}
	const passphrase = await passphraseOf(endpoint, key, tls);
	const readable = keyIn(endpoint, key, passphrase, keyPem);
	if (!certificate.checkPrivateKey(readable)) {
		throw unusable(endpoint, keyPem, `does not belong to the certificate in ${certPem.path}`);
	}
	return { cert, key, ...(passphrase === undefined ? {} : { passphrase }) };
}

async function passphraseOf(endpoint: Endpoint, key: string, tls: TlsWay): Promise<string | undefined> {
	if (!/ENCRYPTED/.test(key)) return undefined;
	if (tls.passphrase === undefined) {
		throw halfSet(endpoint, 'an encrypted key and no passphrase', 'passphrase');
	}
	return tls.passphrase();
}

function keyIn(endpoint: Endpoint, key: string, passphrase: string | undefined, pem: Pem): KeyObject {
	try {
		return createPrivateKey(passphrase === undefined ? key : { key, passphrase });
	} catch {
		const why =
			passphrase === undefined ? 'holds no private key that can be read' : 'does not open with its passphrase';
		throw unusable(endpoint, pem, why);
	}
}

function certificateIn(endpoint: Endpoint, text: string, pem: Pem): X509Certificate {
	try {
		const [first = ''] = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END [\s\S]*?-----/.exec(text) ?? [];
		return new X509Certificate(first);
	} catch {
		throw unusable(endpoint, pem, 'holds no certificate as PEM');
	}
}

/** In bytes; the authorities of Mozilla are a quarter of it. */
const longestPem = 2 ** 20;

/** Pipes and devices are not waited for: they may have no end. */
async function readPem(endpoint: Endpoint, pem: Pem): Promise<string> {
	try {
		const status = await stat(pem.path);
		if (!status.isFile()) throw unusable(endpoint, pem, 'is no file');
		if (status.size > longestPem) throw unusable(endpoint, pem, 'is larger than 1 MB');
		return await readFile(pem.path, 'utf8');
	} catch (error) {
		if (error instanceof FailureError) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		throw unusable(endpoint, pem, code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`);
	}
}

const unusable = (endpoint: Endpoint, { path, role, mend }: Pem, why: string): FailureError =>
	blockedWay(endpoint, 'tls', {
		what: `The ${role} for ${whoOf(endpoint)} cannot be used: ${path} ${why}.`,
		next: `${mend}, then press R.`,
	});

const halfSet = (endpoint: Endpoint, what: string, field: string): FailureError =>
	blockedWay(endpoint, 'tls', {
		what: `${whoOf(endpoint)} has ${what} in its TLS settings.`,
		next: `Name it as tls.${field} of ${settingsOf(endpoint)}, then press R.`,
	});
