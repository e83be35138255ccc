import { describe, expect, test } from 'vitest';
import { foldRunsOf } from '../../src/analysis/fold-runs.ts';
import { commonName, withoutNumbers } from '../../src/analysis/numbered-names.ts';
import { patternWords } from '../../src/analysis/run-words.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

test.each([
	[['SELECT seats', 'SELECT seats'], 'SELECT seats'],
	[['shard-1', 'shard-3', 'shard-2'], 'shard-1..3'],
	[['shard-08', 'shard-09', 'shard-10'], 'shard-08..10'],
	[['shard-1', 'shard-3'], 'shard-*'],
	[['GET /v1/items/17', 'GET /v1/items/4'], 'GET /v1/items/*'],
	[['GET /a/1/b/1', 'GET /a/2/b/1', 'GET /a/2/b/2'], 'GET /a/*/b/*'],
	[['job 20261123', 'job 20261124'], 'job *'],
	[[], ''],
])('%j have %s in common', (names, common) => {
	expect(commonName(names)).toBe(common);
	expect(new Set(names.map(withoutNumbers)).size).toBeLessThanOrEqual(1);
});

/** The runs of a drawing: `shard-1..3 ×3`. */
const runsOf = (text: string): readonly string[] =>
	foldRunsOf(traceTreeOf(traceFromText(text))).runs.map(({ name, members, slowest }) => {
		return `${slowest.span.service} ${name} ×${members.length}`;
	});

describe('siblings whose names differ by numbers alone', () => {
	test.each([
		['are a run', 's root :====\n  s shard-1 :=\n  s shard-2 :=\n  s shard-3 :==', ['s shard-1..3 ×3']],
		['not across services', 's root :====\n  s shard-1 :=\n  t shard-2 :=\n  s shard-3 :==', []],
		['nor across kinds', 's root :====\n  s shard-1 :=\n  s shard-2 {client} :=\n  s shard-3 :==', []],
		[
			'nor under several parents',
			's root :====\n  s a :==\n    s x-1 :=\n    s x-2 :=\n  s b :  ==\n    s x-3 :  =',
			[],
		],
		[
			'beside runs of one operation, which stay by themselves',
			's root :====\n  s x-1 :=\n  s x-2 :=\n  s x-1 :=\n  s x-3 :=\n  s x-1 :=\n  s x-5 :=',
			['s x-1 ×3', 's x-* ×3'],
		],
		['but not with a name that has no number', 's root :====\n  s x- :=\n  s x-2 :=\n  s x-3 :==', []],
	])('%s', (_, text, runs) => {
		expect(runsOf(text)).toEqual(runs);
	});

	const calls = (names: readonly string[], failed: number) =>
		`s root :${'='.repeat(20)}${names
			.map((name, at) => `\n  s ${name} {client} : ${' '.repeat(2 * at)}=${at < failed ? '!' : ''}`)
			.join('')}`;
	const wordsOf = (text: string) => foldRunsOf(traceTreeOf(traceFromText(text))).runs.map(patternWords);

	test('are calls one after the other, and no tries of one unless their names say so', () => {
		const items = ['GET /items/3', 'GET /items/9', 'GET /items/1', 'GET /items/8', 'GET /items/2'];
		expect(wordsOf(calls(items, 0))).toEqual(['N+1: 5 calls, one after the other, 50 ms in all']);
		expect(wordsOf(calls(items.slice(0, 3), 2))).toEqual([undefined]);
		expect(wordsOf(calls(['attempt 1', 'attempt 2', 'attempt 3'], 2))).toEqual([
			'retried: 3 tries, the last did not fail, 50 ms, 20 ms of it waiting between tries',
		]);
	});
});
