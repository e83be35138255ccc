import { most, of, perSecond, type UseFigure, type UseResource } from './use-resource.ts';

const host = ['instance'];
const volume = ['instance', 'volume'];
const card = ['instance', 'nic'];

const memoryOf = (total: string, free: string): UseFigure => ({
	name: 'in use',
	unit: 'bytes',
	query: `max by ($by) (${of(total)} - ${of(free)})`,
	limits: [{ of: 'memory', query: most(total) }],
});

/** The recording rules of kubernetes-mixin, where these are all that is kept. */
const rule = (name: string): string => most(`node:windows_node_${name}`);

/**
 * Machines with Windows, by the Windows exporter (https://github.com/prometheus-community/windows_exporter) in its older
 * and its newer names.
 */
export const windowsResources: readonly UseResource[] = [
	{
		key: 'windows-cpu',
		name: 'Windows CPU',
		group: 'CPU',
		by: host,
		where: 'node',
		utilization: [
			{
				name: 'busy',
				unit: 'ratio',
				query: `1 - avg by ($by) (rate(${of('windows_cpu_time_total', 'mode="idle"')}[$R]))`,
			},
			{ name: 'busy', unit: 'ratio', query: rule('cpu_utilisation:avg1m') },
			{ name: 'busy', unit: 'ratio', query: rule('cpu_utilisation:avg5m') },
		],
		saturation: [
			{ name: 'threads waiting', unit: 'count', query: most('windows_system_processor_queue_length'), worry: 10 },
		],
	},
	{
		key: 'windows-memory',
		name: 'Windows memory',
		group: 'memory',
		by: host,
		where: 'node',
		utilization: [
			memoryOf('windows_cs_physical_memory_bytes', 'windows_os_physical_memory_free_bytes'),
			memoryOf('windows_memory_physical_total_bytes', 'windows_memory_physical_free_bytes'),
			{ name: 'in use', unit: 'ratio', query: rule('memory_utilisation:ratio') },
		],
		saturation: [
			{
				name: 'swapped',
				unit: 'per-second',
				query: perSecond('windows_memory_swap_page_operations_total'),
				worry: 500,
			},
			{ name: 'swapped', unit: 'per-second', query: rule('memory_swap_io_pages:irate'), worry: 500 },
		],
	},
	{
		key: 'windows-disk',
		name: 'Windows disks',
		group: 'disk',
		by: volume,
		where: 'node',
		utilization: [
			{
				name: 'busy',
				unit: 'ratio',
				query: `max by ($by) (rate(${of('windows_logical_disk_read_seconds_total')}[$R]) + rate(${of('windows_logical_disk_write_seconds_total')}[$R]))`,
			},
			{ name: 'busy', unit: 'ratio', query: rule('disk_utilisation:avg_irate') },
		],
		saturation: [{ name: 'queue', unit: 'plain', query: most('windows_logical_disk_requests_queued'), worry: 10 }],
	},
	{
		key: 'windows-file-system',
		name: 'Windows file systems',
		group: 'file system',
		by: volume,
		where: 'node',
		utilization: [
			{
				name: 'full',
				unit: 'bytes',
				query: `max by ($by) (${of('windows_logical_disk_size_bytes')} - ${of('windows_logical_disk_free_bytes')})`,
				limits: [{ of: 'size', query: most('windows_logical_disk_size_bytes') }],
			},
			{ name: 'full', unit: 'ratio', query: rule('filesystem_usage:') },
		],
	},
	...(
		[
			['in', 'received', 'received'],
			['out', 'sent', 'outbound'],
		] as const
	).map(
		([way, bytes, packets]): UseResource => ({
			key: `windows-network-${way}`,
			name: `Windows network ${way}`,
			group: 'network',
			by: card,
			where: 'node',
			utilization: [
				{
					name: bytes,
					unit: 'bytes-per-second',
					query: perSecond(`windows_net_bytes_${bytes}_total`),
					limits: [{ of: 'speed', query: most('windows_net_current_bandwidth_bytes') }],
				},
			],
			saturation: [
				{ name: 'dropped', unit: 'per-second', query: perSecond(`windows_net_packets_${packets}_discarded_total`) },
			],
			errors: [{ name: 'errors', unit: 'per-second', query: perSecond(`windows_net_packets_${packets}_errors_total`) }],
		}),
	),
	{
		// The rules have both ways in one.
		key: 'windows-network',
		name: 'Windows network',
		group: 'network',
		by: host,
		where: 'node',
		utilization: [
			{
				name: 'in and out',
				unit: 'bytes-per-second',
				query: rule('net_utilisation:sum_irate'),
				worry: Number.POSITIVE_INFINITY,
			},
		],
		saturation: [{ name: 'dropped', unit: 'per-second', query: rule('net_saturation:sum_irate') }],
	},
];
