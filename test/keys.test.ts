import { describe, expect, test } from 'vitest';
import { globalBindings } from '../src/app/global-keys.ts';
import { alerts } from '../src/screens/alerts/index.ts';
import { cardinality } from '../src/screens/cardinality/index.ts';
import { compare } from '../src/screens/compare/index.ts';
import { logs } from '../src/screens/logs/index.ts';
import { formKeys } from '../src/screens/profiles/form-keys.ts';
import { listKeys } from '../src/screens/profiles/list-keys.ts';
import { service } from '../src/screens/service/index.ts';
import { silences } from '../src/screens/silences/index.ts';
import { trace } from '../src/screens/trace/index.ts';
import { traces } from '../src/screens/traces/index.ts';

const tables = { alerts, service, logs, trace, traces, compare, silences, cardinality };

/** Keys that must mean the same everywhere: the ways out, and the ways to ask. */
const reserved = [
	'escape',
	'q',
	'ctrl+c',
	'[',
	']',
	':',
	'?',
	'!',
	'R',
	'ctrl+l',
	'ctrl+z',
	'1',
	'2',
	'3',
	'4',
	'5',
	't',
	'space',
	'Y',
];

const twice = (keys: readonly string[]): readonly string[] => keys.filter((key, index) => keys.indexOf(key) !== index);

const setups = { 'the list of profiles': listKeys, 'the form of a profile': formKeys };

describe.each(Object.entries(setups))('the keys of %s', (_, table) => {
	const names = table.flatMap(({ keys }) => keys);

	test('have one meaning each, and quit is left to ^C', () => {
		expect(twice(names)).toEqual([]);
		expect(names).toContain('escape');
		expect(names).not.toContain('ctrl+c');
	});
	test('are told in whole sentences', () => {
		for (const { help, label } of table) {
			expect(help).toMatch(/^[A-Z].*\.$/);
			expect(label).not.toBe('');
		}
	});
});

test('no key of the form is one that is typed into its lines', () => {
	for (const key of formKeys.flatMap(({ keys }) => keys)) expect(key.length).toBeGreaterThan(1);
});

describe.each(Object.entries(tables))('the keys of %s', (_, { keys }) => {
	const names = keys.flatMap(binding => binding.keys);

	test('have one meaning each', () => expect(twice(names)).toEqual([]));
	test('leave the reserved ones alone', () => expect(names.filter(key => reserved.includes(key))).toEqual([]));
	test('move by j and k, and drill by enter', () => expect(names).toEqual(expect.arrayContaining(['j', 'k', 'enter'])));
	test('are told in whole sentences', () => {
		for (const { help, label } of keys) {
			expect(help).toMatch(/^[A-Z].*\.$/);
			expect(label).not.toBe('');
		}
	});
	test('are never reached by a function key or Alt alone', () => {
		for (const binding of keys) expect(binding.keys.some(key => !/^(f\d+|alt\+)/.test(key))).toBe(true);
	});
});

test('the shell has one meaning for each of its keys', () => {
	expect(twice(globalBindings.flatMap(({ keys }) => keys))).toEqual([]);
});
