import type { BackendName } from '../../model/failure.ts';
import type { DataSource } from './schema.ts';

/** Those that Grafana may stand before. */
export type Behind = Exclude<BackendName, 'grafana'>;
export const behindGrafana: readonly Behind[] = ['prometheus', 'alertmanager', 'loki', 'tempo', 'jaeger'];

/** Data source types that speak the API of each; the others of their kind by plug-ins. */
const types: Readonly<Record<Behind, readonly string[]>> = {
	prometheus: ['prometheus', 'grafana-amazonprometheus-datasource', 'victoriametrics-metrics-datasource'],
	alertmanager: ['alertmanager'],
	loki: ['loki'],
	tempo: ['tempo'],
	jaeger: ['jaeger'],
};

/** The backend whose API a data source of this type speaks. */
export const backendOfType = (type: string): Behind | undefined =>
	behindGrafana.find(backend => types[backend].includes(type));

export type Chosen = Readonly<Partial<Record<Behind, DataSource>>>;

/**
 * One data source for each backend: the one that the profile names, by name or identifier; else Grafana's default; else
 * the first by name. One that is named and not there is left out, so that nobody reads another one for it.
 */
export function chooseDataSources(
	all: readonly DataSource[],
	wanted: Readonly<Partial<Record<Behind, string | undefined>>>,
): Chosen {
	return Object.fromEntries(
		behindGrafana.flatMap(backend => {
			const fitting = all
				.filter(({ type }) => types[backend].includes(type))
				.toSorted((a, b) => (a.name < b.name ? -1 : 1));
			const name = wanted[backend];
			const chosen =
				name === undefined
					? (fitting.find(({ isDefault }) => isDefault) ?? fitting[0])
					: fitting.find(({ name: own, uid }) => own === name || uid === name);
			return chosen === undefined ? [] : [[backend, chosen]];
		}),
	);
}
