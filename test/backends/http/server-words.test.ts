import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../src/backends/server-words.ts';

describe("a server's own words", () => {
	test.each([
		['nothing', '', undefined],
		['white space', ' \n', undefined],
		['text', 'too many outstanding requests\n', 'too many outstanding requests'],
		['an envelope of Prometheus', '{"status":"error","errorType":"execution","error":"boom"}', 'boom'],
		['a JSON string of Alertmanager', '"bad matcher format: x"', 'bad matcher format: x'],
		['an object of go-openapi', '{"code":612,"message":"matchers in body"}', 'matchers in body'],
		['AWS', '{"Message":"Rate exceeded"}', 'Rate exceeded'],
		['an error inside an error', '{"error":{"httpCode":400,"message":"bad id"}}', 'bad id'],
		['JSON without words', '{"status":"error"}', '{"status":"error"}'],
		['what only begins like JSON', '{service="a"} is no query', '{service="a"} is no query'],
		['a web page', '<html><title>\n Bad\n Gateway </title></html>', 'Bad Gateway'],
		['a web page with 2 MB of titles that do not end', `<html>${'<title '.repeat(300_000)}`, undefined],
		['a web page without a title', '<!doctype html><p>no</p>', undefined],
	])('%s', (_, body, words) => {
		expect(wordsOf({ body }).words).toBe(words);
	});
});

describe('where in the query a server stumbled', () => {
	test.each([
		['Prometheus', 'invalid parameter "query": 1:10: parse error: unexpected', 'sum(rate(', { line: 1, column: 10 }],
		['Prometheus, bytes', '1:8: parse error: x', '"ü€" + }', { line: 1, column: 5 }],
		['Prometheus, beyond the Basic Multilingual Plane', '1:7: parse error: x', '"🔥"}', { line: 1, column: 4 }],
		['Prometheus, second line', '2:4: parse error: x', 'sum(\nüü}', { line: 2, column: 3 }],
		['Prometheus, without the query', '2:4: parse error: x', undefined, { line: 2, column: 4 }],
		['Loki', 'parse error at line 1, col 14: syntax error: unexpected IDENTIFIER', '', { line: 1, column: 14 }],
		['Tempo', 'invalid TraceQL query: parse error at line 2, col 5: unexpected', '', { line: 2, column: 5 }],
		['nobody', 'parse error : queries require at least one matcher', '', undefined],
		['a time of day', 'started at 10:15: not ready', '', undefined],
	])('%s', (_, body, query, position) => {
		expect(wordsOf({ body }, query).position).toEqual(position);
	});
});
