import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineText } from './machine.ts';
import { parts } from './parts.ts';
import { isMissed, type Row, tableLines } from './table.ts';

/**
 * What the program writes, holds and how long it takes, as one table beside the programs whose company it seeks. Exits with 1
 * over a budget. `npm run bench -- start logs` measures these parts alone.
 */

const chosen = process.argv.slice(2);
const unknown = chosen.filter(name => !(name in parts));
if (unknown.length > 0) {
	console.error(`There is no part ${unknown.join(', ')}. Parts are ${Object.keys(parts).join(', ')}.`);
	process.exit(2);
}

const measured: { readonly name: string; readonly rows: readonly Row[] }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'smokejumper-bench-'));
try {
	for (const [name, measure] of Object.entries(parts)) {
		if (chosen.length === 0 || chosen.includes(name)) measured.push({ name, rows: await measure(folder) });
	}
} finally {
	rmSync(folder, { recursive: true });
}
console.log(machineText());
if (process.env.NODE_EXTRA_CA_CERTS) console.log('NODE_EXTRA_CA_CERTS is set, which slows every start of Node.');
console.log('In a pty of 200×60 cells unless said otherwise; medians; a key costs until the last byte it changes.\n');
for (const line of tableLines(measured)) console.log(line);
process.exit(measured.some(({ rows }) => rows.some(isMissed)) ? 1 : 0);
