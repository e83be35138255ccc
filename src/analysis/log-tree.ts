import type { LogEntry } from '../model/log-entry.ts';
import { longestRead, parseJson, readLine } from './log-fields.ts';
import { isFrame } from './stack-frames.ts';

/** A row of a line taken apart; `indent` counts the branches it is in. */
export type TreeRow = {
	readonly indent: number;
	/** The key, or the number in a list; absent where a text goes on. */
	readonly name?: string;
	readonly text: string;
	readonly kind: 'branch' | 'text' | 'number' | 'word' | 'frame';
};

export type LogTree = {
	readonly rows: readonly TreeRow[];
	/** Rows that were left out. */
	readonly rest: number;
	/** Some text in it is itself JSON or holds escaped line breaks, which one level more would open. */
	readonly deeper: boolean;
};

/** More rows of one line are not shown. */
const mostRows = 200;
/** More of its values are not even counted. */
const mostVisited = 20_000;
const deepest = 20;

const trees = new WeakMap<LogEntry, Map<number, LogTree>>();

/**
 * A line as a tree: nested JSON by its keys, texts of several lines line by line, stack traces by their frames, and what
 * stands beside the line. `levels` of the JSON that is written in texts are opened as well.
 */
export function treeOf(entry: LogEntry, levels: number): LogTree {
	const known = trees.get(entry) ?? new Map<number, LogTree>();
	trees.set(entry, known);
	const before = known.get(levels);
	if (before !== undefined) return before;
	const tree = new Grower();
	tree.line(entry.line, levels);
	const beside = Object.entries(entry.metadata).filter(([name]) => name !== 'detected_level');
	if (beside.length > 0) tree.value({ name: 'beside the line', value: Object.fromEntries(beside), indent: 0, levels });
	const grown = { rows: tree.rows, rest: tree.count - tree.rows.length, deeper: tree.deeper };
	known.set(levels, grown);
	return grown;
}

type Value = { readonly name?: string; readonly value: unknown; readonly indent: number; readonly levels: number };

class Grower {
	readonly rows: TreeRow[] = [];
	count = 0;
	deeper = false;

	line(line: string, levels: number): void {
		const json = line.length <= longestRead && /^\s*[[{]/.test(line) ? parseJson(line) : undefined;
		if (json === undefined) this.#fields(line, levels);
		else this.#children(json, 0, levels);
	}

	#fields(line: string, levels: number): void {
		const { format, fields, text, readUpTo } = readLine(line);
		if (format === 'text') this.value({ value: text, indent: 0, levels });
		for (const { name, value } of fields) this.value({ name, value, indent: 0, levels });
		if (readUpTo === undefined) return;
		this.#row({ indent: 0, text: `the first ${readUpTo} of ${line.length} characters`, kind: 'word' });
	}

	value(given: Value): void {
		if (this.count >= mostVisited) return;
		const { value, indent, levels } = given;
		if (typeof value === 'string') this.#text(value, given);
		else if (isBranch(value) && indent < deepest) {
			this.#row({ indent, ...nameOf(given), text: '', kind: 'branch' });
			this.#children(value, indent + 1, levels);
		} else {
			this.#row({ indent, ...nameOf(given), text: textOf(value), kind: typeof value === 'number' ? 'number' : 'word' });
		}
	}

	#children(value: unknown, indent: number, levels: number): void {
		if (typeof value !== 'object' || value === null) this.value({ value, indent, levels });
		else for (const [name, inner] of Object.entries(value)) this.value({ name, value: inner, indent, levels });
	}

	#text(text: string, given: Value): void {
		const { indent, levels } = given;
		const inner = text.length <= longestRead && /^\s*[[{].*[\]}]\s*$/s.test(text) ? parseJson(text) : undefined;
		if (isBranch(inner) && levels > 0 && indent < deepest) {
			this.#row({ indent, ...nameOf(given), text: 'JSON in a text', kind: 'branch' });
			this.#children(inner, indent + 1, levels - 1);
			return;
		}
		const isEscaped = !text.includes('\n') && text.includes('\\n');
		if (isBranch(inner) || (isEscaped && levels === 0)) this.deeper = true;
		this.#lines(isEscaped && levels > 0 ? withLineBreaks(text) : text, given);
	}

	#lines(text: string, given: Value): void {
		const [first = '', ...others] = text.replace(/\r?\n$/, '').split(/\r?\n/);
		this.#row({ indent: given.indent, ...nameOf(given), text: first, kind: 'text' });
		const indent = given.name === undefined ? given.indent : given.indent + 1;
		for (const line of others) {
			if (this.count >= mostVisited) return;
			this.#row({ indent, text: line.replaceAll('\t', '  '), kind: isFrame(line) ? 'frame' : 'text' });
		}
	}

	#row(row: TreeRow): void {
		this.count++;
		if (this.rows.length < mostRows) this.rows.push(row);
	}
}

const nameOf = ({ name }: Value): { readonly name?: string } => (name === undefined ? {} : { name });

/** What has no branches, or lies too deep for them to be shown. */
function textOf(value: unknown): string {
	if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
	if (typeof value === 'object' && value !== null) return isBranch(value) ? '{…}' : '{}';
	return String(value);
}

const isBranch = (value: unknown): value is object =>
	typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** A text that was escaped twice. */
const withLineBreaks = (text: string): string => text.replaceAll(/(?:\\r)?\\n/g, '\n').replaceAll('\\t', '\t');
