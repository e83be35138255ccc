import { describe, expect, test } from 'vitest';
import { isExempt, proxyFor } from '../../../src/backends/ways/proxy.ts';

describe('NO_PROXY', () => {
	test.each([
		['*', 'https://metrics.example', true],
		['metrics.example', 'https://metrics.example', true],
		['METRICS.example', 'https://metrics.example', true],
		['example', 'https://metrics.example', true],
		['.example', 'https://metrics.example', true],
		['*.example', 'https://metrics.example', true],
		['trics.example', 'https://metrics.example', false],
		['other.example, metrics.example', 'https://metrics.example', true],
		['other.example metrics.example', 'https://metrics.example', true],
		['metrics.example:443', 'https://metrics.example', true],
		['metrics.example:9090', 'https://metrics.example:9090', true],
		['metrics.example:9090', 'https://metrics.example', false],
		['metrics.example:80', 'http://metrics.example', true],
		['10.0.0.0/8', 'http://10.20.30.40:9090', true],
		['10.0.0.0/8', 'http://11.0.0.1', false],
		['10.1.2.3/32', 'http://10.1.2.3', true],
		['10.1.2.3/31', 'http://10.1.2.1', false],
		['0.0.0.0/0', 'http://10.1.2.1', true],
		['10.0.0.0/8', 'http://metrics.example', false],
		['192.0.2.7', 'http://192.0.2.7:3100', true],
		['192.0.2.7', 'http://192.0.2.70', false],
		['[2001:db8::1]', 'http://[2001:db8::1]:3100', true],
		['2001:db8::1', 'http://[2001:db8::1]', true],
		['[2001:db8::1]:3100', 'http://[2001:db8::1]:3100', true],
		['[2001:db8::1]:3100', 'http://[2001:db8::1]', false],
		['', 'http://metrics.example', false],
		[' , ', 'http://metrics.example', false],
	])('%j for %s', (list, url, isNamed) => {
		expect(isExempt(new URL(url), list)).toBe(isNamed);
	});
});

describe('which proxy is meant', () => {
	const chosen = (url: string, env: NodeJS.ProcessEnv): string => {
		const proxy = proxyFor(url, { env });
		if (proxy === undefined) return 'none';
		return 'broken' in proxy
			? `broken ${proxy.variable}`
			: `${proxy.scheme} ${proxy.host}:${proxy.port} ${proxy.variable}`;
	};
	const [https, http] = ['https://metrics.example', 'http://metrics.example'];
	test.each([
		[https, {}, 'none'],
		[https, { HTTPS_PROXY: 'http://proxy.example:3128' }, 'http proxy.example:3128 HTTPS_PROXY'],
		[http, { HTTPS_PROXY: 'http://proxy.example:3128' }, 'none'],
		[http, { http_proxy: 'http://a.example', HTTP_PROXY: 'http://b.example' }, 'http a.example:80 http_proxy'],
		[http, { http_proxy: '', HTTP_PROXY: 'http://b.example' }, 'http b.example:80 HTTP_PROXY'],
		[https, { ALL_PROXY: 'socks5h://proxy.example' }, 'socks proxy.example:1080 ALL_PROXY'],
		[https, { ALL_PROXY: 'socks5://a.example', https_proxy: 'https://b.example' }, 'https b.example:443 https_proxy'],
		[https, { HTTPS_PROXY: 'proxy.example:3128' }, 'http proxy.example:3128 HTTPS_PROXY'],
		[https, { HTTPS_PROXY: 'proxy.example' }, 'http proxy.example:80 HTTPS_PROXY'],
		[https, { HTTPS_PROXY: 'http://[2001:db8::1]:3128' }, 'http 2001:db8::1:3128 HTTPS_PROXY'],
		[https, { HTTPS_PROXY: 'ftp://proxy.example' }, 'broken HTTPS_PROXY'],
		[https, { HTTPS_PROXY: 'http://' }, 'broken HTTPS_PROXY'],
		[https, { HTTPS_PROXY: 'proxy.example', NO_PROXY: '.example' }, 'none'],
		[https, { HTTPS_PROXY: 'proxy.example', no_proxy: '', NO_PROXY: '*' }, 'http proxy.example:80 HTTPS_PROXY'],
		['http://localhost:9090', { HTTP_PROXY: 'proxy.example' }, 'none'],
		['http://loki.localhost', { HTTP_PROXY: 'proxy.example' }, 'none'],
		['http://127.0.0.53', { HTTP_PROXY: 'proxy.example' }, 'none'],
		['http://[::1]:9090', { HTTP_PROXY: 'proxy.example' }, 'none'],
	])('%s with %j: %s', (url, env, meant) => {
		expect(chosen(url, env)).toBe(meant);
	});

	test('the one of the profile, even to this machine', () => {
		expect(
			proxyFor('http://127.0.0.1', { proxy: 'socks5://on:call%21@proxy.example', env: { NO_PROXY: '*' } }),
		).toEqual({
			scheme: 'socks',
			host: 'proxy.example',
			port: 1080,
			login: { user: 'on', password: 'call!' },
		});
	});
});
