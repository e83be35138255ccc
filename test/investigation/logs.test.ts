import { describe, expect, test } from 'vitest';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, minute } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const trace = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';
const window = fixed(noon - 5 * minute, noon);

const pier = { service_name: 'pier', app: 'pier' };
const quay = { service_name: 'quay' };
const buoy = { service_name: 'buoy' };

const find = async (
	place: Partial<LogsPlace>,
	entries: readonly LogEntry[],
	refuse?: (logql: string) => boolean,
): Promise<{ findings: LogsFindings; asked: readonly string[]; steps: readonly LogsFindings[] }> => {
	const store = logStore(entries, refuse);
	const world = { sources: logsOnly(store.source), now: () => noon };
	const steps: LogsFindings[] = [];
	const publish = (findings: LogsFindings) => {
		steps.push(findings);
	};
	await investigateLogs({ kind: 'logs', window, ...place }, world, noLogsFindings, publish, asking);
	return { findings: steps.at(-1) ?? noLogsFindings, asked: store.asked, steps };
};

const messagesOf = (findings: LogsFindings) => lastValueOf(findings.records)?.records.map(({ message }) => message);
const rungsOf = (findings: LogsFindings) =>
	lastValueOf(findings.ladder)?.map(({ key, found }) => `${key ?? '-'} ${found}`);

test('the lines of a request are found in streams that no label joins', async () => {
	const lines = [{ job: 'edge' }, { container: 'pier' }, { app: 'quay' }].map((labels, index) =>
		lineAt(noon - 3000 + index * 1000, labels, `request_id=${request} msg="line ${index}"`),
	);
	const { findings } = await find({ request }, lines);
	expect(messagesOf(findings)).toEqual(['line 0', 'line 1', 'line 2']);
	expect(lastOf(findings.target)?.notes).toEqual([]);
});

describe('the logs of a service', () => {
	test.each([
		['by service_name', { service_name: 'pier' }, '{service_name="pier"}'],
		['by app', { app: 'pier' }, '{app="pier"}'],
		['by container', { container: 'pier', namespace: 'port' }, '{container="pier"}'],
		['by a job with its namespace', { job: 'port/pier' }, '{job=~"(?:.+/)?pier"}'],
		['by unit', { unit: 'pier.service' }, '{unit="pier.service"}'],
		['by pod', { pod: 'pier-6f7c9-x' }, '{pod=~"pier-[0-9a-z].*"}'],
	])('are found %s', async (_, labels, selector) => {
		const { findings } = await find({ service: 'pier' }, [lineAt(noon - 1000, labels, 'hello')]);
		expect(lastValueOf(findings.target)).toMatchObject({ selector, queries: [selector] });
		expect(messagesOf(findings)).toEqual(['hello']);
	});

	test('by the surest label, and the others are named', async () => {
		const { findings } = await find({ service: 'pier' }, [lineAt(noon - 1000, pier, 'hello')]);
		expect(lastValueOf(findings.target)).toMatchObject({
			reason: '1 stream of the window has service_name pier.',
			others: ['{app="pier"}'],
		});
	});

	test('say which services there are when none is called so', async () => {
		const entries = [lineAt(noon - 1000, quay, 'a'), lineAt(noon - 900, { service_name: 'pier-api' }, 'b')];
		const { findings } = await find({ service: 'pier' }, entries);
		expect(lastValueOf(findings.target)?.near).toEqual(['pier-api', 'quay']);
		expect(messagesOf(findings)).toEqual([]);
		expect(rungsOf(findings)).toEqual(['- 0 streams in 50m']);
	});

	test('offer a wider window when the streams are older', async () => {
		const { findings } = await find({ service: 'pier' }, [lineAt(noon - 10 * minute, pier, 'a')]);
		expect(rungsOf(findings)).toEqual(['w 1 stream in 50m']);
	});

	test('hold the newest thousand lines and the errors before them, and say so', async () => {
		const many = Array.from({ length: 1500 }, (_, index) =>
			lineAt(
				noon - 200_000 + index * 100,
				pier,
				index % 100 === 7 ? '{"level":50,"msg":"broken"}' : '{"level":30,"msg":"fine"}',
			),
		);
		const { findings } = await find({ service: 'pier' }, many);
		const page = lastValueOf(findings.records);
		expect(page?.records).toHaveLength(1005);
		expect(page?.records.slice(0, 6).map(({ message }) => message)).toEqual([...Array(5).fill('broken'), 'fine']);
		expect(page?.unread).toEqual({ older: many[500]?.at });
		expect(lastOf(findings.records)?.notes).toEqual([
			{ kind: 'partial', text: 'the newest 1000 lines; there are more' },
		]);
		expect(lastValueOf(findings.volume)).toMatchObject({
			levels: 'loki',
			series: [{ labels: { level: 'fatal' }, values: [7] }],
		});
	});

	test('stay when the older errors cannot be had', async () => {
		const many = Array.from({ length: 1000 }, (_, index) => lineAt(noon - 200_000 + index * 100, pier, 'fine'));
		const { findings } = await find({ service: 'pier' }, many, logql => logql.includes('|~') || logql.includes('=~'));
		expect(findings.records.status).toBe('loaded');
		expect(lastOf(findings.records)?.notes.map(({ text }) => text)).toEqual([
			'Older errors are missing. Loki failed (500). Press R to ask again.',
			'the newest 1000 lines; there are more',
		]);
		expect(lastValueOf(findings.records)?.unread).toEqual({ older: many[0]?.at });
	});

	test('say so when there are more older errors than were asked for', async () => {
		const many = Array.from({ length: 1500 }, (_, index) => lineAt(noon - 200_000 + index * 100, pier, 'error: sunk'));
		const { findings } = await find({ service: 'pier' }, many);
		expect(lastValueOf(findings.records)?.records).toHaveLength(1200);
		expect(lastOf(findings.records)?.notes[0]).toEqual({
			kind: 'partial',
			text: 'only 200 older errors read',
		});
	});

	test('of a level have no hole where one of the two questions was cut', async () => {
		const told = Array.from({ length: 1500 }, (_, index) => lineAt(noon - 200_000 + index * 100, pier, 'error: sunk'));
		const older = lineAt(noon - 190_050, pier, 'sunk', { severity_text: 'ERROR' });
		const newer = lineAt(noon - 100_050, pier, 'sunk', { severity_text: 'ERROR' });
		const { findings } = await find({ service: 'pier', level: 'error' }, [...told, older, newer]);
		const page = lastValueOf(findings.records);
		expect(page?.records[0]?.entry.at).toBe(told[500]?.at);
		expect(page?.records).toHaveLength(1001);
		expect(page?.unread).toEqual({ older: told[500]?.at });
	});

	test('are counted by their own level when all of them are here', async () => {
		const entries = [
			lineAt(noon - 2000, pier, '{"level":50,"msg":"broken"}', { detected_level: 'unknown' }),
			lineAt(noon - 1000, pier, '{"level":30,"msg":"fine"}', { detected_level: 'info' }),
		];
		const { findings } = await find({ service: 'pier' }, entries);
		const volume = lastValueOf(findings.volume);
		expect(volume?.levels).toBe('lines');
		expect(volume?.series.map(({ labels, values }) => [labels.level, values])).toEqual([
			['error', [1]],
			['info', [1]],
		]);
	});

	test('lose no error whose level Loki does not know, and keep those it alone knows', async () => {
		const entries = [
			lineAt(noon - 5000, pier, '{"level":50,"msg":"by number"}', { detected_level: 'info' }),
			lineAt(noon - 4000, pier, 'E0504 11:59:56.000000 1 a.go:1] by letter'),
			lineAt(noon - 3000, pier, 'beside the line', { detected_level: 'error', severity_text: 'ERROR' }),
			lineAt(noon - 2000, pier, '{"level":"info","msg":"error rate is 0"}'),
			lineAt(noon - 1000, pier, '{"level":"info","msg":"fine"}'),
		];
		const { findings } = await find({ service: 'pier', level: 'error' }, entries);
		expect(messagesOf(findings)).toEqual(['by number', 'by letter', 'beside the line']);
		expect(lastValueOf(findings.records)?.hidden).toEqual({ lower: 1, unknown: 0, other: 0 });
		expect(lastValueOf(findings.target)?.filtered).toContain('the level is then read from each line itself');
	});

	test('hold no secret', async () => {
		const labels = { ...pier, filename: '/logs?token=k2' };
		const entries = [lineAt(noon - 1000, labels, 'password=hunter2', { api_key: 'k1', request_id: request })];
		const { findings } = await find({ service: 'pier' }, entries);
		const [record] = lastValueOf(findings.records)?.records ?? [];
		expect(JSON.stringify(record?.fields)).not.toMatch(/hunter2|k1/);
		expect(record?.entry.line).toBe('password=[redacted password]');
		expect(record?.entry.labels).toEqual({ ...pier, filename: '/logs?token=[redacted token]' });
		expect(record?.requestId?.value).toBe(request);
		expect(record?.masked).toBe(1);
	});
});

describe('the logs of a request', () => {
	const entries = [
		lineAt(noon - 4000, pier, `{"level":"info","msg":"in","request_id":"${request}","trace_id":"${trace}"}`),
		lineAt(noon - 3000, quay, `2026-05-04 11:59:57.000  WARN [quay,${trace},b7ad6b7169203331] 1 --- [x] a.B : slow`),
		lineAt(noon - 2000, buoy, 'sunk', { trace_id: trace, severity_text: 'ERROR' }),
		lineAt(noon - 1000, pier, `{"level":"error","msg":"out","request_id":"${request}"}`),
		lineAt(noon - 500, pier, '{"level":"info","msg":"another"}'),
	];

	test('are those of every service, also of one that knows only the trace, oldest first', async () => {
		const { findings } = await find({ request }, entries);
		expect(messagesOf(findings)).toEqual(['in', 'slow', 'sunk', 'out']);
		expect(lastValueOf(findings.records)?.unread).toEqual({});
	});

	test('are found by the trace as well', async () => {
		expect(messagesOf((await find({ trace }, entries)).findings)).toEqual(['in', 'slow', 'sunk', 'out']);
	});

	test('are found without the label service_name, which old servers lack', async () => {
		const old = entries.map(entry => ({ ...entry, labels: { job: 'x', app: String(entry.labels.service_name) } }));
		const { findings } = await find({ trace }, old);
		expect(lastValueOf(findings.target)?.selector).toBe('{job=~".+"}');
		expect(messagesOf(findings)).toHaveLength(4);
	});

	test('of one span are those that name it', async () => {
		const { findings } = await find({ trace, span: 'b7ad6b7169203331' }, entries);
		expect(messagesOf(findings)).toEqual(['slow']);
	});

	test('are filtered by the level that each line tells', async () => {
		expect(messagesOf((await find({ trace, level: 'error' }, entries)).findings)).toEqual(['sunk', 'out']);
	});

	test('are given once though they answer both questions', async () => {
		const twice = [lineAt(noon - 1000, pier, `sunk trace_id=${trace}`, { trace_id: trace })];
		expect(messagesOf((await find({ trace }, twice)).findings)).toHaveLength(1);
	});
});

describe('the ladder', () => {
	test('is not climbed while there are lines', async () => {
		const { findings } = await find({ trace }, [lineAt(noon - 1000, pier, trace)]);
		expect(lastValueOf(findings.ladder)).toEqual([]);
	});

	test('offers a wider window', async () => {
		const { findings } = await find({ trace }, [lineAt(noon - 20 * minute, pier, `x ${trace}`)]);
		expect(rungsOf(findings)).toEqual(['w 1 line in 50m', '- 0 lines with the ID spelt in 8 other ways']);
		expect(lastValueOf(findings.ladder)?.[0]?.to).toMatchObject({ trace, window: { kind: 'fixed' } });
	});

	test.each([
		['with dashes', '0af76519-16cd-43dd-8448-eb211c80319c'],
		['in capitals', trace.toUpperCase()],
		['by its low half', '8448eb211c80319c'],
		['as Datadog writes it', '9532127138774266268'],
		["as X-Ray's", '1-0af76519-16cd43dd8448eb211c80319c'],
		['without its zero', trace.slice(1)],
	])('finds the ID spelt %s, and leads there', async (_, spelling) => {
		const { findings } = await find({ trace }, [lineAt(noon - 1000, pier, `x ${spelling} y`)]);
		expect(rungsOf(findings)?.[1]).toMatch(/^i 1 line with the ID spelt/);
		const to = lastValueOf(findings.ladder)?.[1]?.to;
		const found = await find({ ...to }, [lineAt(noon - 1000, pier, `x ${spelling} y`)]);
		expect(messagesOf(found.findings)).toHaveLength(1);
	});

	test('offers every level, every text and the whole trace', async () => {
		const entries = [lineAt(noon - 1000, pier, `level=info msg=x trace_id=${trace}`)];
		const { findings } = await find({ trace, level: 'error' }, entries);
		expect(rungsOf(findings)).toContain('v 1 line of any level');
		const grep = await find({ service: 'pier', filters: [{ test: { kind: 'text', text: 'nothing' } }] }, entries);
		expect(rungsOf(grep.findings)).toContain('x 1 line without "nothing"');
		const span = await find({ trace, span: 'b7ad6b7169203331' }, entries);
		expect(rungsOf(span.findings)).toContain('a 1 line of the whole trace');
	});

	test('says which rung failed and offers the others', async () => {
		const { findings } = await find(
			{ trace, level: 'error' },
			[lineAt(noon - 1000, pier, `level=info ${trace}`)],
			logql => logql.includes('|~'),
		);
		expect(rungsOf(findings)).toContain('v 1 line of any level');
		expect(lastOf(findings.ladder)?.notes[0]?.text).toMatch(/^With the ID spelt in 8 other ways could not be tried\./);
	});
});

describe('a query', () => {
	test('is asked as it was typed, with the text behind it', async () => {
		const { findings, asked } = await find(
			{ query: '{app="pier"} | json', filters: [{ test: { kind: 'text', text: 'x' } }] },
			[lineAt(noon - 1000, pier, '{"a":"x"}')],
		);
		expect(asked).toEqual(['{app="pier"} | json |= "x"']);
		expect(messagesOf(findings)).toHaveLength(1);
	});
});

test('a failure is told once and stands in every pane that hangs on it', async () => {
	const { findings } = await find({ service: 'pier' }, [lineAt(noon - 1000, pier, 'x')], () => true);
	expect(findings.records.status).toBe('failed');
	expect(findings.volume.status).toBe('failed');
	expect(findings.ladder.status).toBe('idle');
});
