import type { Matcher } from '../model/labels.ts';
import { tellsOfResource } from './alert-aspect.ts';
import type { AlertExpression } from './alert-expression.ts';
import { outcomeOf } from './alert-figure.ts';
import { subjectOfMetric } from './alert-subjects.ts';
import { plainName, routeLabels, statusLabels } from './label-roles.ts';
import type { PromSelector } from './promql.ts';
import { type FamilyDuration, type FamilyStatus, milliseconds, type RedFamily, seconds } from './red-family.ts';

/**
 * A family made of the metrics that an alert's rule reads, for rules whose metrics are of no known convention: requests
 * from the counter that it reads as a rate, failures by the matcher that it has above the line, durations from a
 * histogram or summary that shares the counter's stem; or from a histogram that it reads, with the counter beside it.
 * `undefined` where the rule reads no counter of requests: time worked, bytes, failures alone, and what exporters,
 * runtimes and infrastructure count.
 */
export function alertedFamilyOf({ lineage, comparison }: AlertExpression): RedFamily | undefined {
	const counted = lineage.subject.filter(isCounting);
	const operator = comparison?.threshold.operator ?? '>';
	const counters = counted.filter(({ metric = '' }) => metric.endsWith('_total') && !failing.test(metric));
	const told = counters.map(selector => ({ selector, failed: failedIn(selector, counted, operator) }));
	const best = told.find(({ failed }) => failed !== undefined) ?? told.find(({ selector }) => isOfRequests(selector));
	if (best !== undefined) return familyOfCounter(best.selector, best.failed);
	const [histogram] = counted.flatMap(({ metric = '' }) => durationIn(metric) ?? []);
	return histogram === undefined ? undefined : familyOfDuration(histogram);
}

/** True for the families of `alertedFamilyOf`. */
export const isAlertedFamily = ({ key }: Pick<RedFamily, 'key'>): boolean => key.startsWith(keyStart);

const keyStart = 'alert-';

/** Read over a range, by a service of itself, and neither time nor a size. */
const isCounting = ({ metric, range }: PromSelector): boolean =>
	metric !== undefined &&
	range !== undefined &&
	subjectOfMetric(metric).by === 'service' &&
	!tellsOfResource(metric) &&
	!innerWork.test(plainName(metric));

const innerWork =
	/(?:^|_)(?:gc|scrape|compact\w*|reconcile|sync|wal|fsync|tls|dns|rule)_|_(?:seconds|milliseconds|ms|bytes|joules)_total$/;

const failing =
	/(?:^|_)(?:errors?|exceptions?|fail(?:ed|ures?)?|faults?|5xx|timeouts?|reject(?:ed|ions?)|dropped)_total$/;

const isOfRequests = ({ metric = '' }: PromSelector): boolean =>
	/(?:request|call|rpc|message|event|job|task|order|transaction|operation|quer(?:y|ie)|payment)s?_|(?:process|handl|consum|complet|receiv)ed_/.test(
		metric,
	);

/** What marks failures of a counter: a matcher on it, or another counter above the line. */
type Failed = { readonly matcher: Matcher } | { readonly metric: string };

function failedIn(
	{ metric = '' }: PromSelector,
	counted: readonly PromSelector[],
	operator: string,
): Failed | undefined {
	const same = counted.filter(each => each.metric === metric);
	const shared = ({ name, value }: Matcher) =>
		same.every(({ matchers }) => matchers.some(each => each.name === name && each.value === value));
	const apart = same.flatMap(({ matchers }) => matchers).filter(matcher => same.length > 1 && !shared(matcher));
	const telling = [...apart, ...same.flatMap(({ matchers }) => matchers)].find(each => outcomeOf(each) !== undefined);
	const matcher = telling ?? (apart.length === 1 ? apart[0] : undefined);
	if (matcher !== undefined) {
		const outcome = outcomeOf(matcher) ?? (operator.startsWith('<') ? 'fine' : 'failed');
		return { matcher: outcome === 'failed' ? matcher : { ...matcher, operator: opposites[matcher.operator] } };
	}
	const beside = counted.find(each => failing.test(each.metric ?? ''))?.metric;
	return beside === undefined ? undefined : { metric: withoutTotal(beside) };
}

const opposites: Readonly<Record<Matcher['operator'], Matcher['operator']>> = {
	'=': '!=',
	'!=': '=',
	'=~': '!~',
	'!~': '=~',
};

const withoutTotal = (metric: string): string => metric.replace(/_total$/, '');

const familyBase = (stem: string) =>
	({ key: `${keyStart}${stem}`, name: "The alert's own metric", side: 'served', routes }) as const;

/** Labels by which a rule's author may have told requests apart. */
const routes: readonly string[] = [...routeLabels, 'op', 'method', 'action', 'topic', 'queue', 'type'];

/** In words or codes, whatever the label is called; only where the rule itself does not say what failed. */
const usualStatuses: readonly FamilyStatus[] = statusLabels.map(label => ({
	label,
	scheme: /grpc/.test(label) ? 'grpc' : 'http',
}));

function familyOfCounter({ metric = '' }: PromSelector, failed: Failed | undefined): RedFamily {
	const stem = withoutTotal(metric);
	return {
		...familyBase(stem),
		counters: [stem],
		durations: durationsBeside(stem),
		...(failed === undefined ? { statuses: usualStatuses } : {}),
		...(failed !== undefined && 'matcher' in failed
			? { statuses: [{ label: plainName(failed.matcher.name), matcher: failed.matcher }] }
			: {}),
		...(failed !== undefined && 'metric' in failed
			? { failures: { metrics: [failed.metric], counted: 'within' } }
			: {}),
	};
}

/** `shop_api_requests` has its durations in `shop_api_request_duration_seconds`, `shop_api_latency_ms`, and so on. */
function durationsBeside(stem: string): readonly FamilyDuration[] {
	const parent = stem.replace(/_[^_]+$/, '');
	const stems = [...new Set([stem, singular(stem), parent, singular(parent)])];
	return stems.flatMap(each => durationWords.flatMap(word => inUnits(word === '' ? each : `${each}_${word}`)));
}

const singular = (stem: string): string => stem.replace(/s$/, '');

const durationWords = [
	'duration',
	'latency',
	'time',
	'processing',
	'processing_duration',
	'processing_time',
	'response_time',
	'',
];

const inUnits = (base: string): readonly FamilyDuration[] => [
	seconds(`${base}_seconds`),
	milliseconds(`${base}_milliseconds`),
	milliseconds(`${base}_ms`),
];

/** The histogram or summary behind a series whose name says that it has durations, and in which unit. */
function durationIn(metric: string): FamilyDuration | undefined {
	const [, base, unit] =
		/^(\w*(?:duration|latency|time|processing|elapsed|took)_(seconds|milliseconds|ms))_(?:bucket|count|sum)$/.exec(
			metric,
		) ?? [];
	if (base === undefined) return undefined;
	return unit === 'seconds' ? seconds(base) : milliseconds(base);
}

function familyOfDuration(duration: FamilyDuration): RedFamily {
	const stem = duration.base
		.replace(/_(?:seconds|milliseconds|ms)$/, '')
		.replace(/(?:_(?:duration|latency|response|processing|time|elapsed|took))+$/, '');
	return {
		...familyBase(stem),
		counters: [`${stem}s`, stem, `${stem}_requests`],
		durations: [duration],
		statuses: usualStatuses,
	};
}
