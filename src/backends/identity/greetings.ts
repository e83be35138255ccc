import * as z from 'zod/mini';
import type { BackendName } from '../../model/failure.ts';
import { statusAnswer } from '../alertmanager/schema.ts';
import type { Http, HttpRequest, HttpResponse } from '../http.ts';
import { buildInfoPath } from '../prometheus/rules.ts';
import { type BuildInfoData, buildInfoAnswer } from '../prometheus/schema.ts';
import { isImitation } from '../prometheus/to-model.ts';

/** Who answered: the product by the name of its makers, and its version where it tells one. */
export type Product = { readonly name: string; readonly version?: string };

/** A cheap question that only servers of one kind answer so, and who the answer says it is. */
export type Greeting = {
	readonly request: HttpRequest;
	/** Throws a `FailureError` for an answer that no server of this kind gives. */
	readonly productIn: (http: Http, response: HttpResponse) => Product;
};

/** Loki's and Tempo's: bare, with keys that are there also when the build says nothing of itself. */
const bareBuild = z.object({ version: z.string(), revision: z.string(), goVersion: z.string() });
const jaegerServices = z.object({ services: z.nullish(z.array(z.string())) });
const grafanaHealth = z.object({ database: z.string(), version: z.nullish(z.string()) });

const product = (name: string, version: string | null | undefined): Product =>
	version === undefined || version === null || version === '' || version === 'N/A' ? { name } : { name, version };

function greeting<Data>(path: string, schema: z.ZodMiniType<Data>, productOf: (data: Data) => Product): Greeting {
	const request = { path };
	return { request, productIn: (http, response) => productOf(http.parse(response, request, schema)) };
}

/**
 * What speaks Prometheus' API: Mimir, Cortex and Grafana's own builds name their application; VictoriaMetrics imitates a
 * Prometheus and tells neither revision nor Go version; Thanos counts its own versions, none of which has reached 1
 * (https://github.com/thanos-io/thanos/releases), where no Prometheus with this endpoint is older than 2.14.
 */
function metricsProduct(info: BuildInfoData): Product {
	const { version, application } = info;
	if (application) return product(application.replace(/^Grafana (?=Mimir$)/, ''), version);
	if (isImitation(info)) return { name: 'VictoriaMetrics' };
	return product(version?.startsWith('0.') ? 'Thanos' : 'Prometheus', version);
}

export const greetings: Readonly<Record<BackendName, Greeting>> = {
	prometheus: greeting(buildInfoPath, buildInfoAnswer, ({ data }) => metricsProduct(data)),
	alertmanager: greeting('/api/v2/status', statusAnswer, ({ versionInfo }) =>
		versionInfo.version === 'N/A' ? { name: 'Grafana' } : product('Alertmanager', versionInfo.version),
	),
	loki: greeting('/loki/api/v1/status/buildinfo', bareBuild, ({ version }) => product('Loki', version)),
	tempo: greeting('/api/status/buildinfo', bareBuild, ({ version }) => product('Tempo', version)),
	jaeger: greeting('/api/v3/services', jaegerServices, () => ({ name: 'Jaeger' })),
	grafana: greeting('/api/health', grafanaHealth, ({ version }) => product('Grafana', version)),
};
