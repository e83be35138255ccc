import type { Alert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { ServicePlace } from '../model/place.ts';
import { day, fixed, hour, live, type Milliseconds, minute, type Window } from '../model/time.ts';
import {
	type Claim,
	claimOf,
	demandedLabels,
	type NamedValues,
	namedValues,
	namesInPattern,
	type Round,
} from './alert-claims.ts';
import { type AlertExpression, readAlertExpression } from './alert-expression.ts';
import { type AlertedKind, anySubject, type MetricSubject, subjectOfMetric } from './alert-subjects.ts';
import { type AlertedSeries, alertedSeries } from './alerted-series.ts';
import { isExporter } from './exporters.ts';
import { isRouteLabel, plainName, routeLabels } from './label-roles.ts';

/** Who or what an alert is about, and which words of the alert say so. */
export type AlertedService = AlertedSeries & {
	/** The service, or where the rule is about infrastructure the workload, node, instance or part of it. */
	readonly service: string;
	readonly kind: AlertedKind;
	readonly route?: string;
	/** In a sentence: `The alert's expression selects service_name="edge".` */
	readonly reason: string;
};

type Asked = Pick<Alert, 'labels' | 'expression'>;

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
 * 7. the component of which an installation has one, by the name of the metric (`apiserver_request:burnrate1h`).
 *
 * A `job` that is an exporter or a way of discovery names who measured or how it was found, and counts in 6 alone.
 */
export function serviceOfAlert(alert: Asked): AlertedService | undefined {
	const known = answers.get(alert);
	if (known !== undefined) return known.found;
	const found = findService(alert);
	answers.set(alert, { found });
	return found;
}

/** Alerts never change, and their list is drawn over and over. */
const answers = new WeakMap<Asked, { readonly found: AlertedService | undefined }>();

/** An alert, laid out for those who look for evidence in it. */
type Evidence = {
	readonly expression: AlertExpression | undefined;
	readonly subject: MetricSubject;
	/** The metric that `subject` was chosen by. */
	readonly metric: string;
	readonly demanded: NamedValues;
	readonly labelled: NamedValues;
	/** The scrape job, from the alert or from the expression; empty when neither has one. */
	readonly job: string;
};

type Finding = Claim & { readonly reason: string };

function findService(alert: Asked): AlertedService | undefined {
	const evidence = evidenceOf(alert);
	const found =
		namedBySlo(evidence) ??
		inTiers(evidence, 'names') ??
		inPatterns(evidence) ??
		besideSubject(evidence) ??
		inTiers(evidence, 'addresses') ??
		observerItself(evidence) ??
		component(evidence);
	if (found === undefined) return undefined;
	const { service, kind, reason } = found;
	const route = kind === 'service' || kind === 'workload' ? routeOf(alert.labels, evidence.expression) : undefined;
	return {
		service,
		kind,
		...(route === undefined ? {} : { route }),
		reason,
		...alertedSeries(alert.labels, evidence.expression, evidence.subject, evidence.job),
	};
}

function evidenceOf({ labels, expression: text }: Asked): Evidence {
	const expression = text === undefined ? undefined : readAlertExpression(text);
	const { subject = [] } = expression?.lineage ?? {};
	const metric = subject.find(each => each.metric !== undefined)?.metric ?? '';
	const demanded = namedValues(demandedLabels(subject));
	const labelled = namedValues(labels);
	const job = labelled.get('job')?.value ?? demanded.get('job')?.value ?? '';
	return { expression, subject: metric === '' ? anySubject : subjectOfMetric(metric), metric, demanded, labelled, job };
}

/** https://sloth.dev/: every rule of an SLO has its service; `sloth_id` is the service and the SLO. */
function namedBySlo({ demanded, labelled }: Evidence): Finding | undefined {
	for (const [values, words] of [
		[demanded, selects],
		[labelled, isLabelled],
	] as const) {
		const service = values.get('sloth_service');
		if (service !== undefined) return { service: service.value, kind: 'service', reason: sentence(words, service) };
		const id = values.get('sloth_id');
		const ending = `-${labelled.get('sloth_slo')?.value ?? values.get('sloth_slo')?.value ?? ''}`;
		if (id === undefined || ending === '-' || !id.value.endsWith(ending)) continue;
		return { service: id.value.slice(0, -ending.length), kind: 'service', reason: sentence(words, id) };
	}
	return undefined;
}

function inTiers(evidence: Evidence, round: Round): Finding | undefined {
	const { subject, demanded, labelled, job } = evidence;
	for (const tier of subject.tiers) {
		for (const [values, words] of [
			[demanded, selects],
			[labelled, isLabelled],
		] as const) {
			for (const label of tier) {
				const named = values.get(label);
				const claim = named === undefined ? undefined : claimOf(label, named.value, subject, job, round);
				if (named === undefined || claim === undefined) continue;
				const origin = words === isLabelled ? originOf(named.name, evidence) : undefined;
				const asides = [claim.how, origin, observerOf(label, evidence)].filter(aside => aside !== undefined);
				return { ...claim, reason: sentence(words, named, ...asides) };
			}
		}
	}
	return undefined;
}

const selects = "The alert's expression selects";
const isLabelled = 'The alert is labelled';

const sentence = (
	words: string,
	{ name, value }: { name: string; value: string },
	...asides: readonly string[]
): string => `${[`${words} ${name}="${value}"`, ...asides].join(', ')}.`;

/** Where a label comes from that the measured series do not have. */
function originOf(name: string, { expression }: Evidence): string | undefined {
	const { lent = {}, made = {} } = expression?.lineage ?? {};
	if (lent[name] !== undefined) return `which its rule takes from ${lent[name]}`;
	return made[name] === undefined ? undefined : `which its rule makes from ${made[name].from}`;
}

/** Says that the job was passed over, when it was and something else than a service's name was found. */
const observerOf = (label: string, { job, subject }: Evidence): string | undefined =>
	!observerNames.includes(label) && subject.by !== 'own' && isExporter(job)
		? `and job ${job} only measures`
		: undefined;

function inPatterns({ expression, subject, job }: Evidence): Finding | undefined {
	const all = (expression?.lineage.subject ?? []).flatMap(({ matchers }) => matchers);
	for (const label of subject.tiers.flat()) {
		const matcher = all.find(({ name, operator }) => plainName(name) === label && operator === '=~');
		const names = matcher === undefined ? [] : namesInPattern(matcher);
		const claims = names.flatMap(name => claimOf(label, name, subject, job, 'names') ?? []);
		const [claim] = claims;
		if (matcher === undefined || claim === undefined) continue;
		const choice =
			claims.length === 1 ? `a pattern for ${claim.service}` : `and ${claim.service} is the first of ${claims.length}`;
		return { ...claim, reason: `${selects} ${matcher.name}=~"${shortened(matcher.value)}", ${choice}.` };
	}
	return undefined;
}

const longestPattern = 60;
const shortened = (text: string): string =>
	text.length <= longestPattern ? text : `${text.slice(0, longestPattern - 1)}…`;

function besideSubject({ expression, job }: Evidence): Finding | undefined {
	for (const selector of expression?.lineage.beside ?? []) {
		const values = namedValues(demandedLabels([selector]));
		const subject = selector.metric === undefined ? anySubject : subjectOfMetric(selector.metric);
		for (const label of subject.tiers.flat()) {
			const named = values.get(label);
			const claim = named === undefined ? undefined : claimOf(label, named.value, subject, job, 'names');
			if (named === undefined || claim === undefined) continue;
			return { ...claim, reason: sentence("A condition in the alert's expression selects", named) };
		}
	}
	return undefined;
}

function observerItself(evidence: Evidence): Finding | undefined {
	const { subject, metric } = evidence;
	if (subject.by !== 'scrape') return undefined;
	const found = inTiers({ ...evidence, subject: { ...subject, tiers: [observerNames] } }, 'observers');
	return found === undefined
		? undefined
		: { ...found, reason: `${found.reason} Nothing else is named by a rule about ${metric}.` };
}

const observerNames = ['exported_job', 'job', 'service', 'app'];

const component = ({ subject, metric }: Evidence): Finding | undefined =>
	subject.component === undefined
		? undefined
		: {
				service: subject.component,
				kind: 'service',
				reason: `The alert's expression reads ${metric}, a metric of ${subject.component}.`,
			};

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
		...(isAboutRequests(found.kind) ? {} : { view: 'resources' }),
		window: alertWindow(alert, now),
	};
}

/** Machines, addresses and parts have no requests of their own to show. */
const isAboutRequests = (kind: AlertedKind): boolean => kind === 'service' || kind === 'workload';

function alertWindow({ since, activeAt = since, holdFor = 0 }: Alert, now: Milliseconds): Window {
	if (Number.isNaN(since)) return live(hour);
	const began = Math.min(since, Number.isNaN(activeAt) ? since : activeAt, since - holdFor);
	const length = Math.max(0, now - began) + lead;
	const round = 5 * minute;
	if (length <= longestLive) return live(Math.max(lead, Math.ceil(length / round) * round));
	return fixed(now - Math.min(length, longestFixed), now);
}
