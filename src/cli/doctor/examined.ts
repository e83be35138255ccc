import type { Endpoint } from '../../backends/endpoint.ts';
import type { Certificate } from '../../backends/identity/certificates.ts';
import type { Knocked } from '../../backends/identity/knock.ts';
import type { LogsVitals } from '../../investigation/logs-vitals.ts';
import type { MetricsVitals } from '../../investigation/metrics-vitals.ts';
import type { ClusterStatus } from '../../investigation/ports.ts';
import type { TracesVitals } from '../../investigation/traces-vitals.ts';
import type { Told } from '../../investigation/vitals.ts';
import type { BackendName } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Admission } from './admission.ts';

/** What one backend holds and can do, by its kind. */
export type Vitals =
	| ({ readonly kind: 'metrics' } & MetricsVitals)
	| ({ readonly kind: 'logs' } & LogsVitals)
	| ({ readonly kind: 'traces' } & TracesVitals)
	| { readonly kind: 'alerts'; readonly cluster: Told<ClusterStatus> }
	| { readonly kind: 'sources'; readonly dataSources: readonly DataSourceTaken[] };

/** The data source that stands for a backend behind a Grafana. */
export type DataSourceTaken = { readonly backend: BackendName; readonly name: string };

/** All that a look at one backend has told. */
export type Examined = {
	readonly endpoint: Endpoint;
	/** The data source of Grafana through which it is asked. */
	readonly dataSource?: string;
	readonly at: Milliseconds;
	readonly admission: Admission;
	readonly knocked: Knocked;
	/** Of the quickest answer, whatever it was; the first ones wait for the connection to be made. */
	readonly roundTrip?: Milliseconds;
	readonly certificate?: Certificate;
	/** Absent where we are not let in. */
	readonly vitals?: Vitals;
	/** The time was over before all was told. */
	readonly isCut: boolean;
};
