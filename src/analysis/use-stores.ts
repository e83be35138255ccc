import { most, notUp, of, perSecond, sum, type UseFigure, type UseResource } from './use-resource.ts';

const instance = ['instance'];
const never = Number.POSITIVE_INFINITY;

const down = (metric: string): UseFigure => ({ name: 'down', unit: 'count', query: notUp(metric) });
const rateOf = (name: string, metric: string, worry?: number): UseFigure => ({
	name,
	unit: 'per-second',
	query: perSecond(metric),
	...(worry === undefined ? {} : { worry }),
});
const countOf = (name: string, query: string, worry?: number): UseFigure => ({
	name,
	unit: 'count',
	query,
	...(worry === undefined ? {} : { worry }),
});

/** The mean of a sum of something over how many they were. */
const meanOf = (total: string, count: string, more?: string): string =>
	`${perSecond(total, more)} / ${perSecond(count, more)}`;

/** Data stores, by the exporters that stand beside them. */
export const storeResources: readonly UseResource[] = [
	{
		key: 'store-answers',
		name: 'store reachable',
		group: 'data store',
		by: instance,
		errors: [down('pg_up'), down('mysql_up'), down('redis_up'), down('mongodb_up'), down('pgbouncer_up')],
	},
	{
		key: 'postgres-connections',
		name: 'PostgreSQL connections',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: sum('pg_stat_activity_count'),
				limits: [
					{
						of: 'limit',
						query: `${most('pg_settings_max_connections')} - ${most('pg_settings_superuser_reserved_connections')}`,
					},
					{ of: 'limit', query: most('pg_settings_max_connections') },
				],
			},
			countOf('open', sum('pg_stat_database_numbackends')),
		],
		saturation: [countOf('idle in transaction', sum('pg_stat_activity_count', 'state="idle in transaction"'))],
	},
	{
		key: 'postgres-locks',
		name: 'PostgreSQL locks',
		group: 'data store',
		by: instance,
		saturation: [countOf('exclusive', sum('pg_locks_count', 'mode="exclusivelock"'))],
		errors: [rateOf('deadlocks', 'pg_stat_database_deadlocks')],
	},
	{
		key: 'postgres-transactions',
		name: 'PostgreSQL transactions',
		group: 'data store',
		by: instance,
		saturation: [
			{ name: 'longest', unit: 'seconds', query: most('pg_stat_activity_max_tx_duration'), worry: 60 },
			countOf('long-running', sum('pg_long_running_transactions')),
		],
		errors: [
			{
				name: 'rolled back',
				unit: 'ratio',
				query: `${perSecond('pg_stat_database_xact_rollback')} / (${perSecond('pg_stat_database_xact_commit')} + ${perSecond('pg_stat_database_xact_rollback')})`,
				worry: 0.05,
			},
		],
	},
	{
		key: 'postgres-replication',
		name: 'PostgreSQL replication',
		group: 'data store',
		by: instance,
		saturation: [{ name: 'lag', unit: 'seconds', query: most('pg_replication_lag_seconds'), worry: 30 }],
		errors: [countOf('restarts in 1 h', `max by ($by) (changes(${of('pg_postmaster_start_time_seconds')}[1h]))`)],
	},
	{
		key: 'mysql-connections',
		name: 'MySQL connections',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: most('mysql_global_status_threads_connected'),
				limits: [{ of: 'limit', query: most('mysql_global_variables_max_connections') }],
			},
		],
		saturation: [countOf('running', most('mysql_global_status_threads_running'), never)],
		errors: [
			rateOf('refused', 'mysql_global_status_connection_errors_total'),
			rateOf('aborted', 'mysql_global_status_aborted_connects'),
		],
	},
	{
		key: 'mysql-queries',
		name: 'MySQL queries',
		group: 'data store',
		by: instance,
		saturation: [
			rateOf('waits for row locks', 'mysql_global_status_innodb_row_lock_waits'),
			rateOf('slow', 'mysql_global_status_slow_queries'),
		],
	},
	{
		key: 'mysql-replication',
		name: 'MySQL replication',
		group: 'data store',
		by: instance,
		saturation: [
			{ name: 'behind', unit: 'seconds', query: most('mysql_slave_status_seconds_behind_master'), worry: 30 },
		],
	},
	{
		// A maximum of 0 means that there is none.
		key: 'redis-memory',
		name: 'Redis memory',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'in use',
				unit: 'bytes',
				query: most('redis_memory_used_bytes'),
				limits: [{ of: 'maxmemory', query: most('redis_memory_max_bytes') }],
			},
		],
		saturation: [rateOf('evicted', 'redis_evicted_keys_total')],
	},
	{
		key: 'redis-clients',
		name: 'Redis clients',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'connected',
				unit: 'count',
				query: most('redis_connected_clients'),
				limits: [
					{ of: 'maxclients', query: most('redis_config_maxclients') },
					{ of: 'maxclients', query: most('redis_max_clients') },
				],
			},
		],
		saturation: [countOf('blocked', most('redis_blocked_clients'))],
		errors: [rateOf('rejected', 'redis_rejected_connections_total')],
	},
	{
		key: 'redis-commands',
		name: 'Redis commands',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'hits',
				unit: 'ratio',
				query: `${perSecond('redis_keyspace_hits_total')} / (${perSecond('redis_keyspace_hits_total')} + ${perSecond('redis_keyspace_misses_total')})`,
				worry: never,
			},
		],
		saturation: [
			{
				name: 'mean time',
				unit: 'seconds',
				query: meanOf('redis_commands_duration_seconds_total', 'redis_commands_total'),
				worry: 0.01,
			},
		],
		errors: [countOf('without master', notUp('redis_master_link_up'))],
	},
	{
		key: 'mongodb-connections',
		name: 'MongoDB connections',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: most('mongodb_ss_connections', 'conn_type="current"'),
				limits: [
					{
						of: 'limit',
						query: `${most('mongodb_ss_connections', 'conn_type="current"')} + ${most('mongodb_ss_connections', 'conn_type="available"')}`,
					},
				],
			},
		],
		saturation: [countOf('queued for locks', sum('mongodb_ss_globalLock_currentQueue', 'count_type!="total"'))],
		errors: [rateOf('asserts', 'mongodb_ss_asserts')],
	},
	{
		key: 'mongodb-cache',
		name: 'MongoDB cache',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'in use',
				unit: 'bytes',
				query: most('mongodb_ss_wt_cache_bytes_currently_in_the_cache'),
				limits: [{ of: 'configured', query: most('mongodb_ss_wt_cache_maximum_bytes_configured') }],
				// WiredTiger begins to evict at 80 % and makes clients evict at 95 %.
				worry: 0.95,
			},
		],
		saturation: [
			{
				name: 'mean time',
				unit: 'seconds',
				query: `${meanOf('mongodb_ss_opLatencies_latency', 'mongodb_ss_opLatencies_ops')} / 1000000`,
				worry: 0.1,
			},
		],
	},
	{
		key: 'mongodb-tickets',
		name: 'MongoDB tickets',
		group: 'data store',
		by: ['instance', 'txn_rw_type'],
		utilization: [countOf('free', most('mongodb_ss_wt_concurrentTransactions_available'), never)],
	},
	{
		key: 'elasticsearch-memory',
		name: 'Elasticsearch heap',
		group: 'data store',
		by: ['name', 'instance'],
		utilization: [
			{
				name: 'in use',
				unit: 'bytes',
				query: sum('elasticsearch_jvm_memory_used_bytes', 'area="heap"'),
				limits: [{ of: 'maximum', query: sum('elasticsearch_jvm_memory_max_bytes', 'area="heap"') }],
			},
		],
	},
	{
		key: 'elasticsearch-health',
		name: 'Elasticsearch health',
		group: 'data store',
		by: ['cluster'],
		errors: [countOf('red', most('elasticsearch_cluster_health_status', 'color="red"'))],
	},
	{
		key: 'elasticsearch-disk',
		name: 'Elasticsearch disk',
		group: 'data store',
		by: ['name', 'instance'],
		utilization: [
			{
				name: 'full',
				unit: 'bytes',
				query: `${sum('elasticsearch_filesystem_data_size_bytes')} - ${sum('elasticsearch_filesystem_data_available_bytes')}`,
				limits: [{ of: 'size', query: sum('elasticsearch_filesystem_data_size_bytes') }],
			},
			{ name: 'free', unit: 'bytes', query: sum('elasticsearch_filesystem_data_available_bytes') },
		],
	},
	{
		key: 'elasticsearch-threads',
		name: 'Elasticsearch threads',
		group: 'data store',
		by: ['type', 'name'],
		saturation: [countOf('queued', sum('elasticsearch_thread_pool_queue_count'))],
		errors: [rateOf('rejected', 'elasticsearch_thread_pool_rejected_count')],
	},
	{
		key: 'kafka-broker',
		name: 'Kafka broker',
		group: 'data store',
		by: instance,
		utilization: [
			{
				name: 'handlers busy',
				unit: 'ratio',
				query: `1 - min by ($by) (${of('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent')})`,
			},
		],
		saturation: [countOf('requests queued', sum('kafka_network_requestchannel_requestqueuesize'), 10)],
		errors: [countOf('offline partitions', sum('kafka_controller_kafkacontroller_offlinepartitionscount'))],
	},
	{
		key: 'kafka-partitions',
		name: 'Kafka partitions',
		group: 'data store',
		by: ['topic'],
		errors: [countOf('under-replicated', sum('kafka_topic_partition_under_replicated_partition'))],
	},
	{
		// CloudWatch gives a figure for each period: no `rate`.
		key: 'rds-cpu',
		name: 'RDS CPU',
		group: 'data store',
		by: ['dimension_DBInstanceIdentifier', 'dbinstance_identifier'],
		utilization: [{ name: 'busy', unit: 'ratio', query: `${most('aws_rds_cpuutilization_average')} / 100` }],
		saturation: [countOf('credits left', most('aws_rds_cpucredit_balance_average'), never)],
	},
	{
		key: 'rds-connections',
		name: 'RDS connections',
		group: 'data store',
		by: ['dimension_DBInstanceIdentifier', 'dbinstance_identifier'],
		utilization: [countOf('open', most('aws_rds_database_connections_average'))],
	},
	{
		key: 'rds-storage',
		name: 'RDS storage',
		group: 'data store',
		by: ['dimension_DBInstanceIdentifier', 'dbinstance_identifier'],
		utilization: [{ name: 'free', unit: 'bytes', query: most('aws_rds_free_storage_space_average'), worry: never }],
		saturation: [countOf('disk queue', most('aws_rds_disk_queue_depth_average'), 10)],
	},
];
