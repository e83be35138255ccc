import type { Alert, Correction } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { ServicePlace } from '../model/place.ts';
import { day, fixed, hour, live, type Milliseconds, minute, type Window } from '../model/time.ts';
import { type AlertAspect, aspectOf } from './alert-aspect.ts';
import { demandedLabels } from './alert-claims.ts';
import { evidenceOf, findingOf } from './alert-evidence.ts';
import type { AlertExpression } from './alert-expression.ts';
import type { AlertedKind } from './alert-subjects.ts';
import { type AlertedSeries, alertedSeries } from './alerted-series.ts';
import { isRouteLabel, plainName, routeLabels } from './label-roles.ts';

/** Who or what an alert is about, and which words of the alert say so. */
export type AlertedService = AlertedSeries & {
	/** The service, or where the rule is about infrastructure the workload, node, instance or part of it. */
	readonly service: string;
	readonly kind: AlertedKind;
	/** Whether its requests or its resources were measured. */
	readonly about: AlertAspect;
	readonly route?: string;
	/** In a sentence: `The alert's expression selects service_name="edge".` */
	readonly reason: string;
};

type Asked = Pick<Alert, 'labels' | 'expression' | 'recordings' | 'corrected'> & Partial<Pick<Alert, 'annotations'>>;

/**
 * Who an alert is about; `undefined` when nothing in it names anybody. Evidence in the order in which it counts:
 *
 * 1. the service that a generator of SLO rules was told (`sloth_service`);
 * 2. the labels that name the measured in the family of metrics which the rule reads (`subjectOfMetric`), tier by tier
 *    (for most: names of services, owners of pods and pods, containers, parts such as queues, nodes and instances); of a
 *    tier what the expression demands with one value, then the labels of the alert, which come from its grouping, its
 *    joins and its author;
 * 3. names in patterns of the expression (`pod=~"till-.*"`, the first of `a|b`);
 * 4. what joined series and `and` conditions demand; never what stands behind `unless`;
 * 5. the same tiers again, where an address may stand for a name, and a proxy for whom it stands before;
 * 6. the observer itself, when the rule is about its being scraped (`up`);
 * 7. the component of which an installation has one, by the name of the metric (`apiserver_request:burnrate1h`);
 * 8. an annotation under the name of a label for services;
 * 9. the way of discovery, when the rule is about its targets being scraped.
 *
 * A `job` that is an exporter or a way of discovery names who measured or how it was found, and counts in 6 or 9 alone.
 * Before all of them goes what the operator has corrected.
 */
export function serviceOfAlert(alert: Asked): AlertedService | undefined {
	const known = answers.get(alert);
	if (known !== undefined) return known.found;
	const found = findService(alert);
	answers.set(alert, { found });
	return found;
}

/** How it was decided whom an alert is about, or that it could not be, in a sentence. */
export const serviceReasonOf = (alert: Asked): string =>
	serviceOfAlert(alert)?.reason ?? 'Nothing in it names a service.';

/** Alerts never change, and their list is drawn over and over. */
const answers = new WeakMap<Asked, { readonly found: AlertedService | undefined }>();

function findService(alert: Asked): AlertedService | undefined {
	if (alert.corrected !== undefined) return correctedService(alert.corrected);
	const evidence = evidenceOf(alert);
	const found = findingOf(evidence);
	if (found === undefined) return undefined;
	const about = aspectOf(found, evidence.metric);
	const route = about === 'requests' ? routeOf(alert.labels, evidence.expression) : undefined;
	return {
		service: found.service,
		kind: found.kind,
		about,
		...(route === undefined ? {} : { route }),
		reason: [found.reason, ...readBehind(evidence.expression)].join(' '),
		...alertedSeries(alert.labels, evidence, found),
	};
}

const readBehind = (expression: AlertExpression | undefined): readonly string[] =>
	expression?.recorded === undefined ? [] : [`Its rule reads ${expression.recorded.words}.`];

/** Of what the expression selects nothing is known to be of this service, so that it restricts nothing. */
const correctedService = ({ alert, taken, service }: Correction): AlertedService => ({
	service,
	kind: 'service',
	about: 'requests',
	reason: `You corrected it: ${taken === '' ? `nothing in ${alert} names a service` : `${alert} was taken for ${taken}`}.`,
	matchers: [],
});

/** Routes under names that mean nothing else: `endpoint` of the Prometheus operator is the name of a port. */
const plainRoutes = [
	'http_route',
	'route',
	'uri',
	'handler',
	'path',
	'http_target',
	'grpc_method',
	'rpc_method',
	'span_name',
];

/**
 * The route, when the alert has one by its rule's own will: by grouping or by a matcher; or, where each series has its
 * own alert and where no expression is known, by a label that means nothing else.
 */
function routeOf(labels: Labels, expression: AlertExpression | undefined): string | undefined {
	const selected = demandedLabels(expression?.lineage.subject ?? []);
	const named = [
		...(expression === undefined ? [] : [...expression.groupedBy, ...Object.keys(selected)]),
		...(expression?.lineage.grouped === true
			? []
			: Object.keys(labels).filter(each => plainRoutes.includes(plainName(each)))),
	];
	const name = routeLabels
		.flatMap(role => named.filter(each => plainName(each) === role))
		.find(each => isRouteLabel(each) && (labels[each] ?? selected[each] ?? '') !== '');
	return name === undefined ? undefined : (labels[name] ?? selected[name]);
}

/** How long before the condition became true the window begins. */
const lead = 30 * minute;
const longestLive = 6 * hour;
const longestFixed = 7 * day;

/**
 * The pivot from an alert: its service and route, from well before its condition became true until now, or `undefined` when
 * the alert names nobody. The window is live while that is at most six hours, then fixed.
 */
export function servicePlaceOf(alert: Alert, now: Milliseconds): ServicePlace | undefined {
	const found = serviceOfAlert(alert);
	if (found === undefined) return undefined;
	return {
		kind: 'service',
		service: found.service,
		...(found.route === undefined ? {} : { route: found.route }),
		alert: alert.id,
		...(found.about === 'requests' ? {} : { view: 'resources' }),
		window: alertWindow(alert, now),
	};
}

function alertWindow({ since, activeAt = since, holdFor = 0 }: Alert, now: Milliseconds): Window {
	if (Number.isNaN(since)) return live(hour);
	const began = Math.min(since, Number.isNaN(activeAt) ? since : activeAt, since - holdFor);
	const length = Math.max(0, now - began) + lead;
	const round = 5 * minute;
	if (length <= longestLive) return live(Math.max(lead, Math.ceil(length / round) * round));
	return fixed(now - Math.min(length, longestFixed), now);
}
