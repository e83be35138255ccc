import { most, notUp, of, perSecond, sum, type UseResource } from './use-resource.ts';

const host = ['instance'];
const device = ['instance', 'device'];
const mount = ['instance', 'mountpoint'];

/** Disks, not their partitions, loops or optical drives. */
const disks = 'device=~"nvme.+|sd.+|vd.+|xvd.+|dm-.+"';
const realFiles = 'fstype!~"tmpfs|overlay|squashfs"';
const cable = 'device!="lo"';

/** Some work waited for it: the share of time (https://docs.kernel.org/accounting/psi.html). */
const waitingFor = (resource: string) => ({
	name: 'waiting',
	unit: 'ratio' as const,
	query: `max by ($by) (rate(${of(`node_pressure_${resource}_waiting_seconds_total`)}[$R]))`,
	worry: 0.1,
});

/** All work stood still for it: the share of time. */
const stalledFor = (resource: string) => ({
	name: 'stalled',
	unit: 'ratio' as const,
	query: `max by ($by) (rate(${of(`node_pressure_${resource}_stalled_seconds_total`)}[$R]))`,
	worry: 0.05,
});

/**
 * The share of CPU time in these modes. Of all modes together: over a range that began before the machine did, the
 * seconds of each are too few, and their share is right.
 */
const shareOfCpu = (modes: string): string =>
	`${perSecond('node_cpu_seconds_total', modes)} / ${perSecond('node_cpu_seconds_total')}`;

/**
 * Machines, by the node exporter (https://github.com/prometheus/node_exporter) and the OpenTelemetry collector's host
 * metrics. Limits without a source in them are those of the exporters' own mixins.
 */
export const hostResources: readonly UseResource[] = [
	{
		key: 'host-cpu',
		name: 'node CPU',
		group: 'CPU',
		by: host,
		where: 'node',
		utilization: [
			{ name: 'busy', unit: 'ratio', query: shareOfCpu('mode!~"idle|iowait|steal"') },
			{
				// Where only what is needed for this is kept of the modes.
				name: 'busy',
				unit: 'ratio',
				query: `1 - avg by ($by) (sum by ($by, cpu) (rate(${of('node_cpu_seconds_total', 'mode=~"idle|iowait|steal"')}[$R])))`,
			},
			{ name: 'busy', unit: 'ratio', query: most('instance:node_cpu_utilisation:rate5m') },
			{
				name: 'busy',
				unit: 'ratio',
				query: `1 - avg by ($by) (${of('system_cpu_utilization_ratio', 'state="idle"')})`,
			},
		],
		saturation: [
			{
				name: 'load per CPU',
				unit: 'plain',
				query: `${most('node_load1')} / count by ($by) (${of('node_cpu_seconds_total', 'mode="idle"')})`,
				worry: 1,
			},
			{ name: 'load per CPU', unit: 'plain', query: most('instance:node_load1_per_cpu:ratio'), worry: 1 },
		],
		errors: [{ name: 'stolen', unit: 'ratio', query: shareOfCpu('mode="steal"'), worry: 0.05 }],
	},
	{
		key: 'host-cpu-pressure',
		name: 'node CPU pressure',
		group: 'pressure',
		by: host,
		where: 'node',
		saturation: [waitingFor('cpu')],
	},
	{
		key: 'host-memory',
		name: 'node memory',
		group: 'memory',
		by: host,
		where: 'node',
		utilization: [
			{
				name: 'in use',
				unit: 'bytes',
				query: `max by ($by) (${of('node_memory_MemTotal_bytes')} - ${of('node_memory_MemAvailable_bytes')})`,
				limits: [{ of: 'memory', query: most('node_memory_MemTotal_bytes') }],
			},
			{ name: 'in use', unit: 'ratio', query: most('instance:node_memory_utilisation:ratio') },
			{ name: 'in use', unit: 'ratio', query: sum('system_memory_utilization_ratio', 'state="used"') },
		],
		saturation: [
			{ name: 'major faults', unit: 'per-second', query: perSecond('node_vmstat_pgmajfault'), worry: 500 },
			{ name: 'major faults', unit: 'per-second', query: most('instance:node_vmstat_pgmajfault:rate5m'), worry: 500 },
		],
		errors: [
			{ name: 'OOM kills in 1 h', unit: 'count', query: `sum by ($by) (increase(${of('node_vmstat_oom_kill')}[1h]))` },
		],
	},
	{
		key: 'host-memory-pressure',
		name: 'node memory pressure',
		group: 'pressure',
		by: host,
		where: 'node',
		saturation: [stalledFor('memory'), waitingFor('memory')],
	},
	{
		key: 'host-disk',
		name: 'node disks',
		group: 'disk',
		by: device,
		where: 'node',
		utilization: [
			{
				name: 'busy',
				unit: 'ratio',
				query: `max by ($by) (rate(${of('node_disk_io_time_seconds_total', disks)}[$R]))`,
			},
			{ name: 'busy', unit: 'ratio', query: `max by ($by) (rate(${of('system_disk_io_time_seconds_total')}[$R]))` },
		],
		saturation: [
			{
				name: 'queue',
				unit: 'plain',
				query: `max by ($by) (rate(${of('node_disk_io_time_weighted_seconds_total', disks)}[$R]))`,
				worry: 10,
			},
		],
		errors: [{ name: 'failed in RAID', unit: 'count', query: sum('node_md_disks', 'state="failed"') }],
	},
	{
		key: 'host-disk-pressure',
		name: 'node disk pressure',
		group: 'pressure',
		by: host,
		where: 'node',
		saturation: [stalledFor('io'), waitingFor('io')],
	},
	{
		key: 'host-file-system',
		name: 'node file systems',
		group: 'file system',
		by: mount,
		where: 'node',
		utilization: [
			{
				name: 'full',
				unit: 'bytes',
				query: `max by ($by) (${of('node_filesystem_size_bytes', realFiles)} - ${of('node_filesystem_avail_bytes', realFiles)})`,
				limits: [{ of: 'size', query: most('node_filesystem_size_bytes', realFiles) }],
			},
			{ name: 'full', unit: 'ratio', query: most('system_filesystem_utilization_ratio') },
		],
		saturation: [
			{
				name: 'full within 4 h',
				unit: 'count',
				query: `max by ($by) (predict_linear(${of('node_filesystem_avail_bytes', realFiles)}[6h], 14400) < bool 0)`,
			},
		],
		errors: [
			{
				name: 'unusable',
				unit: 'count',
				query: `${most('node_filesystem_device_error', realFiles)} + ${most('node_filesystem_readonly', realFiles)}`,
			},
			{ name: 'read-only', unit: 'count', query: most('node_filesystem_readonly', realFiles) },
		],
	},
	{
		key: 'host-inodes',
		name: 'node inodes',
		group: 'file system',
		by: mount,
		where: 'node',
		utilization: [
			{
				name: 'in use',
				unit: 'count',
				query: `max by ($by) (${of('node_filesystem_files', realFiles)} - ${of('node_filesystem_files_free', realFiles)})`,
				limits: [{ of: 'inodes', query: most('node_filesystem_files', realFiles) }],
			},
		],
	},
	...(['receive', 'transmit'] as const).map(
		(direction): UseResource => ({
			key: `host-network-${direction}`,
			name: direction === 'receive' ? 'node network in' : 'node network out',
			group: 'network',
			by: device,
			where: 'node',
			utilization: [
				{
					name: direction === 'receive' ? 'received' : 'sent',
					unit: 'bytes-per-second',
					query: `max by ($by) (rate(${of(`node_network_${direction}_bytes_total`, cable)}[$R]))`,
					limits: [{ of: 'speed', query: most('node_network_speed_bytes', cable) }],
				},
			],
			saturation: [
				{ name: 'dropped', unit: 'per-second', query: perSecond(`node_network_${direction}_drop_total`, cable) },
			],
			errors: [
				{ name: 'errors', unit: 'per-second', query: perSecond(`node_network_${direction}_errs_total`, cable) },
				{
					name: 'errors',
					unit: 'per-second',
					query: perSecond('system_network_errors_total', `direction="${direction}"`),
				},
			],
		}),
	),
	{
		key: 'host-connections',
		name: 'node conntrack table',
		group: 'network',
		by: host,
		where: 'node',
		utilization: [
			{
				name: 'tracked',
				unit: 'count',
				query: most('node_nf_conntrack_entries'),
				limits: [{ of: 'table', query: most('node_nf_conntrack_entries_limit') }],
			},
		],
	},
	{
		key: 'host-tcp',
		name: 'node TCP',
		group: 'network',
		by: host,
		where: 'node',
		utilization: [{ name: 'in TIME_WAIT', unit: 'count', query: most('node_sockstat_TCP_tw') }],
		saturation: [
			{
				name: 'retransmitted',
				unit: 'ratio',
				query: `${perSecond('node_netstat_Tcp_RetransSegs')} / ${perSecond('node_netstat_Tcp_OutSegs')}`,
				worry: 0.01,
			},
			{
				name: 'retransmitted',
				unit: 'per-second',
				query: perSecond('node_netstat_Tcp_RetransSegs'),
				worry: Number.POSITIVE_INFINITY,
			},
		],
		errors: [{ name: 'not accepted', unit: 'per-second', query: perSecond('node_netstat_TcpExt_ListenDrops') }],
	},
	{
		key: 'host-files',
		name: 'node open files',
		group: 'host',
		by: host,
		where: 'node',
		utilization: [
			{
				name: 'open',
				unit: 'count',
				query: most('node_filefd_allocated'),
				limits: [{ of: 'limit', query: most('node_filefd_maximum') }],
			},
		],
	},
	{
		key: 'host-clock',
		name: 'node clock',
		group: 'host',
		by: host,
		where: 'node',
		saturation: [
			{ name: 'off by', unit: 'seconds', query: `max by ($by) (abs(${of('node_timex_offset_seconds')}))`, worry: 0.05 },
		],
		errors: [{ name: 'not in sync', unit: 'count', query: notUp('node_timex_sync_status') }],
	},
	{
		key: 'host-interrupts',
		name: 'node interrupts',
		group: 'pressure',
		by: host,
		where: 'node',
		saturation: [stalledFor('irq')],
	},
	{
		key: 'host-conditions',
		name: 'node conditions',
		group: 'host',
		by: ['node', 'condition'],
		where: 'node',
		saturation: [
			{
				name: 'under pressure',
				unit: 'count',
				query: most('kube_node_status_condition', 'condition=~"MemoryPressure|DiskPressure|PIDPressure",status="true"'),
			},
		],
		errors: [
			{
				name: 'not ready',
				unit: 'count',
				query: most('kube_node_status_condition', 'condition="Ready",status=~"false|unknown"'),
			},
		],
	},
];
