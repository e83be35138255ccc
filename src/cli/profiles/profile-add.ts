import { parseBytes } from '../../analysis/log-cost.ts';
import { parseLength } from '../../analysis/time-words.ts';
import { type BackendName, backendNames } from '../../model/failure.ts';
import { profileColours } from '../../model/profile-colour.ts';
import { urlsIn } from '../connections.ts';
import { UsageError } from '../usage-error.ts';
import type { AddOptions } from './add-options.ts';
import { authOf } from './added-auth.ts';
import type { Connections, Profile, Secret, Tls } from './profile.ts';
import { absolutePath, type SecretSource, secretFrom, secretOf } from './secret-options.ts';

/** The part of a profile that the options describe. Throws a `UsageError` for what does not fit together. */
export function profileOf(options: AddOptions): Profile {
	checkLength('--command-lifetime', options.commandLifetime);
	const urls = backendNames.flatMap(backend => {
		const text = options[`${backend}Url`];
		return text === undefined ? [] : [[backend, urlsIn(backend, text, `--${backend}-url`)] as const];
	});
	const shared = sharedOf(options);
	const own = ownOf(options);
	if (urls.length === 0 && (Object.keys(shared).length > 0 || Object.keys(own).length === 0)) {
		throw new UsageError(
			'No backend is named.',
			'Pass --prometheus-url, --alertmanager-url, --loki-url, --tempo-url or --jaeger-url, or --grafana-url for all of them.',
		);
	}
	const connections = urls.map(([backend, [url = '', ...more]]): [string, Connections] => [
		backend,
		{
			url: more.length === 0 ? url : [url, ...more],
			...shared,
			...(backend === 'grafana' ? optional('dataSources', dataSourcesOf(options)) : {}),
		},
	]);
	return { ...Object.fromEntries(connections), ...own };
}

/** What holds for all backends of one call. */
const sharedOf = (options: AddOptions): Omit<Connections, 'url'> => ({
	...optional('auth', authOf(options)),
	...optional('tenant', options.tenant?.length === 1 ? options.tenant[0] : options.tenant),
	...optional('headers', headersOf(options)),
	...optional('tls', tlsOf(options)),
	...optional('proxy', proxyOf(options.proxy)),
	...optional('socket', options.socket && absolutePath(options.socket)),
	...optional('tunnel', options.tunnel && { ssh: options.tunnel }),
});

/** What holds for the profile. */
function ownOf({ label, colour, since, readUnasked, author, readOnly, redactEmails }: AddOptions): Profile {
	checkLength('--since', since);
	const known = profileColours.find(each => each === colour);
	if (colour !== undefined && known === undefined) {
		throw new UsageError(`There is no colour ${colour}.`, `Colours are ${profileColours.join(', ')}.`);
	}
	if (readUnasked !== undefined && parseBytes(readUnasked) === undefined) {
		throw new UsageError(`--read-unasked ${readUnasked} is not a number of bytes.`, 'Write it as 50GB or 1.5TB.');
	}
	return {
		...optional('label', label),
		...optional('colour', known),
		...optional('since', since),
		...optional('author', author),
		...optional('readOnly', readOnly),
		...optional('redactEmails', redactEmails),
		...optional('logs', readUnasked && { readUnasked }),
	};
}

function checkLength(option: string, text: string | undefined): void {
	if (text === undefined || parseLength(text) !== undefined) return;
	throw new UsageError(`${option} ${text} is not a length of time.`, 'Write it as 15m, 1h or 1h30m.');
}

function tlsOf(options: AddOptions): Tls | undefined {
	const { tlsCa, tlsCert, tlsKey, tlsServerName, tlsSkipVerify } = options;
	const tls: Tls = {
		...optional('ca', tlsCa && absolutePath(tlsCa)),
		...optional('cert', tlsCert && absolutePath(tlsCert)),
		...optional('key', tlsKey && absolutePath(tlsKey)),
		...optional('passphrase', secretOf(options, 'tlsPassphrase', 'passphrase')),
		...optional('serverName', tlsServerName),
		...optional('skipVerify', tlsSkipVerify),
	};
	return Object.keys(tls).length === 0 ? undefined : tls;
}

/** The value is not told when it is wrong: it may hold a password. */
function proxyOf(proxy: string | undefined): string | undefined {
	const isProxy =
		proxy === undefined || proxy === 'none' || (/^(https?|socks5h?):\/\//.test(proxy) && URL.canParse(proxy));
	if (isProxy) return proxy;
	throw new UsageError(
		'The value of --proxy is no URL of a proxy.',
		'Write it as http://host:3128 or socks5://host:1080.',
	);
}

/** Which data source each backend is, as `--data-source` says. Throws a `UsageError` for what names none. */
export function dataSourcesOf({ dataSource }: AddOptions): Readonly<Record<string, string>> | undefined {
	const pairs = dataSource?.map(text => {
		const [, backend, name] = /^(\w+)=(.+)$/.exec(text) ?? [];
		const known = behindGrafana.find(each => each === backend);
		if (known !== undefined && name !== undefined) return [known, name] as const;
		throw new UsageError(
			`${text} names no data source.`,
			`Write it as loki=NAME; backends are ${behindGrafana.join(', ')}.`,
		);
	});
	return pairs && Object.fromEntries(pairs);
}

const behindGrafana: readonly BackendName[] = backendNames.filter(backend => backend !== 'grafana');

function headersOf(options: AddOptions): Readonly<Record<string, Secret>> | undefined {
	const { header = [], headerEnv = [], headerFile = [], headerCommand = [], headerKeychain = [] } = options;
	const from = (source: SecretSource, lines: readonly string[]) =>
		lines.map(line => {
			const [name, value] = headerParts(line, `--header-${source}`);
			return [name, secretFrom(source, value, options)] as const;
		});
	const entries = [
		...header.map(line => headerParts(line, '--header')),
		...from('env', headerEnv),
		...from('file', headerFile),
		...from('command', headerCommand),
		...from('keychain', headerKeychain),
	];
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `X-Team: orders`: a token of RFC 9110 §5.6.2, and what is sent. The line is not told when it is wrong: it may be a secret. */
function headerParts(line: string, option: string): readonly [string, string] {
	const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(\S.*)$/.exec(line) ?? [];
	if (name !== undefined && value !== undefined) return [name, value.trim()];
	throw new UsageError(`What follows ${option} is no header.`, `Write it as ${option} 'Name: value'.`);
}

const optional = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });
