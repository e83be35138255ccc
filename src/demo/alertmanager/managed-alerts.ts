import type { Labels, Matcher } from '../../model/labels.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Alerting } from '../prometheus/alerting.ts';
import { labelsTest } from '../prometheus/label-test.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { SilenceBook } from './silences.ts';

/** An alert as `/api/v2/alerts` gives it, in the real server's order of fields. */
export type GettableAlert = {
	readonly annotations: Labels;
	readonly endsAt: string;
	readonly fingerprint: string;
	readonly receivers: readonly { readonly name: string }[];
	readonly startsAt: string;
	readonly status: {
		readonly inhibitedBy: readonly string[];
		readonly mutedBy: readonly string[];
		readonly silencedBy: readonly string[];
		readonly state: 'active' | 'suppressed';
	};
	readonly updatedAt: string;
	readonly generatorURL: string;
	readonly labels: Labels;
};

/** What Prometheus adds to every alert that it sends. */
const externalLabels: Labels = { cluster: 'alps-1' };

const receivers: Readonly<Record<string, string>> = { critical: 'pager', warning: 'chat', info: 'chat' };

/** The inhibition rules of the configuration, see `configuration.ts`. */
type Inhibition = {
	readonly source: readonly Matcher[];
	readonly target: readonly Matcher[];
	/** Labels that both must have alike; absent on both is alike. */
	readonly equal: readonly string[];
};

const is = (name: string, value: string): Matcher => ({ name, operator: '=', value });

const inhibitions: readonly Inhibition[] = [
	{
		source: [is('severity', 'critical'), is('signal', 'errors')],
		target: [is('severity', 'warning'), is('signal', 'latency')],
		equal: ['namespace', 'service_name', 'http_route'],
	},
	{ source: [is('alertname', 'InfoInhibitor')], target: [is('severity', 'info')], equal: ['namespace'] },
];

const generatorUrl = (query: string): string =>
	`http://prometheus.demo/graph?g0.expr=${new URLSearchParams({ q: query }).toString().slice(2)}&g0.tab=1`;

/** The firing alerts as Alertmanager holds them, sorted by fingerprint. */
export const managedAlerts = (alerting: Alerting, silences: SilenceBook): readonly GettableAlert[] => {
	const sentAt = alerting.evaluatedAt();
	const held = alerting
		.groups()
		.flatMap(({ rules }) => rules)
		.flatMap(({ alerts }) => alerts)
		.filter(({ state }) => state === 'firing')
		.map(alert => {
			const labels = { ...alert.labels, ...externalLabels };
			return { alert, labels, fingerprint: fingerprintOf(labels) };
		});
	return held
		.map(({ alert, labels, fingerprint }): GettableAlert => {
			const silencedBy = silences.silencing(labels);
			const inhibitedBy = held.filter(other => inhibits(other.labels, labels)).map(other => other.fingerprint);
			return {
				annotations: alert.annotations,
				endsAt: instant(sentAt + 4 * minute),
				fingerprint,
				receivers: [{ name: receivers[labels.severity ?? ''] ?? 'nobody' }],
				startsAt: instant(alert.activeAt + alert.rule.holdFor),
				status: {
					inhibitedBy,
					mutedBy: [],
					silencedBy,
					state: silencedBy.length + inhibitedBy.length > 0 ? 'suppressed' : 'active',
				},
				updatedAt: instant(sentAt),
				generatorURL: generatorUrl(alert.rule.query),
				labels,
			};
		})
		.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
};

const instant = (at: Milliseconds): string => new Date(at).toISOString();

const inhibits = (source: Labels, target: Labels): boolean =>
	inhibitions.some(
		rule =>
			labelsTest(rule.source)(source) &&
			labelsTest(rule.target)(target) &&
			rule.equal.every(name => (source[name] ?? '') === (target[name] ?? '')),
	);
