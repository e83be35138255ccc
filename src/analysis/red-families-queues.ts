import { equals, matches } from '../model/labels.ts';
import { plainly, type RedFamily, seconds } from './red-family.ts';

/**
 * Queues and workers: the rate is of what was worked off, errors are what failed, durations are run times, or the age
 * of the oldest that waits. Queues of which only the depth is known have no rate and are resources.
 */
export const queueFamilies: readonly RedFamily[] = [
	{
		// https://github.com/danihodovic/celery-exporter: a task either succeeded or failed.
		key: 'celery',
		name: 'Celery tasks',
		side: 'served',
		counters: ['celery_task_succeeded'],
		failures: { metrics: ['celery_task_failed'], counted: 'beside' },
		durations: [seconds('celery_task_runtime')],
		routes: ['name', 'queue_name'],
		services: plainly('queue_name'),
	},
	{
		// https://flower.readthedocs.io/en/latest/prometheus-integration.html: one counter for all that befalls a task.
		key: 'flower',
		name: 'Celery tasks through Flower',
		side: 'served',
		counters: ['flower_events'],
		durations: [seconds('flower_task_runtime_seconds')],
		statuses: [{ label: 'type', failed: 'task-failed' }],
		routes: ['task'],
		views: [[matches('type', 'task-succeeded|task-failed|')]],
	},
	{
		// https://github.com/yabeda-rb/yabeda-sidekiq: `executed` has the failed jobs too.
		key: 'sidekiq',
		name: 'Sidekiq jobs through yabeda',
		side: 'served',
		counters: ['sidekiq_jobs_executed'],
		failures: { metrics: ['sidekiq_jobs_failed'], counted: 'within' },
		durations: [seconds('sidekiq_job_runtime_seconds'), { ...seconds('sidekiq_queue_latency'), gauge: 'oldest' }],
		routes: ['worker', 'queue'],
		services: plainly('queue', 'worker'),
	},
	{
		// https://github.com/discourse/prometheus_exporter
		key: 'ruby-sidekiq',
		name: 'Sidekiq jobs through prometheus_exporter',
		side: 'served',
		counters: ['ruby_sidekiq_jobs'],
		failures: { metrics: ['ruby_sidekiq_failed_jobs'], counted: 'within' },
		durations: [
			seconds('ruby_sidekiq_job_duration_seconds'),
			{ ...seconds('ruby_sidekiq_queue_latency_seconds'), gauge: 'oldest' },
		],
		routes: ['job_name', 'queue'],
		services: plainly('queue'),
	},
	...['delayed', 'shoryuken'].map(
		(worker): RedFamily => ({
			key: `ruby-${worker}`,
			name: `${worker === 'delayed' ? 'Delayed Job' : 'Shoryuken'} through prometheus_exporter`,
			side: 'served',
			counters: [`ruby_${worker}_jobs`],
			failures: { metrics: [`ruby_${worker}_failed_jobs`], counted: 'within' },
			// Shoryuken's is a counter of seconds; only Delayed Job has a summary beside such a one.
			...(worker === 'delayed' ? { durations: [seconds('ruby_delayed_job_duration_seconds_summary')] } : {}),
			routes: ['job_name', 'queue_name'],
			services: plainly('queue_name'),
		}),
	),
	{
		// prometheus_exporter calls them gauges, yet they grow as counters do; Resque counts the failed jobs too.
		key: 'resque',
		name: 'Resque jobs through prometheus_exporter',
		side: 'served',
		counters: ['ruby_resque_processed_jobs', 'resque_processed_jobs'],
		failures: { metrics: ['ruby_resque_failed_jobs', 'resque_failed_jobs'], counted: 'within' },
	},
	{
		// https://github.com/nats-io/prometheus-nats-exporter: how far a consumer has acknowledged. It is called a gauge,
		// yet it grows as a counter does; each replica tells it again, so that one of them must speak for all.
		key: 'nats-consumer',
		name: 'NATS JetStream consumer, messages acknowledged',
		side: 'served',
		counters: ['jetstream_consumer_ack_floor_consumer_seq'],
		routes: ['stream_name'],
		services: plainly('consumer_name'),
		views: [[equals('is_consumer_leader', 'true')]],
	},
	{
		// https://docs.bullmq.io/guide/metrics/prometheus
		key: 'bullmq',
		name: 'BullMQ jobs',
		side: 'served',
		counters: ['bullmq_job_completed'],
		failures: { metrics: ['bullmq_job_failed'], counted: 'beside' },
		routes: ['queue'],
		services: plainly('queue'),
	},
	{
		// https://github.com/danielqsj/kafka_exporter: the offset is called a gauge, yet it grows as a counter does.
		key: 'kafka-consumer',
		name: 'Kafka consumer group',
		side: 'served',
		counters: ['kafka_consumergroup_current_offset'],
		routes: ['topic', 'partition'],
		services: plainly('consumergroup'),
	},
	{
		key: 'kafka-topic',
		name: 'Kafka topic, messages produced',
		side: 'served',
		counters: ['kafka_topic_partition_current_offset'],
		routes: ['topic', 'partition'],
		services: plainly('topic'),
	},
	{
		// https://www.rabbitmq.com/docs/prometheus: of the whole broker.
		key: 'rabbitmq',
		name: 'RabbitMQ, messages acknowledged',
		side: 'served',
		counters: ['rabbitmq_global_messages_acknowledged', 'rabbitmq_global_messages_delivered'],
		failures: { metrics: ['rabbitmq_global_messages_redelivered'], counted: 'within' },
		routes: ['protocol', 'queue_type'],
	},
];
