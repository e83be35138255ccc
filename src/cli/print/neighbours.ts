import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import type { Neighbour } from '../../analysis/neighbours.ts';
import { promRange } from '../../analysis/promql-build.ts';
import type { NeighbourList, Neighbours } from '../../investigation/service-neighbours.ts';
import { type Block, heading, paragraph, table } from './document.ts';
import { type Json, numberJson, timeJson } from './json.ts';

const seconds = (value: number): string => formatDuration(value * 1000);

/** Who calls a service and whom it calls, as two tables. */
export function neighbourBlocks({ source, remark, averagedOver, callers, callees }: Neighbours): readonly Block[] {
	if (source === undefined) return [paragraph(remark ?? '')];
	return [
		paragraph(`From the ${source}, over ${promRange(averagedOver)}. ${remark ?? ''}`.trim()),
		heading('Callers'),
		listBlock(callers),
		heading('Callees'),
		listBlock(callees),
	];
}

const listBlock = ({ rows }: NeighbourList): Block =>
	rows.length === 0
		? paragraph('None is known.')
		: table(
				[
					{ title: 'name' },
					{ title: 'kind' },
					...['rate', 'errors', 'p99', 'waited', 'gap'].map(title => ({ title, align: 'right' as const })),
				],
				rows.map(({ name, kind, rate, errors, server, client, gap }) => [
					name || '(not said)',
					kind,
					formatRate(rate),
					formatShare(errors),
					...[server, client, gap].map(seconds),
				]),
			);

/** The same with documented names; figures that are not known are null. */
export const neighboursJson = ({ source, remark, averagedOver, at, callers, callees }: Neighbours): Json => ({
	source,
	remark,
	at: timeJson(at),
	averagedOverSeconds: averagedOver / 1000,
	callers: listJson(callers),
	callees: listJson(callees),
});

const listJson = ({ rows, total, queries }: NeighbourList): Json => ({ rows: rows.map(rowJson), total, queries });

const rowJson = ({ name, kind, service, rate, failures, errors, server, client, gap }: Neighbour): Json => ({
	name,
	kind,
	service,
	ratePerSecond: numberJson(rate),
	failuresPerSecond: numberJson(failures),
	errorRatio: numberJson(errors),
	serverP99Seconds: numberJson(server),
	clientP99Seconds: numberJson(client),
	gapSeconds: numberJson(gap),
});
