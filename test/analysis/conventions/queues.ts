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
		row: 'Kafka others',
		series: `
			kminion_kafka_consumer_group_topic_lag{group_id="till",topic_name="sales",service="till"}
			kafka_consumer_group_lag{group="till",service="till"}
			kafka_consumer_fetch_manager_records_lag_max{service="till"}`,
		panels: `
			no panels`,
	},
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
		row: 'NATS JetStream',
		series: `
			nats_consumer_num_pending{service="till",consumer_name="till"}
			jetstream_consumer_num_ack_pending{service="till",consumer_name="till"}`,
		panels: `
			no panels`,
	},
	{
		row: 'Delayed Job',
		series: `
			ruby_delayed_jobs_total{app="till",job_name="PayJob"}
			ruby_delayed_failed_jobs_total{app="till",job_name="PayJob"}`,
		panels: `
			Delayed Job through prometheus_exporter
			rate: sum(rate(ruby_delayed_jobs_total{app="till"}[1m]))
			errors: (sum(rate(ruby_delayed_failed_jobs_total{app="till"}[1m])) or vector(0)) / sum(rate(ruby_delayed_jobs_total{app="till"}[1m]))
			route: job_name`,
	},
	{
		row: 'Shoryuken',
		series: `
			ruby_shoryuken_jobs_total{app="till",job_name="PayJob",queue_name="pay"}
			ruby_shoryuken_failed_jobs_total{app="till",job_name="PayJob",queue_name="pay"}`,
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
			ruby_resque_processed_jobs{app="till"}`,
		panels: `
			no panels`,
	},
];
