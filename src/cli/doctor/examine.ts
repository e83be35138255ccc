import { createDeadline } from '../../backends/deadline.ts';
import { type Endpoint, titleOf, whoOf } from '../../backends/endpoint.ts';
import type { Http } from '../../backends/http.ts';
import type { Certificates } from '../../backends/identity/certificates.ts';
import { type Knocked, knock } from '../../backends/identity/knock.ts';
import { totalTimeoutFailure } from '../../backends/transport-failure.ts';
import { lookAtLogs } from '../../investigation/logs-vitals.ts';
import { lookAtMetrics } from '../../investigation/metrics-vitals.ts';
import type { Asking, Sources } from '../../investigation/ports.ts';
import { lookAtTraces } from '../../investigation/traces-vitals.ts';
import { told } from '../../investigation/vitals.ts';
import type { QueryRecord } from '../../model/answer.ts';
import type { Failure } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Admission, admissionOf } from './admission.ts';
import type { DataSourceTaken, Examined, Vitals } from './examined.ts';

/** What a look at any backend needs. */
export type Practice = {
	readonly open: (endpoint: Endpoint) => Http;
	/** The clients of that one backend, to look at what it holds; without them nobody does. */
	readonly sourcesOf?: (endpoint: Endpoint) => Sources;
	readonly now: () => Milliseconds;
	/** How long a look at one backend may take, all of it. */
	readonly longest: Milliseconds;
	readonly certificates: Certificates;
	/** Gives up all looks. */
	readonly signal: AbortSignal;
};

export type Patient = {
	readonly endpoint: Endpoint;
	readonly dataSource?: string;
	/** What stands behind it, for a Grafana. */
	readonly dataSources?: Promise<readonly DataSourceTaken[]>;
};

/** Each question has its own time, and says better what it was over for; this is for what heeds no time. */
const grace: Milliseconds = 200;

/** Looks at one backend. Never rejects, and ends within `longest`, whatever the backend, its secrets or the network do. */
export async function examine(patient: Patient, practice: Practice): Promise<Examined> {
	const { endpoint, dataSource } = patient;
	const { now, longest, certificates } = practice;
	const deadline = createDeadline(practice.signal, longest + grace);
	const trips: Milliseconds[] = [];
	const record = ({ took, outcome }: QueryRecord) => void (typeof outcome === 'number' && trips.push(took));
	const asking = { signal: deadline.signal, record };
	const over = abortOf(deadline.signal);
	const [admission, given] = await Promise.all([
		Promise.race([admissionOf(endpoint), over.then(() => unknownAdmission)]),
		Promise.race([
			knock({ endpoint, open: practice.open, now, asking }),
			over.then((): Knocked => ({ failure: lateFailure(endpoint, longest) })),
		]),
	]);
	const knocked = inOurWords(given, endpoint, longest);
	const sources = knocked.failure === undefined ? practice.sourcesOf?.(endpoint) : undefined;
	const vitals = sources && (await vitalsOf(patient, sources, now, asking));
	const isCut = deadline.expired();
	deadline.clear();
	const certificate = certificates.of(endpoint);
	return {
		endpoint,
		...(dataSource === undefined ? {} : { dataSource }),
		at: now(),
		admission,
		knocked,
		...(trips.length === 0 ? {} : { roundTrip: Math.min(...trips) }),
		...(certificate === undefined ? {} : { certificate }),
		...(vitals === undefined ? {} : { vitals }),
		isCut,
	};
}

const unknownAdmission: Admission = {
	credentials: [],
	tenants: [],
	isUnverified: false,
	isReadable: false,
	isTokenReadable: false,
};

/** A question that was over time is told of as one of an operator, who could narrow it. */
function inOurWords(knocked: Knocked, endpoint: Endpoint, longest: Milliseconds): Knocked {
	const { failure } = knocked;
	const isLate = failure?.what === totalTimeoutFailure(endpoint, longest).what;
	return isLate ? { ...knocked, failure: lateFailure(endpoint, longest) } : knocked;
}

const lateFailure = (endpoint: Endpoint, longest: Milliseconds): Failure => ({
	kind: 'timeout',
	backend: endpoint.backend,
	what: `${whoOf(endpoint)} did not answer within ${longest / 1000} s.`,
	next: `Check that ${titleOf(endpoint.backend)} is not overloaded, and the network, the VPN and the proxies on the way to it.`,
});

function vitalsOf(
	{ endpoint, dataSources }: Patient,
	{ metrics, alerts, logs, traces }: Sources,
	now: () => Milliseconds,
	asking: Asking,
): Promise<Vitals> {
	const named = <Kind, Found>(kind: Kind, found: Promise<Found>) => found.then(vitals => ({ kind, ...vitals }));
	switch (endpoint.backend) {
		case 'prometheus':
			return named('metrics' as const, lookAtMetrics(metrics, now, asking));
		case 'loki':
			return named('logs' as const, lookAtLogs(logs, now, asking));
		case 'tempo':
		case 'jaeger':
			return named('traces' as const, lookAtTraces(traces, now, asking));
		case 'alertmanager':
			return named(
				'alerts' as const,
				Promise.resolve(alerts.cluster && told(alerts.cluster(asking))).then(cluster => ({ cluster })),
			);
		case 'grafana':
			return Promise.resolve(dataSources ?? []).then(taken => ({ kind: 'sources', dataSources: taken }));
	}
}

/** Resolves when it aborts. */
const abortOf = (signal: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
