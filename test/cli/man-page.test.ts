import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressForms } from '../../src/analysis/address.ts';
import { formatKeys } from '../../src/app/key-names.ts';
import { keyTables } from '../../src/app/key-tables.ts';
import { manPage } from '../../src/cli/man/man-page.ts';
import { argument, paragraph, terms } from '../../src/cli/man/mdoc.ts';
import { optionForms } from '../../src/cli/options.ts';

const page = manPage('1.2.3');

test('every place, option and key is on the page', () => {
	for (const kind of Object.keys(addressForms)) expect(page).toContain(`\n.It Cm ${argument(kind)} `);
	for (const name of Object.keys(optionForms)) expect(page).toContain(`Fl ${argument(`-${name}`)}`);
	for (const { title, rows } of keyTables) {
		expect(page).toContain(`\n.Ss ${argument(title)}\n`);
		for (const { keys } of rows) expect(page).toContain(`\n.It Ic ${argument(formatKeys(keys))}\n`);
	}
});

test('the page is ASCII, of lines that a reader of mdoc takes without complaint, and names its version', () => {
	expect(page).toMatch(/^[\n\x20-\x7e]+$/);
	expect(page).toContain('\n.Os smokejumper 1.2.3\n');
	const text = page.split('\n').filter(line => !line.startsWith('.'));
	expect(text.filter(line => line.length > 80)).toEqual([]);
	expect(text.filter(line => /[.?!] [A-Z]/.test(line))).toEqual([]);
});

test.each<[text: string, source: readonly string[]]>([
	['One. Two: three.', ['One.', 'Two:', 'three.']],
	['.dots and a \\ and a -', ['\\&.dots and a \\e and a \\-']],
	['tea or café', ['tea or caf\\[u00E9]']],
	[`${'word '.repeat(20).trim()}`, ['word '.repeat(15).trim(), 'word '.repeat(5).trim()]],
])('%s', (text, source) => expect(paragraph(text)).toEqual(source));

test('what stands in a list is never taken for a macro', () => {
	expect(argument('Fl')).toBe('\\&Fl');
	expect(argument('j down')).toBe('"\\&j down"');
	expect(argument('"')).toBe('\\&\\(dq');
	expect(terms([{ head: 'Ic x', text: 'Does it.' }])).toEqual(['.Bl -tag -width Ds', '.It Ic x', 'Does it.', '.El']);
});

test('the build writes it beside the program', () => {
	const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
	expect(readFileSync('dist/smokejumper.1', 'utf8')).toBe(manPage(version));
});
