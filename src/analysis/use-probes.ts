import { most, notUp, of, type UseResource } from './use-resource.ts';

const target = ['instance'];

/** How a target looks from outside, by the blackbox exporter (https://github.com/prometheus/blackbox_exporter). */
export const probeResources: readonly UseResource[] = [
	{
		key: 'probe',
		name: 'probe from outside',
		group: 'network',
		by: target,
		utilization: [
			{ name: 'took', unit: 'seconds', query: most('probe_duration_seconds'), worry: Number.POSITIVE_INFINITY },
		],
		errors: [{ name: 'fails', unit: 'count', query: notUp('probe_success') }],
	},
	{
		key: 'certificate',
		name: 'certificate',
		group: 'network',
		by: target,
		utilization: [
			{
				name: 'valid for',
				unit: 'seconds',
				query: `min by ($by) (${of('probe_ssl_earliest_cert_expiry')} - time())`,
				worry: Number.POSITIVE_INFINITY,
			},
		],
		errors: [
			{
				name: 'ends within 14 d',
				unit: 'count',
				query: `max by ($by) ((${of('probe_ssl_earliest_cert_expiry')} - time()) < bool 1209600)`,
			},
		],
	},
];
