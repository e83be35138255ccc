import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressForms } from '../src/analysis/address.ts';
import { formatKeys } from '../src/app/key-names.ts';
import { type KeyTable, keyTables } from '../src/app/key-tables.ts';
import { demoWorld } from './helpers/demo.ts';
import { type Operator, operate } from './helpers/operator.tsx';

/**
 * The README shows frames of the demo, the keys and the addresses as they are. `README_UPDATE=1 npm test` writes them
 * anew; otherwise a stale page fails.
 */
const update = process.env.README_UPDATE === '1';

function expectSection(name: string, content: string): void {
	const page = readFileSync('README.md', 'utf8');
	const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
	const wanted = page.replace(section, (_, start: string, end: string) => `${start}${content}\n${end}`);
	if (update) writeFileSync('README.md', wanted);
	expect(section.test(page)).toBe(true);
	expect(update ? wanted : page).toBe(wanted);
}

const fenced = (frame: string): string => `\`\`\`text\n${frame.trimEnd()}\n\`\`\``;

test('the frames of the four screens', async () => {
	const operator: Operator = operate({ ...demoWorld(), word: 'demo', readOnly: false });
	await operator.sees('ConciergeBookingEr');
	await operator.sees('> 5 %');
	await operator.sees(/Latency .*> 1 s[\s\S]*Latency .*> 1 s/);
	await operator.sees('24 h ago');
	expectSection('frame alerts', fenced(operator.frame()));
	operator.presses('enter');
	await operator.sees(/DURATION\s+p50/);
	await operator.sees(/\/journeys/);
	await operator.sees(/◆/);
	await operator.sees(/× yesterday/);
	expectSection('frame service', fenced(operator.frame()));
	operator.presses('enter');
	await operator.sees('request done');
	operator.presses('enter');
	await operator.sees(/request .* lines · /);
	expectSection('frame logs', fenced(operator.frame()));
	operator.presses('enter');
	await operator.sees('a row lock');
	expectSection('frame trace', fenced(operator.frame()));
});

const markdownTable = ({ title, rows }: KeyTable): string =>
	[
		`**${title}**`,
		'',
		'| keys | do |',
		'|---|---|',
		...rows.map(({ keys, help }) => `| \`${formatKeys(keys).replaceAll('|', '\\|')}\` | ${help} |`),
	].join('\n');

test('the keys', () => {
	expectSection('keys', keyTables.map(markdownTable).join('\n\n'));
});

test('the addresses', () => {
	const rows = Object.entries(addressForms).map(([kind, { argument, options, about }]) => {
		const form = [kind, argument, ...options.map(name => `[--${name}]`)].join(' ');
		return `    ${form}\n        ${about}`;
	});
	expectSection('addresses', rows.join('\n'));
});
