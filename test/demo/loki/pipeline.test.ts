import { describe, expect, test } from 'vitest';
import { parseLogql } from '../../../src/demo/loki/parse-logql.ts';
import { pipelineOf, type RawLine } from '../../../src/demo/loki/pipeline.ts';

const run = (stages: string, raw: Partial<RawLine> & { readonly line: string }) => {
	const query = parseLogql(`{app="x"} ${stages}`);
	if (query.kind === 'metric') throw new Error('not a log query');
	return pipelineOf(query.stages)({ labels: { app: 'x' }, metadata: { detected_level: 'info' }, ...raw });
};

const json = '{"status":504,"app":"y","took":"1.5s","req":{"id":"r-1","tags":[1]},"user-agent":"z","empty":null}';
const fields = { status: '504', app_extracted: 'y', took: '1.5s', req_id: 'r-1', user_agent: 'z' };
const unreadable = {
	__error__: 'JSONParserErr',
	__error_details__: "Value looks like object, but can't find closing '}' symbol",
};

describe('the stages of a log query', () => {
	test.each([
		['', 'anything', {}],
		['|= "b"', 'abc', {}],
		['|= "d"', 'abc', undefined],
		['|= "d" or "c"', 'abc', {}],
		['!= "d" or "c"', 'abc', undefined],
		['|~ "^a.c$"', 'abc', {}],
		['|~ "(?i)ABC"', 'xabcx', {}],
		['!~ "B"', 'abc', {}],
		['| json', json, fields],
		['| json | status >= 500', json, fields],
		['| json | status < 500', json, undefined],
		['| json | status = 504 and req_id = "r-1"', json, fields],
		['| json | took > 1400ms', json, fields],
		['| json | absent > 1', json, undefined],
		['| json | absent = ""', json, fields],
		['| json | user_agent =~ "z|q"', json, fields],
		['| json | user_agent =~ "z." or status = 504', json, fields],
		['| json', 'plain text', unreadable],
		['| json | status >= 500', 'plain text', unreadable],
		['| json | __error__ = ""', 'plain text', undefined],
		['| logfmt', 'a=1 b="two words" c= d e.f="q\\"q"', { a: '1', b: 'two words', e_f: 'q"q' }],
		['| logfmt | a = 1', 'prefix a=1', { a: '1' }],
		['| detected_level = "info"', 'anything', {}],
		['| detected_level = "error"', 'anything', undefined],
	])('%s on %s', (stages, line, expected) => {
		expect(run(stages, { line })).toEqual(expected);
	});

	test('a value that is no number is marked and kept, as Loki does', () => {
		expect(run('| logfmt | a > 1', { line: 'a=many' })).toMatchObject({ a: 'many', __error__: 'LabelFilterErr' });
	});

	test('a parser stage finds in a recorded line what the real server found', async () => {
		const { recording } = await import('../recordings.ts');
		const streams = ['streams-json-categorized', 'streams-logfmt', 'streams-parse-error'].flatMap(name => {
			const { request, response } = recording('loki-3.4.6', name);
			const answer = response.json as {
				data: {
					result: { stream: object; values: [string, string, { structuredMetadata: object; parsed: object }][] }[];
				};
			};
			return answer.data.result.map(stream => ({ ...stream, query: String(request.query.query) }));
		});
		for (const { query, stream, values } of streams) {
			const parsed = parseLogql(query);
			if (parsed.kind === 'metric') throw new Error('not a log query');
			for (const [, line, { structuredMetadata, parsed: expected }] of values) {
				const labels = { ...stream } as Record<string, string>;
				const metadata = { ...structuredMetadata } as Record<string, string>;
				expect(pipelineOf(parsed.stages)({ line, labels, metadata })).toEqual(expected);
			}
		}
		expect(streams.length).toBeGreaterThan(3);
	});
});
