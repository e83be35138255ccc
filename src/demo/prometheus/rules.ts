import type { Labels } from '../../model/labels.ts';
import { hour, type Milliseconds, minute, second } from '../../model/time.ts';

/** An alerting rule as its file has it. */
export type Rule = {
	readonly name: string;
	readonly query: string;
	readonly holdFor: Milliseconds;
	readonly labels: Labels;
	/** With `{{ $labels.x }}` and `{{ $value | humanize }}`. */
	readonly annotations: Labels;
	/** When its condition held earlier in the day: how long before the story broke it began, and for how long. */
	readonly earlier?: readonly { readonly before: Milliseconds; readonly length: Milliseconds }[];
};

/** The crew-roster export runs every eight hours, and held up the berths each time, if only for minutes. */
const earlierExports: Rule['earlier'] = [
	{ before: 16 * hour, length: 6 * minute },
	{ before: 8 * hour, length: 15 * minute },
];

export type RuleGroup = { readonly name: string; readonly file: string; readonly rules: readonly Rule[] };

/** How often all groups are evaluated, and how long after the full interval. */
export const ruleInterval: Milliseconds = 15 * second;
export const ruleOffset: Milliseconds = 2_300;

const bookings = 'http_route="/bookings",service_name="concierge"';

const bookingErrors = `sum by (namespace, service_name, http_route) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5..",${bookings}}[1m])) / sum by (namespace, service_name, http_route) (rate(http_server_request_duration_seconds_count{${bookings}}[1m])) > 0.05`;
const bookingLatency = `histogram_quantile(0.95, sum by (le, namespace, service_name, http_route) (rate(http_server_request_duration_seconds_bucket{${bookings}}[1m]))) > 1`;
const holdLatency =
	'histogram_quantile(0.99, sum by (le, namespace, service, grpc_method) (rate(grpc_server_handling_seconds_bucket{grpc_method="Hold",service="berths"}[1m]))) > 1';
const infoInhibitor =
	'ALERTS{severity="info"} == 1 unless on (namespace) ALERTS{alertname!="InfoInhibitor",alertstate="firing",severity=~"warning|critical"} == 1';

const runbook = (page: string): string => `https://runbooks.nightline.example/${page}`;

/** The rules of Nightline. */
export const ruleGroups: readonly RuleGroup[] = [
	{
		name: 'meta',
		file: '/etc/prometheus/rules/meta.yaml',
		rules: [
			{
				name: 'Watchdog',
				query: 'vector(1)',
				holdFor: 0,
				labels: { severity: 'none' },
				annotations: { summary: 'Fires always, so that its silence is noticed' },
			},
			{
				name: 'InfoInhibitor',
				query: infoInhibitor,
				holdFor: 0,
				labels: { severity: 'none' },
				annotations: { summary: 'Keeps informative alerts quiet while nothing worse is firing beside them' },
			},
		],
	},
	{
		name: 'booking',
		file: '/etc/prometheus/rules/booking.yaml',
		rules: [
			{
				name: 'ConciergeBookingErrors',
				query: bookingErrors,
				holdFor: 2 * minute,
				labels: { severity: 'critical', signal: 'errors', team: 'sales' },
				annotations: {
					summary:
						'{{ $labels.http_route }} on {{ $labels.service_name }} fails {{ $value | humanizePercentage }} of requests',
					description: 'Travellers cannot book berths on night trains.',
					runbook_url: runbook('booking-errors'),
				},
			},
			{
				name: 'ConciergeBookingLatency',
				query: bookingLatency,
				holdFor: minute,
				labels: { severity: 'warning', signal: 'latency', team: 'sales' },
				annotations: {
					summary:
						'{{ $labels.http_route }} on {{ $labels.service_name }} takes {{ $value | humanizeDuration }} at p95',
					runbook_url: runbook('booking-latency'),
				},
			},
		],
	},
	{
		name: 'berths',
		file: '/etc/prometheus/rules/berths.yaml',
		rules: [
			{
				name: 'BerthsPoolSaturated',
				query:
					'db_client_connection_count{db_client_connection_state="used",service="berths"} / ignoring (db_client_connection_state) db_client_connection_max{service="berths"} > 0.9',
				holdFor: minute,
				labels: { severity: 'critical', team: 'inventory' },
				annotations: {
					summary: '{{ $labels.service }} uses {{ $value | humanizePercentage }} of its database connections',
					runbook_url: runbook('berths-pool'),
				},
			},
			{
				name: 'BerthsHoldLatency',
				query: holdLatency,
				holdFor: minute,
				labels: { severity: 'warning', team: 'inventory' },
				annotations: {
					summary: '{{ $labels.grpc_method }} of {{ $labels.service }} takes {{ $value | humanizeDuration }} at p99',
				},
				earlier: earlierExports,
			},
			{
				name: 'ManifestPoolSaturated',
				query:
					'hikaricp_connections_active{application="manifest"} / hikaricp_connections_max{application="manifest"} > 0.9',
				holdFor: minute,
				labels: { severity: 'critical', team: 'inventory' },
				annotations: { summary: '{{ $labels.application }} uses {{ $value | humanizePercentage }} of its pool' },
			},
		],
	},
	{
		name: 'surroundings',
		file: '/etc/prometheus/rules/surroundings.yaml',
		rules: [
			{
				name: 'FaresCacheHitRatioLow',
				query: 'fares_cache_hit_ratio{service="fares"} < 0.8',
				holdFor: 2 * minute,
				labels: { severity: 'warning', team: 'pricing' },
				annotations: {
					summary:
						'{{ $labels.service }} finds only {{ $value | humanizePercentage }} of {{ $labels.cache }} in its cache',
					runbook_url: runbook('fares-cache'),
				},
			},
			{
				name: 'HeraldOutboxBacklog',
				query: 'herald_outbox_pending{service="herald"} > 450',
				holdFor: 10 * minute,
				labels: { severity: 'warning', team: 'messaging' },
				annotations: {
					summary: '{{ $value | humanize }} messages wait in the {{ $labels.queue }} outbox of {{ $labels.service }}',
				},
			},
			{
				name: 'TracksideStaleReadings',
				query: 'trackside_stale_readings_ratio{service="trackside"} > 0.25',
				holdFor: 5 * minute,
				labels: { severity: 'warning', team: 'tracks' },
				annotations: {
					summary: '{{ $value | humanizePercentage }} of the readings that {{ $labels.service }} gives are stale',
				},
			},
			{
				name: 'CertificateExpiresSoon',
				query: '(probe_ssl_earliest_cert_expiry{job="blackbox"} - time()) / 86400 < 14',
				holdFor: 0,
				labels: { severity: 'info', team: 'platform' },
				annotations: { summary: 'The certificate of {{ $labels.instance }} expires in {{ $value | humanize }} days' },
			},
		],
	},
];
