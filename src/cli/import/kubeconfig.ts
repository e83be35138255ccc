import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import { UsageError } from '../usage-error.ts';
import { checkedAs, readYaml } from './yaml-file.ts';

const text = z.optional(z.string());

const clusterSchema = z.looseObject({
	server: z.url({ protocol: /^https?$/ }),
	'certificate-authority': text,
	'certificate-authority-data': text,
	'insecure-skip-tls-verify': z.optional(z.boolean()),
	'tls-server-name': text,
	'proxy-url': text,
});

const userSchema = z.looseObject({
	token: text,
	tokenFile: text,
	username: text,
	password: text,
	'client-certificate': text,
	'client-certificate-data': text,
	'client-key': text,
	'client-key-data': text,
	exec: z.optional(
		z.looseObject({
			apiVersion: text,
			command: z.string(),
			args: z.nullish(z.array(z.string())),
			env: z.nullish(z.array(z.looseObject({ name: z.string(), value: z.string() }))),
		}),
	),
	'auth-provider': z.optional(z.unknown()),
});

const contextSchema = z.looseObject({ cluster: z.string(), user: text, namespace: text });

/** https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
const kubeconfigSchema = z.looseObject({
	'current-context': text,
	contexts: z.nullish(z.array(z.looseObject({ name: z.string(), context: contextSchema }))),
	clusters: z.nullish(z.array(z.looseObject({ name: z.string(), cluster: clusterSchema }))),
	users: z.nullish(z.array(z.looseObject({ name: z.string(), user: z.nullish(userSchema) }))),
});

export type KubeCluster = z.infer<typeof clusterSchema>;
export type KubeUser = z.infer<typeof userSchema>;

/** A context with the cluster and the user that it joins; files in it by their whole path. */
export type KubeContext = {
	readonly name: string;
	readonly cluster: KubeCluster;
	readonly user: KubeUser;
	/** `default` when absent, as for kubectl. */
	readonly namespace: string;
};

/** The named context, or the current one, of several files, of which the first that names a thing counts. Throws a `UsageError` when it is not whole. */
export function kubeContextIn(paths: readonly string[], named: string | undefined): KubeContext {
	const files = paths.map(path => {
		const [document] = readYaml(path);
		return { path, ...checkedAs(kubeconfigSchema, document ?? {}, path, 'kubeconfig') };
	});
	const name = named ?? files.map(file => file['current-context']).find(Boolean);
	if (name === undefined) throw new UsageError('No context is current.', 'Name one: --kube-context NAME.');
	const contexts = files.flatMap(({ contexts }) => contexts ?? []);
	const context = contexts.find(each => each.name === name)?.context;
	if (context === undefined) {
		const known = contexts.map(each => each.name).join(', ');
		throw new UsageError(
			`There is no context ${name}.`,
			known === '' ? 'There is none at all.' : `There are: ${known}.`,
		);
	}
	const cluster = files
		.flatMap(({ path, clusters }) => (clusters ?? []).map(each => ({ ...each, path })))
		.find(each => each.name === context.cluster);
	if (cluster === undefined) {
		throw new UsageError(
			`The cluster ${context.cluster} of the context ${name} is not described.`,
			'Mend the kubeconfig.',
		);
	}
	const user = files
		.flatMap(({ path, users }) => (users ?? []).map(each => ({ ...each, path })))
		.find(each => each.name === context.user);
	return {
		name,
		cluster: withWholePaths(cluster.cluster, cluster.path),
		user: withWholePaths(user?.user ?? {}, user?.path ?? ''),
		namespace: context.namespace || 'default',
	};
}

const pathKeys: readonly string[] = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** Relative paths are relative to the file that they stand in. */
function withWholePaths<Fields extends object>(fields: Fields, path: string): Fields {
	const whole = Object.entries(fields)
		.filter(([key, value]) => pathKeys.includes(key) && typeof value === 'string' && value !== '')
		.map(([key, value]) => [key, resolve(dirname(path), String(value))]);
	return { ...fields, ...Object.fromEntries(whole) };
}
