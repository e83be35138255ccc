import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { $ZodType } from 'zod/v4/core';
import { safeParse } from 'zod/v4/core';
import { firstDifference } from '../../backends/shape.ts';
import { UsageError } from '../usage-error.ts';

/** Configuration is small; what is larger is something else. */
const longest = 1024 * 1024;
/** Aliases that stand for aliases grow without bound. */
const mostAliases = 100;

/** The documents in a file of YAML. Throws a `UsageError`, which tells nothing of the contents: a secret may be anywhere. */
export const readYaml = (path: string): readonly unknown[] => yamlIn(textOf(path), path);

function textOf(path: string): string {
	try {
		const stats = statSync(path);
		if (stats.isDirectory()) throw new UsageError(`${path} is a folder.`, 'Name the files in it.');
		if (!stats.isFile()) throw new UsageError(`${path} is no file.`, 'Put what it holds into one.');
		if (stats.size > longest) throw new UsageError(`${path} is longer than 1 MiB.`, 'Name a file of configuration.');
		return readFileSync(path, 'utf8');
	} catch (error) {
		if (error instanceof UsageError) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		throw new UsageError(`${path} cannot be read (${code}).`, 'Check its name, and whether you may read it.');
	}
}

/** The documents in a text of YAML; `where` names it to the operator. Throws a `UsageError` likewise. */
export function yamlIn(text: string, where: string): readonly unknown[] {
	const lines = new LineCounter();
	const documents = parsed(text, lines, where);
	return documents.map(document => {
		const [fault] = document.errors;
		if (fault !== undefined) {
			const { line, col } = lines.linePos(fault.pos[0]);
			throw new UsageError(
				`${where} is not valid YAML: line ${line}, column ${col}.`,
				'Mend it, or name another file.',
			);
		}
		try {
			return document.toJS({ maxAliasCount: mostAliases }) as unknown;
		} catch {
			throw new UsageError(`The aliases in ${where} lead nowhere or to too much.`, 'Write what they stand for.');
		}
	});
}

function parsed(text: string, lineCounter: LineCounter, where: string) {
	try {
		const documents = parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'silent' });
		return 'empty' in documents ? [] : documents;
	} catch {
		// As of thousands of brackets within each other.
		throw new UsageError(`${where} cannot be read as YAML.`, 'Name a file of configuration.');
	}
}

/** What a file holds, when it is what was expected. Throws a `UsageError` that names the place where it is not. */
export function checkedAs<Value>(schema: $ZodType<Value>, json: unknown, where: string, kind: string): Value {
	const checked = safeParse(schema, json);
	if (checked.success) return checked.data;
	const difference = firstDifference(checked.error.issues, json).replace('the whole answer', 'it');
	throw new UsageError(`${where} is no ${kind}: ${difference}.`, 'Mend it, or name another file.');
}
