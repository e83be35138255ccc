import { serviceReasonOf } from '../../analysis/alert-service.ts';
import { type FiringHistory, firingHistoryOf, historySentence } from '../../analysis/firing-history.ts';
import { formatDuration } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { silenceSentence } from '../../analysis/silence-words.ts';
import type { Alert } from '../../model/alert.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Role } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { verdictOf } from '../signal/verdict.ts';
import { type AlertRow, type AlertsShown, stateCountsOf } from './state.ts';

/** A line of what is told of the row under the cursor, no wider than its room; or the strip of the last 24 h. */
export type DetailLine =
	| { readonly text: string; readonly role: Role }
	| { readonly history: FiringHistory; readonly severity: Alert['severity'] };

type Telling = Pick<AlertsShown, 'findings' | 'timeFormat' | 'now'>;

/**
 * The selected alert in sentences: what it says, since when and how bad, who keeps it quiet, how often it fires, and what
 * it was made of. Of a group, its alerts.
 */
export function detailLines(row: AlertRow, telling: Telling, columns: number): readonly DetailLine[] {
	const lines = row.kind === 'alert' ? linesOf(row.alert, telling) : linesOfGroup(row);
	return lines.flatMap((line): readonly DetailLine[] =>
		'text' in line ? wrapText(line.text, columns).map(text => ({ text, role: line.role })) : [line],
	);
}

const linesOfGroup = ({ group }: Extract<AlertRow, { readonly kind: 'group' }>): readonly DetailLine[] => [
	{ text: `${group.title}: ${stateCountsOf(group.alerts).join(', ')}`, role: 'strong' },
	...group.alerts.map(({ name, summary }) => ({
		text: name === summary ? name : `${name}: ${summary}`,
		role: 'text' as const,
	})),
];

function linesOf(alert: Alert, telling: Telling): readonly DetailLine[] {
	const signal = lastValueOf(telling.findings.signals)?.get(alert.id);
	return [
		{ text: alert.summary, role: 'strong' },
		...(signal === undefined ? [] : [{ text: verdictOf(alert, signal, telling), role: 'text' as const }]),
		{ text: sinceOf(alert, telling), role: 'text' },
		...remarksOf(alert, telling).map(text => ({ text, role: 'warning' as const })),
		...historyLines(alert, telling),
		...(alert.runbookUrl === undefined ? [] : [{ text: `runbook ${alert.runbookUrl}`, role: 'link' as const }]),
		...(alert.expression === undefined ? [] : [{ text: alert.expression, role: 'dim' as const }]),
		{ text: labelsText(alert), role: 'dim' },
		...annotationLines(alert),
		{ text: serviceReasonOf(alert), role: 'dim' },
		{ text: `known to ${alert.from.join(' and ')}${receiversText(alert)}`, role: 'dim' },
	];
}

function sinceOf(alert: Alert, telling: Telling): string {
	if (Number.isNaN(alert.since)) return `${alert.state}, and nobody says since when`;
	const since = `${datedOf(alert.since, telling)}${goneOf(alert, telling)}`;
	if (alert.state !== 'pending') return `fired ${since}`;
	const hold = alert.holdFor === undefined ? '' : `; it fires after ${formatDuration(alert.holdFor)}`;
	return `pending since ${since}${hold}`;
}

/** `11:48:00, 12 m 00 s ago`. */
function datedOf(at: Milliseconds, { timeFormat, now }: Telling): string {
	const age = formatInstant(at, 'relative', now);
	return timeFormat === 'relative' ? age : `${formatInstant(at, timeFormat, now)}, ${age}`;
}

/** When an alert went is known as well as its list was looked at: nobody tells afterwards. */
function goneOf({ resolved }: Alert, telling: Telling): string {
	if (resolved === undefined) return '';
	const { lastSeen, gone } = resolved;
	if (gone - lastSeen <= minute) return `; resolved ${datedOf(gone, telling)}`;
	const [from, to] = [lastSeen, gone].map(at => formatInstant(at, telling.timeFormat, telling.now));
	return `; resolved between ${from} and ${to}`;
}

/** Who keeps the alert quiet, where Alertmanagers disagree on it, and what is wrong with its rule. */
export function remarksOf(alert: Alert, { findings, timeFormat, now }: Telling): readonly string[] {
	return [
		...alert.silencedBy.map(id => {
			const silence = lastValueOf(findings.silences)?.find(each => each.id === id);
			if (silence !== undefined) return silenceSentence(silence, timeFormat, now);
			const { silences } = findings;
			return `silenced by silence ${id}${silences.status === 'failed' ? `. ${sentenceOf(silences.failure)}` : ''}`;
		}),
		...(alert.inhibitedBy.length > 0 ? [`inhibited by ${inhibitorsOf(alert, findings).join(', ')}`] : []),
		...(alert.differs === undefined ? [] : [alert.differs]),
		...(alert.ruleError === undefined ? [] : [`its rule cannot be evaluated any more: ${alert.ruleError}`]),
	];
}

/** By name; Alertmanager lists no alert that has ended, and says for a while still whom it inhibits. */
function inhibitorsOf({ inhibitedBy }: Alert, { alerts, resolved }: Telling['findings']): readonly string[] {
	const named = (known: readonly Alert[], fingerprint: string) =>
		known.find(each => each.fingerprint === fingerprint)?.name;
	const ended = lastValueOf(resolved) ?? [];
	return inhibitedBy.map(fingerprint => {
		const name = named(lastValueOf(alerts) ?? [], fingerprint);
		const gone = name === undefined ? named(ended, fingerprint) : undefined;
		return name ?? (gone === undefined ? 'an alert that is gone' : `${gone}, which is gone`);
	});
}

/** How often it fires: in words, and drawn. Nothing while nobody has been asked. */
function historyLines(alert: Alert, { findings, now }: Telling): readonly DetailLine[] {
	const { past } = findings;
	const known = lastOf(past)?.value;
	if (known === undefined || !known.names.includes(alert.name)) {
		if (past.status !== 'failed') return [];
		return [{ text: `Its last 24 h are not known. ${sentenceOf(past.failure)}`, role: 'dim' }];
	}
	const history = firingHistoryOf(alert, known, now);
	if (history === undefined) {
		return [{ text: 'Its last 24 h are not known: Prometheus keeps no series ALERTS of it.', role: 'dim' }];
	}
	return [
		{ text: historySentence(history, known.grid.step), role: 'text' },
		{ history, severity: alert.severity },
	];
}

function labelsText({ labels }: Alert): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
	return pairs.length === 0 ? 'The alert has no labels.' : pairs.join('  ');
}

const annotationLines = ({ annotations, summary, runbookUrl }: Alert): readonly DetailLine[] =>
	Object.entries(annotations)
		.filter(([, value]) => value !== summary && value !== runbookUrl)
		.map(([name, value]) => ({ text: `${name}: ${value}`, role: 'text' }));

const receiversText = ({ receivers }: Alert): string =>
	receivers.length === 0 ? '' : `; goes to ${receivers.join(', ')}`;
