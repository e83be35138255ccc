/** Pools and data stores; see `drawnCases`. */
export const storesTable = `
# HikariCP, Micrometer
hikaricp_connections_active{$S,pool="main"}
hikaricp_connections_max{$S,pool="main"}
hikaricp_connections_pending{$S,pool="main"}
hikaricp_connections_acquire_seconds_max{$S,pool="main"}
hikaricp_connections_timeout_total{$S,pool="main"}
=>
hikari utilization in count: sum by (pool, instance) (hikaricp_connections_active{$S})
  pool: sum by (pool, instance) (hikaricp_connections_max{$S})
hikari saturation in count: sum by (pool, instance) (hikaricp_connections_pending{$S})
hikari errors in per-second: sum by (pool, instance) (rate(hikaricp_connections_timeout_total{$S}[5m]))
hikari-wait saturation in seconds: max by (pool, instance) (hikaricp_connections_acquire_seconds_max{$S})

# HikariCP, its own tracker
hikaricp_active_connections{$S,pool="main"}
hikaricp_max_connections{$S,pool="main"}
hikaricp_pending_threads{$S,pool="main"}
hikaricp_connection_acquired_nanos{$S,pool="main",quantile="0.99"}
hikaricp_connection_timeout_total{$S,pool="main"}
=>
hikari utilization in count: sum by (pool, instance) (hikaricp_active_connections{$S})
  pool: sum by (pool, instance) (hikaricp_max_connections{$S})
hikari saturation in count: sum by (pool, instance) (hikaricp_pending_threads{$S})
hikari errors in per-second: sum by (pool, instance) (rate(hikaricp_connection_timeout_total{$S}[5m]))
hikari-wait saturation in seconds: max by (pool, instance) (hikaricp_connection_acquired_nanos{$S,quantile="0.99"}) / 1000000000

# Go sql
go_sql_in_use_connections{$S,db_name="tides"}
go_sql_max_open_connections{$S,db_name="tides"}
go_sql_wait_duration_seconds_total{$S,db_name="tides"}
go_sql_wait_count_total{$S,db_name="tides"}
go_sql_max_idle_closed_total{$S,db_name="tides"}
go_sql_max_lifetime_closed_total{$S,db_name="tides"}
=>
go-sql utilization in count: sum by (db_name, instance) (go_sql_in_use_connections{$S})
  pool: sum by (db_name, instance) (go_sql_max_open_connections{$S})
go-sql saturation in plain: sum by (db_name, instance) (rate(go_sql_wait_duration_seconds_total{$S}[5m]))
go-sql errors in per-second: sum by (db_name, instance) (rate(go_sql_max_idle_closed_total{$S}[5m]))

# Go sql, little told
go_sql_wait_count_total{$S,db_name="tides"}
go_sql_max_lifetime_closed_total{$S,db_name="tides"}
=>
go-sql saturation in per-second: sum by (db_name, instance) (rate(go_sql_wait_count_total{$S}[5m]))
go-sql errors in per-second: sum by (db_name, instance) (rate(go_sql_max_lifetime_closed_total{$S}[5m]))

# OpenTelemetry pool
db_client_connection_count{$S,db_client_connection_pool_name="main",db_client_connection_state="{used,idle}"}
db_client_connection_max{$S,db_client_connection_pool_name="main"}
db_client_connection_pending_requests{$S,db_client_connection_pool_name="main"}
db_client_connection_wait_time_seconds_bucket{$S,db_client_connection_pool_name="main",le="+Inf"}
db_client_connection_timeouts_total{$S,db_client_connection_pool_name="main"}
=>
otel-pool utilization in count: sum by (db_client_connection_pool_name, instance) (db_client_connection_count{$S,db_client_connection_state="used"})
  pool: sum by (db_client_connection_pool_name, instance) (db_client_connection_max{$S})
otel-pool saturation in count: sum by (db_client_connection_pool_name, instance) (db_client_connection_pending_requests{$S})
otel-pool errors in per-second: sum by (db_client_connection_pool_name, instance) (rate(db_client_connection_timeouts_total{$S}[5m]))
otel-pool-wait saturation in seconds: histogram_quantile(0.99, sum by (db_client_connection_pool_name, instance, le) (rate(db_client_connection_wait_time_seconds_bucket{$S}[5m])))

# OpenTelemetry pool, before
db_client_connections_usage{$S,pool_name="main",state="{used,idle}"}
db_client_connections_max{$S,pool_name="main"}
db_client_connections_pending_requests{$S,pool_name="main"}
db_client_connections_timeouts_total{$S,pool_name="main"}
db_client_connections_wait_time_milliseconds_bucket{$S,pool_name="main",le="+Inf"}
=>
otel-pool utilization in count: sum by (pool_name, instance) (db_client_connections_usage{$S,state="used"})
  pool: sum by (pool_name, instance) (db_client_connections_max{$S})
otel-pool saturation in count: sum by (pool_name, instance) (db_client_connections_pending_requests{$S})
otel-pool errors in per-second: sum by (pool_name, instance) (rate(db_client_connections_timeouts_total{$S}[5m]))
otel-pool-wait saturation in seconds: histogram_quantile(0.99, sum by (pool_name, instance, le) (rate(db_client_connections_wait_time_milliseconds_bucket{$S}[5m]))) / 1000

# ActiveRecord
ruby_active_record_connection_pool_busy{$S,pool_name="primary"}
ruby_active_record_connection_pool_size{$S,pool_name="primary"}
ruby_active_record_connection_pool_waiting{$S,pool_name="primary"}
ruby_active_record_connection_pool_dead{$S,pool_name="primary"}
=>
active-record utilization in count: sum by (pool_name, instance) (ruby_active_record_connection_pool_busy{$S})
  pool: sum by (pool_name, instance) (ruby_active_record_connection_pool_size{$S})
active-record saturation in count: sum by (pool_name, instance) (ruby_active_record_connection_pool_waiting{$S})
active-record errors in count: sum by (pool_name, instance) (ruby_active_record_connection_pool_dead{$S})

# pgbouncer
pgbouncer_databases_current_connections{$S,database="tides"}
pgbouncer_databases_pool_size{$S,database="tides"}
pgbouncer_pools_client_active_connections{$S,database="tides",user="one"}
pgbouncer_config_max_client_connections{$S}
pgbouncer_pools_client_waiting_connections{$S,database="tides",user="one"}
pgbouncer_pools_client_maxwait_seconds{$S,database="tides",user="one"}
pgbouncer_up{$S}
=>
pgbouncer-pools utilization in count: max by (database, instance) (pgbouncer_databases_current_connections{$S})
  pool: max by (database, instance) (pgbouncer_databases_pool_size{$S})
pgbouncer-pools saturation in count: sum by (database, instance) (pgbouncer_pools_client_waiting_connections{$S})
pgbouncer-clients utilization in count: sum by (instance) (pgbouncer_pools_client_active_connections{$S})
  limit: max by (instance) (pgbouncer_config_max_client_connections{$S})
pgbouncer-clients saturation in seconds: max by (instance) (pgbouncer_pools_client_maxwait_seconds{$S})
store-answers errors in count: 1 - min by (instance) (pgbouncer_up{$S})

# pgbouncer, little told
pgbouncer_databases_current_connections{$S,database="tides"}
pgbouncer_databases_max_connections{$S,database="tides"}
pgbouncer_pools_client_maxwait_seconds{$S,database="tides",user="one"}
=>
pgbouncer-pools utilization in count: max by (database, instance) (pgbouncer_databases_current_connections{$S})
  database: max by (database, instance) (pgbouncer_databases_max_connections{$S})
pgbouncer-pools saturation in seconds: max by (database, instance) (pgbouncer_pools_client_maxwait_seconds{$S})
pgbouncer-clients saturation in seconds: max by (instance) (pgbouncer_pools_client_maxwait_seconds{$S})

# PostgreSQL
pg_stat_activity_count{$S,datname="tides",state="{active,idle in transaction}"}
pg_settings_max_connections{$S}
pg_settings_superuser_reserved_connections{$S}
pg_stat_activity_max_tx_duration{$S,datname="tides",state="active"}
pg_locks_count{$S,datname="tides",mode="{exclusivelock,sharelock}"}
pg_replication_lag_seconds{$S}
pg_stat_database_deadlocks{$S,datname="tides"}
pg_stat_database_xact_rollback{$S,datname="tides"}
pg_stat_database_xact_commit{$S,datname="tides"}
pg_up{$S}
pg_postmaster_start_time_seconds{$S}
=>
store-answers errors in count: 1 - min by (instance) (pg_up{$S})
postgres-connections utilization in count: sum by (instance) (pg_stat_activity_count{$S})
  limit: max by (instance) (pg_settings_max_connections{$S}) - max by (instance) (pg_settings_superuser_reserved_connections{$S})
  limit: max by (instance) (pg_settings_max_connections{$S})
postgres-connections saturation in count: sum by (instance) (pg_stat_activity_count{$S,state="idle in transaction"})
postgres-locks saturation in count: sum by (instance) (pg_locks_count{$S,mode="exclusivelock"})
postgres-locks errors in per-second: sum by (instance) (rate(pg_stat_database_deadlocks{$S}[5m]))
postgres-transactions saturation in seconds: max by (instance) (pg_stat_activity_max_tx_duration{$S})
postgres-transactions errors in ratio: sum by (instance) (rate(pg_stat_database_xact_rollback{$S}[5m])) / (sum by (instance) (rate(pg_stat_database_xact_commit{$S}[5m])) + sum by (instance) (rate(pg_stat_database_xact_rollback{$S}[5m])))
postgres-replication saturation in seconds: max by (instance) (pg_replication_lag_seconds{$S})
postgres-replication errors in count: max by (instance) (changes(pg_postmaster_start_time_seconds{$S}[1h]))

# PostgreSQL, little told
pg_stat_database_numbackends{$S,datname="tides"}
pg_long_running_transactions{$S}
=>
postgres-connections utilization in count: sum by (instance) (pg_stat_database_numbackends{$S})
postgres-transactions saturation in count: sum by (instance) (pg_long_running_transactions{$S})

# MySQL
mysql_global_status_threads_connected{$S}
mysql_global_variables_max_connections{$S}
mysql_global_status_threads_running{$S}
mysql_global_status_innodb_row_lock_waits{$S}
mysql_slave_status_seconds_behind_master{$S}
mysql_global_status_connection_errors_total{$S,error="accept"}
mysql_up{$S}
=>
store-answers errors in count: 1 - min by (instance) (mysql_up{$S})
mysql-connections utilization in count: max by (instance) (mysql_global_status_threads_connected{$S})
  limit: max by (instance) (mysql_global_variables_max_connections{$S})
mysql-connections saturation in count: max by (instance) (mysql_global_status_threads_running{$S})
mysql-connections errors in per-second: sum by (instance) (rate(mysql_global_status_connection_errors_total{$S}[5m]))
mysql-queries saturation in per-second: sum by (instance) (rate(mysql_global_status_innodb_row_lock_waits{$S}[5m]))
mysql-replication saturation in seconds: max by (instance) (mysql_slave_status_seconds_behind_master{$S})

# MySQL, little told
mysql_global_status_slow_queries{$S}
mysql_global_status_aborted_connects{$S}
=>
mysql-connections errors in per-second: sum by (instance) (rate(mysql_global_status_aborted_connects{$S}[5m]))
mysql-queries saturation in per-second: sum by (instance) (rate(mysql_global_status_slow_queries{$S}[5m]))

# Redis
redis_memory_used_bytes{$S}
redis_memory_max_bytes{$S}
redis_connected_clients{$S}
redis_config_maxclients{$S}
redis_blocked_clients{$S}
redis_evicted_keys_total{$S}
redis_commands_duration_seconds_total{$S,cmd="get"}
redis_commands_total{$S,cmd="get"}
redis_keyspace_hits_total{$S}
redis_keyspace_misses_total{$S}
redis_rejected_connections_total{$S}
redis_master_link_up{$S}
redis_up{$S}
=>
store-answers errors in count: 1 - min by (instance) (redis_up{$S})
redis-memory utilization in bytes: max by (instance) (redis_memory_used_bytes{$S})
  maxmemory: max by (instance) (redis_memory_max_bytes{$S})
redis-memory saturation in per-second: sum by (instance) (rate(redis_evicted_keys_total{$S}[5m]))
redis-clients utilization in count: max by (instance) (redis_connected_clients{$S})
  maxclients: max by (instance) (redis_config_maxclients{$S})
redis-clients saturation in count: max by (instance) (redis_blocked_clients{$S})
redis-clients errors in per-second: sum by (instance) (rate(redis_rejected_connections_total{$S}[5m]))
redis-commands utilization in ratio: sum by (instance) (rate(redis_keyspace_hits_total{$S}[5m])) / (sum by (instance) (rate(redis_keyspace_hits_total{$S}[5m])) + sum by (instance) (rate(redis_keyspace_misses_total{$S}[5m])))
redis-commands saturation in seconds: sum by (instance) (rate(redis_commands_duration_seconds_total{$S}[5m])) / sum by (instance) (rate(redis_commands_total{$S}[5m]))
redis-commands errors in count: 1 - min by (instance) (redis_master_link_up{$S})

# MongoDB
mongodb_ss_connections{$S,conn_type="{current,available}"}
mongodb_ss_wt_cache_bytes_currently_in_the_cache{$S}
mongodb_ss_wt_cache_maximum_bytes_configured{$S}
mongodb_ss_globalLock_currentQueue{$S,count_type="{readers,writers,total}"}
mongodb_ss_wt_concurrentTransactions_available{$S,txn_rw_type="read"}
mongodb_ss_opLatencies_latency{$S,op_type="reads"}
mongodb_ss_opLatencies_ops{$S,op_type="reads"}
mongodb_ss_asserts{$S,assert_type="user"}
mongodb_up{$S}
=>
store-answers errors in count: 1 - min by (instance) (mongodb_up{$S})
mongodb-connections utilization in count: max by (instance) (mongodb_ss_connections{$S,conn_type="current"})
  limit: max by (instance) (mongodb_ss_connections{$S,conn_type="current"}) + max by (instance) (mongodb_ss_connections{$S,conn_type="available"})
mongodb-connections saturation in count: sum by (instance) (mongodb_ss_globalLock_currentQueue{$S,count_type!="total"})
mongodb-connections errors in per-second: sum by (instance) (rate(mongodb_ss_asserts{$S}[5m]))
mongodb-cache utilization in bytes: max by (instance) (mongodb_ss_wt_cache_bytes_currently_in_the_cache{$S})
  configured: max by (instance) (mongodb_ss_wt_cache_maximum_bytes_configured{$S})
mongodb-cache saturation in seconds: sum by (instance) (rate(mongodb_ss_opLatencies_latency{$S}[5m])) / sum by (instance) (rate(mongodb_ss_opLatencies_ops{$S}[5m])) / 1000000
mongodb-tickets utilization in count: max by (instance, txn_rw_type) (mongodb_ss_wt_concurrentTransactions_available{$S})

# Elasticsearch
elasticsearch_jvm_memory_used_bytes{$S,name="es-0",area="{heap,non-heap}"}
elasticsearch_jvm_memory_max_bytes{$S,name="es-0",area="heap"}
elasticsearch_filesystem_data_available_bytes{$S,name="es-0"}
elasticsearch_filesystem_data_size_bytes{$S,name="es-0"}
elasticsearch_thread_pool_queue_count{$S,name="es-0",type="write"}
elasticsearch_thread_pool_rejected_count{$S,name="es-0",type="write"}
elasticsearch_cluster_health_status{$S,cluster="logs",color="{green,red}"}
=>
elasticsearch-memory utilization in bytes: sum by (name, instance) (elasticsearch_jvm_memory_used_bytes{$S,area="heap"})
  maximum: sum by (name, instance) (elasticsearch_jvm_memory_max_bytes{$S,area="heap"})
elasticsearch-health errors in count: max by (cluster) (elasticsearch_cluster_health_status{$S,color="red"})
elasticsearch-disk utilization in bytes: sum by (name, instance) (elasticsearch_filesystem_data_size_bytes{$S}) - sum by (name, instance) (elasticsearch_filesystem_data_available_bytes{$S})
  size: sum by (name, instance) (elasticsearch_filesystem_data_size_bytes{$S})
elasticsearch-threads saturation in count: sum by (type, name) (elasticsearch_thread_pool_queue_count{$S})
elasticsearch-threads errors in per-second: sum by (type, name) (rate(elasticsearch_thread_pool_rejected_count{$S}[5m]))

# Elasticsearch, little told
elasticsearch_filesystem_data_available_bytes{$S,name="es-0"}
=>
elasticsearch-disk utilization in bytes: sum by (name, instance) (elasticsearch_filesystem_data_available_bytes{$S})

# Kafka broker
kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent{$S}
kafka_topic_partition_under_replicated_partition{$S,topic="tides",partition="0"}
kafka_network_requestchannel_requestqueuesize{$S}
kafka_controller_kafkacontroller_offlinepartitionscount{$S}
=>
kafka-broker utilization in ratio: 1 - min by (instance) (kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent{$S})
kafka-broker saturation in count: sum by (instance) (kafka_network_requestchannel_requestqueuesize{$S})
kafka-broker errors in count: sum by (instance) (kafka_controller_kafkacontroller_offlinepartitionscount{$S})
kafka-partitions errors in count: sum by (topic) (kafka_topic_partition_under_replicated_partition{$S})

# RDS
aws_rds_cpuutilization_average{$S,dimension_DBInstanceIdentifier="tides"}
aws_rds_free_storage_space_average{$S,dimension_DBInstanceIdentifier="tides"}
aws_rds_database_connections_average{$S,dimension_DBInstanceIdentifier="tides"}
aws_rds_disk_queue_depth_average{$S,dimension_DBInstanceIdentifier="tides"}
aws_rds_cpucredit_balance_average{$S,dimension_DBInstanceIdentifier="tides"}
=>
rds-cpu utilization in ratio: max by (dimension_DBInstanceIdentifier) (aws_rds_cpuutilization_average{$S}) / 100
rds-cpu saturation in count: max by (dimension_DBInstanceIdentifier) (aws_rds_cpucredit_balance_average{$S})
rds-connections utilization in count: max by (dimension_DBInstanceIdentifier) (aws_rds_database_connections_average{$S})
rds-storage utilization in bytes: max by (dimension_DBInstanceIdentifier) (aws_rds_free_storage_space_average{$S})
rds-storage saturation in count: max by (dimension_DBInstanceIdentifier) (aws_rds_disk_queue_depth_average{$S})

# Django
django_db_query_duration_seconds_bucket{$S,alias="default",vendor="postgresql",le="+Inf"}
django_db_new_connection_errors_total{$S,alias="default",vendor="postgresql"}
django_db_errors_total{$S,alias="default",vendor="postgresql",type="OperationalError"}
=>
django-db saturation in seconds: histogram_quantile(0.99, sum by (alias, instance, le) (rate(django_db_query_duration_seconds_bucket{$S}[5m])))
django-db errors in per-second: sum by (alias, instance) (rate(django_db_new_connection_errors_total{$S}[5m]))

# Django, connected
django_db_errors_total{$S,alias="default",vendor="postgresql",type="OperationalError"}
=>
django-db errors in per-second: sum by (alias, instance) (rate(django_db_errors_total{$S}[5m]))

# OpenTelemetry pool of SQLAlchemy, which tells no maximum
db_client_connections_usage{$S,pool_name="main",state="{used,idle}"}
=>
otel-pool utilization in count: sum by (pool_name, instance) (db_client_connections_usage{$S,state="used"})

# Redis, by INFO
redis_connected_clients{$S}
redis_max_clients{$S}
=>
redis-clients utilization in count: max by (instance) (redis_connected_clients{$S})
  maxclients: max by (instance) (redis_max_clients{$S})
`;
