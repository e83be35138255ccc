import { type AlertExpression, expressionOfAlert } from '../analysis/alert-expression.ts';
import { serviceOfAlert } from '../analysis/alert-service.ts';
import { serviceLabels } from '../analysis/label-roles.ts';
import { redFamilies } from '../analysis/red-families.ts';
import { chooseTarget } from '../analysis/red-match.ts';
import { nearServices, type OwnSeries, ownSeriesOf, probeSelectors, servicesQuery } from '../analysis/red-probe.ts';
import { type FoundTarget, familiesOf, type MissingTarget, type ServiceTarget } from '../analysis/service-target.ts';
import type { UseIdentity } from '../analysis/use-identity.ts';
import { uncountedNames, uncountedSelectors } from '../analysis/use-uncounted.ts';
import type { Alert } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { ServicePlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { Asking, MetricsSource } from './ports.ts';

/**
 * The alert in whose light a service is looked at, and what its rule says; nothing when the operator has said that the
 * alert is about somebody else than its rule does.
 */
export type AlertLight = { readonly alert: Alert; readonly expression: AlertExpression | undefined };

export const lightOf = (alert: Alert | undefined): AlertLight | undefined =>
	alert === undefined
		? undefined
		: {
				alert,
				expression: alert.corrected === undefined ? expressionOfAlert(alert) : undefined,
			};

/** Label sets that a probe may bring; a service with more is known well enough by these. */
const mostSeries = 2000;
const mostNear = 10;

type Search = {
	readonly metrics: Pick<MetricsSource, 'series' | 'query'>;
	readonly asking: Asking;
	/** What else is asked, at the same time as the second round. */
	readonly whenMissing: () => Promise<unknown>;
};

/** Finds what describes the service by one question; by a second round, what else there is when nothing does. */
export async function searchTarget(
	place: ServicePlace,
	light: AlertLight | undefined,
	range: TimeRange,
	search: Search,
): Promise<Answer<ServiceTarget>> {
	const { metrics, asking } = search;
	const own = ownOf(place, light);
	const selectors = probeSelectors(place.service, own);
	const { value: series, notes } = await metrics.series(selectors, range, mostSeries, asking);
	const target = chooseTarget({
		service: place.service,
		series,
		own,
		...(place.route === undefined ? {} : { route: place.route }),
		...(place.family === undefined ? {} : { family: place.family }),
	});
	if (target !== undefined)
		return answer(target, [...notes, ...routeNotes(place, target.routeLabel), ...familyNotes(place, target)]);
	return searchOthers(place, light, { range, notes }, search);
}

/** What there is instead: gauges of this service's requests that count none, and services that count theirs. */
async function searchOthers(
	place: ServicePlace,
	light: AlertLight | undefined,
	{ range, notes }: { readonly range: TimeRange; readonly notes: readonly Note[] },
	{ metrics, asking, whenMissing }: Search,
): Promise<Answer<ServiceTarget>> {
	const identity = identityOf(place, light);
	const [others, gauges] = await Promise.all([
		metrics.query(servicesQuery(), range.to, asking),
		metrics.series(uncountedSelectors(identity), range, mostSeries, asking),
		whenMissing(),
	]);
	const near = nearServices(
		place.service,
		others.value.map(({ labels }) => labels),
		mostNear,
	);
	const uncounted = uncountedNames(identity, gauges.value);
	return answer(missing(place, near, uncounted), [...notes, ...others.notes, ...gauges.notes]);
}

/** Whose resources these are: with the labels of the alert in whose light it is looked at, when it is about them. */
export function identityOf({ service }: Pick<ServicePlace, 'service'>, light: AlertLight | undefined): UseIdentity {
	const alerted = light === undefined ? undefined : serviceOfAlert(light.alert)?.service;
	const isItsOwn =
		light !== undefined && light.alert.corrected === undefined && (alerted === undefined || alerted === service);
	return { service, labels: isItsOwn ? light.alert.labels : {} };
}

/** The rule's own series, unless the operator has gone on to another service than the alert's. */
export const ownOf = (place: ServicePlace, light: AlertLight | undefined): readonly OwnSeries[] =>
	light?.expression !== undefined && isAbout(light.alert, place) ? ownSeriesOf(light.alert, light.expression) : [];

/** True when the alert is about the service of the place, and not about one from which the operator has gone on. */
export const isAbout = (alert: Alert, { service }: Pick<ServicePlace, 'service'>): boolean =>
	serviceOfAlert(alert)?.service === service;

const routeNotes = ({ route }: ServicePlace, label: string | undefined): readonly Note[] =>
	route === undefined || label !== undefined
		? []
		: [{ kind: 'partial', text: `No label tells routes apart: these are all routes, not ${route} alone.` }];

const familyNotes = ({ family }: ServicePlace, target: FoundTarget): readonly Note[] =>
	family === undefined || family === target.family
		? []
		: [
				{
					kind: 'info',
					text: `There are no metrics of family ${family} here; shown are ${target.convention}. Families here: ${familiesOf(target).join(', ')}.`,
				},
			];

function missing({ service }: ServicePlace, near: MissingTarget['near'], uncounted: readonly string[]): MissingTarget {
	if (uncounted.length > 0) {
		return {
			kind: 'missing',
			looked: `In this window no requests of ${service} are counted by any of the ${redFamilies.length} known conventions. There is: ${uncounted.join(', ')}.`,
			next: 'See its resources: tab here, --view resources on the command line.',
			near,
		};
	}
	return {
		kind: 'missing',
		looked: `No request metrics of the ${redFamilies.length} known conventions name ${service} in this window; looked in ${serviceLabels.join(', ')}.`,
		next:
			near.length === 0
				? 'Prometheus has no request metrics of these conventions at all. Look at the logs, or widen the window.'
				: 'Go to one of the services that have such metrics, or widen the window.',
		near,
	};
}
