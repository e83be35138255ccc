import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import type { Neighbour } from '../../analysis/neighbours.ts';
import type { Neighbours } from '../../investigation/service-neighbours.ts';
import type { Marked } from '../../widgets/line.ts';

const seconds = (value: number): string => formatDuration(value * 1000);

/** What the figures of one neighbour mean, in sentences, and the PromQL behind them. */
export function neighbourDetails(neighbour: Neighbour, neighbours: Neighbours, service: string): readonly Marked[] {
	const { direction, name, kind, rate, failures, errors } = neighbour;
	const other = name === '' ? 'somebody' : name;
	const [caller, callee] = direction === 'callers' ? [other, service] : [service, other];
	const failed = failures === 0 ? 'none failed' : `${formatRate(failures)} failed (${formatShare(errors)})`;
	return [
		{ text: `${caller} asks ${callee}`, role: 'strong' },
		{ text: `${other} is ${kindWords[kind]}.` },
		{ text: `${formatRate(rate)}, ${failed}.` },
		...durationWords(neighbour, caller, callee).map(text => ({ text })),
		{ text: '' },
		...neighbours[direction].queries.map(text => ({ text, role: 'dim' as const })),
	];
}

const kindWords = {
	service: 'a service',
	database: 'a database, seen from who asks it',
	messaging: 'reached through a broker',
	virtual: 'a node that sends no spans of its own',
	address: 'a host, as the client spans name it',
	operation: 'the name of a client span',
} as const satisfies Record<Neighbour['kind'], string>;

function durationWords({ server, client, gap }: Neighbour, caller: string, callee: string): readonly string[] {
	return [
		...(Number.isNaN(server) ? [] : [`p99 as ${callee} measures it: ${seconds(server)}.`]),
		...(Number.isNaN(client) ? [] : [`p99 as ${caller} waits: ${seconds(client)}.`]),
		...(gap > 0 ? [`${seconds(gap)} lie between: network and queues, as far as buckets can tell.`] : []),
		...(gap < 0 ? [`${callee} took ${seconds(-gap)} longer than ${caller} waited: ${caller} gave up first.`] : []),
	];
}
