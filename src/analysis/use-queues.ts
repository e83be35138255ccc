import { plainly } from './red-family.ts';
import { most, notUp, of, perSecond, sum, type UseFigure, type UseResource } from './use-resource.ts';

const process = ['namespace', 'pod', 'instance'];
const never = Number.POSITIVE_INFINITY;

const rateOf = (name: string, metric: string, worry?: number): UseFigure => ({
	name,
	unit: 'per-second',
	query: perSecond(metric),
	...(worry === undefined ? {} : { worry }),
});
/** How many there are; a queue may be as long as it likes while it is worked off. */
const depthOf = (name: string, query: string): UseFigure => ({ name, unit: 'count', query, worry: never });
const ageOf = (name: string, query: string): UseFigure => ({ name, unit: 'seconds', query, worry: 60 });
const p99 = (metric: string): string =>
	`histogram_quantile(0.99, sum by ($by, le) (rate(${of(`${metric}_bucket`)}[$R])))`;

/** Which consumers are behind, by whoever watches Kafka. */
const kafkaLag: readonly UseFigure[] = [
	depthOf('behind', sum('kafka_consumergroup_lag')),
	depthOf('behind', sum('kafka_consumergroup_lag_sum')),
	depthOf('behind', sum('kminion_kafka_consumer_group_topic_lag')),
	depthOf('behind', sum('kafka_consumer_group_lag')),
	depthOf('behind', sum('kafka_burrow_partition_lag')),
	depthOf('behind', sum('kafka_consumer_fetch_manager_records_lag_max')),
];

/** What came to the end of a queue that it should not come to. */
const deadLettered = ['delivery_limit', 'expired', 'maxlen', 'rejected'].map(why =>
	perSecond(`rabbitmq_global_messages_dead_lettered_${why}_total`),
);
const unroutable = ['dropped', 'returned'].map(what => perSecond(`rabbitmq_global_messages_unroutable_${what}_total`));
const alarms = ['memory_used_watermark', 'free_disk_space_watermark', 'file_descriptor_limit'].map(what =>
	most(`rabbitmq_alarms_${what}`),
);

/** Queues that services fill or empty: how long they are, how old the oldest in them is, and what failed. */
export const queueResources: readonly UseResource[] = [
	{
		// Controllers written with client-go.
		key: 'work-queue',
		name: 'work queue',
		group: 'queue',
		by: ['name', ...process],
		utilization: [
			{ name: 'unfinished', unit: 'seconds', query: most('workqueue_unfinished_work_seconds'), worry: never },
		],
		saturation: [{ name: 'waiting', unit: 'count', query: sum('workqueue_depth') }],
		errors: [rateOf('retries', 'workqueue_retries_total', never)],
	},
	{
		key: 'work-queue-wait',
		name: 'wait in the work queue',
		group: 'queue',
		by: ['name', ...process],
		saturation: [
			{
				name: 'p99 wait',
				unit: 'seconds',
				query: `histogram_quantile(0.99, sum by ($by, le) (rate(${of('workqueue_queue_duration_seconds_bucket')}[$R])))`,
				worry: 1,
			},
		],
	},
	{
		key: 'kafka-lag',
		name: 'Kafka consumer lag',
		group: 'queue',
		by: ['consumergroup', 'group', 'group_id', 'topic', 'topic_name'],
		services: plainly('consumergroup', 'group', 'group_id'),
		saturation: kafkaLag,
	},
	{
		key: 'rabbitmq-queue',
		name: 'RabbitMQ queue',
		group: 'queue',
		by: ['vhost', 'queue'],
		services: plainly('queue'),
		utilization: [
			depthOf('being worked on', sum('rabbitmq_queue_messages_unacked')),
			depthOf('in all', sum('rabbitmq_queue_messages')),
		],
		saturation: [
			depthOf('ready', sum('rabbitmq_queue_messages_ready')),
			depthOf('ready', sum('rabbitmq_detailed_queue_messages_ready')),
		],
	},
	{
		// https://www.rabbitmq.com/docs/prometheus: of the whole broker.
		key: 'rabbitmq-messages',
		name: 'RabbitMQ messages lost',
		group: 'queue',
		by: ['instance'],
		saturation: [{ name: 'unroutable', unit: 'per-second', query: unroutable.join(' + ') }],
		errors: [{ name: 'dead-lettered', unit: 'per-second', query: deadLettered.join(' + ') }],
	},
	{
		key: 'rabbitmq-alarms',
		name: 'RabbitMQ alarms',
		group: 'queue',
		by: ['instance'],
		errors: [{ name: 'alarms', unit: 'count', query: alarms.join(' + ') }],
	},
	{
		// https://github.com/nats-io/prometheus-nats-exporter; only the leader of the replicas knows what is pending.
		// `nats_` is the same by NATS' surveyor.
		key: 'nats-consumer',
		name: 'NATS consumer',
		group: 'queue',
		by: ['stream_name', 'consumer_name'],
		services: plainly('consumer_name'),
		utilization: ['jetstream', 'nats'].map(prefix =>
			depthOf('not yet acknowledged', most(`${prefix}_consumer_num_ack_pending`)),
		),
		saturation: ['jetstream', 'nats'].map(prefix => depthOf('pending', most(`${prefix}_consumer_num_pending`))),
		errors: ['jetstream', 'nats'].map(prefix => ({
			name: 'redelivered',
			unit: 'count' as const,
			query: most(`${prefix}_consumer_num_redelivered`),
		})),
	},
	{
		key: 'sqs-queue',
		name: 'SQS queue',
		group: 'queue',
		by: ['dimension_QueueName', 'queue_name'],
		services: plainly('dimension_QueueName', 'queue_name'),
		utilization: [depthOf('visible', most('aws_sqs_approximate_number_of_messages_visible_average'))],
		saturation: [ageOf('oldest', most('aws_sqs_approximate_age_of_oldest_message_maximum'))],
	},
	{
		key: 'job-queue',
		name: 'job queue',
		group: 'queue',
		by: ['queue_name', 'queue'],
		services: plainly('queue_name', 'queue'),
		saturation: [
			depthOf('waiting', sum('celery_queue_length')),
			depthOf('waiting', sum('sidekiq_jobs_waiting_count')),
			depthOf('waiting', sum('ruby_sidekiq_queue_backlog')),
			depthOf('waiting', most('ruby_sidekiq_stats_enqueued')),
			depthOf('waiting', sum('bullmq_job_count', 'state="waiting"')),
			depthOf('waiting', sum('ruby_delayed_jobs_pending')),
			depthOf('waiting', sum('ruby_delayed_jobs_enqueued')),
			depthOf('waiting', most('ruby_resque_pending_jobs')),
			depthOf('waiting', most('resque_pending_jobs')),
		],
		errors: [
			rateOf('failed', 'celery_task_failed_total'),
			rateOf('failed', 'sidekiq_jobs_failed_total'),
			rateOf('failed', 'ruby_sidekiq_failed_jobs_total'),
			rateOf('failed', 'bullmq_job_failed_total'),
			rateOf('failed', 'ruby_delayed_failed_jobs_total'),
			rateOf('failed', 'ruby_resque_failed_jobs'),
			rateOf('failed', 'resque_failed_jobs'),
		],
	},
	{
		key: 'job-wait',
		name: 'wait of jobs',
		group: 'queue',
		by: ['queue_name', 'queue'],
		services: plainly('queue_name', 'queue'),
		utilization: [
			{
				name: 'longest running',
				unit: 'seconds',
				query: most('sidekiq_running_job_runtime_seconds'),
				worry: never,
			},
		],
		saturation: [
			ageOf('oldest', most('sidekiq_queue_latency')),
			ageOf('oldest', most('ruby_sidekiq_queue_latency_seconds')),
			ageOf('p99 wait', p99('sidekiq_job_latency_seconds')),
			ageOf('p99 wait', p99('celery_task_queue_wait_time')),
			ageOf('prefetched for', most('flower_task_prefetch_time_seconds')),
			ageOf(
				'mean wait',
				`${perSecond('ruby_delayed_job_latency_seconds_total')} / ${perSecond('ruby_delayed_jobs_total')}`,
			),
		],
	},
	{
		key: 'job-retries',
		name: 'jobs to be retried',
		group: 'queue',
		by: ['queue_name', 'queue', ...process],
		services: plainly('queue_name', 'queue'),
		saturation: [
			rateOf('retried', 'celery_task_retried_total', never),
			depthOf('to be retried', most('sidekiq_jobs_retry_count')),
		],
		errors: [
			rateOf('rejected', 'celery_task_rejected_total'),
			depthOf('dead', most('sidekiq_jobs_dead_count')),
			rateOf('died', 'ruby_sidekiq_dead_jobs_total'),
		],
	},
	{
		// https://github.com/danihodovic/celery-exporter
		key: 'celery-workers',
		name: 'Celery workers',
		group: 'queue',
		by: ['hostname'],
		utilization: [depthOf('tasks', sum('celery_worker_tasks_active'))],
		errors: [{ name: 'down', unit: 'count', query: notUp('celery_worker_up') }],
	},
];
