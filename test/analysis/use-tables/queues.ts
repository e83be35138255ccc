/** Queues and workers; see `drawnCases`. */
export const queuesTable = `
# work queues
workqueue_depth{$S,name="tides"}
workqueue_queue_duration_seconds_bucket{$S,name="tides",le="+Inf"}
workqueue_unfinished_work_seconds{$S,name="tides"}
workqueue_retries_total{$S,name="tides"}
=>
work-queue utilization in seconds: max by (name, instance) (workqueue_unfinished_work_seconds{$S})
work-queue saturation in count: sum by (name, instance) (workqueue_depth{$S})
work-queue errors in per-second: sum by (name, instance) (rate(workqueue_retries_total{$S}[5m]))
work-queue-wait saturation in seconds: histogram_quantile(0.99, sum by (name, instance, le) (rate(workqueue_queue_duration_seconds_bucket{$S}[5m])))

# Kafka (danielqsj/kafka_exporter), by the group
kafka_consumergroup_lag{job="kafka-exporter",consumergroup="{pier,quay}",topic="tides",partition="{0,1}"}
=>
kafka-lag saturation in count: sum by (consumergroup, topic) (kafka_consumergroup_lag{consumergroup="pier"})

# Kafka (danielqsj/kafka_exporter), only the sum
kafka_consumergroup_lag_sum{consumergroup="pier",topic="tides"}
=>
kafka-lag saturation in count: sum by (consumergroup, topic) (kafka_consumergroup_lag_sum{consumergroup="pier"})

# Kafka, kminion
kminion_kafka_consumer_group_topic_lag{job="kminion",group_id="pier",topic_name="tides"}
=>
kafka-lag saturation in count: sum by (group_id, topic_name) (kminion_kafka_consumer_group_topic_lag{group_id="pier"})

# Kafka, OpenTelemetry
kafka_consumer_group_lag{job="otelcol",group="pier",topic="tides",partition="0"}
=>
kafka-lag saturation in count: sum by (group, topic) (kafka_consumer_group_lag{group="pier"})

# Kafka, Burrow
kafka_burrow_partition_lag{group="pier",topic="tides",partition="0"}
=>
kafka-lag saturation in count: sum by (group, topic) (kafka_burrow_partition_lag{group="pier"})

# Kafka, the Java client
kafka_consumer_fetch_manager_records_lag_max{$S,topic="tides"}
=>
kafka-lag saturation in count: sum by (topic) (kafka_consumer_fetch_manager_records_lag_max{$S})

# RabbitMQ
rabbitmq_queue_messages_ready{job="rabbitmq",vhost="/",queue="pier"}
rabbitmq_queue_messages_unacked{job="rabbitmq",vhost="/",queue="pier"}
rabbitmq_queue_messages{job="rabbitmq",vhost="/",queue="pier"}
=>
rabbitmq-queue utilization in count: sum by (vhost, queue) (rabbitmq_queue_messages_unacked{queue="pier"})
rabbitmq-queue saturation in count: sum by (vhost, queue) (rabbitmq_queue_messages_ready{queue="pier"})

# RabbitMQ, the detailed endpoint
rabbitmq_detailed_queue_messages_ready{vhost="/",queue="pier"}
=>
rabbitmq-queue saturation in count: sum by (vhost, queue) (rabbitmq_detailed_queue_messages_ready{queue="pier"})

# RabbitMQ, the sum alone
rabbitmq_queue_messages{vhost="/",queue="pier"}
=>
rabbitmq-queue utilization in count: sum by (vhost, queue) (rabbitmq_queue_messages{queue="pier"})

# RabbitMQ, the broker
rabbitmq_global_messages_dead_lettered_delivery_limit_total{$S,queue_type="rabbit_quorum_queue"}
rabbitmq_global_messages_dead_lettered_expired_total{$S,queue_type="rabbit_quorum_queue"}
rabbitmq_global_messages_dead_lettered_maxlen_total{$S,queue_type="rabbit_quorum_queue"}
rabbitmq_global_messages_dead_lettered_rejected_total{$S,queue_type="rabbit_quorum_queue"}
rabbitmq_global_messages_unroutable_dropped_total{$S,protocol="amqp091"}
rabbitmq_global_messages_unroutable_returned_total{$S,protocol="amqp091"}
rabbitmq_alarms_memory_used_watermark{$S}
rabbitmq_alarms_free_disk_space_watermark{$S}
rabbitmq_alarms_file_descriptor_limit{$S}
=>
rabbitmq-messages saturation in per-second: sum by (instance) (rate(rabbitmq_global_messages_unroutable_dropped_total{$S}[5m])) + sum by (instance) (rate(rabbitmq_global_messages_unroutable_returned_total{$S}[5m]))
rabbitmq-messages errors in per-second: sum by (instance) (rate(rabbitmq_global_messages_dead_lettered_delivery_limit_total{$S}[5m])) + sum by (instance) (rate(rabbitmq_global_messages_dead_lettered_expired_total{$S}[5m])) + sum by (instance) (rate(rabbitmq_global_messages_dead_lettered_maxlen_total{$S}[5m])) + sum by (instance) (rate(rabbitmq_global_messages_dead_lettered_rejected_total{$S}[5m]))
rabbitmq-alarms errors in count: max by (instance) (rabbitmq_alarms_memory_used_watermark{$S}) + max by (instance) (rabbitmq_alarms_free_disk_space_watermark{$S}) + max by (instance) (rabbitmq_alarms_file_descriptor_limit{$S})

# Celery (danihodovic)
celery_queue_length{queue_name="pier"}
celery_task_failed_total{queue_name="pier",name="tide",exception="Timeout"}
celery_task_queue_wait_time_bucket{queue_name="pier",name="tide",le="+Inf"}
celery_task_retried_total{queue_name="pier",name="tide"}
celery_task_rejected_total{queue_name="pier",name="tide"}
celery_worker_up{$S,hostname="w1"}
celery_worker_tasks_active{$S,hostname="w1"}
=>
job-queue saturation in count: sum by (queue_name) (celery_queue_length{queue_name="pier"})
job-queue errors in per-second: sum by (queue_name) (rate(celery_task_failed_total{queue_name="pier"}[5m]))
job-wait saturation in seconds: histogram_quantile(0.99, sum by (queue_name, le) (rate(celery_task_queue_wait_time_bucket{queue_name="pier"}[5m])))
job-retries saturation in per-second: sum by (queue_name) (rate(celery_task_retried_total{queue_name="pier"}[5m]))
job-retries errors in per-second: sum by (queue_name) (rate(celery_task_rejected_total{queue_name="pier"}[5m]))
celery-workers utilization in count: sum by (hostname) (celery_worker_tasks_active{$S})
celery-workers errors in count: 1 - min by (hostname) (celery_worker_up{$S})

# Celery Flower
flower_task_prefetch_time_seconds{$S,task="tide",worker="w1"}
=>
job-wait saturation in seconds: max by (queue_name, queue) (flower_task_prefetch_time_seconds{$S})

# Sidekiq – yabeda
sidekiq_jobs_waiting_count{queue="pier"}
sidekiq_queue_latency{queue="pier"}
sidekiq_job_latency_seconds_bucket{queue="pier",worker="Tide",le="+Inf"}
sidekiq_jobs_failed_total{queue="pier",worker="Tide"}
sidekiq_jobs_dead_count{$S}
sidekiq_jobs_retry_count{$S}
sidekiq_running_job_runtime_seconds{queue="pier",worker="Tide"}
=>
job-queue saturation in count: sum by (queue) (sidekiq_jobs_waiting_count{queue="pier"})
job-queue errors in per-second: sum by (queue) (rate(sidekiq_jobs_failed_total{queue="pier"}[5m]))
job-wait utilization in seconds: max by (queue) (sidekiq_running_job_runtime_seconds{queue="pier"})
job-wait saturation in seconds: max by (queue) (sidekiq_queue_latency{queue="pier"})
job-retries saturation in count: max by (instance) (sidekiq_jobs_retry_count{$S})
job-retries errors in count: max by (instance) (sidekiq_jobs_dead_count{$S})

# Sidekiq – yabeda, without the age of the oldest
sidekiq_job_latency_seconds_bucket{queue="pier",worker="Tide",le="+Inf"}
=>
job-wait saturation in seconds: histogram_quantile(0.99, sum by (queue, le) (rate(sidekiq_job_latency_seconds_bucket{queue="pier"}[5m])))

# Sidekiq – discourse exporter
ruby_sidekiq_queue_backlog{$S,queue="tides"}
ruby_sidekiq_queue_latency_seconds{$S,queue="tides"}
ruby_sidekiq_failed_jobs_total{$S,job_name="one"}
ruby_sidekiq_dead_jobs_total{$S,job_name="one"}
=>
job-queue saturation in count: sum by (queue) (ruby_sidekiq_queue_backlog{$S})
job-queue errors in per-second: sum by (queue_name, queue) (rate(ruby_sidekiq_failed_jobs_total{$S}[5m]))
job-wait saturation in seconds: max by (queue) (ruby_sidekiq_queue_latency_seconds{$S})
job-retries errors in per-second: sum by (instance) (rate(ruby_sidekiq_dead_jobs_total{$S}[5m]))

# Sidekiq – discourse exporter, only the statistics
ruby_sidekiq_stats_enqueued{$S}
=>
job-queue saturation in count: max by (queue_name, queue) (ruby_sidekiq_stats_enqueued{$S})

# BullMQ
bullmq_job_count{queue="pier",state="{waiting,active}"}
bullmq_job_failed_total{queue="pier"}
=>
job-queue saturation in count: sum by (queue) (bullmq_job_count{queue="pier",state="waiting"})
job-queue errors in per-second: sum by (queue) (rate(bullmq_job_failed_total{queue="pier"}[5m]))

# SQS via YACE
aws_sqs_approximate_number_of_messages_visible_average{dimension_QueueName="{pier,pier-dlq}"}
aws_sqs_approximate_age_of_oldest_message_maximum{dimension_QueueName="pier"}
=>
sqs-queue utilization in count: max by (dimension_QueueName) (aws_sqs_approximate_number_of_messages_visible_average{dimension_QueueName="pier"})
sqs-queue saturation in seconds: max by (dimension_QueueName) (aws_sqs_approximate_age_of_oldest_message_maximum{dimension_QueueName="pier"})

# NATS JetStream
jetstream_consumer_num_pending{job="nats",stream_name="TIDES",consumer_name="pier"}
jetstream_consumer_num_ack_pending{job="nats",stream_name="TIDES",consumer_name="pier"}
jetstream_consumer_num_redelivered{job="nats",stream_name="TIDES",consumer_name="pier"}
=>
nats-consumer utilization in count: max by (stream_name, consumer_name) (jetstream_consumer_num_ack_pending{consumer_name="pier"})
nats-consumer saturation in count: max by (stream_name, consumer_name) (jetstream_consumer_num_pending{consumer_name="pier"})
nats-consumer errors in count: max by (stream_name, consumer_name) (jetstream_consumer_num_redelivered{consumer_name="pier"})

# NATS JetStream, an older exporter
nats_consumer_num_pending{stream_name="TIDES",consumer_name="pier"}
nats_consumer_num_ack_pending{stream_name="TIDES",consumer_name="pier"}
nats_consumer_num_redelivered{stream_name="TIDES",consumer_name="pier"}
=>
nats-consumer utilization in count: max by (stream_name, consumer_name) (nats_consumer_num_ack_pending{consumer_name="pier"})
nats-consumer saturation in count: max by (stream_name, consumer_name) (nats_consumer_num_pending{consumer_name="pier"})
nats-consumer errors in count: max by (stream_name, consumer_name) (nats_consumer_num_redelivered{consumer_name="pier"})

# Delayed Job
ruby_delayed_jobs_pending{$S,queue_name="tides"}
ruby_delayed_job_latency_seconds_total{$S,queue_name="tides",job_name="one"}
ruby_delayed_jobs_total{$S,queue_name="tides",job_name="one"}
ruby_delayed_failed_jobs_total{$S,queue_name="tides",job_name="one"}
=>
job-queue saturation in count: sum by (queue_name) (ruby_delayed_jobs_pending{$S})
job-queue errors in per-second: sum by (queue_name) (rate(ruby_delayed_failed_jobs_total{$S}[5m]))
job-wait saturation in seconds: sum by (queue_name) (rate(ruby_delayed_job_latency_seconds_total{$S}[5m])) / sum by (queue_name) (rate(ruby_delayed_jobs_total{$S}[5m]))

# Delayed Job, only how many were put in
ruby_delayed_jobs_enqueued{$S,queue_name="tides"}
=>
job-queue saturation in count: sum by (queue_name) (ruby_delayed_jobs_enqueued{$S})

# Resque
ruby_resque_pending_jobs{$S}
ruby_resque_failed_jobs{$S}
=>
job-queue saturation in count: max by (queue_name, queue) (ruby_resque_pending_jobs{$S})
job-queue errors in per-second: sum by (queue_name, queue) (rate(ruby_resque_failed_jobs{$S}[5m]))

# Resque without the prefix
resque_pending_jobs{$S}
resque_failed_jobs{$S}
=>
job-queue saturation in count: max by (queue_name, queue) (resque_pending_jobs{$S})
job-queue errors in per-second: sum by (queue_name, queue) (rate(resque_failed_jobs{$S}[5m]))
`;
