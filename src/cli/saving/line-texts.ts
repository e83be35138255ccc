import { formatRfc3339Nanoseconds } from '../../analysis/format-time.ts';
import type { Details } from '../../analysis/log-record.ts';
import { sanitizeLines } from '../../terminal/sanitize.ts';
import { lineWriter, type WriteLine } from '../print/log-line.ts';

/** Lines as they are read: time, level, service, then the line as it was written, its further rows indented. */
export const textLine: WriteLine = (entry, { level, service }) => {
	const line = sanitizeLines(entry.line).join('\n    ');
	return `${formatRfc3339Nanoseconds(entry.at)} ${level.toUpperCase().padEnd(7)} ${plain(service)} ${line}\n`;
};

/** Lines as `logs -o json` prints them. */
export const jsonLines = lineWriter;

const columns = ['time', 'level', 'service', 'message'] as const;

/** The row of names over a table of lines with these fields. */
export const csvHeader = (fields: readonly string[]): string =>
	csvRow([...columns, ...fields.map(name => (columns.some(column => column === name) ? `line.${name}` : name))]);

/** Lines as rows of a table; a field that a line has twice is told once. */
export const csvLine =
	(fields: readonly string[]): WriteLine =>
	(entry, details) => {
		const values = valuesOf(details);
		const { level, service, message } = details;
		return csvRow([
			formatRfc3339Nanoseconds(entry.at),
			level,
			service,
			message,
			...fields.map(name => values.get(name) ?? ''),
		]);
	};

function valuesOf({ fields }: Details): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const { name, value } of fields) if (!values.has(name)) values.set(name, value);
	return values;
}

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;

/**
 * A cell of a table (RFC 4180). Spreadsheets compute what begins like a formula, whoever wrote it: an apostrophe before it
 * makes it text. A plain negative number is none.
 */
export function csvCell(value: string): string {
	const clean = sanitizeLines(value).join('\n');
	const isFormula = /^\s*[=+@＝＋－＠-]/.test(clean) && !/^-\d+(?:\.\d+)?$/.test(clean);
	const text = isFormula ? `'${clean}` : clean;
	return /[",\n]|^\s|\s$/.test(text) || isFormula ? `"${text.replaceAll('"', '""')}"` : text;
}

const plain = (text: string): string => sanitizeLines(text).join(' ');
