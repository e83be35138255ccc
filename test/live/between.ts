import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { freePort, type Processes, until } from './processes.ts';

const isRoot = process.getuid?.() === 0;

const listens = (port: number): Promise<void> =>
	until(
		`somebody to listen on port ${port}`,
		() =>
			new Promise(resolve => {
				const socket = connect(port, '127.0.0.1');
				socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
				socket.once('connect', () => socket.destroy());
			}),
	);

/** A real Prometheus that scrapes nothing, under a path prefix; its URL. */
export async function startBarePrometheus({ folder, start }: Processes): Promise<string> {
	const port = await freePort();
	writeFileSync(`${folder}/bare.yml`, 'global: {scrape_interval: 1m}\n');
	start('prometheus', [
		`--config.file=${folder}/bare.yml`,
		`--storage.tsdb.path=${folder}/bare`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--web.route-prefix=/metrics-of/eu',
	]);
	const url = `http://127.0.0.1:${port}/metrics-of/eu`;
	await until('Prometheus to be ready', async () => (await fetch(`${url}/-/ready`)).ok);
	return url;
}

export type Nginx = {
	/** Wants the user `on` and the password `call`, and passes /gateway on to the server. */
	readonly basic: string;
	/** Wants a client certificate. */
	readonly mutual: string;
};

/** A real nginx before a server. `pem` holds `good` for itself, and `ca`, whose client certificates it takes. */
export async function startNginx({ folder, start }: Processes, upstream: string, pem: string): Promise<Nginx> {
	const [basic, mutual] = [await freePort(), await freePort()];
	writeFileSync(`${folder}/users`, 'on:{PLAIN}call\n');
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	writeFileSync(
		`${folder}/nginx.conf`,
		`
${isRoot ? 'user root;' : ''}
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; events {}
http {
	access_log off; gzip on; gzip_min_length 1; gzip_types application/json;
	${temporary.map(name => `${name}_temp_path ${folder}/${name};`).join(' ')}
	server {
		listen 127.0.0.1:${basic};
		auth_basic quay; auth_basic_user_file ${folder}/users;
		location /gateway/ { proxy_pass ${upstream}/; }
	}
	server {
		listen 127.0.0.1:${mutual} ssl;
		ssl_certificate ${pem}/good.pem; ssl_certificate_key ${pem}/good.key;
		ssl_client_certificate ${pem}/ca.pem; ssl_verify_client on;
		location / { proxy_pass ${upstream}/; }
	}
}
`,
	);
	start('/usr/sbin/nginx', ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/nginx.log`]);
	await Promise.all([listens(basic), listens(mutual)]);
	return { basic: `http://127.0.0.1:${basic}/gateway`, mutual: `https://127.0.0.1:${mutual}` };
}

export type Sshd = {
	/**
	 * Holds an \`ssh\` that knows the hosts \`bastion\`, \`stranger\` (of another key), \`locked\` (lets nobody in) and
	 * \`mastered\` (only where a master connection is open).
	 */
	readonly path: string;
	/** Processes of ssh that were begun, but for those that speak to a master connection (-O). */
	readonly log: string;
};

/** A real sshd on loopback, whose key and client are in the folder. */
export async function startSshd({ folder, start }: Processes): Promise<Sshd> {
	const port = await freePort();
	for (const key of ['host', 'user', 'other']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${folder}/${key}`]);
	}
	// Of Debian's build, and made by the service that is not used here.
	if (isRoot) mkdirSync('/run/sshd', { recursive: true });
	const keys = `HostKey ${folder}/host\nAuthorizedKeysFile ${folder}/user.pub\n`;
	const ways = 'UsePAM no\nStrictModes no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPidFile none\n';
	writeFileSync(`${folder}/sshd_config`, `ListenAddress 127.0.0.1:${port}\n${keys}${ways}`);
	start('/usr/sbin/sshd', ['-D', '-f', `${folder}/sshd_config`]);
	await listens(port);
	const hostOf = (name: string, key: string, known: string) =>
		`Host ${name}\n HostName 127.0.0.1\n Port ${port}\n User ${userInfo().username}\n IdentitiesOnly yes\n IdentityFile ${folder}/${key}\n UserKnownHostsFile ${folder}/${known}\n`;
	const known = execFileSync('ssh-keyscan', ['-p', `${port}`, '127.0.0.1'], { stdio: ['ignore', 'pipe', 'ignore'] });
	writeFileSync(`${folder}/known`, known);
	writeFileSync(`${folder}/nobody`, '');
	writeFileSync(
		`${folder}/ssh_config`,
		[
			hostOf('bastion', 'user', 'known'),
			hostOf('stranger', 'user', 'nobody'),
			hostOf('locked', 'other', 'known'),
			`${hostOf('mastered', 'other', 'known')} ControlPath ${folder}/master\n`,
		].join(''),
	);
	mkdirSync(`${folder}/bin`);
	const ssh = execFileSync('which', ['ssh'], { encoding: 'utf8' }).trim();
	writeFileSync(
		`${folder}/bin/ssh`,
		`#!/bin/sh\n[ "$1" = -O ] || echo $$ >>${folder}/begun\nexec ${ssh} -F ${folder}/ssh_config "$@"\n`,
	);
	chmodSync(`${folder}/bin/ssh`, 0o755);
	return { path: `${folder}/bin:${process.env.PATH}`, log: `${folder}/begun` };
}
