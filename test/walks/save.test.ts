import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { demoWorld } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

async function reading(): Promise<Operator> {
	const operator = operate({ ...demoWorld(), at: 'logs --service berths --since 30m', columns: 120 });
	await operator.sees('8614 lines');
	return operator;
}

const linesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

test('the lines on show are saved under a name that is offered, and what is not among them is told', async () => {
	const operator = await reading();
	operator.presses('s');
	await operator.sees('save as logs-berths-20261122T0312Z.jsonl');
	await operator.sees('enter saves the lines');
	operator.presses('tab');
	await operator.sees('save as logs-berths-20261122T0312Z.csv');
	operator.presses('tab');
	await operator.sees('save as logs-berths-20261122T0312Z.txt');
	const path = join(emptyFolder(), 'berths.jsonl');
	operator.presses('ctrl+u').types(path);
	operator.presses('enter');
	await operator.sees(/Saved 1200 lines, [\d.]+ [kM]B/);
	await operator.sees(/Not in it: most lines before 03:09:25, which were\s+not read/);
	const lines = linesIn(path).map(line => JSON.parse(line));
	expect(lines).toHaveLength(1200);
	expect(lines.map(({ time }) => time)).toEqual(lines.map(({ time }) => time).toSorted());
	expect(lines[0]).toMatchObject({ service: 'berths', level: 'error' });
});

test('what is narrowed is saved narrowed', async () => {
	const operator = await reading();
	operator.presses('&').types('hold failed');
	operator.presses('enter');
	await operator.sees(' 1 "hold failed"');
	await operator.sees('1003 lines');
	const path = join(emptyFolder(), 'failed.csv');
	operator.presses('s', 'ctrl+u').types(path);
	operator.presses('enter');
	await operator.sees('Saved ');
	const [header, ...rows] = linesIn(path);
	expect(header).toMatch(/^time,level,service,message,/);
	expect(rows.filter(row => !row.includes('hold failed'))).toEqual([]);
});

test('a file that is there is written over by a second enter only, and a bad name can be mended', async () => {
	const operator = await reading();
	const folder = emptyFolder();
	const path = join(folder, 'kept.txt');
	writeFileSync(path, 'mine');
	operator.presses('s', 'ctrl+u').types(join(folder, 'none', 'a.txt'));
	operator.presses('enter');
	await operator.sees('There is no directory');
	operator.presses('ctrl+u').types('notes.md');
	operator.presses('enter');
	await operator.sees('End the name in .jsonl, .csv, .txt, .log, .json.');
	operator.presses('ctrl+u').types(path);
	operator.presses('enter');
	await operator.sees('exists; enter writes over it.');
	expect(readFileSync(path, 'utf8')).toBe('mine');
	operator.presses('x', 'backspace', 'enter');
	await operator.sees('Saved 1200 lines');
	expect(linesIn(path)).toHaveLength(1200);
});
