import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Auth, Connection, Secret, Tls } from '../profiles/profile.ts';
import { UsageError } from '../usage-error.ts';
import { type Findings, optional } from './found.ts';
import { checkedAs, readYaml } from './yaml-file.ts';

const scalar = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const text = z.optional(scalar);

const tlsSchema = z.looseObject({
	ca: text,
	ca_file: text,
	cert: text,
	cert_file: text,
	key: text,
	key_file: text,
	server_name: text,
	insecure_skip_verify: z.optional(z.boolean()),
});

/** https://prometheus.io/docs/prometheus/latest/configuration/promtool/ */
const httpConfigSchema = z.looseObject({
	basic_auth: z.optional(z.looseObject({ username: text, username_file: text, password: text, password_file: text })),
	authorization: z.optional(z.looseObject({ type: text, credentials: text, credentials_file: text })),
	bearer_token: text,
	bearer_token_file: text,
	oauth2: z.optional(
		z.looseObject({
			client_id: scalar,
			client_secret: text,
			client_secret_file: text,
			scopes: z.optional(z.array(z.string())),
			token_url: z.string(),
			endpoint_params: z.optional(z.record(z.string(), scalar)),
		}),
	),
	tls_config: z.optional(tlsSchema),
	proxy_url: text,
	http_headers: z.optional(
		z.record(
			z.string(),
			z.looseObject({
				values: z.optional(z.array(scalar)),
				secrets: z.optional(z.array(scalar)),
				files: z.optional(z.array(z.string())),
			}),
		),
	),
});

type HttpConfig = z.infer<typeof httpConfigSchema>;

/** What of a connection the HTTP client's configuration of promtool and amtool says. */
export type Reached = Pick<Connection, 'auth' | 'headers' | 'tls' | 'proxy'>;

/** Reads it for a backend. Throws a `UsageError` for what is none, or says two things at once. */
export function readHttpConfig(path: string, word: string, findings: Findings): Reached {
	const [document = {}] = readYaml(path);
	const config = checkedAs(httpConfigSchema, document ?? {}, path, 'configuration of an HTTP client');
	const files = filesOf(path, word, findings);
	noteLeftOut(config, findings);
	const headers = headersOf(config, files, findings);
	return {
		...optional('auth', authOf(config, path, files)),
		...optional('headers', headers),
		...optional('tls', tlsOf(config, files)),
		...optional('proxy', config.proxy_url || undefined),
	};
}

type Files = {
	/** A path as the file says it, whole. */
	readonly at: (path: string) => string;
	/** A file that is named, or kept where it stands in the file itself. */
	readonly pem: (named: string | undefined, inline: string | undefined, kind: string) => string | undefined;
	readonly secret: (inline: string | undefined, named: string | undefined) => Secret | undefined;
};

/** Paths are relative to the folder above that of the file, as `LoadHTTPConfigFile` of prometheus/common takes them. */
function filesOf(path: string, word: string, findings: Findings): Files {
	const at = (relative: string) => resolve(dirname(dirname(path)), relative);
	return {
		at,
		pem: (named, inline, kind) => (named ? at(named) : inline ? findings.keep(`${word}-${kind}`, inline) : undefined),
		secret: (inline, named) => (named ? { file: at(named) } : inline || undefined),
	};
}

function authOf(config: HttpConfig, path: string, files: Files): Auth | undefined {
	const kinds = [basicOf(config, files), bearerOf(config, files), oauth2Of(config, files)].flatMap(each => each ?? []);
	if (kinds.length > 1) throw new UsageError(`${path} has authorizations of several kinds.`, 'Leave one of them.');
	return kinds[0];
}

function basicOf({ basic_auth: basic }: HttpConfig, { secret, at }: Files): Auth | undefined {
	if (basic === undefined) return undefined;
	const user = basic.username_file ? oneLine(at(basic.username_file)) : (basic.username ?? '');
	const password = secret(basic.password, basic.password_file);
	if (password !== undefined) return { type: 'basic', user, password };
	throw new UsageError('basic_auth has no password.', 'Write password_file or password.');
}

function bearerOf(config: HttpConfig, { secret }: Files): Auth | undefined {
	const { type = 'Bearer', credentials, credentials_file } = config.authorization ?? {};
	const token = /^bearer$/i.test(type) ? secret(credentials, credentials_file) : undefined;
	const either = token ?? secret(config.bearer_token, config.bearer_token_file);
	return either === undefined ? undefined : { type: 'bearer', token: either };
}

function oauth2Of({ oauth2 }: HttpConfig, { secret }: Files): Auth | undefined {
	if (oauth2 === undefined) return undefined;
	const clientSecret = secret(oauth2.client_secret, oauth2.client_secret_file);
	if (clientSecret === undefined || !/^https?:\/\//.test(oauth2.token_url) || !URL.canParse(oauth2.token_url)) {
		throw new UsageError('oauth2 needs a secret and an http or https URL of tokens.', 'Mend it, or leave it out.');
	}
	return {
		type: 'oauth2',
		tokenUrl: oauth2.token_url,
		clientId: oauth2.client_id,
		clientSecret,
		...optional('scopes', oauth2.scopes),
		...optional('parameters', oauth2.endpoint_params),
	};
}

function headersOf(
	{ http_headers: all = {}, authorization }: HttpConfig,
	{ secret, at }: Files,
	{ note }: Findings,
): Readonly<Record<string, Secret>> | undefined {
	const headers: Record<string, Secret> = {};
	for (const [name, { values = [], secrets = [], files = [] }] of Object.entries(all)) {
		const [first, ...more]: readonly Secret[] = [...values, ...secrets, ...files.map(file => ({ file: at(file) }))];
		if (first !== undefined) headers[name] = first;
		if (more.length > 0) note(`Of the header ${name} only the first value was taken.`);
	}
	const { type = 'Bearer', credentials, credentials_file } = authorization ?? {};
	if (!/^bearer$/i.test(type)) {
		const value = secret(credentials, credentials_file);
		if (typeof value === 'string') headers.Authorization = `${type} ${value}`;
		else if (value !== undefined) note(`Authorization of type ${type} from a file has no place in a profile.`);
	}
	return Object.keys(headers).length === 0 ? undefined : headers;
}

function tlsOf({ tls_config: config = {} }: HttpConfig, { pem }: Files): Tls | undefined {
	const tls: Tls = {
		...optional('ca', pem(config.ca_file, config.ca, 'ca')),
		...optional('cert', pem(config.cert_file, config.cert, 'cert')),
		...optional('key', pem(config.key_file, config.key, 'key')),
		...optional('serverName', config.server_name || undefined),
		...optional('skipVerify', config.insecure_skip_verify === true ? true : undefined),
	};
	return Object.keys(tls).length === 0 ? undefined : tls;
}

function noteLeftOut(config: HttpConfig, { note }: Findings): void {
	for (const [key, advice] of Object.entries(leftOut)) if (config[key] !== undefined) note(`${key}: ${advice}`);
	if (config.oauth2?.tls_config !== undefined || config.oauth2?.proxy_url !== undefined) {
		note('What oauth2 says of TLS and proxies was left out: tokens are fetched the way of the backend.');
	}
}

/** Keys without a place in a profile. */
const leftOut: Readonly<Record<string, string>> = {
	no_proxy: 'set NO_PROXY in its place, or proxy: none in the profile.',
	proxy_connect_header: 'nothing is added to what the proxy is asked; a user and password in its URL are sent.',
	follow_redirects: 'redirects are followed on the same host, and secrets are sent to no other.',
};

function oneLine(path: string): string {
	try {
		return readFileSync(path, 'utf8').trim();
	} catch {
		throw new UsageError(`${path}, which username_file names, cannot be read.`, 'Write username in its place.');
	}
}
