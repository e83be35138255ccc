import type { BackendName } from '../model/failure.ts';

/** What was meant by an address of a backend as somebody has it at hand. */
export type PastedUrl =
	| {
			readonly ok: true;
			/** The base URL: with scheme and prefix, without user info, a page or a call behind it, and a slash at its end. */
			readonly url: string;
			/** It is an address of this one, in whatever line it was pasted. */
			readonly backend?: 'grafana';
			/** The user and password that stood in it. */
			readonly user?: string;
			readonly password?: string;
	  }
	| { readonly ok: false; readonly problem: string };

/**
 * Reads `host:9090`, a page of a browser or a call of an API: `https://grafana.example/explore?…` is Grafana's own
 * address, `http://metrics.example/prometheus/api/v1/query?query=up` that of `http://metrics.example/prometheus`.
 */
export function readPastedUrl(text: string, backend: BackendName): PastedUrl {
	const line = text.trim().replace(/^["'<]+|["'>]+$/g, '');
	const whole = withScheme(line);
	const url = URL.canParse(whole) ? new URL(whole) : undefined;
	if (url === undefined || url.hostname === '')
		return { ok: false, problem: 'That is no address. Write it as host:port or https://host/prefix.' };
	if (!/^https?:$/.test(url.protocol))
		return { ok: false, problem: 'Only http and https are spoken here. Write it as https://host/prefix.' };
	const isGrafana = grafanaPages.test(url.pathname);
	const ends = isGrafana ? grafanaPages : pages[backend];
	const at = ends.exec(url.pathname + url.search)?.index;
	const isBare = at === undefined && backend !== 'grafana';
	const before = (at === undefined ? url.pathname : url.pathname.slice(0, at)).replace(/\/+$/, '');
	// The page of a cluster of VictoriaMetrics stands beside its API, not behind it.
	const path =
		url.pathname.startsWith('/vmui', at) && /\/select\/[\d:]+$/.test(before) ? `${before}/prometheus` : before;
	return {
		ok: true,
		// Some gateways route by a parameter of the base URL; those of a page or a call are not meant.
		url: `${url.protocol}//${url.host}${path}${isBare ? url.search : ''}`,
		...(isGrafana ? { backend: 'grafana' } : {}),
		...(url.username === '' ? {} : { user: decoded(url.username) }),
		...(url.password === '' ? {} : { password: decoded(url.password) }),
	};
}

/**
 * A host at a port of its own mostly speaks plainly, and so does a number or a name of this network; what is on the usual
 * port of a public name hardly ever does.
 */
export function withScheme(line: string): string {
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(line)) return line;
	const [host = ''] = line.split('/');
	const isPublic = /^[^:]*\.[^:.]*[a-z][^:.]*$/i.test(host);
	return `${isPublic || host.endsWith(':443') ? 'https' : 'http'}://${line}`;
}

/** Pages of Grafana that no other of them has (its routes, `pkg/api/api.go`). */
const grafanaPages = /\/(?:explore|d|d-solo|alerting|goto|a|api\/datasources|api\/ds|public-dashboards)(?:\/|\?|$)/;

/** Where the page or the call begins, behind which prefix ever: each server's own routes. */
const pages: Readonly<Record<BackendName, RegExp>> = {
	prometheus: /\/(?:(?:api\/v1|graph|alerts|targets|rules|status|service-discovery|vmui|-)(?:\/|\?|$)|query\?)/,
	alertmanager: /\/(?:api\/v[12]|-)(?:\/|\?|$)/,
	loki: /\/(?:loki\/api\/v1|api\/prom|ready)(?:\/|\?|$)/,
	tempo: /\/(?:api\/(?:search|traces|v2|echo|status|metrics)|ready)(?:\/|\?|$)/,
	jaeger: /\/(?:search|trace|dependencies|monitor|api\/(?:v3|traces|services|operations|dependencies))(?:\/|\?|$)/,
	grafana: /\/(?:login|dashboards?|connections|datasources|org|admin|profile|api)(?:\/|\?|$)/,
};

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** Parts of a host's name that say which program answers, or nothing at all. */
const common =
	/^(?:www|api|app|prometheus|prom|metrics|monitoring|alertmanager|alerts?|am|loki|logs?|tempo|traces?|jaeger|grafana|mimir|thanos|svc|cluster|local|internal|query|gateway|com|net|org|io|dev|cloud|example)$/;

/** A name for a profile that reaches this host, other than those that are taken: `prometheus.prod-eu.example.com` is `prod-eu`. */
export function profileNameOf(url: string, taken: readonly string[]): string {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	const isNumber = /^[\d.]+$|^\[/.test(host);
	const word = isNumber ? undefined : host.split('.').find(part => /^\w[\w-]*$/.test(part) && !common.test(part));
	const name = host === '' || isNumber || word === undefined || word === 'localhost' ? 'main' : word;
	for (let number = 1; ; number++) {
		const numbered = number === 1 ? name : `${name}-${number}`;
		if (!taken.includes(numbered)) return numbered;
	}
}
