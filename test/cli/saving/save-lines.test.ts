import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDetails, recordOf } from '../../../src/analysis/log-record.ts';
import type { Message } from '../../../src/app/state.ts';
import { lineWriter } from '../../../src/cli/print/log-line.ts';
import { openLineFile, pathOf } from '../../../src/cli/saving/line-file.ts';
import { saveLines } from '../../../src/cli/saving/save-lines.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { emptyFolder } from '../folder.ts';

const at = Date.UTC(2026, 4, 4, 12);
const pier = { service_name: 'pier' };

const entries = [
	lineAt(at, pier, '{"level":30,"msg":"berth given","status":200,"tide":"low"}'),
	lineAt(at + 1, pier, '{"level":50,"msg":"berth refused","status":502,"route":"/berths"}'),
	lineAt(at + 2, pier, '{"level":30,"msg":"=berth, given","status":200,"route":"/berths"}'),
];
const records = entries.map(entry => recordOf(entry));

type Wanted = {
	readonly overwrites?: boolean;
	readonly missing?: readonly string[];
	readonly open?: typeof openLineFile;
	readonly lines?: typeof records;
};

/** What is told while lines are saved. */
async function saving(path: string, { overwrites = false, missing = [], open, lines = records }: Wanted = {}) {
	const told: Message[] = [];
	await saveLines({ lines: { path, records: lines, missing }, overwrites }, message => told.push(message), open);
	return told;
}

const textOf = (message: Message | undefined): string =>
	message?.type === 'told' ? message.text : message?.type === 'unsaved' ? message.why : '';

describe('a file of lines', () => {
	test('as JSON has a line for each, as they are printed, and only its owner reads it', async () => {
		const path = join(emptyFolder(), 'lines.jsonl');
		const told = await saving(path, {
			missing: ['lines before 11:00:00, which were not read', '2 secrets, which are masked'],
		});
		const write = lineWriter();
		expect(readFileSync(path, 'utf8')).toBe(entries.map(entry => write(entry, readDetails(entry))).join(''));
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(told.map(textOf)).toEqual([
			`Saving 3 lines in ${path}.`,
			`Saved 3 lines, ${statSync(path).size} B, in ${path}. Not in it: lines before 11:00:00, which were not read; 2 secrets, which are masked.`,
		]);
	});

	test('as a table has the fields that most lines have, and says how many it leaves out', async () => {
		const path = join(emptyFolder(), 'lines.csv');
		const told = await saving(path);
		expect(readFileSync(path, 'utf8').split('\n')).toEqual([
			'time,level,service,message,status,route',
			'2026-05-04T12:00:00.000000000Z,info,pier,berth given,200,',
			'2026-05-04T12:00:00.001000000Z,error,pier,berth refused,502,/berths',
			`2026-05-04T12:00:00.002000000Z,info,pier,"'=berth, given",200,/berths`,
			'',
		]);
		expect(textOf(told.at(-1))).toContain('Not in it: 1 field that few lines have; .jsonl has all.');
	});

	test('as text has a row for each', async () => {
		const path = join(emptyFolder(), 'lines.log');
		await saving(path);
		expect(readFileSync(path, 'utf8').split('\n')[1]).toBe(
			`2026-05-04T12:00:00.001000000Z ERROR   pier ${entries[1]?.line}`,
		);
	});

	test('is written over only when that was agreed to', async () => {
		const path = join(emptyFolder(), 'lines.txt');
		writeFileSync(path, 'mine', { mode: 0o644 });
		expect(await saving(path)).toEqual([
			{ type: 'unsaved', path, why: `${path} exists; enter writes over it.`, exists: true },
		]);
		expect(readFileSync(path, 'utf8')).toBe('mine');
		await saving(path, { overwrites: true });
		expect(readFileSync(path, 'utf8')).toContain('berth refused');
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});
});

describe('what is in the way is told in a sentence, and the folder stays as it was', () => {
	const folder = emptyFolderOnce();

	test.each<readonly [string, () => string, (path: string) => string]>([
		[
			'no such directory',
			() => join(folder(), 'none', 'a.txt'),
			() => `There is no directory ${join(folder(), 'none')}. Type another name.`,
		],
		[
			'a file for a directory',
			() => join(folder(), 'file', 'a.txt'),
			() => `There is no directory ${join(folder(), 'file')}. Type another name.`,
		],
		['a directory', () => join(folder(), 'sub.csv'), path => `${path} is a directory. Type the name of a file.`],
		['a device', () => join(folder(), 'full.log'), path => `${path} is not a file. Type another name.`],
		[
			'a name without end',
			() => join(folder(), `${'x'.repeat(300)}.txt`),
			() => 'The name is too long. Type a shorter one.',
		],
	])('%s', async (_, pathIn, why) => {
		const path = pathIn();
		mkdirSync(join(folder(), 'sub.csv'));
		writeFileSync(join(folder(), 'file'), '');
		symlinkSync('/dev/full', join(folder(), 'full.log'));
		expect(await saving(path)).toEqual([{ type: 'unsaved', path, why: why(path), exists: false }]);
		expect(readdirSync(folder()).sort()).toEqual(['file', 'full.log', 'sub.csv']);
	});

	test.each(['EACCES', 'EROFS'])('a directory that may not be written to (%s)', async code => {
		const open = () => {
			throw Object.assign(new Error(code), { code });
		};
		const path = join(folder(), 'a.txt');
		const why = `Nothing may be written in ${folder()}. Type another name.`;
		expect(await saving(path, { open })).toEqual([{ type: 'unsaved', path, why, exists: false }]);
	});

	test('a full disk, which tells only after half of it', async () => {
		const path = join(folder(), 'a.txt');
		writeFileSync(path, 'mine');
		const open = (target: string) => ({
			...openLineFile(target),
			finish: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })),
		});
		const told = await saving(path, { open, overwrites: true });
		expect(textOf(told.at(-1))).toBe(
			`There is no room left in ${folder()}: nothing was saved. Save fewer lines, or elsewhere.`,
		);
		expect(readdirSync(folder())).toEqual(['a.txt']);
		expect(readFileSync(path, 'utf8')).toBe('mine');
	});
});

test('many lines are written in blocks, between which keys are heard', async () => {
	const path = join(emptyFolder(), 'lines.csv');
	const many = Array.from({ length: 20_000 }, (_, index) => records[index % records.length] ?? records[0]).filter(
		record => record !== undefined,
	);
	let blocks = 0;
	const open = (target: string) => {
		const file = openLineFile(target);
		return { ...file, write: (text: string) => file.write(text).then(() => void blocks++) };
	};
	await saving(path, { lines: many, open });
	expect(blocks).toBeGreaterThan(1);
	expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(20_002);
});

test('a path is as a shell would read it', () => {
	expect(pathOf('~/a.csv', '/home/mira')).toBe('/home/mira/a.csv');
	expect(pathOf('a~/b.csv', '/home/mira')).toBe(join(process.cwd(), 'a~/b.csv'));
	expect(pathOf('/tmp/../a.csv', homedir())).toBe('/a.csv');
});

/** An empty folder for each test. */
function emptyFolderOnce(): () => string {
	let known: { readonly test: string | undefined; readonly path: string } | undefined;
	return () => {
		const { currentTestName: test } = expect.getState();
		if (known?.test !== test) known = { test, path: emptyFolder() };
		return known?.path ?? '';
	};
}
