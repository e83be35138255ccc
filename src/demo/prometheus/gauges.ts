import type { Labels } from '../../model/labels.ts';
import { day, hour, type Milliseconds, minute } from '../../model/time.ts';
import { faresRelease, namespace, type ServiceName, services } from '../cast.ts';
import { mixedOf } from '../chance.ts';
import { hexOf } from '../identifiers.ts';
import type { Story } from '../story.ts';
import { gripAt, missShareAt } from '../weather.ts';
import { type Gauge, gaugeOf, noise } from './gauge.ts';
import { platformGauges } from './platform-gauges.ts';
import { targetOf } from './request-metrics.ts';
import { firstScrape, scrapeTime } from './scrape.ts';
import type { StoredSeries } from './series.ts';

/** Series that follow from the story's course and not from single requests: pools, queues, builds, processes. */
export const gaugeSeries = (story: Story): readonly StoredSeries[] => {
	const gauge = gaugeOf(story);
	const names = Object.values(services).map(({ name }) => name);
	return [
		...names.flatMap(service => processGauges(story, service, gauge)),
		...poolGauges(story, gauge),
		...storyGauges(story, gauge),
		...messageGauges(story, gauge),
		...platformGauges(story, gauge),
	];
};

const processGauges = (story: Story, service: ServiceName, gauge: Gauge): readonly StoredSeries[] => {
	const target = targetOf(service);
	const { version, pod, language } = services[service];
	const purpose = [...service].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0;
	const startedAt = (at: Milliseconds): Milliseconds =>
		service === 'fares' && at >= story.releasedAt ? story.releasedAt : story.beganAt - 2 * day;
	const build = (labels: Labels, here: (at: Milliseconds) => boolean): StoredSeries =>
		gauge('nightline_build_info', { ...target, service, ...labels }, at => (here(at) ? 1 : undefined));
	const builds =
		service === 'fares'
			? [
					{ ...build({ version }, at => at < story.releasedAt), staleAt: [scrapeTime(firstScrape(story.releasedAt))] },
					build({ version: faresRelease.version }, at => at >= story.releasedAt),
				]
			: [build({ version }, () => true)];
	return [
		gauge('up', target, () => 1),
		gauge('process_start_time_seconds', { ...target, service }, at => startedAt(at) / 1000),
		gauge(
			'process_resident_memory_bytes',
			{ ...target, service },
			at => 2 ** 20 * (180 + (purpose % 160) + Math.floor(24 * noise(story, at, purpose))),
		),
		gauge(
			'process_cpu_seconds_total',
			{ ...target, service },
			at => (0.11 + (purpose % 23) / 100) * ((at - startedAt(at)) / 1000),
		),
		...(service === 'concierge' ? [targetInfo(gauge, target, { version, pod, language })] : []),
		...builds,
	];
};

/** The resource attributes of an OpenTelemetry service, which are on none of its other series. */
const targetInfo = (
	gauge: Gauge,
	target: Labels,
	{ version, pod, language }: { readonly version: string; readonly pod: string; readonly language: string },
): StoredSeries => {
	const labels = {
		...target,
		service_name: 'concierge',
		service_version: version,
		k8s_pod_name: pod,
		k8s_namespace_name: namespace,
		telemetry_sdk_language: language,
	};
	return gauge('target_info', labels, () => 1);
};

/** Connections that one process of `berths` may have; the locks of `manifest` make it hold all of them. */
export const berthsPool = 4;

const poolGauges = (story: Story, gauge: Gauge): readonly StoredSeries[] => {
	const berths = { ...targetOf('berths'), service: 'berths', db_client_connection_pool_name: 'berths' };
	const used = (at: Milliseconds): number => {
		const grip = gripAt(at, story);
		return grip > 0.5 ? berthsPool : Math.round(grip * 3 + noise(story, at, 11));
	};
	const pending = (at: Milliseconds): number => {
		const grip = gripAt(at, story);
		return grip > 0.5 ? 1 + Math.floor(noise(story, at, 12) * 4) : 0;
	};
	const manifest = { ...targetOf('manifest'), application: 'manifest', pool: 'manifest' };
	const active = (at: Milliseconds): number => Math.round(gripAt(at, story) * 3 + 1.6 * noise(story, at, 13));
	const state = 'db_client_connection_state';
	return [
		gauge('db_client_connection_count', { ...berths, [state]: 'used' }, used),
		gauge('db_client_connection_count', { ...berths, [state]: 'idle' }, at => berthsPool - used(at)),
		gauge('db_client_connection_max', berths, () => berthsPool),
		gauge('db_client_connection_pending_requests', berths, pending),
		gauge('hikaricp_connections_active', manifest, active),
		gauge('hikaricp_connections_max', manifest, () => 30),
		gauge('hikaricp_connections_pending', manifest, () => 0),
	];
};

/** Messages that undo a failed booking pile up in the outbox of `herald`: this many come to it each minute. */
const undoneEachMinute = 21.5;

const storyGauges = (story: Story, gauge: Gauge): readonly StoredSeries[] => {
	const outbox = (at: Milliseconds): number =>
		Math.round(
			28 +
				14 * noise(story, at, 21) +
				Math.max(0, (at - story.brokeAt) / minute) * undoneEachMinute * gripAt(at, story),
		);
	const stale = (at: Milliseconds): number => 0.33 + 0.05 * noise(story, at, 22);
	const expiry = (Math.floor(story.beganAt / day) * day + 12 * day + 9 * hour) / 1000;
	const probe = { job: 'blackbox', instance: 'https://www.nightline.example', namespace: 'ingress' };
	return [
		gauge('herald_outbox_pending', { ...targetOf('herald'), service: 'herald', queue: 'booking-events' }, outbox),
		gauge(
			'fares_cache_hit_ratio',
			{ ...targetOf('fares'), service: 'fares', cache: 'tariffs' },
			at => 1 - missShareAt(at, story) + 0.01 * (noise(story, at, 23) - 0.5),
		),
		gauge('trackside_stale_readings_ratio', { ...targetOf('trackside'), service: 'trackside' }, stale),
		gauge('probe_ssl_earliest_cert_expiry', probe, () => expiry),
	];
};

/** As many messages as `herald` has in hand on a usual day. */
const messages = 60;

/** The mistake that `:cardinality` is for: `herald` has a series for each message, under its own ID. */
const messageGauges = (story: Story, gauge: Gauge): readonly StoredSeries[] =>
	Array.from({ length: messages }, (_, index) => {
		const message_id = messageIdOf(mixedOf(story.seed, index, 31));
		const attempts = 1 + (index % 3);
		return gauge('herald_message_attempts', { ...targetOf('herald'), service: 'herald', message_id }, () => attempts);
	});

/** A UUID, version 4. */
const messageIdOf = (bits: number): string => {
	const digits = [1, 2, 3, 4].map(part => hexOf(mixedOf(bits, part))).join('');
	return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
};
