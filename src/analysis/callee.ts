import type { Attributes, Span } from '../model/trace.ts';
import { remembered } from './remembered.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * Who a span calls that sends no spans of its own into the trace: a database, a broker, a service of the cloud, a host.
 * - `external`: a host with a public name that no span of the trace serves;
 * - `unseen`: a host or service of the own network that sent no span.
 */
export type Callee = {
	readonly kind: 'database' | 'messaging' | 'cloud' | 'rpc' | 'external' | 'unseen';
	/** `postgresql berths`, `kafka tickets`, `aws DynamoDB`, `external api.stripe.example`. */
	readonly words: string;
};

/** Who a span calls; `undefined` for work within the service, and for calls whose other side is in the trace. */
export const calleeOf = (tree: TraceTree, node: SpanNode): Callee | undefined => {
	const { span, missing } = node;
	if (missing || span.kind === 'server' || span.kind === 'consumer') return undefined;
	const system = systemOf(span);
	if (system !== undefined) return system;
	if (span.kind !== 'client' || isAnswered(node)) return undefined;
	const rpc = first(span.attributes, ['rpc.system.name', 'rpc.system']);
	const host = hostOf(span.attributes);
	if (host !== undefined && !isServed(host, servedIn(tree, undefined))) {
		return isPublic(host) ? { kind: 'external', words: `external ${host}` } : { kind: 'unseen', words: host };
	}
	const service = first(span.attributes, ['service.peer.name', 'peer.service', 'rpc.service']);
	if (service !== undefined && !servedIn(tree, undefined).has(service.toLowerCase())) {
		return rpc === undefined ? { kind: 'unseen', words: service } : { kind: 'rpc', words: `${rpc} ${service}` };
	}
	return undefined;
};

/**
 * Databases, brokers and clouds by what only their instrumentation writes. Names of the OpenTelemetry semantic
 * conventions: stable ones first (`db.system.name`, `db.namespace`, since 1.26), then those before them.
 */
function systemOf({ attributes, kind }: Span): Callee | undefined {
	const of = (...names: readonly string[]) => first(attributes, names);
	const database = of('db.system.name', 'db.system');
	if (database !== undefined) {
		const name = of('db.namespace', 'db.name', 'db.redis.database_index', 'server.address', 'net.peer.name');
		return { kind: 'database', words: words(database.replace(/^other_sql$/, 'SQL'), name) };
	}
	const broker = of('messaging.system');
	if (broker !== undefined && kind !== 'internal') {
		return {
			kind: 'messaging',
			words: words(broker, of('messaging.destination.name', 'messaging.destination', 'messaging.url')),
		};
	}
	const cloud =
		of('rpc.system.name', 'rpc.system') === 'aws-api' ? of('rpc.service', 'aws.service') : of('aws.service');
	if (cloud === undefined) return undefined;
	const what = of('aws.s3.bucket', 'aws.dynamodb.table_names', 'aws.sqs.queue.url', 'aws.lambda.invoked_arn');
	return { kind: 'cloud', words: words(`aws ${cloud}`, what) };
}

const words = (system: string, name: string | undefined): string => (name === undefined ? system : `${system} ${name}`);

/** A span of another process answers it. */
const isAnswered = ({ span, children }: SpanNode): boolean =>
	children.some(({ span: { kind, service } }) => kind === 'server' || kind === 'consumer' || service !== span.service);

/** The host of a call, without its port. */
function hostOf(attributes: Attributes): string | undefined {
	const url = first(attributes, ['url.full', 'http.url']);
	const named =
		first(attributes, ['server.address', 'net.peer.name', 'http.host', 'net.peer.ip']) ??
		(url === undefined ? undefined : /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1]);
	return named?.replace(/:\d+$/, '').toLowerCase();
}

/** Names under which spans of the trace are reached: services, and the hosts that their servers say they are. */
const servedIn = remembered<TraceTree, undefined, ReadonlySet<string>>(
	1,
	() => '',
	({ nodes }) => {
		const names = new Set<string>();
		const services = new Set<string>();
		const resources = new Set<Attributes>();
		for (const { span, missing } of nodes) {
			if (missing) continue;
			if (!services.has(span.service)) names.add(span.service.toLowerCase());
			services.add(span.service);
			if (!resources.has(span.resource)) {
				for (const name of ['host.name', 'k8s.pod.name', 'k8s.deployment.name', 'container.name']) {
					const value = first(span.resource, [name]);
					if (value !== undefined) names.add(value.toLowerCase());
				}
			}
			resources.add(span.resource);
			if (span.kind !== 'server') continue;
			const host = first(span.attributes, ['server.address', 'http.host', 'net.host.name', 'http.server_name']);
			if (host !== undefined) names.add(host.replace(/:\d+$/, '').toLowerCase());
		}
		return names;
	},
);

/** Kubernetes reaches `orders` also as `orders.shop` and `orders.shop.svc.cluster.local`. */
const isServed = (host: string, served: ReadonlySet<string>): boolean =>
	served.has(host) || (!isPublic(host) && served.has(host.split('.')[0] ?? host));

/** Names without a dot, of private zones, and private addresses (RFC 1918, 4193, 6762, 8375) are of the own network. */
const isPublic = (host: string): boolean =>
	host.includes('.') &&
	!/\.(?:local|internal|svc|lan|intranet|consul|home\.arpa)$|\.svc\./.test(host) &&
	!/^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host);

/** The text of the first of these attributes that is there. */
function first(attributes: Attributes, names: readonly string[]): string | undefined {
	for (const name of names) {
		const value = attributes[name];
		const text = Array.isArray(value) ? value[0] : value;
		if ((typeof text === 'string' && text !== '') || typeof text === 'number') return String(text);
	}
	return undefined;
}
