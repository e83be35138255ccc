import { createAlertmanager } from '../backends/alertmanager/client.ts';
import type { Endpoint } from '../backends/endpoint.ts';
import { behindGrafana, type Chosen, chooseDataSources } from '../backends/grafana/choose.ts';
import { createGrafana } from '../backends/grafana/client.ts';
import type { Http } from '../backends/http.ts';
import { createPrometheus } from '../backends/prometheus/client.ts';
import type { AlertsSource, Asking, MetricsSource, Sources } from '../investigation/ports.ts';
import { answer, type Note } from '../model/answer.ts';
import { type BackendName, type Failure, FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import type { Endpoints } from './connections.ts';
import { createSources, type Missing, openHttp, type SourcesOptions } from './sources.ts';

export type GrafanaConnection = {
	readonly endpoint: Endpoint;
	/** The data sources that the profile names. */
	readonly wanted: Parameters<typeof chooseDataSources>[1];
};

/**
 * The four backends through Grafana's proxy, which holds their credentials. The list of data sources is asked with the
 * first question, and again with the next when it failed. A backend with a URL of its own in `direct` is asked there.
 */
export function grafanaSources(grafana: GrafanaConnection, direct: Endpoints, options: SourcesOptions): Sources {
	let found: Promise<Sources> | undefined;
	let tracesFrom: Sources['tracesFrom'];
	const located = (asking: Asking): Promise<Sources> => {
		found ??= locate(grafana, direct, options, asking).then(
			sources => {
				tracesFrom = sources.tracesFrom;
				return sources;
			},
			error => {
				found = undefined;
				throw error;
			},
		);
		return found;
	};
	return {
		metrics: through('metrics', located),
		alerts: through('alerts', located),
		logs: through('logs', located),
		traces: through('traces', located),
		tracesFrom: () => tracesFrom?.() ?? { name: 'Tempo', byWindow: true },
	};
}

/** A port whose every question first waits until the real one is found. */
const through = <Port extends Exclude<keyof Sources, 'tracesFrom'>>(
	port: Port,
	located: (asking: Asking) => Promise<Sources>,
): Sources[Port] =>
	new Proxy({} as Sources[Port], {
		get:
			(_, method) =>
			async (...parts: readonly unknown[]) => {
				// Who asks comes last in every question of a port.
				const real = (await located(parts.at(-1) as Asking))[port];
				const question: unknown = Reflect.get(real, method);
				if (typeof question !== 'function') throw new TypeError(`${port} has no question ${String(method)}`);
				return Reflect.apply(question, real, parts);
			},
	});

async function locate(
	{ endpoint, wanted }: GrafanaConnection,
	direct: Endpoints,
	options: SourcesOptions,
	{ record }: Asking,
): Promise<Sources> {
	// Whoever asked first may go away; the others still wait for the list.
	const asking = { record, signal: new AbortController().signal };
	const { endpoints } = await endpointsBehind({ endpoint, wanted }, direct, options, asking);
	const sources = createSources(endpoints, options, missingIn(endpoint, wanted));
	return {
		...sources,
		metrics: withGrafanaRules(sources.metrics, endpoint, options),
		alerts: withGrafanaSilences(sources.alerts, endpoint, options),
	};
}

/** The backends as Grafana's proxy reaches them, but for those with a URL of their own, and which data sources they are. */
export async function endpointsBehind(
	{ endpoint, wanted }: GrafanaConnection,
	direct: Endpoints,
	options: SourcesOptions,
	asking: Asking,
): Promise<{ readonly endpoints: Endpoints; readonly chosen: Chosen }> {
	const { value: all } = await createGrafana(openHttp(endpoint, options)).dataSources(asking);
	const chosen = chooseDataSources(all, wanted);
	return { chosen, endpoints: { ...proxied(endpoint, chosen), ...withoutGrafana(direct) } };
}

const withoutGrafana = ({ grafana: _, ...direct }: Endpoints): Endpoints => direct;

/** Where Grafana answers as an Alertmanager for its own alerts. */
const ownAlertmanager = '/api/alertmanager/grafana';

/** Grafana passes `/api/datasources/proxy/uid/UID/…` on to a data source, and answers for its own alerts itself. */
function proxied(grafana: Endpoint, chosen: Chosen): Endpoints {
	const behind = (backend: BackendName, path: string): Endpoint => ({
		...grafana,
		...(grafana.way && { way: { ...grafana.way, under: 'grafana' } }),
		backend,
		url: below(grafana.url, path),
	});
	const endpoints: Endpoints = Object.fromEntries(
		behindGrafana.flatMap(backend => {
			const dataSource = chosen[backend];
			return dataSource === undefined
				? []
				: [[backend, behind(backend, `/api/datasources/proxy/uid/${encodeURIComponent(dataSource.uid)}`)]];
		}),
	);
	const own = behind('alertmanager', ownAlertmanager);
	const { alertmanager } = endpoints;
	return {
		...endpoints,
		alertmanager: alertmanager === undefined ? own : { ...alertmanager, replicas: [own.url] },
	};
}

/** Labels that only Grafana's own alerts carry. */
const grafanaLabels: readonly string[] = ['__alert_rule_uid__', 'grafana_folder'];

/** A silence goes to whoever has the alerts that it is about: two Alertmanagers do not know each other's. */
function withGrafanaSilences(alerts: AlertsSource, grafana: Endpoint, options: SourcesOptions): AlertsSource {
	const own = createAlertmanager(
		openHttp({ ...grafana, backend: 'alertmanager', url: below(grafana.url, ownAlertmanager) }, options),
	);
	return withOwn(alerts, {
		createSilence: (draft, asking) => {
			const isOwn = draft.matchers.some(({ name }) => grafanaLabels.includes(name));
			return (isOwn ? own : alerts).createSilence(draft, asking);
		},
	});
}

/** A port of which some questions are answered otherwise. A port that nobody configured has none that could be copied. */
const withOwn = <Port extends object>(port: Port, own: Partial<Port>): Port =>
	new Proxy(port, { get: (real, question) => Reflect.get(question in own ? own : real, question) });

/** A path below a base URL, whose own path and parameters stay. */
function below(base: string, path: string): string {
	const url = new URL(base);
	url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
	return url.href;
}

const missingIn =
	({ origin }: Endpoint, wanted: GrafanaConnection['wanted']): Missing =>
	(backend, title) => {
		const name = backend === 'grafana' ? undefined : wanted[backend];
		return {
			what:
				name === undefined
					? `Grafana has no data source for ${title} that its token may see.`
					: `Grafana has no data source ${name} for ${title} that its token may see.`,
			next: `Check the token's permissions and ${origin}: grafana.dataSources.${backend}.`,
		};
	};

/** The rules of the data source, and those that Grafana evaluates itself; either may fail alone. */
function withGrafanaRules(metrics: MetricsSource, grafana: Endpoint, options: SourcesOptions): MetricsSource {
	const http: Http = openHttp(
		{ ...grafana, backend: 'prometheus', url: below(grafana.url, '/api/prometheus/grafana') },
		options,
	);
	const own = createPrometheus(http);
	return withOwn(metrics, {
		rules: async asking => {
			const both = await Promise.allSettled([metrics.rules(asking), own.rules(asking)]);
			const told = both.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
			const failures = both.flatMap(each => (each.status === 'rejected' ? [failureOf(each.reason)] : []));
			const [failure] = failures;
			if (failure !== undefined && (told.length === 0 || failure.kind === 'cancelled')) throw new FailureError(failure);
			return answer(
				told.flatMap(({ value }) => value),
				[...told.flatMap(({ notes }) => notes), ...failures.flatMap(missingRules)],
			);
		},
	});
}

/** A data source that is not there has no rules to miss. */
const missingRules = (failure: Failure): readonly Note[] =>
	failure.kind === 'not-configured'
		? []
		: [{ kind: 'partial', text: `${sentenceOf(failure)} The rules that only it has are missing.` }];
