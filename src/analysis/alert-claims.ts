import type { Labels, Matcher } from '../model/labels.ts';
import type { AlertExpression } from './alert-expression.ts';
import {
	type AlertedKind,
	instanceLabels,
	type MetricSubject,
	nodeLabels,
	ownerLabels,
	partLabels,
	podLabels,
} from './alert-subjects.ts';
import { isCollector, isExporter, isFarObserver, isGoBetween } from './exporters.ts';
import { plainName, serviceIn } from './label-roles.ts';

/** Labels under their plain names, with the name they had. */
export type NamedValues = ReadonlyMap<string, { readonly name: string; readonly value: string }>;

export const namedValues = (labels: Labels): NamedValues =>
	new Map(
		Object.entries(labels).flatMap(([name, value]) => (value === '' ? [] : [[plainName(name), { name, value }]])),
	);

/** The labels that every one of the selectors which name them demands with the same value. */
export function demandedLabels(selectors: AlertExpression['selectors']): Labels {
	const demanded = new Map<string, Set<string>>();
	for (const { name, operator, value } of selectors.flatMap(({ matchers }) => matchers)) {
		const literal = operator === '=' ? value : operator === '=~' ? literalOf(value) : undefined;
		if (literal) demanded.set(name, (demanded.get(name) ?? new Set()).add(literal));
	}
	return Object.fromEntries(
		[...demanded].flatMap(([name, values]) => (values.size === 1 ? [...values].map(value => [name, value]) : [])),
	);
}

/** The one text that a pattern matches, when it is one: `till`, `^till$`, `api\.v1`; a lone dot is taken as written. */
function literalOf(pattern: string): string | undefined {
	const core = pattern.replace(/^\^/, '').replace(/\$$/, '');
	const plain = core.replaceAll(/\\([.\-/])/g, '$1');
	return /^[\w./:-]+$/.test(plain) ? plain : undefined;
}

/** Names in a pattern, in its order: those of `till|stock`, and `till` for `till-.*`, `.*till.*` or `till-[0-9]+`. */
export function namesInPattern({ operator, value }: Matcher): readonly string[] {
	if (operator !== '=~') return [];
	const inner = value.replace(/^\^?\(?(?:\?:)?(.*?)\)?\$?$/, '$1');
	return inner.split('|').flatMap(alternative => {
		const core = alternative.replace(/^\.[*+]-?/, '').replace(/[-_]?(?:\.[*+]|\[|\\d|\\w|\().*$/, '');
		return literalOf(core) ?? [];
	});
}

/** What a label says of who is measured. */
export type Claim = { readonly service: string; readonly kind: AlertedKind; readonly how?: string };

/** How strictly claims are judged: later rounds take an address for a name, and an observer for the observed. */
export type Round = 'names' | 'addresses' | 'observers';

/**
 * Who a label's value names, or `undefined` when it names only who measured, how it was discovered, or an address
 * where a name is wanted. `job` is that of the alert.
 */
export function claimOf(
	label: string,
	value: string,
	{ by, instance, named = 'part' }: MetricSubject,
	job: string,
	round: Round,
): Claim | undefined {
	if (podLabels.includes(label)) {
		const workload = workloadOf(value);
		const how = `by its name one of ${workload}`;
		return refuses(workload, by, round) ? undefined : { service: workload, kind: 'workload', how };
	}
	if (nodeLabels.includes(label)) return { service: value, kind: 'node' };
	if (instanceLabels.has(label) && !(by === 'proxy' && label === 'server')) {
		const host = hostOf(value);
		const isAside = label === 'instance' && by !== 'own' && isFarObserver(job);
		if (isAside || refuses(host, by, round) || (round === 'names' && isAddress(host) && instance !== 'node')) {
			return undefined;
		}
		return { service: host, kind: instance === 'node' || isOfNodes(job) ? 'node' : 'instance' };
	}
	const service = nameIn(label, value);
	if (refuses(value, by, round) || refuses(service, by, round)) return undefined;
	if (ownerLabels.includes(label)) return keptBy(keeperOf(label, service), service);
	if (label === 'name') return { service, kind: named };
	return { service, kind: workloads.has(label) ? 'workload' : isPart(label) ? 'part' : 'service' };
}

const workloads: ReadonlySet<string> = new Set(['deployment', 'dst_deployment', 'k8s_deployment_name', 'workload']);

const isPart = (label: string): boolean =>
	partLabels.includes(label) || /^(?:id|slo|cluster|host|topic|group|secret_name|.*namespace)$|^dimension_/.test(label);

const keptBy = (keeper: string, name: string): Claim => ({
	service: keeper,
	kind: 'workload',
	...(keeper === name ? {} : { how: `by its name one of ${keeper}` }),
});

const isOfNodes = (job: string): boolean => /(?:^|-)node-?exporter|^node$/.test(job);

/** What SDKs and kube-state-metrics write where there is no name. */
const nobody = /^(?:unknown(?:_service.*)?|<none>|none|null|n\/a|-|)$/i;

const refuses = (name: string, by: MetricSubject['by'], round: Round): boolean =>
	nobody.test(name) ||
	isCollector(name) ||
	(round !== 'observers' && by !== 'own' && isExporter(name)) ||
	(round === 'names' && by === 'proxy' && isGoBetween(name));

/** An address that names nothing: digits, or the scraper's own machine. */
const isAddress = (host: string): boolean => /^[\d.]+$|:|^localhost$/.test(host);

/** The host of `host:port`, `[::1]:9100` or a URL. */
export function hostOf(instance: string): string {
	const authority = instance
		.replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
		.replace(/[/?#].*$/, '')
		.replace(/^.*@/, '');
	const host = authority.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([^:]*):\d+$/, '$1');
	return shortName(host);
}

/** A cluster-internal address in short: `till.shop.svc.cluster.local` is `till`. */
const shortName = (host: string): string => host.replace(/^([\w-]+)\.[\w-]+\.svc(?:\..*)?$/, '$1');

/** The name in a label's value, without what proxies write round it: `outbound|80||till.shop.svc`, `till-80@docker`. */
function nameIn(label: string, value: string): string {
	const name = shortName(serviceIn(label, value).replace(/^.*\|/, ''));
	const [bare = name, provider] = name.split('@');
	return provider === undefined || bare === '' ? name : bare.replace(/-(?:\d+|https?|web)$/, '');
}

/** What keeps a job or a replica set: a CronJob names its jobs by time, a Deployment its replica sets by hash. */
const keeperOf = (label: string, name: string): string =>
	label === 'job_name'
		? name.replace(/-\d+$/, '')
		: /^(?:replicaset|owner_name|created_by_name)$/.test(label)
			? name.replace(replicaSetSuffix, '')
			: name;

/** The alphabet of Kubernetes' generated names: no vowels, and no digits that look like them. */
const random = '[bcdfghjklmnpqrstvwxz2456789]';
const replicaSetSuffix = new RegExp(`-${random}{6,10}$`);
const podSuffixes = [
	new RegExp(`-${random}{5,10}-${random}{5}$`), // Deployment: replica set, pod
	/-\d+-[a-z\d]{5}$/, // CronJob: the time of its job, pod
	new RegExp(`-${random}{5}$`), // DaemonSet, Job
	/-\d+$/, // StatefulSet
];

/** A pod's workload, read from its name: `checkout-6d4b75cb6d-x7k2p` is of `checkout`. */
export function workloadOf(pod: string): string {
	const suffix = podSuffixes.find(each => each.test(pod));
	return suffix === undefined ? pod : pod.replace(suffix, '');
}
