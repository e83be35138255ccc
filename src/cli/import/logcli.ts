import { checkedUrl } from '../connections.ts';
import type { Auth, Connection, Profile, Tls } from '../profiles/profile.ts';
import { absolutePath } from '../profiles/secret-options.ts';
import { UsageError } from '../usage-error.ts';
import { tenantsIn } from './data-source.ts';
import { type Findings, type Found, optional } from './found.ts';

/**
 * Loki as logcli reaches it by what stands in the environment (https://grafana.com/docs/loki/latest/query/logcli/). Secrets
 * stay there: the profile names the variables. Throws a `UsageError` when nothing is set.
 */
export function fromLogcli(env: NodeJS.ProcessEnv, findings: Findings): Found {
	if (!Object.keys(env).some(name => name.startsWith('LOKI_') && env[name])) {
		throw new UsageError('Nothing of logcli is set here.', 'Set LOKI_ADDR and its like, or write export before them.');
	}
	for (const name of ['LOKI_AUTH_HEADER', 'LOKI_ENV_PROXY'].filter(each => env[each])) {
		findings.note(`${name} has no place in a profile; add a header or a proxy with profile add.`);
	}
	const auth = authOf(env);
	const loki: Connection = {
		url: checkedUrl(env.LOKI_ADDR || 'http://localhost:3100', 'LOKI_ADDR'),
		...optional('auth', auth),
		...optional('tenant', tenantsIn(env.LOKI_ORG_ID ?? '')),
		...optional('tls', tlsOf(env)),
		...optional('proxy', env.LOKI_HTTP_PROXY_URL && checkedUrl(env.LOKI_HTTP_PROXY_URL, 'LOKI_HTTP_PROXY_URL')),
	};
	const profile: Profile = { loki };
	return { ...findings, profile };
}

function authOf(env: NodeJS.ProcessEnv): Auth | undefined {
	const { LOKI_USERNAME: user, LOKI_PASSWORD, LOKI_BEARER_TOKEN, LOKI_BEARER_TOKEN_FILE: file } = env;
	const [isBasic, isBearer] = [Boolean(user || LOKI_PASSWORD), Boolean(LOKI_BEARER_TOKEN || file)];
	if (isBasic && isBearer) {
		throw new UsageError('A user and a bearer token are both set.', 'Unset LOKI_USERNAME or LOKI_BEARER_TOKEN.');
	}
	if (isBasic) return { type: 'basic', user: user ?? '', password: { env: 'LOKI_PASSWORD' } };
	if (LOKI_BEARER_TOKEN) return { type: 'bearer', token: { env: 'LOKI_BEARER_TOKEN' } };
	return file ? { type: 'bearer', token: { file: absolutePath(file) } } : undefined;
}

function tlsOf(env: NodeJS.ProcessEnv): Tls | undefined {
	const path = (name: string) => (env[name] ? absolutePath(env[name]) : undefined);
	const tls: Tls = {
		...optional('ca', path('LOKI_CA_CERT_PATH')),
		...optional('cert', path('LOKI_CLIENT_CERT_PATH')),
		...optional('key', path('LOKI_CLIENT_KEY_PATH')),
		...optional('skipVerify', /^(?:1|t|true)$/i.test(env.LOKI_TLS_SKIP_VERIFY ?? '') ? true : undefined),
	};
	return Object.keys(tls).length === 0 ? undefined : tls;
}
