import { delimiter, join } from 'node:path';
import { type BackendName, backendNames } from '../../model/failure.ts';
import type { Auth, Connection, Tls } from '../profiles/profile.ts';
import { UsageError } from '../usage-error.ts';
import { type Findings, type Found, optional } from './found.ts';
import { type KubeCluster, type KubeContext, type KubeUser, kubeContextIn } from './kubeconfig.ts';

export type Kubernetes = {
	/** `loki=monitoring/loki:3100`, one of each backend. */
	readonly services: readonly string[];
	/** The current one when absent. */
	readonly context: string | undefined;
	readonly env: NodeJS.ProcessEnv;
	readonly home: string;
};

/**
 * Services of a cluster through its API, which passes on what is asked below `…/services/NAME:PORT/proxy`
 * (https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/), with what the kubeconfig says of
 * the context: no port has to be forwarded, and nothing has to keep running. Throws a `UsageError` for what does not fit.
 */
export function fromKubernetes({ services, context: named, env, home }: Kubernetes, findings: Findings): Found {
	const paths = env.KUBECONFIG ? env.KUBECONFIG.split(delimiter).filter(Boolean) : [join(home, '.kube', 'config')];
	const context = kubeContextIn(paths, named);
	const shared = {
		...optional('auth', authOf(context.user, findings)),
		...optional('tls', tlsOf(context, findings)),
		...optional('proxy', context.cluster['proxy-url'] || undefined),
	};
	const connections = services.map((text): [string, Connection] => {
		const { backend, path } = serviceIn(text, context);
		return [backend, { url: `${context.cluster.server.replace(/\/+$/, '')}${path}`, ...shared }];
	});
	findings.note(
		`Asked through the API of ${context.cluster.server}: its user must be allowed to get services/proxy, and to create them where questions are posted.`,
	);
	return { ...findings, profile: Object.fromEntries(connections) };
}

type Service = { readonly backend: BackendName; readonly path: string };

/** `https:` stands before the name of a service that speaks TLS, and a prefix of the server behind the port. */
function serviceIn(text: string, { namespace: usual }: KubeContext): Service {
	const [, word, namespace = usual, scheme = '', name, port, prefix = ''] =
		/^(\w+)=(?:([a-z\d-]+)\/)?(https?:)?([a-z\d.-]+):([a-z\d-]+)(\/[\w./-]*)?$/.exec(text) ?? [];
	const backend = backendNames.find(each => each === word);
	if (backend !== undefined && name !== undefined) {
		const path = `/api/v1/namespaces/${namespace}/services/${scheme}${name}:${port}/proxy${prefix.replace(/\/+$/, '')}`;
		return { backend, path };
	}
	throw new UsageError(
		`${text} names no service of a backend.`,
		`Write it as loki=NAMESPACE/NAME:PORT; backends are ${backendNames.join(', ')}.`,
	);
}

function authOf(user: KubeUser, { note }: Findings): Auth | undefined {
	if (user.tokenFile) return { type: 'bearer', token: { file: user.tokenFile } };
	if (user.token) return { type: 'bearer', token: user.token };
	if (user.username && user.password) return { type: 'basic', user: user.username, password: user.password };
	if (user.exec !== undefined) {
		note(
			`${user.exec.command} prints the token; where it has certificates in its place, run kubectl proxy, and name its address with profile add.`,
		);
		return { type: 'bearer', token: { command: tokenCommand(user.exec) } };
	}
	if (user['auth-provider'] !== undefined) {
		note(
			'The auth-provider of the context is not known here: run kubectl proxy, and name its address with profile add.',
		);
	}
	return undefined;
}

/**
 * A plug-in for credentials prints an `ExecCredential` in JSON (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/),
 * of which the token is cut out: no character of one is escaped. It prints none where it has certificates in its place.
 */
function tokenCommand({ command, args, env, apiVersion }: NonNullable<KubeUser['exec']>): [string, ...string[]] {
	const info = JSON.stringify({
		apiVersion: apiVersion ?? 'client.authentication.k8s.io/v1',
		kind: 'ExecCredential',
		spec: { interactive: false },
	});
	const variables = [...(env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: info }];
	const line = [
		'env',
		...variables.map(({ name, value }) => quoted(`${name}=${value}`)),
		...[command, ...(args ?? [])].map(quoted),
	];
	return ['sh', '-c', `${line.join(' ')} | sed -n 's/.*"token" *: *"\\([^"]*\\)".*/\\1/p'`];
}

/** A word as a shell takes it for itself. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function tlsOf({ cluster, user, name }: KubeContext, { keep }: Findings): Tls | undefined {
	const kept = (data: string | undefined, word: string): string | undefined =>
		data
			? keep(`${word}-of-${name.replaceAll(/[^\w.-]+/g, '-')}`, Buffer.from(data, 'base64').toString('utf8'))
			: undefined;
	const tls: Tls = {
		...optional('ca', kept(cluster['certificate-authority-data'], 'ca') ?? cluster['certificate-authority']),
		...optional('cert', kept(user['client-certificate-data'], 'cert') ?? user['client-certificate']),
		...optional('key', kept(user['client-key-data'], 'key') ?? user['client-key']),
		...optional('serverName', serverNameOf(cluster)),
		...optional('skipVerify', cluster['insecure-skip-tls-verify'] === true ? true : undefined),
	};
	return Object.keys(tls).length === 0 ? undefined : tls;
}

const serverNameOf = (cluster: KubeCluster): string | undefined => cluster['tls-server-name'] || undefined;
