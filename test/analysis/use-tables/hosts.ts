/** Machines, by the node exporter, by OpenTelemetry's host metrics and by the Windows exporter; see `drawnCases`. */
export const hostsTable = `
# CPU
node_cpu_seconds_total{$H,cpu="0",mode="{idle,iowait,steal,user}"}
node_load1{$H}
node_pressure_cpu_waiting_seconds_total{$H}
=>
host-cpu utilization in ratio: sum by (instance) (rate(node_cpu_seconds_total{$H,mode!~"idle|iowait|steal"}[5m])) / sum by (instance) (rate(node_cpu_seconds_total{$H}[5m]))
host-cpu saturation in plain: max by (instance) (node_load1{$H}) / count by (instance) (node_cpu_seconds_total{$H,mode="idle"})
host-cpu errors in ratio: sum by (instance) (rate(node_cpu_seconds_total{$H,mode="steal"}[5m])) / sum by (instance) (rate(node_cpu_seconds_total{$H}[5m]))
host-cpu-pressure saturation in ratio: max by (instance) (rate(node_pressure_cpu_waiting_seconds_total{$H}[5m]))

# CPU, of which only the idle modes are kept
node_cpu_seconds_total{$H,cpu="0",mode="{idle,iowait}"}
=>
host-cpu utilization in ratio: 1 - avg by (instance) (sum by (instance, cpu) (rate(node_cpu_seconds_total{$H,mode=~"idle|iowait|steal"}[5m])))

# CPU, recording rules only
instance:node_cpu_utilisation:rate5m{$H}
instance:node_load1_per_cpu:ratio{$H}
=>
host-cpu utilization in ratio: max by (instance) (instance:node_cpu_utilisation:rate5m{$H})
host-cpu saturation in plain: max by (instance) (instance:node_load1_per_cpu:ratio{$H})

# memory
node_memory_MemTotal_bytes{$H}
node_memory_MemAvailable_bytes{$H}
node_vmstat_pgmajfault{$H}
node_vmstat_oom_kill{$H}
node_pressure_memory_waiting_seconds_total{$H}
node_pressure_memory_stalled_seconds_total{$H}
=>
host-memory utilization in bytes: max by (instance) (node_memory_MemTotal_bytes{$H} - node_memory_MemAvailable_bytes{$H})
  memory: max by (instance) (node_memory_MemTotal_bytes{$H})
host-memory saturation in per-second: sum by (instance) (rate(node_vmstat_pgmajfault{$H}[5m]))
host-memory errors in count: sum by (instance) (increase(node_vmstat_oom_kill{$H}[1h]))
host-memory-pressure saturation in ratio: max by (instance) (rate(node_pressure_memory_stalled_seconds_total{$H}[5m]))

# memory, recording rules only
instance:node_memory_utilisation:ratio{$H}
instance:node_vmstat_pgmajfault:rate5m{$H}
=>
host-memory utilization in ratio: max by (instance) (instance:node_memory_utilisation:ratio{$H})
host-memory saturation in per-second: max by (instance) (instance:node_vmstat_pgmajfault:rate5m{$H})

# disk
node_disk_io_time_seconds_total{$H,device="{nvme0n1,sda,loop0}"}
node_disk_io_time_weighted_seconds_total{$H,device="{nvme0n1,sda,loop0}"}
node_md_disks{$H,device="md0",state="{active,failed}"}
node_pressure_io_stalled_seconds_total{$H}
=>
host-disk utilization in ratio: max by (instance, device) (rate(node_disk_io_time_seconds_total{$H,device=~"nvme.+|sd.+|vd.+|xvd.+|dm-.+"}[5m]))
host-disk saturation in plain: max by (instance, device) (rate(node_disk_io_time_weighted_seconds_total{$H,device=~"nvme.+|sd.+|vd.+|xvd.+|dm-.+"}[5m]))
host-disk errors in count: sum by (instance, device) (node_md_disks{$H,state="failed"})
host-disk-pressure saturation in ratio: max by (instance) (rate(node_pressure_io_stalled_seconds_total{$H}[5m]))

# file system
node_filesystem_size_bytes{$H,mountpoint="/",fstype="ext4"}
node_filesystem_avail_bytes{$H,mountpoint="/",fstype="ext4"}
node_filesystem_files{$H,mountpoint="/",fstype="ext4"}
node_filesystem_files_free{$H,mountpoint="/",fstype="ext4"}
node_filesystem_device_error{$H,mountpoint="/",fstype="ext4"}
node_filesystem_readonly{$H,mountpoint="/",fstype="ext4"}
=>
host-file-system utilization in bytes: max by (instance, mountpoint) (node_filesystem_size_bytes{$H,fstype!~"tmpfs|overlay|squashfs"} - node_filesystem_avail_bytes{$H,fstype!~"tmpfs|overlay|squashfs"})
  size: max by (instance, mountpoint) (node_filesystem_size_bytes{$H,fstype!~"tmpfs|overlay|squashfs"})
host-file-system saturation in count: max by (instance, mountpoint) (predict_linear(node_filesystem_avail_bytes{$H,fstype!~"tmpfs|overlay|squashfs"}[6h], 14400) < bool 0)
host-file-system errors in count: max by (instance, mountpoint) (node_filesystem_device_error{$H,fstype!~"tmpfs|overlay|squashfs"}) + max by (instance, mountpoint) (node_filesystem_readonly{$H,fstype!~"tmpfs|overlay|squashfs"})
host-inodes utilization in count: max by (instance, mountpoint) (node_filesystem_files{$H,fstype!~"tmpfs|overlay|squashfs"} - node_filesystem_files_free{$H,fstype!~"tmpfs|overlay|squashfs"})
  inodes: max by (instance, mountpoint) (node_filesystem_files{$H,fstype!~"tmpfs|overlay|squashfs"})

# network
node_network_receive_bytes_total{$H,device="{lo,eth0}"}
node_network_transmit_bytes_total{$H,device="{lo,eth0}"}
node_network_speed_bytes{$H,device="eth0"}
node_network_receive_drop_total{$H,device="{lo,eth0}"}
node_network_receive_errs_total{$H,device="{lo,eth0}"}
node_network_transmit_errs_total{$H,device="{lo,eth0}"}
node_network_transmit_drop_total{$H,device="{lo,eth0}"}
node_nf_conntrack_entries{$H}
node_nf_conntrack_entries_limit{$H}
node_netstat_Tcp_RetransSegs{$H}
node_sockstat_TCP_tw{$H}
node_netstat_TcpExt_ListenDrops{$H}
=>
host-network-receive utilization in bytes-per-second: max by (instance, device) (rate(node_network_receive_bytes_total{$H,device!="lo"}[5m]))
  speed: max by (instance, device) (node_network_speed_bytes{$H,device!="lo"})
host-network-receive saturation in per-second: sum by (instance, device) (rate(node_network_receive_drop_total{$H,device!="lo"}[5m]))
host-network-receive errors in per-second: sum by (instance, device) (rate(node_network_receive_errs_total{$H,device!="lo"}[5m]))
host-network-transmit utilization in bytes-per-second: max by (instance, device) (rate(node_network_transmit_bytes_total{$H,device!="lo"}[5m]))
  speed: max by (instance, device) (node_network_speed_bytes{$H,device!="lo"})
host-network-transmit saturation in per-second: sum by (instance, device) (rate(node_network_transmit_drop_total{$H,device!="lo"}[5m]))
host-network-transmit errors in per-second: sum by (instance, device) (rate(node_network_transmit_errs_total{$H,device!="lo"}[5m]))
host-connections utilization in count: max by (instance) (node_nf_conntrack_entries{$H})
  table: max by (instance) (node_nf_conntrack_entries_limit{$H})
host-tcp utilization in count: max by (instance) (node_sockstat_TCP_tw{$H})
host-tcp saturation in per-second: sum by (instance) (rate(node_netstat_Tcp_RetransSegs{$H}[5m]))
host-tcp errors in per-second: sum by (instance) (rate(node_netstat_TcpExt_ListenDrops{$H}[5m]))

# retransmissions beside what was sent
node_netstat_Tcp_RetransSegs{$H}
node_netstat_Tcp_OutSegs{$H}
=>
host-tcp saturation in ratio: sum by (instance) (rate(node_netstat_Tcp_RetransSegs{$H}[5m])) / sum by (instance) (rate(node_netstat_Tcp_OutSegs{$H}[5m]))

# pressure without stalls
node_pressure_memory_waiting_seconds_total{$H}
node_pressure_io_waiting_seconds_total{$H}
=>
host-memory-pressure saturation in ratio: max by (instance) (rate(node_pressure_memory_waiting_seconds_total{$H}[5m]))
host-disk-pressure saturation in ratio: max by (instance) (rate(node_pressure_io_waiting_seconds_total{$H}[5m]))

# file system that is only told to be read-only
node_filesystem_readonly{$H,mountpoint="/",fstype="ext4"}
=>
host-file-system errors in count: max by (instance, mountpoint) (node_filesystem_readonly{$H,fstype!~"tmpfs|overlay|squashfs"})

# files and clock
node_filefd_allocated{$H}
node_filefd_maximum{$H}
node_timex_sync_status{$H}
node_timex_offset_seconds{$H}
node_pressure_irq_stalled_seconds_total{$H}
=>
host-files utilization in count: max by (instance) (node_filefd_allocated{$H})
  limit: max by (instance) (node_filefd_maximum{$H})
host-clock saturation in seconds: max by (instance) (abs(node_timex_offset_seconds{$H}))
host-clock errors in count: 1 - min by (instance) (node_timex_sync_status{$H})
host-interrupts saturation in ratio: max by (instance) (rate(node_pressure_irq_stalled_seconds_total{$H}[5m]))

# OpenTelemetry host metrics
system_cpu_utilization_ratio{$H,cpu="cpu0",state="{idle,user}"}
system_memory_utilization_ratio{$H,state="{used,free}"}
system_disk_io_time_seconds_total{$H,device="sda"}
system_network_errors_total{$H,device="eth0",direction="{receive,transmit}"}
system_filesystem_utilization_ratio{$H,mountpoint="/"}
=>
host-cpu utilization in ratio: 1 - avg by (instance) (system_cpu_utilization_ratio{$H,state="idle"})
host-memory utilization in ratio: sum by (instance) (system_memory_utilization_ratio{$H,state="used"})
host-disk utilization in ratio: max by (instance, device) (rate(system_disk_io_time_seconds_total{$H}[5m]))
host-file-system utilization in ratio: max by (instance, mountpoint) (system_filesystem_utilization_ratio{$H})
host-network-receive errors in per-second: sum by (instance, device) (rate(system_network_errors_total{$H,direction="receive"}[5m]))
host-network-transmit errors in per-second: sum by (instance, device) (rate(system_network_errors_total{$H,direction="transmit"}[5m]))

# Windows
windows_cpu_time_total{$H,core="0,0",mode="{idle,user}"}
windows_system_processor_queue_length{$H}
windows_cs_physical_memory_bytes{$H}
windows_os_physical_memory_free_bytes{$H}
windows_memory_swap_page_operations_total{$H}
windows_logical_disk_read_seconds_total{$H,volume="C:"}
windows_logical_disk_write_seconds_total{$H,volume="C:"}
windows_logical_disk_requests_queued{$H,volume="C:"}
windows_logical_disk_size_bytes{$H,volume="C:"}
windows_logical_disk_free_bytes{$H,volume="C:"}
windows_net_bytes_received_total{$H,nic="Ethernet"}
windows_net_bytes_sent_total{$H,nic="Ethernet"}
windows_net_current_bandwidth_bytes{$H,nic="Ethernet"}
windows_net_packets_received_discarded_total{$H,nic="Ethernet"}
windows_net_packets_received_errors_total{$H,nic="Ethernet"}
windows_net_packets_outbound_discarded_total{$H,nic="Ethernet"}
windows_net_packets_outbound_errors_total{$H,nic="Ethernet"}
=>
windows-cpu utilization in ratio: 1 - avg by (instance) (rate(windows_cpu_time_total{$H,mode="idle"}[5m]))
windows-cpu saturation in count: max by (instance) (windows_system_processor_queue_length{$H})
windows-memory utilization in bytes: max by (instance) (windows_cs_physical_memory_bytes{$H} - windows_os_physical_memory_free_bytes{$H})
  memory: max by (instance) (windows_cs_physical_memory_bytes{$H})
windows-memory saturation in per-second: sum by (instance) (rate(windows_memory_swap_page_operations_total{$H}[5m]))
windows-disk utilization in ratio: max by (instance, volume) (rate(windows_logical_disk_read_seconds_total{$H}[5m]) + rate(windows_logical_disk_write_seconds_total{$H}[5m]))
windows-disk saturation in plain: max by (instance, volume) (windows_logical_disk_requests_queued{$H})
windows-file-system utilization in bytes: max by (instance, volume) (windows_logical_disk_size_bytes{$H} - windows_logical_disk_free_bytes{$H})
  size: max by (instance, volume) (windows_logical_disk_size_bytes{$H})
windows-network-in utilization in bytes-per-second: sum by (instance, nic) (rate(windows_net_bytes_received_total{$H}[5m]))
  speed: max by (instance, nic) (windows_net_current_bandwidth_bytes{$H})
windows-network-in saturation in per-second: sum by (instance, nic) (rate(windows_net_packets_received_discarded_total{$H}[5m]))
windows-network-in errors in per-second: sum by (instance, nic) (rate(windows_net_packets_received_errors_total{$H}[5m]))
windows-network-out utilization in bytes-per-second: sum by (instance, nic) (rate(windows_net_bytes_sent_total{$H}[5m]))
  speed: max by (instance, nic) (windows_net_current_bandwidth_bytes{$H})
windows-network-out saturation in per-second: sum by (instance, nic) (rate(windows_net_packets_outbound_discarded_total{$H}[5m]))
windows-network-out errors in per-second: sum by (instance, nic) (rate(windows_net_packets_outbound_errors_total{$H}[5m]))

# Windows, the newer names of memory
windows_memory_physical_total_bytes{$H}
windows_memory_physical_free_bytes{$H}
=>
windows-memory utilization in bytes: max by (instance) (windows_memory_physical_total_bytes{$H} - windows_memory_physical_free_bytes{$H})
  memory: max by (instance) (windows_memory_physical_total_bytes{$H})

# Windows, recording rules only
node:windows_node_cpu_utilisation:avg1m{$H}
node:windows_node_memory_utilisation:ratio{$H}
node:windows_node_memory_swap_io_pages:irate{$H}
node:windows_node_disk_utilisation:avg_irate{$H}
node:windows_node_filesystem_usage:{$H,volume="C:"}
node:windows_node_net_utilisation:sum_irate{$H}
node:windows_node_net_saturation:sum_irate{$H}
=>
windows-cpu utilization in ratio: max by (instance) (node:windows_node_cpu_utilisation:avg1m{$H})
windows-memory utilization in ratio: max by (instance) (node:windows_node_memory_utilisation:ratio{$H})
windows-memory saturation in per-second: max by (instance) (node:windows_node_memory_swap_io_pages:irate{$H})
windows-disk utilization in ratio: max by (instance) (node:windows_node_disk_utilisation:avg_irate{$H})
windows-file-system utilization in ratio: max by (instance, volume) (node:windows_node_filesystem_usage:{$H})
windows-network utilization in bytes-per-second: max by (instance) (node:windows_node_net_utilisation:sum_irate{$H})
windows-network saturation in per-second: max by (instance) (node:windows_node_net_saturation:sum_irate{$H})

# Windows, the recording rules of Azure
node:windows_node_cpu_utilisation:avg5m{$H}
=>
windows-cpu utilization in ratio: max by (instance) (node:windows_node_cpu_utilisation:avg5m{$H})

# probes from outside
probe_success{$H}
probe_duration_seconds{$H}
probe_ssl_earliest_cert_expiry{$H}
=>
probe utilization in seconds: max by (instance) (probe_duration_seconds{$H})
probe errors in count: 1 - min by (instance) (probe_success{$H})
certificate utilization in seconds: min by (instance) (probe_ssl_earliest_cert_expiry{$H} - time())
certificate errors in count: max by (instance) ((probe_ssl_earliest_cert_expiry{$H} - time()) < bool 1209600)
`;
