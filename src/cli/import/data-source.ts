import type { BackendName } from '../../model/failure.ts';
import type { Auth, Connection, Secret, Tls } from '../profiles/profile.ts';
import { type Findings, optional } from './found.ts';

/** A data source of Grafana, wherever it is described. */
export type DataSource = {
	readonly name: string;
	readonly type: string;
	readonly uid?: string | undefined;
	/** As Grafana's server reaches it. */
	readonly url?: string | undefined;
	readonly isDefault?: boolean | undefined;
	readonly basicAuth?: boolean | undefined;
	readonly basicAuthUser?: string | undefined;
	readonly jsonData: Readonly<Record<string, unknown>>;
	/** What is under a name in `secureJsonData`, behind a word; `undefined` when nothing is. */
	readonly secret: (name: string, word?: 'Bearer') => Secret | undefined;
	/** The path of a certificate or a key of `secureJsonData`, which is kept when it stands there itself. */
	readonly pem: (name: string) => string | undefined;
};

/** How the backend is reached that the data source is. Notes what of it cannot be taken over; `undefined` without a usable URL. */
export function connectionTo(source: DataSource, backend: BackendName, findings: Findings): Connection | undefined {
	const url = urlOf(source, backend);
	if (url === undefined) {
		findings.note(`The URL of ${source.name} is none of http or https, so it was left out.`);
		return undefined;
	}
	noteCluster(source.name, url, findings);
	noteLeftOut(source, findings);
	const { auth, tenant, headers } = lettingIn(source);
	return {
		url,
		...optional('auth', sigv4Of(source) ?? basicOf(source) ?? auth),
		...optional('tenant', tenant),
		...optional('headers', headers),
		...optional('tls', tlsOf(source)),
	};
}

/**
 * Of Mimir and Cortex Grafana names the server, and asks its Alertmanager below `/alertmanager`; parameters that every
 * question carries are those of the URL.
 */
function urlOf({ url = '', jsonData }: DataSource, backend: BackendName): string | undefined {
	const whole = /^[a-z][\w+.-]*:\/\//i.test(url) ? url : `http://${url}`;
	if (url === '' || !URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol)) return undefined;
	const parsed = new URL(whole);
	const isBelow = backend === 'alertmanager' && ['mimir', 'cortex'].includes(textAt(jsonData, 'implementation') ?? '');
	if (isBelow && !/\/alertmanager\/?$/.test(parsed.pathname)) {
		parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/alertmanager`;
	}
	for (const [name, value] of new URLSearchParams(textAt(jsonData, 'customQueryParameters') ?? '')) {
		parsed.searchParams.append(name, value);
	}
	return parsed.pathname === '/' && parsed.search === '' ? parsed.href.replace(/\/$/, '') : parsed.href;
}

function basicOf({ basicAuth, basicAuthUser, secret }: DataSource): Auth | undefined {
	const password = basicAuth === true ? secret('basicAuthPassword') : undefined;
	return password === undefined ? undefined : { type: 'basic', user: basicAuthUser ?? '', password };
}

function sigv4Of({ jsonData, secret }: DataSource): Auth | undefined {
	if (jsonData.sigV4Auth !== true) return undefined;
	const isByKeys = textAt(jsonData, 'sigV4AuthType') === 'keys';
	const accessKeyId = isByKeys ? secret('sigV4AccessKey') : undefined;
	const secretAccessKey = isByKeys ? secret('sigV4SecretKey') : undefined;
	const keys = accessKeyId === undefined || secretAccessKey === undefined ? {} : { accessKeyId, secretAccessKey };
	return {
		type: 'sigv4',
		...optional('region', textAt(jsonData, 'sigV4Region')),
		...optional('profile', textAt(jsonData, 'sigV4Profile')),
		...keys,
	};
}

/** `httpHeaderName1` and the value of the same number: a bearer token and tenants have a place of their own in a profile. */
function lettingIn({ jsonData, secret }: DataSource): Pick<Connection, 'auth' | 'tenant' | 'headers'> {
	let auth: Auth | undefined;
	let tenant: Connection['tenant'];
	const headers: Record<string, Secret> = {};
	for (const [key, name] of Object.entries(jsonData)) {
		const [, number] = /^httpHeaderName(\d+)$/.exec(key) ?? [];
		if (number === undefined || typeof name !== 'string') continue;
		const token = /^authorization$/i.test(name) ? secret(`httpHeaderValue${number}`, 'Bearer') : undefined;
		const value = token ?? secret(`httpHeaderValue${number}`);
		if (value === undefined) continue;
		if (token !== undefined) auth = { type: 'bearer', token };
		else if (/^x-scope-orgid$/i.test(name) && typeof value === 'string') tenant = tenantsIn(value);
		else headers[name] = value;
	}
	return {
		...optional('auth', auth),
		...optional('tenant', tenant),
		...optional('headers', Object.keys(headers).length === 0 ? undefined : headers),
	};
}

/** Several tenants are one text with `|` between. */
export function tenantsIn(text: string): Connection['tenant'] {
	const tenants = text.split('|').filter(each => each !== '');
	return tenants.length > 1 ? tenants : tenants[0];
}

function tlsOf({ jsonData, pem }: DataSource): Tls | undefined {
	const tls: Tls = {
		...optional('ca', jsonData.tlsAuthWithCACert === true ? pem('tlsCACert') : undefined),
		...optional('cert', jsonData.tlsAuth === true ? pem('tlsClientCert') : undefined),
		...optional('key', jsonData.tlsAuth === true ? pem('tlsClientKey') : undefined),
		...optional('serverName', textAt(jsonData, 'serverName')),
		...optional('skipVerify', jsonData.tlsSkipVerify === true ? true : undefined),
	};
	return Object.keys(tls).length === 0 ? undefined : tls;
}

const textAt = (fields: Readonly<Record<string, unknown>>, name: string): string | undefined => {
	const value = fields[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Names that only the DNS of a cluster or of a compose file knows. */
function noteCluster(name: string, url: string, { note }: Findings): void {
	const { hostname } = new URL(url);
	const isInside = /\.(?:svc|cluster\.local)$|\.svc\./.test(hostname) || !/[.:]|^localhost$/.test(hostname);
	if (!isInside) return;
	note(
		`${hostname} of ${name} is a name inside a cluster or among containers: from outside go through Grafana (--grafana-url) or the Kubernetes API (--kube-service).`,
	);
}

function noteLeftOut({ name, jsonData }: DataSource, { note }: Findings): void {
	if (jsonData.oauthPassThru === true) {
		note(`${name} is let in with the token of who is logged in to Grafana, which only Grafana has.`);
	}
	if (textAt(jsonData, 'sigV4AssumeRoleArn') !== undefined) {
		note(`${name} assumes a role at Amazon: put it into a profile of the shared AWS files, and name that.`);
	}
	if (!linkKeys.some(key => jsonData[key] !== undefined)) return;
	note(
		`Of ${linkKeys.join(', ')} only is used which data sources belong together: trace IDs and streams are found without them, and S corrects streams.`,
	);
}

/** What in Grafana leads from one data source to another. */
const linkKeys = ['derivedFields', 'tracesToLogs', 'tracesToLogsV2', 'exemplarTraceIdDestinations'] as const;
