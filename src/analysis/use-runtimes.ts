import { most, of, perSecond, sum, type UseFigure, type UseResource } from './use-resource.ts';

const process = ['namespace', 'pod', 'instance'];
const never = Number.POSITIVE_INFINITY;

/** Seconds spent in something, as a share of time. */
const shareOf = (name: string, metric: string, worry: number): UseFigure => ({
	name,
	unit: 'ratio',
	query: perSecond(metric),
	worry,
});

/** A number that tells something only beside its own past. */
const number = (name: string, query: string): UseFigure => ({ name, unit: 'count', query, worry: never });

const heapOf = (used: string, most: string, name: string, soft?: true): UseFigure => ({
	name,
	unit: 'bytes',
	query: used,
	limits: [{ of: soft === undefined ? 'maximum' : 'allocated', query: most, ...(soft === undefined ? {} : { soft }) }],
});

const p99 = (metric: string): string =>
	`histogram_quantile(0.99, sum by ($by, le) (rate(${of(`${metric}_bucket`)}[$R])))`;

/** What processes and language runtimes say of themselves, by the client libraries' own collectors. */
export const runtimeResources: readonly UseResource[] = [
	{
		key: 'process-cpu',
		name: 'process CPU',
		group: 'CPU',
		by: process,
		utilization: [
			{ name: 'in use', unit: 'cores', query: perSecond('process_cpu_seconds_total') },
			{ name: 'in use', unit: 'cores', query: perSecond('process_cpu_user_seconds_total') },
			{ name: 'in use', unit: 'cores', query: perSecond('dotnet_process_cpu_time_seconds_total') },
		],
		errors: [
			{
				name: 'restarts in 1 h',
				unit: 'count',
				query: `max by ($by) (changes(${of('process_start_time_seconds')}[1h]))`,
			},
		],
	},
	{
		key: 'process-memory',
		name: 'process memory',
		group: 'memory',
		by: process,
		utilization: [
			{
				name: 'resident',
				unit: 'bytes',
				query: most('process_resident_memory_bytes'),
				limits: [{ of: 'limit', query: most('process_virtual_memory_max_bytes') }],
			},
			{ name: 'resident', unit: 'bytes', query: most('dotnet_process_memory_working_set_bytes') },
			{ name: 'resident', unit: 'bytes', query: most('ruby_rss') },
		],
	},
	{
		key: 'process-files',
		name: 'process open files',
		group: 'runtime',
		by: process,
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: most('process_open_fds'),
				limits: [{ of: 'limit', query: most('process_max_fds') }],
			},
		],
	},
	{
		key: 'go-memory',
		name: 'Go memory',
		group: 'memory',
		by: process,
		utilization: [
			heapOf(sum('go_memory_used_bytes'), most('go_memory_limit_bytes'), 'in use'),
			heapOf(most('go_memstats_heap_inuse_bytes'), most('go_gc_gomemlimit_bytes'), 'heap'),
			{ name: 'from the system', unit: 'bytes', query: most('go_memstats_sys_bytes') },
		],
		saturation: [
			{
				name: 'longest GC pause',
				unit: 'seconds',
				query: most('go_gc_duration_seconds', 'quantile="1"'),
				worry: 0.1,
			},
		],
	},
	{
		key: 'go-scheduler',
		name: 'Go scheduler',
		group: 'runtime',
		by: process,
		utilization: [number('goroutines', most('go_goroutines')), number('threads', most('go_threads'))],
		saturation: [{ name: 'p99 wait', unit: 'seconds', query: p99('go_sched_latencies_seconds'), worry: 0.01 }],
	},
	{
		key: 'jvm-heap',
		name: 'JVM heap',
		group: 'memory',
		by: process,
		utilization: [
			heapOf(sum('jvm_memory_used_bytes', 'area="heap"'), sum('jvm_memory_max_bytes', 'area="heap"'), 'in use'),
			heapOf(
				sum('jvm_memory_used_bytes', 'jvm_memory_type="heap"'),
				sum('jvm_memory_limit_bytes', 'jvm_memory_type="heap"'),
				'in use',
			),
			heapOf(sum('jvm_memory_bytes_used', 'area="heap"'), sum('jvm_memory_bytes_max', 'area="heap"'), 'in use'),
		],
		saturation: [
			shareOf('in GC', 'jvm_gc_pause_seconds_sum', 0.1),
			shareOf('in GC', 'jvm_gc_duration_seconds_sum', 0.1),
			shareOf('in GC', 'jvm_gc_collection_seconds_sum', 0.1),
		],
	},
	{
		key: 'jvm-heap-after-gc',
		name: 'JVM heap after GC',
		group: 'memory',
		by: process,
		utilization: [{ name: 'still in use', unit: 'ratio', query: most('jvm_memory_usage_after_gc') }],
		saturation: [{ name: 'GC overhead', unit: 'ratio', query: most('jvm_gc_overhead'), worry: 0.1 }],
	},
	{
		key: 'jvm-cpu',
		name: 'JVM CPU',
		group: 'CPU',
		by: process,
		utilization: [
			{ name: 'in use', unit: 'ratio', query: most('process_cpu_usage') },
			{ name: 'in use', unit: 'ratio', query: most('jvm_cpu_recent_utilization_ratio') },
		],
		saturation: [{ name: 'whole system', unit: 'ratio', query: most('system_cpu_usage'), worry: 0.9 }],
	},
	{
		key: 'jvm-threads',
		name: 'JVM threads',
		group: 'runtime',
		by: process,
		saturation: [
			{ name: 'blocked', unit: 'count', query: sum('jvm_threads_states_threads', 'state="blocked"') },
			{ name: 'blocked', unit: 'count', query: sum('jvm_thread_count', 'jvm_thread_state="blocked"') },
		],
		errors: [{ name: 'deadlocked', unit: 'count', query: sum('jvm_threads_deadlocked') }],
	},
	{
		key: 'tomcat-threads',
		name: 'Tomcat threads',
		group: 'pool',
		by: [...process, 'name'],
		utilization: [
			{
				name: 'busy',
				unit: 'count',
				query: sum('tomcat_threads_busy_threads'),
				limits: [{ of: 'maximum', query: sum('tomcat_threads_config_max_threads') }],
			},
		],
		errors: [{ name: 'errors', unit: 'per-second', query: perSecond('tomcat_global_error_total') }],
	},
	{
		key: 'executor-threads',
		name: 'executor threads',
		group: 'pool',
		by: ['name', ...process],
		utilization: [
			{
				name: 'active',
				unit: 'count',
				query: sum('executor_active_threads'),
				// The pool of an executor without bounds is said to be as large as an int: no limit that matters.
				limits: [{ of: 'pool', query: sum('executor_pool_max_threads') }],
			},
		],
		saturation: [{ name: 'queued', unit: 'count', query: sum('executor_queued_tasks') }],
	},
	{
		key: 'node-heap',
		name: 'Node.js heap',
		group: 'memory',
		by: process,
		utilization: [heapOf(most('nodejs_heap_size_used_bytes'), most('nodejs_heap_size_total_bytes'), 'in use', true)],
		saturation: [shareOf('in GC', 'nodejs_gc_duration_seconds_sum', 0.1)],
	},
	{
		key: 'node-event-loop',
		name: 'Node.js event loop',
		group: 'runtime',
		by: process,
		utilization: [
			number('handles', most('nodejs_active_handles_total')),
			number('requests', most('nodejs_active_requests_total')),
		],
		saturation: [
			{ name: 'p99 lag', unit: 'seconds', query: most('nodejs_eventloop_lag_p99_seconds'), worry: 0.1 },
			{ name: 'lag', unit: 'seconds', query: most('nodejs_eventloop_lag_seconds'), worry: 0.1 },
		],
	},
	{
		key: 'python-gc',
		name: 'Python GC',
		group: 'runtime',
		by: process,
		saturation: [
			{ name: 'collections', unit: 'per-second', query: perSecond('python_gc_collections_total'), worry: never },
			{ name: 'collections', unit: 'per-second', query: perSecond('cpython_gc_collections_total'), worry: never },
		],
		errors: [
			{
				name: 'uncollectable',
				unit: 'per-second',
				query: perSecond('python_gc_objects_uncollectable_total'),
			},
			{
				name: 'uncollectable',
				unit: 'per-second',
				query: perSecond('cpython_gc_uncollectable_objects_total'),
			},
		],
	},
	{
		key: 'gunicorn-workers',
		name: 'gunicorn workers',
		group: 'pool',
		by: process,
		utilization: [number('workers', sum('gunicorn_workers'))],
	},
	{
		key: 'dotnet-threads',
		name: '.NET thread pool',
		group: 'pool',
		by: process,
		saturation: [
			{ name: 'queued', unit: 'count', query: sum('dotnet_thread_pool_queue_length') },
			{ name: 'queued', unit: 'count', query: sum('dotnet_threadpool_queue_length') },
		],
		errors: [
			{
				name: 'exceptions',
				unit: 'per-second',
				query: perSecond('dotnet_exceptions_total'),
			},
		],
	},
	{
		key: 'dotnet-runtime',
		name: '.NET runtime',
		group: 'runtime',
		by: process,
		utilization: [shareOf('in GC', 'dotnet_gc_pause_time_seconds_total', 0.1)],
		saturation: [
			{
				name: 'lock contention',
				unit: 'per-second',
				query: perSecond('dotnet_monitor_lock_contentions_total'),
				worry: never,
			},
		],
	},
	{
		key: 'puma-threads',
		name: 'Puma threads',
		group: 'pool',
		by: process,
		utilization: [
			{
				name: 'busy',
				unit: 'count',
				query: sum('ruby_puma_busy_threads'),
				limits: [{ of: 'threads', query: sum('ruby_puma_max_threads') }],
			},
			{
				name: 'busy',
				unit: 'count',
				query: `${sum('puma_max_threads')} - ${sum('puma_pool_capacity')}`,
				limits: [{ of: 'threads', query: sum('puma_max_threads') }],
			},
			number('free', sum('puma_pool_capacity')),
		],
		saturation: [
			{ name: 'backlog', unit: 'count', query: sum('ruby_puma_request_backlog') },
			{ name: 'backlog', unit: 'count', query: sum('puma_backlog') },
		],
	},
	{
		key: 'php-processes',
		name: 'PHP-FPM processes',
		group: 'pool',
		by: [...process, 'pool'],
		utilization: [
			{
				name: 'active',
				unit: 'count',
				query: sum('phpfpm_active_processes'),
				limits: [{ of: 'processes', query: sum('phpfpm_total_processes') }],
			},
		],
		saturation: [{ name: 'in the queue', unit: 'count', query: sum('phpfpm_listen_queue') }],
		errors: [
			{ name: 'slow in 1 h', unit: 'count', query: `sum by ($by) (increase(${of('phpfpm_slow_requests')}[1h]))` },
		],
	},
	{
		key: 'php-children',
		name: 'PHP-FPM children',
		group: 'pool',
		by: [...process, 'pool'],
		saturation: [
			{
				name: 'at maximum in 1 h',
				unit: 'count',
				query: `sum by ($by) (increase(${of('phpfpm_max_children_reached')}[1h]))`,
			},
		],
	},
];
