import { withNextComparison } from '../../analysis/baseline.ts';
import { otherBreakdowns } from '../../analysis/breakdown-labels.ts';
import { moreQuantiles, quantilesIn, usualQuantiles } from '../../analysis/quantiles.ts';
import { familiesOf } from '../../analysis/service-target.ts';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import { climbed } from '../rung-keys.ts';
import { type Binding, type Outcome, refuse, turn } from '../screen.ts';
import { ladderOf } from './ladder.ts';
import type { ServiceShown, ServiceState } from './state.ts';

type PanelBinding = Binding<ServicePlace, ServiceFindings, ServiceState>;

/** In the other views of the service there is nothing to see of what such a key does. */
export const ofPanels = ({ place }: ServiceShown): string | undefined =>
	place.view === undefined ? undefined : 'This is a key of the panels; tab leads to them.';

/** Asks the panels otherwise. */
const turning =
	(change: (shown: ServiceShown) => ServicePlace | string) =>
	(shown: ServiceShown): Outcome<ServiceState> => {
		const to = change(shown);
		return typeof to === 'string' ? refuse(to) : turn(to, shown.state);
	};

/** The other set of quantiles; what goes without saying is not said. */
function otherQuantiles({ place }: ServiceShown): ServicePlace {
	const { quantiles, ...rest } = place;
	return quantilesIn(quantiles).join() === usualQuantiles.join() ? { ...rest, quantiles: moreQuantiles } : rest;
}

function otherRates({ place, findings }: ServiceShown): ServicePlace | string {
	const { rates, ...rest } = place;
	if (rates !== undefined) return rest;
	const target = lastValueOf(findings.target);
	if (target?.kind === 'found' && target.errorMatcher === undefined) return 'No label of these metrics tells a status.';
	return { ...rest, rates: 'status' };
}

function otherDurations({ place }: ServiceShown): ServicePlace {
	const { durations, ...rest } = place;
	return durations === undefined ? { ...rest, durations: 'heat' } : rest;
}

/** The place by the next label that its metrics have, or why there is none. The route goes without saying. */
function nextBreakdown({ place, findings }: ServiceShown): ServicePlace | string {
	const target = lastValueOf(findings.target);
	if (target?.kind !== 'found') return 'There are no figures to break down.';
	const by = place.by ?? target.routeLabel;
	const [next] = otherBreakdowns(target, by);
	if (next === undefined) {
		return by === undefined
			? 'No label of these metrics tells requests apart.'
			: `These metrics have no other label than ${by} to break down by.`;
	}
	const { by: _, ...rest } = place;
	return next.label === target.routeLabel ? rest : { ...rest, by: next.label };
}

/** What the next break-down is by, in a word. */
function nextWord({ place, findings }: ServiceShown): string {
	const target = lastValueOf(findings.target);
	const [next] = target?.kind === 'found' ? otherBreakdowns(target, place.by) : [];
	return next === undefined ? 'break-down' : `by ${next.word}`;
}

/** The rows are others then, so that neither the one under the cursor nor the filter is kept. */
function turnBreakdown(shown: ServiceShown): Outcome<ServiceState> {
	const to = nextBreakdown(shown);
	const { row: _, ...state } = shown.state;
	return typeof to === 'string' ? refuse(to) : turn(to, { ...state, filter: '' });
}

function whyNoBreakdown(shown: ServiceShown): string | undefined {
	const next = nextBreakdown(shown);
	return typeof next === 'string' ? next : undefined;
}

/** The next of the families that describe the service, round in the order of their keys, which does not change. */
function nextFamily({ place, findings }: ServiceShown): ServicePlace | string {
	const target = lastValueOf(findings.target);
	if (target?.kind !== 'found' || target.others.length === 0) return 'No other metrics describe this service.';
	const families = familiesOf(target);
	const next = families[(families.indexOf(target.family) + 1) % families.length];
	return next === undefined ? place : { ...place, family: next };
}

const panelBindings: readonly PanelBinding[] = [
	{
		keys: ['b'],
		label: 'baseline',
		help: 'Compare with a day ago, a week ago, or nothing.',
		footer: 5,
		run: turning(({ place }) => withNextComparison(place)),
	},
	{
		keys: ['B'],
		label: 'break-down',
		labelNow: nextWord,
		help: 'Break the service down by the next of its labels: route, method, pod, version, status.',
		footer: 5,
		idle: whyNoBreakdown,
		run: turnBreakdown,
	},
	{
		keys: ['p'],
		label: 'quantiles',
		help: 'Show p50, p90, p99 and p99.9, or the usual p50, p95 and p99.',
		run: turning(otherQuantiles),
	},
	{
		keys: ['c'],
		label: 'status classes',
		help: 'Show the rate by classes of status, or all requests together.',
		run: turning(otherRates),
	},
	{
		keys: ['v'],
		label: 'heat map',
		help: 'Show durations as a heat map of the buckets, or as lines of their quantiles.',
		run: turning(otherDurations),
	},
	{
		keys: ['F'],
		label: 'metrics',
		help: 'Take the next metrics that describe this service.',
		run: shown => climbed(shown, 'F', ladderOf) ?? turning(nextFamily)(shown),
	},
];

/** What the panels show of the service, and beside what. */
export const panelKeys: readonly PanelBinding[] = panelBindings.map(binding => ({
	...binding,
	idle: shown => ofPanels(shown) ?? binding.idle?.(shown),
}));
