import { expect, test } from 'vitest';
import {
	formatSecretWords,
	maskedSecret,
	parseSecretWords,
	type SecretWords,
} from '../../src/analysis/secret-words.ts';

test.each<[string, SecretWords['source'], string]>([
	['env:PROM_TOKEN', 'env', 'PROM_TOKEN'],
	['file: /run/secrets/token', 'file', '/run/secrets/token'],
	['cmd:pass show prom | head -1', 'command', 'pass show prom | head -1'],
	[' tide-4711 ', 'literal', 'tide-4711'],
	['env', 'literal', 'env'],
])('%s', (text, source, value) => expect(parseSecretWords(text)).toEqual({ source, value }));

test('a place is written as it is read, a secret itself never', () => {
	expect(formatSecretWords(parseSecretWords('cmd:pass show prom'))).toBe('cmd:pass show prom');
	expect(formatSecretWords(parseSecretWords('tide-4711'))).toBe('');
});

test('a place is seen, a secret is not', () => {
	expect(maskedSecret('env:PROM_TOKEN')).toBe('env:PROM_TOKEN');
	expect(maskedSecret('tide-4711')).toBe('*********');
	expect(maskedSecret('env')).toBe('***');
});
