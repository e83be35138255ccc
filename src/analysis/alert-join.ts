import type { Alert, AlertRule, AlertState, ManagedAlert, RuleAlert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import { alertIds } from './alert-id.ts';
import { expressionInLink } from './generator-url.ts';
import { redact } from './redact.ts';
import { redactEvidenceField } from './redact-evidence.ts';
import { severityOf, severityRank } from './severity.ts';

/**
 * Joins Alertmanager's alerts with those of Prometheus' rules into what the operator sees, in the order of triage.
 * Either list may be empty because its backend is missing; every alert of either stands in the result once. Texts are
 * redacted, expressions are not: they are asked again.
 *
 * The two views of one alert differ in their labels: Alertmanager's has external labels and relabelling on top
 * (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#alertmanager_config). So they belong
 * together when name and rule-side labels agree, and of several such pairs the one that shares most labels wins.
 */
export function joinAlerts(managed: readonly ManagedAlert[], rules: readonly AlertRule[]): readonly Alert[] {
	const ruled = rules.flatMap(rule => rule.active.map(active => ({ rule, active })));
	const pairs = pairsOf(managed, ruled);
	const taken = new Set(pairs.values());
	const joined = [
		...managed.map(alert => ({ managed: alert, ruled: pairs.get(alert) })),
		...ruled.filter(each => !taken.has(each)).map(each => ({ managed: undefined, ruled: each })),
	];
	const ids = alertIds(joined.map(({ managed, ruled }) => ruled?.active.labels ?? managed?.labels ?? {}));
	return joined.map((views, index) => alertOf(views, ids[index] ?? '')).sort(compareAlerts);
}

type Ruled = { readonly rule: AlertRule; readonly active: RuleAlert };
type Views = { readonly managed: ManagedAlert | undefined; readonly ruled: Ruled | undefined };

/** The best partner of each managed alert, each rule alert given away once. */
function pairsOf(managed: readonly ManagedAlert[], ruled: readonly Ruled[]): ReadonlyMap<ManagedAlert, Ruled> {
	const byName = new Map<string, Ruled[]>();
	for (const each of ruled) {
		const name = nameOf(each.active.labels, each.rule.name);
		byName.set(name, [...(byName.get(name) ?? []), each]);
	}
	const possible = managed.flatMap(alert =>
		(byName.get(nameOf(alert.labels, '')) ?? [])
			.map(candidate => ({ alert, candidate, likeness: likenessOf(alert.labels, candidate.active.labels) }))
			.filter(({ likeness }) => likeness > 0),
	);
	const pairs = new Map<ManagedAlert, Ruled>();
	const taken = new Set<Ruled>();
	for (const { alert, candidate } of possible.sort((a, b) => b.likeness - a.likeness)) {
		if (pairs.has(alert) || taken.has(candidate)) continue;
		pairs.set(alert, candidate);
		taken.add(candidate);
	}
	return pairs;
}

/** How many labels both have; 0 when any differs. Labels that only one side has were added or dropped on the way. */
function likenessOf(managed: Labels, ruled: Labels): number {
	const shared = Object.entries(ruled).filter(([name]) => name in managed);
	return shared.every(([name, value]) => managed[name] === value) ? shared.length : 0;
}

const nameOf = (labels: Labels, fallback: string): string => labels.alertname ?? fallback;

function alertOf({ managed, ruled }: Views, id: string): Alert {
	const labels = { ...ruled?.active.labels, ...managed?.labels };
	const annotations = redactedOf(managed?.annotations ?? ruled?.active.annotations ?? {});
	const { activeAt } = ruled?.active ?? {};
	const runbookUrl = annotations.runbook_url ?? annotations.runbook ?? annotations.playbook;
	const expression = ruled?.rule.expression || expressionInLink(managed?.generatorUrl ?? '');
	const name = nameOf(labels, ruled?.rule.name ?? '(unnamed)');
	return {
		id,
		...(managed === undefined ? {} : { fingerprint: managed.fingerprint }),
		name,
		severity: severityOf(labels),
		state: stateOf(managed, ruled?.active),
		labels: redactedOf(labels),
		summary: summaryOf(annotations, name),
		annotations,
		...(runbookUrl === undefined ? {} : { runbookUrl }),
		since: managed?.startsAt ?? firedAt(ruled),
		...(activeAt === undefined ? {} : { activeAt }),
		...(expression === undefined ? {} : { expression }),
		...(ruled?.rule.recordings === undefined ? {} : { recordings: ruled.rule.recordings }),
		...(ruled === undefined ? {} : { value: ruled.active.value, holdFor: ruled.rule.holdFor }),
		silencedBy: managed?.silencedBy ?? [],
		inhibitedBy: managed?.inhibitedBy ?? [],
		receivers: managed?.receivers ?? [],
		from: [
			...(ruled === undefined ? [] : ['prometheus' as const]),
			...(managed === undefined ? [] : ['alertmanager' as const]),
		],
		...(managed?.differs === undefined ? {} : { differs: managed.differs }),
		...ruleErrorOf(ruled),
	};
}

const ruleErrorOf = (ruled: Ruled | undefined): { ruleError?: string } =>
	ruled === undefined || !isUnhealthy(ruled.rule) ? {} : { ruleError: redact(errorOf(ruled.rule)) };

/** True when the rule could not be evaluated (`err` of Prometheus, `error` of Grafana): it cannot tell of anything new. */
export const isUnhealthy = ({ health }: Pick<AlertRule, 'health'>): boolean => /^err/i.test(health);

/** Why the rule could not be evaluated, in the server's words, on one line. */
export const errorOf = ({ lastError = 'the server does not say why' }: Pick<AlertRule, 'lastError'>): string =>
	lastError.split('\n')[0] ?? lastError;

const redactedOf = (texts: Labels): Labels =>
	Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, redactEvidenceField(name, text)]));

/** Prometheus says when the condition became true; it fires when that has held for the rule's `for`. */
function firedAt(ruled: Ruled | undefined): number {
	const { activeAt = Number.NaN, state } = ruled?.active ?? {};
	return state === 'pending' ? activeAt : activeAt + (ruled?.rule.holdFor ?? 0);
}

function stateOf(managed: ManagedAlert | undefined, active: RuleAlert | undefined): AlertState {
	if (managed === undefined) return active?.state === 'pending' ? 'pending' : 'firing';
	if (managed.silencedBy.length > 0) return 'silenced';
	if (managed.inhibitedBy.length > 0) return 'inhibited';
	return managed.mutedBy.length > 0 ? 'muted' : 'firing';
}

/** Annotations that say in a line what is wrong, best first (counted over public rule sets). */
const summaries = ['summary', 'title', 'message', 'description'];

function summaryOf(annotations: Labels, name: string): string {
	const text = summaries.map(key => annotations[key]?.trim()).find(each => each !== undefined && each !== '');
	return text?.split('\n')[0]?.trim() ?? name;
}

/**
 * The order of triage. Suppressed alerts last; then the worst first, the firing before the pending, the newest before the
 * older: who was just paged looks for what is new, and what has fired since yesterday is known. The identity settles
 * the rest, so that the order is the same at every look.
 */
export function compareAlerts(a: Alert, b: Alert): number {
	return (
		Number(isSuppressed(a)) - Number(isSuppressed(b)) ||
		severityRank(a.severity) - severityRank(b.severity) ||
		Number(a.state === 'pending') - Number(b.state === 'pending') ||
		compareNumbers(b.since, a.since) ||
		(a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
	);
}

/** True when somebody or something keeps the alert from being heard. */
export const isSuppressed = ({ state }: Alert): boolean =>
	state === 'silenced' || state === 'inhibited' || state === 'muted';

const compareNumbers = (a: number, b: number): number =>
	a === b ? 0 : Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b;

const metaNames =
	/^(watchdog|infoinhibitor|dead_?mans?_?(switch|snitch)|heartbeat|always_?firing|prometheusalertmanagere2edeadmanswitch)$/i;

/**
 * True for alerts that fire always or only steer other alerts (kube-prometheus' Watchdog and InfoInhibitor, dead man's
 * switches), which are hidden by default: they tell that alerting works, not that something is wrong.
 */
export const isMetaAlert = ({ name, labels }: Pick<Alert, 'name' | 'labels'>): boolean =>
	metaNames.test(name) || labels.severity?.toLowerCase() === 'none';

/** The alert with this id, or the first of this name in the order of triage. */
export const findAlert = (alerts: readonly Alert[], idOrName: string): Alert | undefined =>
	alerts.find(({ id }) => id === idOrName) ??
	alerts.find(({ name }) => name === idOrName) ??
	alerts.find(({ name }) => name === idOrName.split('@')[0]);
