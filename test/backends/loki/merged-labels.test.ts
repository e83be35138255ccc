import { describe, expect, test } from 'vitest';
import { labelSorter } from '../../../src/backends/loki/merged-labels.ts';
import { entriesOf } from '../../../src/backends/loki/to-model.ts';

const stream = { app: 'ledger', job: 'money/ledger', namespace: 'money' };

describe('what Loki before 3.0 sends among the labels of a stream', () => {
	test.each([
		[
			'JSON',
			'{app="ledger"} | json',
			'{"level":"error","msg":"no \\"app\\" at /app/tx.go","req":{"method":"POST"},"logger":"ledger.tx","ts":1.5}',
			{ level: 'error', msg: 'no "app" at /app/tx.go', req_method: 'POST', logger: 'ledger.tx', ts: '1.5' },
		],
		[
			'logfmt',
			'{app="ledger"} |= "x" | logfmt',
			'level=info x-id=7 msg="a b"',
			{ level: 'info', x_id: '7', msg: 'a b' },
		],
		['a name that a stage gives', '{app="ledger"} | json way="req.path"', '{"req":{"path":"/a"}}', { way: '/a' }],
		['a pattern', '{app="ledger"} | pattern "<ip> <verb> <_>"', '10.0.0.7 GET /a', { ip: '10.0.0.7', verb: 'GET' }],
		['a label that was there already', '{app="ledger"} | json', '{"app":"other"}', { app_extracted: 'other' }],
		['a failure of the parser', '{app="ledger"} | json', 'plain', { __error__: 'JSONParserErr' }],
	])('is told apart: %s', (_, query, line, parsed) => {
		expect(labelSorter(query)?.({ ...stream, ...parsed }, line)).toEqual({ labels: stream, parsed });
	});

	test('is all of the stream where the query finds nothing', () => {
		expect(labelSorter('{app="ledger"} |= "json" | trace_id="7"')).toBeUndefined();
	});
});

test('lines of an answer without categories have but the labels of their stream', () => {
	const merged = { stream: { ...stream, amount: '7' }, values: [['1795336565117000000', '{"amount":7}']] } as const;
	const [entry] = entriesOf([merged], '{app="ledger"} | json');
	expect([entry?.labels, entry?.parsed]).toEqual([stream, { amount: '7' }]);
});
