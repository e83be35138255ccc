import { expect, test } from 'vitest';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { traceRemarksOf } from '../../src/analysis/trace-remarks.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const remarksOn = (text: string) =>
	traceRemarksOf(traceReadingOf(traceFromText(text))).map(({ text: said, key }) => `${said} → ${Number(key)}`);

test('the first error, then repeats, gaps and ways by the time they took', () => {
	expect(
		remarksOn(`
	gateway POST {server}                      :${'='.repeat(100)}!
	  gateway call {client}                    :   ${'='.repeat(90)}!
	    berths PUT {server message=no berth left}:        ${'='.repeat(80)}!
	      berths SELECT {client}               :        =====
	      berths SELECT {client}               :             =====
	      berths SELECT {client}               :                  =====
	      berths SELECT {client}               :                       =====
	      berths SELECT {client}               :                            =====
	      berths render                        :                                      ==========`),
	).toEqual([
		'First of 3 errors: berths PUT: no berth left → 3',
		'400 ms after berths render: nothing recorded in berths PUT → 3',
		'N+1: 5 × berths SELECT, one after the other, 250 ms → 4',
		'100 ms of network and queue between gateway call and berths PUT → 2',
		'70 ms after gateway call: nothing recorded in gateway POST → 1',
		'50 ms before berths render: nothing recorded in berths PUT → 3',
	]);
});

test.each([
	['all failed', '!', 'all failed'],
	['the last did not fail', '', 'the last did not fail'],
])('the same call tried again is no N+1: %s', (_, last, ended) => {
	const tries = ['=', '  =', '     =', '         =', '              ='];
	const lines = tries.map((bar, at) => `\n  edge GET {client}: ${bar}${at === tries.length - 1 ? last : '!'}`);
	expect(remarksOn(`edge POST {server}: ${'='.repeat(17)}${lines.join('')}`)).toContain(
		`5 tries of edge GET, ${ended}, 150 ms, 100 ms of it waiting between tries → 2`,
	);
});

test('many calls that fail are many calls', () => {
	const lines = Array.from({ length: 16 }, (_, at) => `\n  edge GET {client}: ${' '.repeat(at)}=!`);
	expect(remarksOn(`edge POST {server}: ${'='.repeat(17)}${lines.join('')}`)).toContain(
		'N+1: 16 × edge GET, one after the other, 160 ms → 2',
	);
});

test.each([
	[
		'one span that goes on',
		's root :====\n  s a :  =====',
		['20 ms before s a: nothing recorded in s root → 1', 'Work went on for 30 ms after the root had ended: s a → 2'],
	],
	[
		'several, the last one named',
		's root {server} :====\n  s send {producer} :====\n    t mail {consumer} :    ==\n    t mail {consumer} :      ==',
		[
			'Work went on for 40 ms after the root had ended: t mail and 1 more span → 4',
			'20 ms in the queue between s send and t mail → 2',
		],
	],
	['nothing whose clock is off', 's root {client} :====\n  t a {server} :     ====', []],
])('what went on after the root is told: %s', (_, text, remarks) => {
	expect(remarksOn(text)).toEqual(expect.arrayContaining(remarks));
	expect(remarksOn(text).some(remark => remark.includes('after the root'))).toBe(remarks.length > 0);
});

test('what took hardly any of the time is left out, and a sound trace has no remark', () => {
	expect(remarksOn(`s root :${'='.repeat(100)}\n  s a : ${'='.repeat(98)}`)).toEqual([]);
	expect(remarksOn('s root :|')).toEqual([]);
	expect(remarksOn('')).toEqual([]);
	expect(remarksOn('s root :==!')).toEqual(['The one error: s root → 1']);
});
