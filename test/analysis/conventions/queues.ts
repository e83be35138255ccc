import type { ConventionRow } from './row.ts';

/** Queues and workers. */
export const queueRows: readonly ConventionRow[] = [
	{
		row: 'Kafka (danielqsj/kafka_exporter)',
		series: `
			kafka_consumergroup_lag{consumergroup="till",topic="sales",partition="0"}
			kafka_consumergroup_lag_sum{consumergroup="till",topic="sales"}
			kafka_consumergroup_current_offset{consumergroup="till",topic="sales",partition="{0,1}"}`,
		panels: `
			Kafka consumer group
			rate: sum(rate(kafka_consumergroup_current_offset{consumergroup="till"}[1m]))
			route: topic`,
	},
	{
		row: 'Kafka (danielqsj/kafka_exporter), produced',
		series: `
			kafka_topic_partition_current_offset{topic="till",partition="{0,1}"}`,
		panels: `
			Kafka topic, messages produced
			rate: sum(rate(kafka_topic_partition_current_offset{topic="till"}[1m]))
			route: partition`,
	},
	{
		row: 'Kafka (danielqsj/kafka_exporter), the lag alone',
		series: `
			kafka_consumergroup_lag{consumergroup="till",topic="sales",partition="0"}`,
		panels: `
			no panels
			see: Kafka consumer lag`,
	},
	...[
		'kminion_kafka_consumer_group_topic_lag{group_id="till",topic_name="sales"}',
		'kafka_consumer_group_lag{group="till",topic="sales",partition="0"}',
		'kafka_consumer_fetch_manager_records_lag_max{service="till"}',
		'kafka_burrow_partition_lag{group="till",topic="sales",partition="0"}',
	].map(series => ({
		row: `Kafka others: ${series}`,
		series,
		panels: `
			no panels
			see: Kafka consumer lag`,
	})),
	{
		row: 'RabbitMQ',
		series: `
			rabbitmq_queue_messages_ready{job="till"}
			rabbitmq_global_messages_acknowledged_total{job="till",protocol="amqp091",queue_type="rabbit_quorum_queue"}
			rabbitmq_global_messages_delivered_total{job="till",protocol="amqp091",queue_type="rabbit_quorum_queue"}
			rabbitmq_global_messages_redelivered_total{job="till",protocol="amqp091",queue_type="rabbit_quorum_queue"}`,
		panels: `
			RabbitMQ, messages acknowledged
			rate: sum(rate(rabbitmq_global_messages_acknowledged_total{job="till"}[1m]))
			errors: (sum(rate(rabbitmq_global_messages_redelivered_total{job="till"}[1m])) or vector(0)) / sum(rate(rabbitmq_global_messages_acknowledged_total{job="till"}[1m]))
			route: protocol`,
	},
	{
		row: 'RabbitMQ, one queue',
		series: `
			rabbitmq_queue_messages_ready{job="rabbitmq",vhost="/",queue="till"}
			rabbitmq_queue_messages_unacked{job="rabbitmq",vhost="/",queue="till"}`,
		panels: `
			no panels
			see: RabbitMQ queue`,
	},
	{
		row: 'RabbitMQ, one queue, the detailed endpoint',
		series: `
			rabbitmq_detailed_queue_messages_ready{job="rabbitmq",vhost="/",queue="till"}`,
		panels: `
			no panels
			see: RabbitMQ queue`,
	},
	{
		row: 'Celery (danihodovic), the length of the queue alone',
		series: `
			celery_queue_length{queue_name="till"}`,
		panels: `
			no panels
			see: job queue`,
	},
	{
		row: 'Celery (danihodovic)',
		series: `
			celery_queue_length{queue_name="till"}
			celery_task_succeeded_total{name="shop.pay",hostname="w1",queue_name="till"}
			celery_task_failed_total{name="shop.pay",hostname="w1",queue_name="till",exception="Timeout"}
			celery_task_runtime_bucket{name="shop.pay",hostname="w1",queue_name="till",le="+Inf"}
			celery_task_queue_wait_time_bucket{name="shop.pay",hostname="w1",queue_name="till",le="+Inf"}`,
		panels: `
			Celery tasks
			rate: sum(rate(celery_task_succeeded_total{queue_name="till"}[1m])) + sum(rate(celery_task_failed_total{queue_name="till"}[1m])) or sum(rate(celery_task_succeeded_total{queue_name="till"}[1m])) or sum(rate(celery_task_failed_total{queue_name="till"}[1m]))
			errors: (sum(rate(celery_task_failed_total{queue_name="till"}[1m])) or vector(0)) / (sum(rate(celery_task_succeeded_total{queue_name="till"}[1m])) + sum(rate(celery_task_failed_total{queue_name="till"}[1m])) or sum(rate(celery_task_succeeded_total{queue_name="till"}[1m])) or sum(rate(celery_task_failed_total{queue_name="till"}[1m])))
			p99: histogram_quantile(0.99, sum by (le) (rate(celery_task_runtime_bucket{queue_name="till"}[1m])))
			route: name`,
	},
	{
		row: 'Celery Flower',
		series: `
			flower_events_total{job="till",task="shop.pay",worker="w1",type="{task-received,task-started,task-succeeded,task-failed}"}
			flower_task_runtime_seconds_bucket{job="till",task="shop.pay",worker="w1",le="+Inf"}
			flower_task_prefetch_time_seconds{job="till",task="shop.pay",worker="w1"}`,
		panels: `
			Celery tasks through Flower
			rate: sum(rate(flower_events_total{job="till",type=~"task-succeeded|task-failed|"}[1m]))
			errors: (sum(rate(flower_events_total{job="till",type=~"task-succeeded|task-failed|",type="task-failed"}[1m])) or vector(0)) / sum(rate(flower_events_total{job="till",type=~"task-succeeded|task-failed|"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(flower_task_runtime_seconds_bucket{job="till",type=~"task-succeeded|task-failed|"}[1m])))
			route: task`,
	},
	{
		row: 'Sidekiq – yabeda',
		series: `
			sidekiq_jobs_waiting_count{queue="till"}
			sidekiq_queue_latency{queue="till"}
			sidekiq_jobs_executed_total{queue="till",worker="PayJob"}
			sidekiq_jobs_failed_total{queue="till",worker="PayJob"}
			sidekiq_job_runtime_seconds_bucket{queue="till",worker="PayJob",le="+Inf"}`,
		panels: `
			Sidekiq jobs through yabeda
			rate: sum(rate(sidekiq_jobs_executed_total{queue="till"}[1m]))
			errors: (sum(rate(sidekiq_jobs_failed_total{queue="till"}[1m])) or vector(0)) / sum(rate(sidekiq_jobs_executed_total{queue="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(sidekiq_job_runtime_seconds_bucket{queue="till"}[1m])))
			route: worker`,
	},
	{
		row: 'Sidekiq – yabeda, without the histogram',
		series: `
			sidekiq_queue_latency{queue="till"}
			sidekiq_jobs_executed_total{queue="till",worker="PayJob"}`,
		panels: `
			Sidekiq jobs through yabeda
			rate: sum(rate(sidekiq_jobs_executed_total{queue="till"}[1m]))
			errors: (sum(rate(sidekiq_jobs_failed_total{queue="till"}[1m])) or vector(0)) / sum(rate(sidekiq_jobs_executed_total{queue="till"}[1m]))
			oldest: max(sidekiq_queue_latency{queue="till"})
			route: worker`,
	},
	{
		row: 'Sidekiq – yabeda, only how long it waits',
		series: `
			sidekiq_jobs_waiting_count{queue="till"}
			sidekiq_queue_latency{queue="till"}
			sidekiq_jobs_dead_count{service="till"}`,
		panels: `
			no panels
			see: job queue
			see: wait of jobs
			see: jobs to be retried`,
	},
	{
		row: 'Sidekiq – discourse exporter',
		series: `
			ruby_sidekiq_jobs_total{app="till",job_name="PayJob"}
			ruby_sidekiq_failed_jobs_total{app="till",job_name="PayJob"}
			ruby_sidekiq_queue_latency_seconds{app="till",queue="default"}
			ruby_sidekiq_queue_backlog{app="till",queue="default"}`,
		panels: `
			Sidekiq jobs through prometheus_exporter
			rate: sum(rate(ruby_sidekiq_jobs_total{app="till"}[1m]))
			errors: (sum(rate(ruby_sidekiq_failed_jobs_total{app="till"}[1m])) or vector(0)) / sum(rate(ruby_sidekiq_jobs_total{app="till"}[1m]))
			oldest: max(ruby_sidekiq_queue_latency_seconds{app="till"})
			route: job_name`,
	},
	{
		row: 'BullMQ built-in',
		series: `
			bullmq_job_count{queue="till",state="waiting"}
			bullmq_job_completed_total{queue="till"}
			bullmq_job_failed_total{queue="till"}`,
		panels: `
			BullMQ jobs
			rate: sum(rate(bullmq_job_completed_total{queue="till"}[1m])) + sum(rate(bullmq_job_failed_total{queue="till"}[1m])) or sum(rate(bullmq_job_completed_total{queue="till"}[1m])) or sum(rate(bullmq_job_failed_total{queue="till"}[1m]))
			errors: (sum(rate(bullmq_job_failed_total{queue="till"}[1m])) or vector(0)) / (sum(rate(bullmq_job_completed_total{queue="till"}[1m])) + sum(rate(bullmq_job_failed_total{queue="till"}[1m])) or sum(rate(bullmq_job_completed_total{queue="till"}[1m])) or sum(rate(bullmq_job_failed_total{queue="till"}[1m])))`,
	},
	{
		row: 'SQS via YACE',
		series: `
			aws_sqs_approximate_number_of_messages_visible_average{dimension_QueueName="till"}
			aws_sqs_approximate_age_of_oldest_message_maximum{dimension_QueueName="till"}
			aws_sqs_number_of_messages_deleted_sum{dimension_QueueName="till"}`,
		panels: `
			AWS SQS, messages deleted
			rate: sum(aws_sqs_number_of_messages_deleted_sum{dimension_QueueName="till"})
			oldest: max(aws_sqs_approximate_age_of_oldest_message_maximum{dimension_QueueName="till"})`,
	},
	{
		row: 'SQS via YACE, the depth alone',
		series: `
			aws_sqs_approximate_number_of_messages_visible_average{dimension_QueueName="till"}`,
		panels: `
			no panels
			see: SQS queue`,
	},
	{
		row: 'NATS JetStream',
		series: `
			jetstream_consumer_num_pending{job="nats",stream_name="SALES",consumer_name="till"}
			jetstream_consumer_num_ack_pending{job="nats",stream_name="SALES",consumer_name="till"}
			jetstream_consumer_num_redelivered{job="nats",stream_name="SALES",consumer_name="till"}`,
		panels: `
			no panels
			see: NATS consumer`,
	},
	{
		row: 'NATS JetStream, the surveyor',
		series: `
			nats_consumer_num_pending{job="nats",stream_name="SALES",consumer_name="till"}`,
		panels: `
			no panels
			see: NATS consumer`,
	},
	{
		row: 'NATS JetStream, how far the consumer has come',
		series: `
			jetstream_consumer_ack_floor_consumer_seq{job="nats",stream_name="SALES",consumer_name="till",is_consumer_leader="{true,false}"}
			jetstream_consumer_num_pending{job="nats",stream_name="SALES",consumer_name="till",is_consumer_leader="{true,false}"}`,
		panels: `
			NATS JetStream consumer, messages acknowledged
			rate: sum(rate(jetstream_consumer_ack_floor_consumer_seq{consumer_name="till",is_consumer_leader="true"}[1m]))
			route: stream_name`,
	},
	{
		row: 'Delayed Job',
		series: `
			ruby_delayed_jobs_total{app="till",job_name="PayJob"}
			ruby_delayed_failed_jobs_total{app="till",job_name="PayJob"}
			ruby_delayed_job_duration_seconds{app="till",job_name="PayJob"}
			ruby_delayed_job_duration_seconds_summary{app="till",status="success",quantile="{0.5,0.99}"}`,
		panels: `
			Delayed Job through prometheus_exporter
			rate: sum(rate(ruby_delayed_jobs_total{app="till"}[1m]))
			errors: (sum(rate(ruby_delayed_failed_jobs_total{app="till"}[1m])) or vector(0)) / sum(rate(ruby_delayed_jobs_total{app="till"}[1m]))
			p99: max(ruby_delayed_job_duration_seconds_summary{app="till",quantile="0.99"})
			route: job_name`,
	},
	{
		row: 'Delayed Job, how many wait alone',
		series: `
			ruby_delayed_jobs_enqueued{app="till",queue_name="pay"}
			ruby_delayed_jobs_pending{app="till",queue_name="pay"}`,
		panels: `
			no panels
			see: job queue`,
	},
	{
		row: 'Shoryuken',
		series: `
			ruby_shoryuken_jobs_total{app="till",job_name="PayJob",queue_name="pay"}
			ruby_shoryuken_failed_jobs_total{app="till",job_name="PayJob",queue_name="pay"}
			ruby_shoryuken_job_duration_seconds{app="till",job_name="PayJob",queue_name="pay"}`,
		panels: `
			Shoryuken through prometheus_exporter
			rate: sum(rate(ruby_shoryuken_jobs_total{app="till"}[1m]))
			errors: (sum(rate(ruby_shoryuken_failed_jobs_total{app="till"}[1m])) or vector(0)) / sum(rate(ruby_shoryuken_jobs_total{app="till"}[1m]))
			route: job_name`,
	},
	{
		row: 'Resque',
		series: `
			ruby_resque_pending_jobs{app="till"}
			ruby_resque_processed_jobs{app="till"}
			ruby_resque_failed_jobs{app="till"}`,
		panels: `
			Resque jobs through prometheus_exporter
			rate: sum(rate(ruby_resque_processed_jobs{app="till"}[1m]))
			errors: (sum(rate(ruby_resque_failed_jobs{app="till"}[1m])) or vector(0)) / sum(rate(ruby_resque_processed_jobs{app="till"}[1m]))`,
	},
	{
		row: 'Resque, how many wait alone, without the prefix',
		series: `
			resque_pending_jobs{app="till"}`,
		panels: `
			no panels
			see: job queue`,
	},
];
