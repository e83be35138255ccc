import { homedir } from 'node:os';
import { formatBytes } from '../../analysis/format.ts';
import { type LineFileFormat, lineFileFormatOf } from '../../analysis/line-file.ts';
import { readDetails } from '../../analysis/log-record.ts';
import { areSecretsShown } from '../../analysis/redact-evidence.ts';
import type { Effect, Message } from '../../app/state.ts';
import { nextTurn } from '../../investigation/next-turn.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { SavedLines } from '../../model/saved-lines.ts';
import type { WriteLine } from '../print/log-line.ts';
import { type LineFile, openLineFile, pathOf, standingAt } from './line-file.ts';
import { csvHeader, csvLine, jsonLines, textLine } from './line-texts.ts';
import { saveTrouble } from './trouble.ts';

/** Milliseconds of work between which keys are heard. */
const slice = 10;

type Save = Extract<Effect, { type: 'save' }>;
type Send = (message: Message) => void;

/**
 * Saves lines in a file and tells what became of it. What is wrong with the name is told before this returns; the promise
 * is kept when all is written or nothing is left of it. Goes on when the interface is left, so that no half is lost.
 */
export async function saveLines(
	{ lines, overwrites }: Pick<Save, 'lines' | 'overwrites'>,
	send: Send,
	open: (path: string) => LineFile = openLineFile,
): Promise<void> {
	const path = pathOf(lines.path, homedir());
	const begun = beginning(path, overwrites, open);
	if ('why' in begun) return send({ type: 'unsaved', path: lines.path, ...begun });
	const count = `${lines.records.length} ${lines.records.length === 1 ? 'line' : 'lines'}`;
	send({ type: 'told', text: `Saving ${count} in ${path}.`, tone: 'plain' });
	try {
		const { bytes, missing } = await written(lines, begun);
		const left = missing.length === 0 ? '' : ` Not in it: ${missing.join('; ')}.`;
		const secrets = areSecretsShown() ? ' Secrets are not masked in it.' : '';
		const saved = `Saved ${count}, ${formatBytes(bytes)}, in ${path}.`;
		send({ type: 'told', text: `${saved}${secrets}${left}`, tone: 'plain' });
	} catch (error) {
		await begun.discard();
		send({ type: 'told', text: saveTrouble(error, path), tone: 'refusal' });
	}
}

/** The file, begun; or why not, and whether the same name once more writes over what is there. */
function beginning(
	path: string,
	overwrites: boolean,
	open: (path: string) => LineFile,
): LineFile | { readonly why: string; readonly exists: boolean } {
	try {
		const standing = standingAt(path);
		if (standing === 'directory') return { why: `${path} is a directory. Type the name of a file.`, exists: false };
		if (standing === 'other') return { why: `${path} is not a file. Type another name.`, exists: false };
		if (standing === 'file' && !overwrites) return { why: `${path} exists; enter writes over it.`, exists: true };
		return open(path);
	} catch (error) {
		return { why: saveTrouble(error, path), exists: false };
	}
}

type Written = { readonly bytes: number; readonly missing: readonly string[] };

async function written({ path, records, missing }: SavedLines, file: LineFile): Promise<Written> {
	const { head, write, left } = await formOf(lineFileFormatOf(path) ?? 'json', records);
	let block = head;
	let bytes = 0;
	const flush = async () => {
		await file.write(block);
		bytes += Buffer.byteLength(block);
		block = '';
	};
	await inSlices(
		records,
		({ entry }) => {
			block += write(entry, readDetails(entry));
		},
		flush,
	);
	await flush();
	await file.finish();
	return { bytes, missing: [...missing, ...left] };
}

type Form = { readonly head: string; readonly write: WriteLine; readonly left: readonly string[] };

async function formOf(format: LineFileFormat, records: readonly LogRecord[]): Promise<Form> {
	if (format === 'text') return { head: '', write: textLine, left: [] };
	if (format === 'json') return { head: '', write: jsonLines(), left: [] };
	const { common, rare } = await fieldsOf(records);
	const left = rare === 0 ? [] : [`${rare} ${rare === 1 ? 'field' : 'fields'} that few lines have; .jsonl has all`];
	return { head: csvHeader(common), write: csvLine(common), left };
}

/** So many names are told apart; lines whose every key is new have no columns anyway. */
const mostNames = 10_000;

/** The fields that at least half of the lines have, the most common first, and how many others there are. */
async function fieldsOf(records: readonly LogRecord[]) {
	const counts = new Map<string, number>();
	await inSlices(records, ({ entry }) => {
		for (const name of new Set(readDetails(entry).fields.map(field => field.name))) {
			const count = counts.get(name);
			if (count !== undefined || counts.size < mostNames) counts.set(name, (count ?? 0) + 1);
		}
	});
	const common = [...counts].filter(([, count]) => count * 2 >= records.length).sort(([, a], [, b]) => b - a);
	return { common: common.map(([name]) => name), rare: counts.size - common.length };
}

async function inSlices(
	records: readonly LogRecord[],
	each: (record: LogRecord) => void,
	between: () => Promise<void> = async () => {},
): Promise<void> {
	let until = performance.now() + slice;
	for (const record of records) {
		each(record);
		if (performance.now() < until) continue;
		await between();
		await nextTurn();
		until = performance.now() + slice;
	}
}
