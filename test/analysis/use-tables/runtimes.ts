/** Processes and language runtimes; see `drawnCases`. */
export const runtimesTable = `
# process_*
process_cpu_seconds_total{$S}
process_resident_memory_bytes{$S}
process_virtual_memory_max_bytes{$S}
process_open_fds{$S}
process_max_fds{$S}
process_start_time_seconds{$S}
=>
process-cpu utilization in cores: sum by (instance) (rate(process_cpu_seconds_total{$S}[5m]))
process-cpu errors in count: max by (instance) (changes(process_start_time_seconds{$S}[1h]))
process-memory utilization in bytes: max by (instance) (process_resident_memory_bytes{$S})
  limit: max by (instance) (process_virtual_memory_max_bytes{$S})
process-files utilization in count: max by (instance) (process_open_fds{$S})
  limit: max by (instance) (process_max_fds{$S})

# Go
go_memstats_heap_inuse_bytes{$S}
go_memstats_sys_bytes{$S}
go_goroutines{$S}
go_threads{$S}
go_sched_latencies_seconds_bucket{$S,le="+Inf"}
go_gc_duration_seconds{$S,quantile="{0,1}"}
=>
go-memory utilization in bytes: max by (instance) (go_memstats_heap_inuse_bytes{$S})
go-memory saturation in seconds: max by (instance) (go_gc_duration_seconds{$S,quantile="1"})
go-scheduler utilization in count: max by (instance) (go_goroutines{$S})
go-scheduler saturation in seconds: histogram_quantile(0.99, sum by (instance, le) (rate(go_sched_latencies_seconds_bucket{$S}[5m])))

# Go, little told
go_memstats_sys_bytes{$S}
go_threads{$S}
=>
go-memory utilization in bytes: max by (instance) (go_memstats_sys_bytes{$S})
go-scheduler utilization in count: max by (instance) (go_threads{$S})

# Go by OpenTelemetry
go_memory_used_bytes{$S,go_memory_type="{stack,other}"}
go_memory_limit_bytes{$S}
=>
go-memory utilization in bytes: sum by (instance) (go_memory_used_bytes{$S})
  maximum: max by (instance) (go_memory_limit_bytes{$S})

# JVM, Micrometer
jvm_memory_used_bytes{$S,area="{heap,nonheap}",id="one"}
jvm_memory_max_bytes{$S,area="{heap,nonheap}",id="one"}
process_cpu_usage{$S}
system_cpu_usage{$S}
jvm_gc_pause_seconds_sum{$S,cause="one"}
jvm_gc_overhead{$S}
jvm_memory_usage_after_gc{$S,area="heap"}
jvm_threads_states_threads{$S,state="{blocked,runnable}"}
jvm_threads_deadlocked{$S}
tomcat_threads_busy_threads{$S,name="http"}
tomcat_threads_config_max_threads{$S,name="http"}
tomcat_global_error_total{$S,name="http"}
executor_queued_tasks{$S,name="mail"}
executor_active_threads{$S,name="mail"}
executor_pool_max_threads{$S,name="mail"}
=>
jvm-heap utilization in bytes: sum by (instance) (jvm_memory_used_bytes{$S,area="heap"})
  maximum: sum by (instance) (jvm_memory_max_bytes{$S,area="heap"})
jvm-heap saturation in ratio: sum by (instance) (rate(jvm_gc_pause_seconds_sum{$S}[5m]))
jvm-heap-after-gc utilization in ratio: max by (instance) (jvm_memory_usage_after_gc{$S})
jvm-heap-after-gc saturation in ratio: max by (instance) (jvm_gc_overhead{$S})
jvm-cpu utilization in ratio: max by (instance) (process_cpu_usage{$S})
jvm-cpu saturation in ratio: max by (instance) (system_cpu_usage{$S})
jvm-threads saturation in count: sum by (instance) (jvm_threads_states_threads{$S,state="blocked"})
jvm-threads errors in count: sum by (instance) (jvm_threads_deadlocked{$S})
tomcat-threads utilization in count: sum by (instance, name) (tomcat_threads_busy_threads{$S})
  maximum: sum by (instance, name) (tomcat_threads_config_max_threads{$S})
tomcat-threads errors in per-second: sum by (instance, name) (rate(tomcat_global_error_total{$S}[5m]))
executor-threads utilization in count: sum by (name, instance) (executor_active_threads{$S})
  pool: sum by (name, instance) (executor_pool_max_threads{$S})
executor-threads saturation in count: sum by (name, instance) (executor_queued_tasks{$S})

# JVM, OpenTelemetry
jvm_memory_used_bytes{$S,jvm_memory_type="{heap,non_heap}"}
jvm_memory_limit_bytes{$S,jvm_memory_type="{heap,non_heap}"}
jvm_cpu_recent_utilization_ratio{$S}
jvm_gc_duration_seconds_sum{$S}
jvm_thread_count{$S,jvm_thread_state="{blocked,runnable}"}
=>
jvm-heap utilization in bytes: sum by (instance) (jvm_memory_used_bytes{$S,jvm_memory_type="heap"})
  maximum: sum by (instance) (jvm_memory_limit_bytes{$S,jvm_memory_type="heap"})
jvm-heap saturation in ratio: sum by (instance) (rate(jvm_gc_duration_seconds_sum{$S}[5m]))
jvm-cpu utilization in ratio: max by (instance) (jvm_cpu_recent_utilization_ratio{$S})
jvm-threads saturation in count: sum by (instance) (jvm_thread_count{$S,jvm_thread_state="blocked"})

# JVM, JMX exporter
jvm_memory_bytes_used{$S,area="{heap,nonheap}"}
jvm_memory_bytes_max{$S,area="{heap,nonheap}"}
jvm_gc_collection_seconds_sum{$S,gc="one"}
=>
jvm-heap utilization in bytes: sum by (instance) (jvm_memory_bytes_used{$S,area="heap"})
  maximum: sum by (instance) (jvm_memory_bytes_max{$S,area="heap"})
jvm-heap saturation in ratio: sum by (instance) (rate(jvm_gc_collection_seconds_sum{$S}[5m]))

# Node.js
nodejs_heap_size_used_bytes{$S}
nodejs_heap_size_total_bytes{$S}
process_cpu_user_seconds_total{$S}
nodejs_eventloop_lag_p99_seconds{$S}
nodejs_active_handles_total{$S}
nodejs_active_requests_total{$S}
nodejs_gc_duration_seconds_sum{$S,kind="minor"}
=>
process-cpu utilization in cores: sum by (instance) (rate(process_cpu_user_seconds_total{$S}[5m]))
node-heap utilization in bytes: max by (instance) (nodejs_heap_size_used_bytes{$S})
  soft allocated: max by (instance) (nodejs_heap_size_total_bytes{$S})
node-heap saturation in ratio: sum by (instance) (rate(nodejs_gc_duration_seconds_sum{$S}[5m]))
node-event-loop utilization in count: max by (instance) (nodejs_active_handles_total{$S})
node-event-loop saturation in seconds: max by (instance) (nodejs_eventloop_lag_p99_seconds{$S})

# Node.js, an older client
nodejs_eventloop_lag_seconds{$S}
nodejs_active_requests_total{$S}
=>
node-event-loop utilization in count: max by (instance) (nodejs_active_requests_total{$S})
node-event-loop saturation in seconds: max by (instance) (nodejs_eventloop_lag_seconds{$S})

# Python
python_gc_collections_total{$S,generation="0"}
python_gc_objects_uncollectable_total{$S,generation="0"}
gunicorn_workers{$S}
=>
python-gc saturation in per-second: sum by (instance) (rate(python_gc_collections_total{$S}[5m]))
python-gc errors in per-second: sum by (instance) (rate(python_gc_objects_uncollectable_total{$S}[5m]))
gunicorn-workers utilization in count: sum by (instance) (gunicorn_workers{$S})

# Python by OpenTelemetry
cpython_gc_collections_total{$S,generation="0"}
cpython_gc_uncollectable_objects_total{$S,generation="0"}
=>
python-gc saturation in per-second: sum by (instance) (rate(cpython_gc_collections_total{$S}[5m]))
python-gc errors in per-second: sum by (instance) (rate(cpython_gc_uncollectable_objects_total{$S}[5m]))

# .NET
dotnet_process_memory_working_set_bytes{$S}
dotnet_process_cpu_time_seconds_total{$S,cpu_mode="user"}
dotnet_thread_pool_queue_length{$S}
dotnet_monitor_lock_contentions_total{$S}
dotnet_gc_pause_time_seconds_total{$S}
dotnet_exceptions_total{$S}
=>
process-cpu utilization in cores: sum by (instance) (rate(dotnet_process_cpu_time_seconds_total{$S}[5m]))
process-memory utilization in bytes: max by (instance) (dotnet_process_memory_working_set_bytes{$S})
dotnet-threads saturation in count: sum by (instance) (dotnet_thread_pool_queue_length{$S})
dotnet-threads errors in per-second: sum by (instance) (rate(dotnet_exceptions_total{$S}[5m]))
dotnet-runtime utilization in ratio: sum by (instance) (rate(dotnet_gc_pause_time_seconds_total{$S}[5m]))
dotnet-runtime saturation in per-second: sum by (instance) (rate(dotnet_monitor_lock_contentions_total{$S}[5m]))

# .NET, prometheus-net
dotnet_threadpool_queue_length{$S}
=>
dotnet-threads saturation in count: sum by (instance) (dotnet_threadpool_queue_length{$S})

# Ruby, Puma
ruby_puma_busy_threads{$S}
ruby_puma_max_threads{$S}
ruby_puma_request_backlog{$S}
ruby_rss{$S}
=>
process-memory utilization in bytes: max by (instance) (ruby_rss{$S})
puma-threads utilization in count: sum by (instance) (ruby_puma_busy_threads{$S})
  threads: sum by (instance) (ruby_puma_max_threads{$S})
puma-threads saturation in count: sum by (instance) (ruby_puma_request_backlog{$S})

# Ruby, yabeda
puma_backlog{$S}
puma_pool_capacity{$S}
puma_max_threads{$S}
=>
puma-threads utilization in count: sum by (instance) (puma_max_threads{$S}) - sum by (instance) (puma_pool_capacity{$S})
  threads: sum by (instance) (puma_max_threads{$S})
puma-threads saturation in count: sum by (instance) (puma_backlog{$S})

# Ruby, yabeda without the threads
puma_pool_capacity{$S}
=>
puma-threads utilization in count: sum by (instance) (puma_pool_capacity{$S})

# PHP-FPM
phpfpm_active_processes{$S,pool="www"}
phpfpm_total_processes{$S,pool="www"}
phpfpm_listen_queue{$S,pool="www"}
phpfpm_max_children_reached{$S,pool="www"}
phpfpm_slow_requests{$S,pool="www"}
=>
php-processes utilization in count: sum by (instance, pool) (phpfpm_active_processes{$S})
  processes: sum by (instance, pool) (phpfpm_total_processes{$S})
php-processes saturation in count: sum by (instance, pool) (phpfpm_listen_queue{$S})
php-processes errors in count: sum by (instance, pool) (increase(phpfpm_slow_requests{$S}[1h]))
php-children saturation in count: sum by (instance, pool) (increase(phpfpm_max_children_reached{$S}[1h]))
`;
