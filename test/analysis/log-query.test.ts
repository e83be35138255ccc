import { describe, expect, test } from 'vitest';
import { isAtLeast, levelOfNumber } from '../../src/analysis/log-level.ts';
import { identityQueries, levelQueries } from '../../src/analysis/log-query.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { LogEntry, LogLevel } from '../../src/model/log-entry.ts';
import { asking, lineAt, logStore } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const from = BigInt(noon - 1000) * 1_000_000n;
const range = { from, to: from + 60_000_000_000n };

const passes = async (entry: LogEntry, level: LogLevel): Promise<boolean> => {
	const { source } = logStore([entry]);
	const pages = await Promise.all(
		levelQueries('{app="a"}', level).map(logql =>
			source.logs({ logql, range, limit: 10, direction: 'backward' }, asking),
		),
	);
	return pages.some(({ value }) => value.entries.length > 0);
};

describe('what Loki is asked for by level never loses a line of that level', () => {
	test.each<[string, LogLevel]>([
		['{"level":50,"msg":"x"}', 'error'],
		['{"level": 60, "msg":"x"}', 'error'],
		['{"level":"50","msg":"x"}', 'error'],
		['{"short_message":"x","level":3}', 'error'],
		['{"severity":"ALERT","message":"x"}', 'error'],
		['{"severityNumber":17,"body":"x"}', 'error'],
		['{"level_value":40000,"message":"x"}', 'error'],
		['{"levelno":40,"message":"x"}', 'error'],
		['{"levelno":30,"message":"x"}', 'warn'],
		['{"level_value":30000,"message":"x"}', 'warn'],
		['{"severity_number":13,"body":"x"}', 'warn'],
		['{"level":"err","msg":"x"}', 'error'],
		['{"s":"E","msg":"x"}', 'error'],
		['{"LogLevel":"Critical","Message":"x"}', 'error'],
		['level=50 msg=x', 'error'],
		['level=dpanic msg=x', 'error'],
		['E0504 12:00:00.000000 1 a.go:1] x', 'error'],
		['F0504 12:00:00.000000 1 a.go:1] x', 'error'],
		['fail: Shop.Cart[0]', 'error'],
		['java.lang.IllegalStateException: x', 'error'],
		['10.0.0.7 - - [4/May/2026:12:00:00 +0000] "GET /a HTTP/1.1" 503 1 "-" "c"', 'error'],
		['{"level":40,"msg":"x"}', 'warn'],
		['{"level":"wrn","msg":"x"}', 'warn'],
		['W0504 12:00:00.000000 1 a.go:1] x', 'warn'],
		['{"short_message":"x","level":4}', 'warn'],
	])('%s', async (line, level) => {
		const entry = lineAt(noon, { app: 'a' }, line, { detected_level: 'info' });
		expect(isAtLeast(recordOf(entry).level, level)).toBe(true);
		expect(await passes(entry, level)).toBe(true);
	});

	test.each([{ severity_text: 'ERROR' }, { detected_level: 'critical' }, { level: 'Fatal' }])(
		'%j beside the line',
		async metadata => {
			expect(await passes(lineAt(noon, { app: 'a' }, 'plain', metadata), 'error')).toBe(true);
		},
	);

	test.each(['{"level":30,"msg":"fine"}', '{"level":20,"msg":"fine"}', 'level=info msg=fine'])(
		'and leaves %s behind',
		async line => {
			expect(await passes(lineAt(noon, { app: 'a' }, line), 'warn')).toBe(false);
		},
	);
});

test.each([
	[17, 'severity_number', 'error'],
	[4, 'level', 'warn'],
	[40_000, 'level_value', 'error'],
	[50, 'levelno', 'fatal'],
	[50, 'level', 'error'],
	[500, 'severity', 'error'],
	[0, 'level', undefined],
	[1.5, 'level', undefined],
	[-4, 'level', 'debug'],
])('%d as %s is %s', (value, name, level) => {
	expect(levelOfNumber(value, name)).toBe(level);
});

test('a request is asked for by the fields beside the line and by its text', () => {
	expect(identityQueries('{app="a"}', { requests: ['r"1'], traces: [] })[1]).toBe('{app="a"} |= "r\\"1"');
	const [fields, text] = identityQueries('{app="a"}', { requests: [], traces: ['ab', 'c.d'] });
	expect(fields).toMatch(/^\{app="a"\} \| trace_id=~"ab\|c\\\\\.d" or /);
	expect(text).toBe('{app="a"} |~ "ab|c\\\\.d"');
});
