import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Pair = { readonly cert: string; readonly key: string };

/** PEM files in a folder of their own. */
export type Certificates = {
	readonly folder: string;
	/** A path in the folder. */
	readonly path: (file: string) => string;
	readonly read: (file: string) => string;
	/** Removes the folder. */
	readonly remove: () => void;
};

type Wanted = {
	readonly file: string;
	readonly subject: string;
	readonly names?: string;
	readonly signedBy?: string;
	/** From and to, as `-not_before` of OpenSSL takes them; from now for a day when absent. */
	readonly days?: readonly [from: string, to: string];
};

/**
 * Certificates of two authorities that nobody else knows, made by the `openssl` command: `good` and `client` are signed by
 * `ca`; `expired` and `early` are so too; `other` is signed by `other-ca`; `self` by itself.
 */
export function makeCertificates(): Certificates {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-tls-'));
	const path = (file: string) => join(folder, file);
	const openssl = (...args: readonly string[]) => execFileSync('openssl', [...args], { cwd: folder, stdio: 'pipe' });
	const keyed = (file: string) =>
		openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${file}.key`);
	const authority = (file: string, subject: string) => {
		keyed(file);
		openssl(
			'req',
			'-x509',
			'-new',
			'-key',
			`${file}.key`,
			'-subj',
			`/CN=${subject}`,
			'-days',
			'2',
			'-out',
			`${file}.pem`,
		);
	};
	const signed = ({ file, subject, names = 'IP:127.0.0.1', signedBy = 'ca', days }: Wanted) => {
		keyed(file);
		openssl('req', '-new', '-key', `${file}.key`, '-subj', `/CN=${subject}`, '-out', `${file}.csr`);
		writeFileSync(path(`${file}.ext`), `subjectAltName=${names}\n`);
		const period = days === undefined ? ['-days', '1'] : ['-startdate', days[0], '-enddate', days[1]];
		if (days === undefined) {
			const issuer = ['-CA', `${signedBy}.pem`, '-CAkey', `${signedBy}.key`, '-CAcreateserial'];
			openssl(
				'x509',
				'-req',
				'-in',
				`${file}.csr`,
				...issuer,
				...period,
				'-extfile',
				`${file}.ext`,
				'-out',
				`${file}.pem`,
			);
		} else {
			// Only `openssl ca` of OpenSSL 3.0 takes dates.
			writeFileSync(path('index.txt'), '');
			writeFileSync(path('ca.cnf'), caConfig);
			const issuer = ['-cert', `${signedBy}.pem`, '-keyfile', `${signedBy}.key`, '-config', 'ca.cnf'];
			openssl(
				'ca',
				'-batch',
				'-notext',
				...issuer,
				'-in',
				`${file}.csr`,
				...period,
				'-extfile',
				`${file}.ext`,
				'-out',
				`${file}.pem`,
			);
		}
	};
	authority('ca', 'Quayside Root');
	authority('other-ca', 'Harbour Root');
	signed({ file: 'good', subject: 'metrics.example', names: 'DNS:metrics.example,IP:127.0.0.1' });
	signed({ file: 'elsewhere', subject: 'else.example', names: 'DNS:else.example,DNS:*.else.example' });
	signed({ file: 'client', subject: 'on-call' });
	signed({ file: 'expired', subject: 'expired.example', days: ['20200101000000Z', '20200301120000Z'] });
	signed({ file: 'early', subject: 'early.example', days: ['21200101000000Z', '21200301120000Z'] });
	signed({ file: 'other', subject: 'other.example', signedBy: 'other-ca' });
	authority('self', 'self.example');
	openssl('pkey', '-in', 'client.key', '-aes256', '-passout', 'pass:open sesame', '-out', 'locked.key');
	return {
		folder,
		path,
		read: file => readFileSync(path(file), 'utf8'),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

const caConfig = `
[ca]
default_ca = any
[any]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = policy
[policy]
commonName = supplied
`;
