import { equals, type Labels, type Matcher } from '../model/labels.ts';
import { demandedLabels, hostOf, workloadOf } from './alert-claims.ts';
import type { Evidence, Finding } from './alert-evidence.ts';
import type { AlertExpression } from './alert-expression.ts';
import { noLineage } from './alert-lineage.ts';
import { instanceLabels, nodeLabels, ownerLabels, partLabels, podLabels, serviceNames } from './alert-subjects.ts';
import { isExporter, isFarObserver } from './exporters.ts';
import { isRouteLabel, isStatusLabel, plainName } from './label-roles.ts';

/** Where the measured runs, and which series of the rule's own metrics are its. */
export type AlertedSeries = {
	readonly namespace?: string;
	readonly pod?: string;
	readonly node?: string;
	/** As the server has it, with its port. */
	readonly instance?: string;
	/**
	 * What restricts the rule's own metrics to the series of this alert: the matchers that all its selectors agree on, but
	 * for those that pick an outcome or a bucket, and the alert's labels that these series have.
	 */
	readonly matchers: readonly Matcher[];
};

/** The places in an alert's labels and its expression, without those of an exporter that stands elsewhere. */
export function alertedSeries(
	labels: Labels,
	{ expression, job }: Evidence,
	{ by, label }: Pick<Finding, 'by' | 'label'>,
): AlertedSeries {
	const all = { ...demandedLabels(expression?.lineage.subject ?? []), ...labels };
	const firstOf = (names: readonly string[]): string | undefined => {
		for (const name of names) {
			const found = Object.keys(all).find(each => plainName(each) === name && all[each] !== '');
			if (found !== undefined) return all[found];
		}
		return undefined;
	};
	const isBehind = by === 'proxy';
	const isForeign = isBehind || by === 'outside' || (by === 'service' && isExporter(job) && !isFarObserver(job));
	const pod = isBehind ? undefined : firstOf(podLabels);
	const isFar = by !== 'own' && isFarObserver(job);
	const fields = {
		namespace: firstOf(isForeign ? farNamespaces : [...farNamespaces, ...namespaces]),
		pod: pod === undefined || (by !== 'own' && isExporter(workloadOf(pod))) ? undefined : pod,
		node: isBehind ? undefined : firstOf(nodeLabels),
		instance: isBehind ? undefined : firstOf(isFar ? ['exported_instance'] : ['exported_instance', 'instance']),
	};
	return {
		...(fields.namespace === undefined ? {} : { namespace: fields.namespace }),
		...(fields.pod === undefined ? {} : { pod: fields.pod }),
		...(fields.node === undefined ? {} : { node: fields.node }),
		...(fields.instance === undefined || isExporter(hostOf(fields.instance)) ? {} : { instance: fields.instance }),
		matchers: seriesMatchers(labels, expression, label),
	};
}

/** Namespaces of the measured, whoever measures. */
const farNamespaces = [
	'dest_namespace',
	'exported_namespace',
	'dst_namespace',
	'destination_workload_namespace',
	'destination_service_namespace',
];

/** Namespaces of who was scraped. */
const namespaces = ['namespace', 'kubernetes_namespace', 'k8s_namespace_name', 'service_namespace'];

/** Labels that tell series apart and that no rule's author makes up; servers add others to alerts on their way out. */
const identityLabels: ReadonlySet<string> = new Set([
	...serviceNames,
	...ownerLabels,
	...podLabels,
	...nodeLabels,
	...instanceLabels,
	...partLabels,
	...farNamespaces,
	...namespaces,
	'exported_container',
	'container',
	'device',
	'mountpoint',
	'condition',
	'reason',
	'phase',
	'partition',
	'sloth_id',
	'slo',
]);

/** `deciding` is the label by which the subject was found: it counts, whatever it is called. */
function seriesMatchers(
	labels: Labels,
	expression: AlertExpression | undefined,
	deciding: string | undefined,
): readonly Matcher[] {
	const demanded = agreedMatchers(expression);
	const named = new Set(demanded.flatMap(({ name, operator }) => (operator === '=' ? [name] : [])));
	const { lent, made, grouped } = expression?.lineage ?? { ...noLineage, grouped: false };
	const names = grouped
		? (expression?.groupedBy ?? [])
		: Object.keys(labels).filter(
				name => name === deciding || identityLabels.has(plainName(name)) || isRouteLabel(name),
			);
	const own = names.flatMap(name => {
		const value = Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
		const source = made.get(name);
		if (value === '' || named.has(name) || lent.has(name) || isAside(name)) return [];
		if (source === undefined) return [equals(name, value)];
		return source.whole && !named.has(source.from) && !names.includes(source.from) ? [equals(source.from, value)] : [];
	});
	return [...demanded.filter(({ name }) => !own.some(each => each.name === name)), ...own];
}

/** The matchers of each name that no selector of the measured contradicts. */
function agreedMatchers(expression: AlertExpression | undefined): readonly Matcher[] {
	const byName = new Map<string, Map<string, Matcher>>();
	for (const matcher of (expression?.lineage.subject ?? []).flatMap(({ matchers }) => matchers)) {
		const { name, operator, value } = matcher;
		if (operator.startsWith('!') || isAside(name)) continue;
		byName.set(name, (byName.get(name) ?? new Map()).set(`${operator}${value}`, matcher));
	}
	return [...byName.values()].flatMap(matchers => (matchers.size === 1 ? [...matchers.values()] : []));
}

const isAside = (name: string): boolean =>
	name === 'le' || name === 'vmrange' || name === 'quantile' || name === '__name__' || isStatusLabel(name);
