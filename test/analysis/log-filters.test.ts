import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	chipText,
	fieldFilter,
	formatFilter,
	isServerSide,
	narrowingOf,
	parseFilter,
	passes,
	withFilter,
} from '../../src/analysis/log-filters.ts';
import { narrowedQuery } from '../../src/analysis/log-query.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { parseLogql } from '../../src/demo/loki/parse-logql.ts';
import { pipelineOf, selectorOf } from '../../src/demo/loki/pipeline.ts';
import type { LogEntry, LogField, LogRecord } from '../../src/model/log-entry.ts';
import type { LogFilter } from '../../src/model/place.ts';
import { lineAt } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const filter = (text: string): LogFilter => {
	const parsed = parseFilter(text);
	if (parsed === undefined) throw new Error(`${text} is no filter`);
	return parsed;
};
const queryOf = (selector: string, ...filters: readonly string[]): string =>
	narrowedQuery(selector, {}, narrowingOf(filters.map(filter)));

describe('what the selector demands is not demanded twice', () => {
	test.each([
		['{app="x"}', ['label:app=x'], '{app="x"}'],
		['{app=`x`, pod="b"}', ['label:app=x', 'label:pod=a'], '{app=`x`, pod="b", pod="a"}'],
		['{app="x"} | json', ['label:app=x', 'label:pod=a'], '{app="x"} | json | pod="a"'],
		['{app=~"x|y"}', ['label:app=x'], '{app=~"x|y", app="x"}'],
		['{app="x"}', ['label:app!=x'], '{app="x", app!="x"}'],
		['{app="x"} |= `{pod="a"}`', ['label:pod=a'], '{app="x"} |= `{pod="a"}` | pod="a"'],
	])('%s with %j', (selector, filters, query) => {
		expect(queryOf(selector, ...filters)).toBe(query);
	});
});

describe('filters make LogQL in the cheap order', () => {
	test.each([
		[['label:pod=a'], '{app="x", pod="a"}'],
		[['label:pod!=a', 'label:zone=b'], '{app="x", pod!="a", zone="b"}'],
		[['metadata:trace_id=ab'], '{app="x"} | trace_id="ab"'],
		[
			['|=timed out', '!=healthz', '|~5\\d\\d', '!~GET|HEAD'],
			'{app="x"} |= "timed out" != "healthz" |~ "5\\\\d\\\\d" !~ "GET|HEAD"',
		],
		[['json:status=500'], '{app="x"} |= "500" | json status_field="status" | status_field="500"'],
		[['json:status!=500'], '{app="x"} | json status_field="status" | status_field!="500"'],
		[['json:path=/a/b'], '{app="x"} | json path_field="path" | path_field="/a/b"'],
		[
			['json:req.id=77'],
			'{app="x"} |= "77" | json req_id_field="req.id", req_id_flat_field="[\\"req.id\\"]" | req_id_field="77" or req_id_flat_field="77"',
		],
		[['logfmt:dur=9ms'], '{app="x"} |= "9ms" | logfmt dur_field="dur" | dur_field="9ms"'],
		[
			['json:a=xx', '|=yy', 'metadata:m=1', 'label:l=2', 'logfmt:b=zz'],
			'{app="x", l="2"} | m="1" |= "xx" |= "yy" |= "zz" | json a_field="a" | logfmt b_field="b" | a_field="xx" | b_field="zz"',
		],
		[['thread=main'], '{app="x"} |= "main"'],
		[['thread!=main'], '{app="x"}'],
		[['label:offset=1'], '{app="x"} | label_format offset_field="{{.offset}}" | offset_field="1"'],
	])('%j', (filters, query) => {
		expect(queryOf('{app="x"}', ...filters)).toBe(query);
	});

	test('behind the stages of a typed query, tests on labels stand among the fields', () => {
		expect(queryOf('{app="x"} |= "}" | json', 'label:pod=a', '|=b')).toBe('{app="x"} |= "}" | json | pod="a" |= "b"');
	});
});

const written: readonly LogEntry[] = [
	lineAt(
		noon,
		{ app: 'x', pod: 'a' },
		'{"level":50,"msg":"sunk","status":500,"req":{"id":"r-1"},"x-id":"q","log.level":"error"}',
	),
	lineAt(noon + 1, { app: 'x', pod: 'b' }, '{"level":30,"msg":"fine","status":200,"req.id":"r-1","ok":true}', {
		trace_id: 'ab',
	}),
	lineAt(noon + 2, { app: 'x', pod: 'a' }, 'level=warn msg="quite slow" status=500 path=/a/b dur=9ms'),
	lineAt(noon + 3, { app: 'x', pod: 'c' }, 'level=info msg=fine status=200 path=/a/b', { trace_id: 'ab' }),
	lineAt(noon + 4, { app: 'x', pod: 'a' }, '2026-05-04 12:00:00,123 ERROR [main] c.e.Pier : sunk status=500'),
	lineAt(noon + 5, { app: 'x', pod: 'b' }, '{"log":"{\\"level\\":50,\\"status\\":500}\\n","stream":"stderr"}'),
	lineAt(noon + 6, { app: 'x', pod: 'b' }, '2026-05-04T12:00:00.123456789Z stdout F level=info status=500'),
	lineAt(noon + 7, { app: 'x', pod: 'a' }, ''),
];
const records = written.map(entry => recordOf(entry));

const valuesOf = (record: LogRecord): readonly LogField[] => [
	...record.fields,
	...Object.entries(record.entry.labels).map(([name, value]): LogField => ({ name, value, origin: 'label' })),
];

/** What a server gives for the filters, and of that what passes here. */
function found(filters: readonly LogFilter[]): readonly LogRecord[] {
	const query = parseLogql(narrowedQuery('{app="x"}', {}, narrowingOf(filters)));
	if (query.kind !== 'logs') throw new Error('not a log query');
	const selects = selectorOf(query.selector);
	const pipeline = pipelineOf(query.stages);
	return records.filter(
		record => selects(record.entry.labels) && pipeline(record.entry) !== undefined && passes(record, filters),
	);
}

const cases = records.flatMap(record =>
	valuesOf(record).map(field => [field.name, field.value, record, field] as const),
);

describe('a field of a line', () => {
	test.each(cases)(
		'%s=%s: kept, its own line is there; hidden, it is not, and none without it is lost',
		(_, __, record, field) => {
			const keep = fieldFilter(record, field, false);
			const hide = fieldFilter(record, field, true);
			const kept = found([keep]);
			expect(kept).toContain(record);
			for (const each of kept) {
				expect(valuesOf(each).map(({ name, value }) => `${name}=${value}`)).toContain(`${field.name}=${field.value}`);
			}
			expect(found([hide])).not.toContain(record);
			const without = records.filter(
				each => !valuesOf(each).some(({ name, value }) => name === field.name && value === field.value),
			);
			expect(found([hide])).toEqual(expect.arrayContaining([...without]));
		},
	);

	test.each([
		[0, 'status', 'json'],
		[2, 'status', 'logfmt'],
		[4, 'status', undefined],
		[5, 'status', undefined],
		[6, 'status', undefined],
	])('of line %d, %s is asked of a parser: %s', (index, name, origin) => {
		const record = records[index];
		const field = record?.fields.find(each => each.name === name);
		if (record === undefined || field === undefined) throw new Error('no such field');
		const kept = fieldFilter(record, field, false);
		expect(kept.test).toMatchObject({ name });
		expect('origin' in kept.test ? kept.test.origin : undefined).toBe(origin);
		expect(isServerSide([kept])).toBe(origin !== undefined);
	});
});

describe('the list of filters', () => {
	test('takes a test once, and an opposite for its opposite', () => {
		const both = withFilter(withFilter([filter('a=1'), filter('b=2')], filter('a=1')), filter('b!=2'));
		expect(both.map(chipText)).toEqual(['a=1', 'b!=2']);
	});

	test.each([
		['|=a b', '"a b"'],
		['!=a', 'not "a"'],
		['|~a.b', '/a.b/'],
		['|>took <dur> by <_>', 'like took <dur> by <_>'],
		['!>took <dur>', 'not like took <dur>'],
		['json:req.id=7', 'req.id=7'],
		['label:pod!=', 'pod!=""'],
		['"a b"=c', 'a b=c'],
	])('%s is the chip %s', (text, chip) => {
		expect(chipText(filter(text))).toBe(chip);
	});

	test.each(['', 'status', '=5', '|=', '!~', 'a b=c', '"a=b'])('%j is none', text => {
		expect(parseFilter(text)).toBeUndefined();
	});

	test('any filter reads back what was written', () => {
		const text = fc.string({ minLength: 1, unit: 'binary' });
		const field = fc.record({ kind: fc.constant('field' as const), name: text, value: fc.string({ unit: 'binary' }) });
		fc.assert(
			fc.property(field, fc.boolean(), (drawn, hide) => {
				const written: LogFilter = hide ? { hide: true, test: drawn } : { test: drawn };
				expect(parseFilter(formatFilter(written))).toEqual(written);
			}),
		);
	});
});
