import { expect, test } from 'vitest';
import { parseSaid, type Said } from '../../../src/cli/plain/said.ts';

test.each<readonly [string, Said]>([
	['1', { kind: 'number', number: 1 }],
	[' 12 ', { kind: 'number', number: 12 }],
	['b', { kind: 'back' }],
	['r', { kind: 'again' }],
	['R', { kind: 'again' }],
	['a', { kind: 'all' }],
	['?', { kind: 'help' }],
	['q', { kind: 'quit' }],
	[':q', { kind: 'quit' }],
	['', { kind: 'nothing' }],
	['   ', { kind: 'nothing' }],
	['service ledger', { kind: 'address', line: 'service ledger' }],
	[': service ledger', { kind: 'address', line: 'service ledger' }],
	['constructor', { kind: 'address', line: 'constructor' }],
	['1234567', { kind: 'address', line: '1234567' }],
])('%j', (line, said) => {
	expect(parseSaid(line)).toEqual(said);
});
