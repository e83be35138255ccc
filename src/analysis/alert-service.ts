import type { Alert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { ServicePlace } from '../model/place.ts';
import { day, fixed, hour, live, type Milliseconds, minute, type Window } from '../model/time.ts';
import { type AlertExpression, readAlertExpression } from './alert-expression.ts';
import { isExporter, isRouteLabel, plainName, routeLabels, serviceIn, serviceLabels } from './label-roles.ts';

/** The service an alert is about, and which words of the alert say so. */
export type AlertedService = {
	readonly service: string;
	readonly route?: string;
	/** In a sentence: `The alert's expression selects service_name="edge".` */
	readonly reason: string;
};

/**
 * The service an alert is about: from the matchers of its own expression, then from its labels, then from the name of
 * its pod or host. `undefined` when nothing in it names one. A `job` that is an exporter never counts: it names who
 * measured.
 */
export function serviceOfAlert(alert: Pick<Alert, 'labels' | 'expression'>): AlertedService | undefined {
	const expression = alert.expression === undefined ? undefined : readAlertExpression(alert.expression);
	const route = routeOf(alert.labels, expression);
	const found =
		fromLabels(selectedLabels(expression), "The alert's expression selects") ??
		fromLabels(alert.labels, 'The alert is labelled') ??
		fromPod(alert.labels);
	return found === undefined ? undefined : { ...found, ...(route === undefined ? {} : { route }) };
}

/** The labels that every selector of the expression which names them demands with the same value. */
function selectedLabels(expression: AlertExpression | undefined): Labels {
	const demanded = new Map<string, Set<string>>();
	for (const { matchers } of expression?.selectors ?? []) {
		for (const { name, operator, value } of matchers) {
			const isPlain = operator === '=' || (operator === '=~' && /^[\w/-]+$/.test(value));
			if (isPlain && value !== '') demanded.set(name, (demanded.get(name) ?? new Set()).add(value));
		}
	}
	return Object.fromEntries(
		[...demanded].flatMap(([name, values]) => (values.size === 1 ? [...values].map(value => [name, value]) : [])),
	);
}

function fromLabels(labels: Labels, words: string): AlertedService | undefined {
	const byPlainName = new Map(Object.entries(labels).map(([name, value]) => [plainName(name), { name, value }]));
	for (const wanted of ['sloth_service', ...serviceLabels]) {
		const label = byPlainName.get(wanted);
		if (label === undefined || label.value === '' || isExporter(label.value)) continue;
		return { service: serviceIn(wanted, label.value), reason: `${words} ${label.name}="${label.value}".` };
	}
	return undefined;
}

/** Labels of kube-state-metrics that name the owner of pods. */
const ownerLabels = ['statefulset', 'daemonset', 'cronjob', 'job_name', 'horizontalpodautoscaler'];

function fromPod(labels: Labels): AlertedService | undefined {
	const owner = ownerLabels.find(name => labels[name]);
	if (owner !== undefined) {
		const value = labels[owner] ?? '';
		return { service: value, reason: `The alert is labelled ${owner}="${value}".` };
	}
	const pod = labels.pod ?? labels.exported_pod;
	return pod
		? { service: workloadOf(pod), reason: `The alert is about pod ${pod}, by its name one of ${workloadOf(pod)}.` }
		: undefined;
}

/** The alphabet of Kubernetes' generated names: no vowels, and no digits that look like them. */
const random = '[bcdfghjklmnpqrstvwxz2456789]';
const podSuffixes = [
	new RegExp(`-${random}{5,10}-${random}{5}$`), // Deployment: replica set, pod
	new RegExp(`-${random}{5}$`), // DaemonSet, Job
	/-\d+$/, // StatefulSet
];

/** A pod's workload, read from its name: `checkout-6d4b75cb6d-x7k2p` is of `checkout`. */
export function workloadOf(pod: string): string {
	const suffix = podSuffixes.find(each => each.test(pod));
	return suffix === undefined ? pod : pod.replace(suffix, '');
}

/**
 * The route, when the alert has one by its rule's own will: by grouping, by a matcher, or, without an expression, by a
 * label that means nothing else. (`endpoint` of the Prometheus operator is the name of a port.)
 */
function routeOf(labels: Labels, expression: AlertExpression | undefined): string | undefined {
	const selected = selectedLabels(expression);
	const named =
		expression === undefined ? ['http_route', 'route', 'uri'] : [...expression.groupedBy, ...Object.keys(selected)];
	const name = routeLabels
		.flatMap(role => named.filter(each => plainName(each) === role))
		.find(each => isRouteLabel(each) && (labels[each] ?? selected[each] ?? '') !== '');
	return name === undefined ? undefined : (labels[name] ?? selected[name]);
}

/** How long before an alert fired its window begins. */
const lead = 30 * minute;
const longestLive = 6 * hour;
const longestFixed = 7 * day;

/**
 * The pivot from an alert: its service and route, from well before it fired until now, or `undefined` when the alert
 * names no service. The window is live while that is at most six hours, then fixed.
 */
export function servicePlaceOf(alert: Alert, now: Milliseconds): ServicePlace | undefined {
	const found = serviceOfAlert(alert);
	if (found === undefined) return undefined;
	return {
		kind: 'service',
		service: found.service,
		...(found.route === undefined ? {} : { route: found.route }),
		alert: alert.id,
		window: alertWindow(alert.since, now),
	};
}

function alertWindow(since: Milliseconds, now: Milliseconds): Window {
	if (Number.isNaN(since)) return live(hour);
	const length = Math.max(0, now - since) + lead;
	const round = 5 * minute;
	if (length <= longestLive) return live(Math.max(lead, Math.ceil(length / round) * round));
	return fixed(now - Math.min(length, longestFixed), now);
}
