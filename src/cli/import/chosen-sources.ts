import { type Behind, backendOfType } from '../../backends/grafana/choose.ts';
import type { DataSource } from './data-source.ts';
import type { Findings } from './found.ts';

/** All identifiers of data sources that one refers to. */
function referredBy(value: unknown): readonly string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, each]) =>
		/^(?:datasource|alertmanager)uid$/i.test(key) && typeof each === 'string' ? [each] : referredBy(each),
	);
}

/** In this order: those at the front mostly refer to those behind them. */
const order: readonly Behind[] = ['prometheus', 'tempo', 'loki', 'alertmanager', 'jaeger'];

/**
 * One for each backend: the one that is wanted by name or identifier; else Grafana's default; else one to which those that
 * were chosen already refer; else the first. Notes the others.
 */
export function chosenOf(
	sources: readonly DataSource[],
	wanted: Readonly<Partial<Record<Behind, string | undefined>>>,
	{ note }: Findings,
): ReadonlyMap<Behind, DataSource> {
	const chosen = new Map<Behind, DataSource>();
	for (const backend of order) {
		const fitting = sources.filter(({ type }) => backendOfType(type) === backend);
		const linked = new Set([...chosen.values()].flatMap(({ jsonData }) => referredBy(jsonData)));
		const name = wanted[backend];
		const one =
			name === undefined
				? (fitting.find(({ isDefault }) => isDefault) ??
					fitting.find(({ uid }) => uid !== undefined && linked.has(uid)) ??
					fitting[0])
				: fitting.find(each => each.name === name || each.uid === name);
		if (one !== undefined) chosen.set(backend, one);
		else if (name !== undefined) note(`There is no data source ${name} for ${backend}.`);
		const others = fitting.filter(each => each !== one).map(each => each.name);
		if (one !== undefined && others.length > 0) {
			note(
				`For ${backend} ${one.name} is taken, not ${others.join(' or ')}: --data-source ${backend}=NAME takes another.`,
			);
		}
	}
	return chosen;
}
