import type { Alert } from '../model/alert.ts';
import {
	type Claim,
	claimOf,
	demandedLabels,
	type NamedValues,
	namedValues,
	namesInPattern,
	type Round,
} from './alert-claims.ts';
import { type AlertExpression, expressionOfAlert } from './alert-expression.ts';
import { noLineage } from './alert-lineage.ts';
import {
	anySubject,
	type Measurer,
	type MetricSubject,
	ownerLabels,
	serviceNames,
	subjectOfMetric,
} from './alert-subjects.ts';
import { isCollector, isExporter } from './exporters.ts';
import { plainName } from './label-roles.ts';

/** An alert, laid out for those who look for evidence in it. */
export type Evidence = {
	readonly expression: AlertExpression | undefined;
	readonly subject: MetricSubject;
	/** The metric that `subject` was chosen by. */
	readonly metric: string;
	readonly demanded: NamedValues;
	readonly labelled: NamedValues;
	readonly annotated: NamedValues;
	/** The scrape job, from the alert or from the expression; empty when neither has one. */
	readonly job: string;
};

/** A claim that was believed. */
export type Finding = Claim & {
	/** In a sentence: `The alert's expression selects service_name="edge".` */
	readonly reason: string;
	/** The label it was read from, as it is spelled there; absent where it was none. */
	readonly label?: string;
	/** Who took the measurements, as far as the found is concerned: a proxy that is found tells of itself. */
	readonly by: Measurer;
};

/**
 * Who an alert is about, in the order of evidence that `serviceOfAlert` states; `undefined` when nothing names anybody.
 */
export const findingOf = (evidence: Evidence): Finding | undefined =>
	namedBySlo(evidence) ??
	inTiers(evidence, 'names') ??
	inPatterns(evidence) ??
	besideSubject(evidence) ??
	inTiers(evidence, 'addresses') ??
	observerItself(evidence) ??
	component(evidence) ??
	inAnnotations(evidence) ??
	scrapedTogether(evidence);

export function evidenceOf(
	alert: Pick<Alert, 'labels' | 'expression' | 'recordings'> & Partial<Pick<Alert, 'annotations'>>,
): Evidence {
	const { labels, annotations = {} } = alert;
	const expression = expressionOfAlert(alert);
	const { subject: measured = [] } = expression?.lineage ?? {};
	const metric = measured.find(each => each.metric !== undefined)?.metric ?? '';
	const written = expression?.recorded?.written ?? [];
	const demanded = namedValues({ ...demandedLabels(measured), ...demandedLabels(written) });
	const labelled = namedValues(labels);
	const job = labelled.get('job')?.value ?? demanded.get('job')?.value ?? '';
	const annotated = namedValues(annotations);
	const subject = metric === '' ? anySubject : subjectOfMetric(metric);
	return { expression, subject, metric, demanded, labelled, annotated, job };
}

/** https://sloth.dev/: every rule of an SLO has its service; `sloth_id` is the service and the SLO. */
function namedBySlo({ demanded, labelled }: Evidence): Finding | undefined {
	for (const [values, words] of [
		[demanded, selects],
		[labelled, isLabelled],
	] as const) {
		const service = values.get('sloth_service');
		if (service !== undefined) return sloFinding(service.value, sentence(words, service));
		const id = values.get('sloth_id');
		const ending = `-${labelled.get('sloth_slo')?.value ?? values.get('sloth_slo')?.value ?? ''}`;
		if (id === undefined || ending === '-' || !id.value.endsWith(ending)) continue;
		return sloFinding(id.value.slice(0, -ending.length), sentence(words, id));
	}
	return undefined;
}

const sloFinding = (service: string, reason: string): Finding => ({ service, kind: 'service', reason, by: 'service' });

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
				const by = measurerOf(label, subject);
				return { ...claim, reason: sentence(words, named, ...asides), label: named.name, by };
			}
		}
	}
	return undefined;
}

/** A proxy beside the workload has the workload's labels; one whose own labels name it tells of itself. */
function measurerOf(label: string, { by, tiers }: MetricSubject): Measurer {
	if (by !== 'proxy') return by;
	if (label === 'deployment' || ownerLabels.includes(label)) return 'service';
	return tiers[0]?.includes(label) === true ? 'proxy' : 'own';
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
	const { lent, made } = expression?.lineage ?? noLineage;
	const [lender, source] = [lent.get(name), made.get(name)];
	if (lender !== undefined) return `which its rule takes from ${lender}`;
	if (source === undefined) return undefined;
	return source.from === '' ? 'which a recording rule puts there' : `which its rule makes from ${source.from}`;
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
		return {
			...claim,
			by: subject.by,
			reason: `${selects} ${matcher.name}=~"${shortened(matcher.value)}", ${choice}.`,
		};
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
			return { ...claim, by: 'service', reason: sentence("A condition in the alert's expression selects", named) };
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
		: { ...found, by: 'own', reason: `${found.reason} Nothing else is named by a rule about ${metric}.` };
}

const observerNames = ['exported_job', 'job', 'service', 'app'];

const component = ({ subject, metric }: Evidence): Finding | undefined =>
	subject.component === undefined
		? undefined
		: {
				service: subject.component,
				kind: 'service',
				by: subject.by,
				reason: `The alert's expression reads ${metric}, a metric of ${subject.component}.`,
			};

/** What the rule's author wrote under the name of such a label, and of no other: the rest of annotations is prose. */
function inAnnotations({ annotated }: Evidence): Finding | undefined {
	for (const label of serviceNames) {
		const named = annotated.get(label);
		const claim = named === undefined ? undefined : claimOf(label, named.value, anySubject, '', 'names');
		if (named === undefined || claim === undefined) continue;
		return { ...claim, by: 'service', reason: sentence('The alert is annotated', named) };
	}
	return undefined;
}

/** What a way of discovery found, where a rule counts its targets and nothing tells them apart. */
function scrapedTogether({ subject, job, demanded, labelled }: Evidence): Finding | undefined {
	const named = labelled.get('job') ?? demanded.get('job');
	if (subject.by !== 'scrape' || named === undefined || !isCollector(job)) return undefined;
	const reason = sentence(
		labelled.has('job') ? isLabelled : selects,
		named,
		'the job of targets that it does not name',
	);
	return { service: job, kind: 'part', by: 'scrape', reason, label: named.name };
}
