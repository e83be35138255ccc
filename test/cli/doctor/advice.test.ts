import { describe, expect, test } from 'vitest';
import { adviceOn } from '../../../src/cli/doctor/advice.ts';
import { adviceText, textOf } from '../../../src/cli/doctor/doctor-text.ts';
import type { Examined, Vitals } from '../../../src/cli/doctor/examined.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { endpointOf, plain, wellOf } from './ward.ts';

const { at } = wellOf();
const minute = 60_000;
const day = 24 * 60 * minute;

const advised = (...examined: readonly Examined[]) =>
	adviceOn(examined, 5000).map(({ severity, what, next }) => `${severity}: ${what} ${next}`);

const logs: Extract<Vitals, { kind: 'logs' }> = {
	kind: 'logs',
	newest: at - 2000,
	labels: ['service_name', 'namespace'],
	services: { label: 'service_name', count: 8 },
	identifiers: { lines: 300, requests: [{ name: 'request_id', origin: 'line', share: 0.62 }], traces: [] },
	structuredMetadata: true,
	patterns: true,
	tail: true,
};

const metrics: Extract<Vitals, { kind: 'metrics' }> = {
	kind: 'metrics',
	newest: at - 8000,
	conventions: [{ name: 'Micrometer HTTP server', metric: 'http_server_requests_seconds_count', services: 4 }],
	exemplars: true,
	nativeHistograms: true,
};

const prometheus = endpointOf('prometheus', 'https://metrics.example/prometheus');

describe('advice', () => {
	test.each<[string, Partial<Examined>, readonly string[]]>([
		['all is well', { vitals: logs }, []],
		[
			'a certificate that ends soon',
			{ certificate: { expires: at + 5.5 * day } },
			[
				'warning: The certificate of Loki at logs.example expires in 5 days, on 2026-11-27. Have it renewed before connections fail.',
			],
		],
		['a certificate that holds', { certificate: { expires: at + 14.1 * day } }, []],
		[
			'a certificate that nobody checks, and that is over',
			{
				certificate: { expires: at - 2.5 * day },
				admission: { credentials: [], tenants: [], isUnverified: true, isReadable: false, isTokenReadable: false },
			},
			[
				'warning: The certificate of Loki at logs.example expired on 2026-11-19. Have it renewed before connections fail.',
				'warning: Nobody checks the certificate of Loki at logs.example: whoever answers is believed. Name its authority in profile night: loki.tls.ca, and take tls.skipVerify away.',
			],
		],
		[
			'credentials in the open',
			{
				admission: {
					credentials: ['password'],
					tenants: [],
					isUnverified: false,
					isReadable: true,
					isTokenReadable: false,
				},
			},
			[
				'warning: The password for Loki at logs.example can be read on the way: the URL is http. Write https in profile night: loki.url, or go through ssh: profile night: loki.tunnel.ssh.',
			],
		],
		[
			'a token server over HTTP',
			{
				admission: {
					credentials: ['bearer token'],
					tenants: [],
					isUnverified: false,
					isReadable: false,
					isTokenReadable: true,
				},
			},
			[
				'warning: The client secret for the token server of Loki at logs.example, and the token, can be read on the way: its URL is http. Write https in profile night: loki.auth.tokenUrl.',
			],
		],
		['a clock that may be right', { knocked: { skew: { least: -200, most: 900 } } }, []],
		['a clock that is five seconds ahead at least', { knocked: { skew: { least: 5000, most: 6000 } } }, []],
		[
			'a clock that is ahead',
			{ knocked: { skew: { least: 5001, most: 6000 } } },
			[
				'warning: The clock of Loki at logs.example is 5 s ahead of ours. Compare both with a time server (chronyc tracking, or timedatectl).',
			],
		],
		[
			'a clock that is behind',
			{ knocked: { skew: { least: -3_601_000, most: -3_600_000 } } },
			[
				'warning: The clock of Loki at logs.example is 1 h 00 m behind ours. Compare both with a time server (chronyc tracking, or timedatectl).',
			],
		],
		[
			'old lines',
			{ vitals: { ...logs, newest: at - 16 * minute } },
			[
				'warning: The newest line of Loki at logs.example is 16 m 00 s old. Check the shippers that send it logs, and the tenant.',
			],
		],
		[
			'lines of the future',
			{ vitals: { ...logs, newest: at + 2 * minute } },
			[
				'warning: The newest line of Loki at logs.example is 2 m 00 s ahead of our clock. Compare this clock, and that of whoever wrote it, with a time server.',
			],
		],
		[
			'no lines',
			{ vitals: { ...logs, newest: 'none', identifiers: undefined } },
			[
				'warning: Loki at logs.example has no line of the last 24 h. Check the shippers that send it logs, and the tenant.',
			],
		],
		[
			'lines of nobody, and what Loki lacks',
			{
				vitals: {
					...logs,
					identifiers: { lines: 300, requests: [], traces: [] },
					patterns: false,
					structuredMetadata: false,
					tail: undefined,
				},
			},
			[
				'hint: None of the newest 300 lines of Loki at logs.example names a request or a trace. Let services log trace_id and request_id, as a field or in structured metadata.',
				'hint: Loki at logs.example lacks patterns: patterns are found in the lines that were read. Set pattern_ingester.enabled in Loki.',
				'hint: Loki at logs.example lacks structured metadata: IDs are looked for in the lines themselves. Send logs by OTLP, or set limits_config.allow_structured_metadata in Loki.',
			],
		],
		[
			'no request metrics',
			{ endpoint: prometheus, vitals: { ...metrics, conventions: [], exemplars: undefined } },
			[
				'warning: No service in Prometheus at metrics.example has request metrics of a known kind, so its panels stay empty. See what it holds: smokejumper cardinality.',
			],
		],
		[
			'what VictoriaMetrics never has, which nobody can mend',
			{
				endpoint: prometheus,
				knocked: { product: { name: 'VictoriaMetrics' } },
				vitals: { ...metrics, exemplars: false, nativeHistograms: false },
			},
			[],
		],
		[
			'time that was over',
			{ isCut: true },
			['warning: Loki at logs.example did not tell all within 5 s. Run it again, or allow more: --timeout 15s.'],
		],
		[
			'a failure in a profile, with the key that mends it',
			{
				knocked: {
					failure: {
						kind: 'unauthorized',
						what: 'Loki at logs.example refused the credentials (401).',
						words: 'Unauthorized',
						next: 'Check the credentials and the tenant in profile night.',
					},
				},
			},
			[
				'bad: Loki at logs.example refused the credentials (401). It said: Unauthorized. Check the credentials and the tenant in profile night. The key is loki.auth: smokejumper profile edit night.',
			],
		],
		...(
			[
				['The proxy at p.example:3128, on the way to Loki', 'Check proxy of loki in profile night.', 'loki.proxy'],
				['The proxy at p.example:3128, on the way to Loki', 'Check HTTPS_PROXY.', undefined],
				["Loki's token server at t.example:80", 'Check tokenUrl in profile night: loki.auth.', 'loki.auth'],
				['Loki at logs.example', 'Check that it runs, and socket of loki in profile night.', 'loki.socket'],
				['Loki at logs.example', 'Check that it runs, and the port in profile night.', 'loki.url'],
			] as const
		).map(([who, next, key]): [string, Partial<Examined>, readonly string[]] => [
			`a failure of ${who}: ${next}`,
			{ knocked: { failure: { kind: 'refused', what: `${who} refused the connection.`, next } } },
			[
				`bad: ${who} refused the connection. ${next}${key === undefined ? '' : ` The key is ${key}: smokejumper profile edit night.`}`,
			],
		]),
		[
			'a Grafana without data sources',
			{ endpoint: endpointOf('grafana', 'https://grafana.example'), vitals: { kind: 'sources', dataSources: [] } },
			[
				'bad: Grafana at grafana.example has no data source for Prometheus, Alertmanager, Loki, Tempo or Jaeger that its token may see. Check the permissions of the token in profile night.',
			],
		],
	])('%s', (_, examined, advice) => {
		expect(advised(wellOf(examined))).toEqual(advice);
	});

	test('is given worst first, whoever it is about', () => {
		const down = wellOf({
			endpoint: endpointOf('tempo', 'http://traces.example'),
			knocked: { failure: { kind: 'refused', what: 'Tempo refused.', next: 'Press R to ask again.' } },
		});
		const old = wellOf({ vitals: { ...logs, newest: at - 16 * minute, patterns: false } });
		expect(adviceOn([old, down], 5000).map(({ severity, backend }) => `${severity} ${backend}`)).toEqual([
			'bad tempo',
			'warning loki',
			'hint loki',
		]);
		expect(advised(down)[0]).not.toContain('R to ask');
	});

	test('tells of members of an Alertmanager cluster that nobody asks', () => {
		const replica = (url: string) =>
			wellOf({
				endpoint: endpointOf('alertmanager', url),
				vitals: { kind: 'alerts', cluster: { status: 'ready', members: 3 } },
			});
		const [one, two, three] = [replica('http://a.example'), replica('http://b.example'), replica('http://c.example')];
		expect(advised(one, two, three)).toEqual([]);
		expect(advised(one, two)).toEqual([
			'hint: The cluster of Alertmanager has 3 members, of which 2 are asked. Write all of them in profile night: alertmanager.url, so that alerts are seen while one is down.',
		]);
	});
});

describe('the line of a backend', () => {
	const full = wellOf({
		certificate: { expires: at + 63 * day },
		admission: {
			credentials: ['bearer token'],
			tenants: ['orders', 'edge'],
			isUnverified: false,
			isReadable: false,
			isTokenReadable: false,
		},
		knocked: { product: { name: 'Loki', version: '3.4.6' }, skew: { least: -300, most: 700 } },
		vitals: logs,
	});

	test('tells all in 80 columns', () => {
		expect(textOf(full, 5000, plain(80))).toMatchInlineSnapshot(`
			"ok    Loki at logs.example: Loki 3.4.6; answers in 12 ms; newest line 2 s old;
			      certificate good for 63 d; takes the bearer token; tenants orders and
			      edge; clock right; 8 services by service_name; labels namespace; newest
			      300 lines: 62 % with a request ID (request_id), none with a trace ID
			"
		`);
	});

	test('is never wider than the terminal', () => {
		for (const width of [40, 60, 80, 200]) {
			const lines = textOf(full, 5000, plain(width)).split('\n');
			expect(lines.filter(line => line.length > width)).toEqual([]);
		}
	});

	test('obeys no server and shows no secret of its own', () => {
		const hostile = wellOf({
			knocked: {
				product: {
					name: '\x1b[31mLoki\x07',
					version: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXRleHQ',
				},
			},
			vitals: { ...logs, labels: ['a\x1b]0;owned\x07b'] },
		});
		const text = textOf(hostile, 5000, plain(200));
		expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
		expect(text).not.toContain('eyJhbGciOiJIUzI1NiJ9');
	});

	test('is plain ASCII where nothing else is shown', () => {
		const writing = { ...plain(80), theme: createTheme('none', false) };
		const text = textOf(wellOf({ knocked: { product: { name: 'Lökí', version: '3' } } }), 5000, writing);
		expect(text).toMatch(/^[\n -~]+$/);
		expect(text).toContain('Loki 3');
	});

	test('marks in red what is not checked, on a terminal', () => {
		const writing = { theme: createTheme('16', true), width: 200, isStyled: true };
		const unchecked = { ...full.admission, isUnverified: true };
		expect(textOf({ ...full, admission: unchecked }, 5000, writing)).toContain(
			'\x1b[1;31mcertificate NOT CHECKED;\x1b[m',
		);
	});
});

test('where nothing is wrong there is nothing to mend', () => {
	expect(adviceText(adviceOn([wellOf({ vitals: logs })], 5000), plain(80))).toBe('Nothing to mend.\n');
});
