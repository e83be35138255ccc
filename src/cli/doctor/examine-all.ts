import type { Endpoint } from '../../backends/endpoint.ts';
import { type Behind, behindGrafana, type Chosen } from '../../backends/grafana/choose.ts';
import { createHttp } from '../../backends/http.ts';
import type { Certificates } from '../../backends/identity/certificates.ts';
import { backendNames } from '../../model/failure.ts';
import { type Milliseconds, second } from '../../model/time.ts';
import type { Endpoints } from '../connections.ts';
import { endpointsBehind, type GrafanaConnection } from '../grafana-sources.ts';
import { createSources, type SourcesOptions } from '../sources.ts';
import { examine, type Patient, type Practice } from './examine.ts';
import type { Examined } from './examined.ts';

/** All that is looked at together. */
export type Ward = {
	readonly endpoints: Endpoints;
	/** The data sources of Grafana that the profile names. */
	readonly wanted: GrafanaConnection['wanted'];
	readonly options: SourcesOptions;
	readonly longest: Milliseconds;
	readonly certificates: Certificates;
	readonly signal: AbortSignal;
};

export type Heard = {
	/** Told of each as soon as it is known. */
	readonly whenKnown?: (examined: Examined) => Promise<unknown>;
	/** Told of each in the order of the answer, as soon as those before it are known. */
	readonly inOrder?: (examined: Examined) => Promise<unknown>;
};

/** A connection that does not stand by then leaves no time for a question. */
const connectWithin = (longest: Milliseconds): Milliseconds => Math.max(longest / 2, longest - second);

/**
 * Looks at all backends at once, every replica of an Alertmanager by itself. What stands behind a Grafana is looked at when
 * Grafana has said where it is; nobody else waits for that.
 */
export async function examineAll(ward: Ward, { whenKnown, inOrder }: Heard): Promise<readonly Examined[]> {
	const practice = practiceOf(ward);
	const look = async (patient: Patient): Promise<Examined> => {
		const examined = await examine(patient, practice);
		await whenKnown?.(examined);
		return examined;
	};
	const { grafana } = ward.endpoints;
	const direct = backendNames.flatMap(backend => {
		const endpoint = backend === 'grafana' ? undefined : ward.endpoints[backend];
		return endpoint === undefined ? [] : replicasOf(endpoint).map(each => look({ endpoint: each }));
	});
	const behind = grafana === undefined ? [] : [examineGrafana(grafana, ward, look)];
	const examined: Examined[] = [];
	for (const group of [...direct.map(one => one.then(each => [each])), ...behind]) {
		for (const each of await group) {
			await inOrder?.(each);
			examined.push(each);
		}
	}
	return examined;
}

const replicasOf = ({ replicas = [], ...endpoint }: Endpoint): readonly Endpoint[] =>
	[endpoint.url, ...replicas].map(url => ({ ...endpoint, url }));

function practiceOf({ options, longest, certificates, signal }: Ward): Practice {
	const { now, dispatcher } = options;
	const limits = { now, connectTimeout: connectWithin(longest), totalTimeout: longest };
	return {
		open: endpoint => createHttp(endpoint, { ...limits, ...(dispatcher === undefined ? {} : { dispatcher }) }),
		sourcesOf: endpoint => createSources({ [endpoint.backend]: endpoint }, { ...options, timeout: longest }),
		now,
		longest,
		certificates,
		signal,
	};
}

/** Grafana itself, and what stands behind it. */
async function examineGrafana(
	grafana: Endpoint,
	{ endpoints: direct, wanted, options, longest, signal }: Ward,
	look: (patient: Patient) => Promise<Examined>,
): Promise<readonly Examined[]> {
	const asking = { signal: AbortSignal.any([signal, AbortSignal.timeout(longest)]), record: () => {} };
	const limits = { ...options, timeout: longest };
	const located = endpointsBehind({ endpoint: grafana, wanted }, direct, limits, asking).catch(() => nobody);
	const taken = located.then(({ chosen }) =>
		behindGrafana.flatMap(backend => {
			const name = chosen[backend]?.name;
			return name === undefined ? [] : [{ backend, name }];
		}),
	);
	const through = located.then(({ chosen, endpoints }) =>
		behindGrafana.flatMap(backend => {
			const endpoint = direct[backend] === undefined ? endpoints[backend] : undefined;
			return endpoint === undefined ? [] : replicasOf(endpoint).map(each => look(patientOf(each, backend, chosen)));
		}),
	);
	return [await look({ endpoint: grafana, dataSources: taken }), ...(await Promise.all(await through))];
}

const nobody: Awaited<ReturnType<typeof endpointsBehind>> = { endpoints: {}, chosen: {} };

/** Grafana answers as an Alertmanager for its own alerts: that is no data source. */
function patientOf(endpoint: Endpoint, backend: Behind, chosen: Chosen): Patient {
	const dataSource = chosen[backend];
	const isProxied = dataSource !== undefined && endpoint.url.includes(encodeURIComponent(dataSource.uid));
	return isProxied ? { endpoint, dataSource: dataSource.name } : { endpoint };
}
