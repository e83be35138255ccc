import { most, of, perSecond, sum, type UseFigure, type UseResource } from './use-resource.ts';

const process = ['namespace', 'pod', 'instance'];
const never = Number.POSITIVE_INFINITY;

const connections = (used: string, most: string, of = 'pool'): UseFigure => ({
	name: 'in use',
	unit: 'count',
	query: used,
	limits: [{ of, query: most }],
});
const waiting = (query: string): UseFigure => ({ name: 'waiting', unit: 'count', query });
const perSecondOf = (name: string, metric: string, worry?: number): UseFigure => ({
	name,
	unit: 'per-second',
	query: perSecond(metric),
	...(worry === undefined ? {} : { worry }),
});

/** Pools of connections that services keep. */
export const poolResources: readonly UseResource[] = [
	{
		// Micrometer's names, and those of the pool's own Prometheus tracker.
		key: 'hikari',
		name: 'HikariCP connections',
		group: 'pool',
		by: ['pool', ...process],
		utilization: [
			connections(sum('hikaricp_connections_active'), sum('hikaricp_connections_max')),
			connections(sum('hikaricp_active_connections'), sum('hikaricp_max_connections')),
		],
		saturation: [waiting(sum('hikaricp_connections_pending')), waiting(sum('hikaricp_pending_threads'))],
		errors: [
			perSecondOf('timeouts', 'hikaricp_connections_timeout_total'),
			perSecondOf('timeouts', 'hikaricp_connection_timeout_total'),
		],
	},
	{
		key: 'hikari-wait',
		name: 'HikariCP wait',
		group: 'pool',
		by: ['pool', ...process],
		saturation: [
			{
				name: 'longest wait',
				unit: 'seconds',
				query: most('hikaricp_connections_acquire_seconds_max'),
				worry: 0.1,
			},
			{
				name: 'p99 wait',
				unit: 'seconds',
				query: `${most('hikaricp_connection_acquired_nanos', 'quantile="0.99"')} / 1000000000`,
				worry: 0.1,
			},
		],
	},
	{
		// A maximum of 0 means that there is none.
		key: 'go-sql',
		name: 'Go sql connections',
		group: 'pool',
		by: ['db_name', ...process],
		utilization: [connections(sum('go_sql_in_use_connections'), sum('go_sql_max_open_connections'))],
		saturation: [
			// Seconds waited in a second are how many waited.
			{ name: 'waiting', unit: 'plain', query: perSecond('go_sql_wait_duration_seconds_total') },
			perSecondOf('waits', 'go_sql_wait_count_total'),
		],
		errors: [
			perSecondOf('closed, too many idle', 'go_sql_max_idle_closed_total', never),
			perSecondOf('closed, too old', 'go_sql_max_lifetime_closed_total', never),
		],
	},
	{
		// https://opentelemetry.io/docs/specs/semconv/database/database-metrics/#connection-pools, and before 1.26.
		key: 'otel-pool',
		name: 'database connections',
		group: 'pool',
		by: ['db_client_connection_pool_name', 'pool_name', ...process],
		utilization: [
			connections(
				sum('db_client_connection_count', 'db_client_connection_state="used"'),
				sum('db_client_connection_max'),
			),
			connections(sum('db_client_connections_usage', 'state="used"'), sum('db_client_connections_max')),
		],
		saturation: [
			waiting(sum('db_client_connection_pending_requests')),
			waiting(sum('db_client_connections_pending_requests')),
		],
		errors: [
			perSecondOf('timeouts', 'db_client_connection_timeouts_total'),
			perSecondOf('timeouts', 'db_client_connections_timeouts_total'),
		],
	},
	{
		key: 'otel-pool-wait',
		name: 'connection wait',
		group: 'pool',
		by: ['db_client_connection_pool_name', 'pool_name', ...process],
		saturation: [
			{
				name: 'p99 wait',
				unit: 'seconds',
				query: `histogram_quantile(0.99, sum by ($by, le) (rate(${of('db_client_connection_wait_time_seconds_bucket')}[$R])))`,
				worry: 0.1,
			},
			{
				name: 'p99 wait',
				unit: 'seconds',
				query: `histogram_quantile(0.99, sum by ($by, le) (rate(${of('db_client_connections_wait_time_milliseconds_bucket')}[$R]))) / 1000`,
				worry: 0.1,
			},
		],
	},
	{
		key: 'active-record',
		name: 'ActiveRecord connections',
		group: 'pool',
		by: ['pool_name', ...process],
		utilization: [
			connections(sum('ruby_active_record_connection_pool_busy'), sum('ruby_active_record_connection_pool_size')),
		],
		saturation: [waiting(sum('ruby_active_record_connection_pool_waiting'))],
		errors: [{ name: 'dead', unit: 'count', query: sum('ruby_active_record_connection_pool_dead') }],
	},
	{
		key: 'pgbouncer-pools',
		name: 'pgbouncer servers',
		group: 'pool',
		by: ['database', 'instance'],
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: most('pgbouncer_databases_current_connections'),
				limits: [
					{ of: 'pool', query: most('pgbouncer_databases_pool_size') },
					{ of: 'database', query: most('pgbouncer_databases_max_connections') },
				],
			},
		],
		saturation: [
			waiting(sum('pgbouncer_pools_client_waiting_connections')),
			{ name: 'longest wait', unit: 'seconds', query: most('pgbouncer_pools_client_maxwait_seconds') },
		],
	},
	{
		key: 'pgbouncer-clients',
		name: 'pgbouncer clients',
		group: 'pool',
		by: ['instance'],
		utilization: [
			connections(
				sum('pgbouncer_pools_client_active_connections'),
				most('pgbouncer_config_max_client_connections'),
				'limit',
			),
		],
		saturation: [{ name: 'longest wait', unit: 'seconds', query: most('pgbouncer_pools_client_maxwait_seconds') }],
	},
	{
		// https://github.com/korfuri/django-prometheus, with its own database engine.
		key: 'django-db',
		name: 'Django database',
		group: 'pool',
		by: ['alias', ...process],
		saturation: [
			{
				name: 'p99 query',
				unit: 'seconds',
				query: `histogram_quantile(0.99, sum by ($by, le) (rate(${of('django_db_query_duration_seconds_bucket')}[$R])))`,
				worry: 1,
			},
		],
		errors: [
			perSecondOf('not connected', 'django_db_new_connection_errors_total'),
			perSecondOf('errors', 'django_db_errors_total'),
		],
	},
];
