import { redact } from '../../analysis/redact.ts';
import { parseBase } from '../../backends/endpoint.ts';
import { aheadBy } from '../../backends/skew.ts';
import { second } from '../../model/time.ts';
import { type Json, timeJson } from '../print/json.ts';
import { type Advice, severityOf } from './advice.ts';
import type { Examined, Vitals } from './examined.ts';
import { daysLeft } from './facts.ts';
import { freshnessOf } from './freshness.ts';
import { lacksOf } from './lacks.ts';

/** What one backend is, by documented names. What could not be told is absent; `null` stands for nothing found. */
export function backendJson(examined: Examined, longest: number): { readonly [name: string]: Json | undefined } {
	const { endpoint, admission, knocked, roundTrip, at, certificate, dataSource, vitals } = examined;
	const { product, skew, failure, instead } = knocked;
	const base = parseBase(endpoint);
	const found = freshnessOf(vitals);
	const newest = found?.newest;
	return {
		backend: endpoint.backend,
		url: `${base?.origin ?? ''}${base?.prefix ?? ''}`,
		origin: endpoint.origin,
		dataSource,
		state: severityOf(examined, longest),
		reachable: roundTrip !== undefined || failure === undefined,
		admitted: failure === undefined,
		credentials: admission.credentials,
		tenants: admission.tenants,
		through: admission.through,
		tls:
			certificate === undefined
				? undefined
				: {
						expires: timeJson(certificate.expires),
						daysLeft: daysLeft(examined),
						checked: !admission.isUnverified,
					},
		product: product?.name,
		version: product?.version,
		roundTripSeconds: roundTrip === undefined ? undefined : roundTrip / second,
		clockAheadSeconds: skew === undefined ? undefined : aheadBy(skew) / second,
		newest: newest === undefined ? undefined : newest === 'none' ? null : timeJson(newest),
		ageSeconds: typeof newest === 'number' ? (at - newest) / second : undefined,
		lacks: vitals === undefined ? undefined : lacksOf(examined).map(({ name }) => name),
		...vitalsJson(vitals),
		complete: !examined.isCut,
		failure: failure && { kind: failure.kind, status: failure.status, what: failure.what, words: failure.words },
		instead: instead && {
			backend: instead.backend,
			product: instead.product.name,
			version: instead.product.version,
			url: instead.url,
		},
	};
}

function vitalsJson(vitals: Vitals | undefined): { readonly [name: string]: Json | undefined } {
	switch (vitals?.kind) {
		case 'metrics':
			return { requestMetrics: vitals.conventions };
		case 'logs':
			return {
				labels: vitals.labels,
				services: vitals.services,
				sampledLines: vitals.identifiers?.lines,
				requestIds: vitals.identifiers?.requests,
				traceIds: vitals.identifiers?.traces,
			};
		case 'alerts':
			return { cluster: vitals.cluster };
		case 'sources':
			return { dataSources: vitals.dataSources };
		default:
			return {};
	}
}

export const adviceJson = ({ severity, backend, what, next }: Advice): Json => ({
	severity,
	...(backend === undefined ? {} : { backend }),
	what,
	next,
});

/** Every text in it without secrets: names and words in it are those of servers. */
export function redacted(value: Json | undefined): Json | undefined {
	if (typeof value === 'string') return redact(value);
	if (typeof value !== 'object' || value === null) return value;
	if (isList(value)) return value.map(each => redacted(each) ?? null);
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redacted(each)]));
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
