import type { LogsPlace } from '../model/place.ts';
import type { Milliseconds } from '../model/time.ts';
import { formatRfc3339 } from './format-time.ts';

/** How lines are kept in a file: to be read, one JSON object a line, or a table. */
export type LineFileFormat = 'text' | 'json' | 'csv';

/** Endings of file names, the first of a format before its others. */
export const lineFileEndings: readonly (readonly [ending: string, format: LineFileFormat])[] = [
	['.jsonl', 'json'],
	['.csv', 'csv'],
	['.txt', 'text'],
	['.log', 'text'],
	['.json', 'json'],
];

/** What the ending of a name asks for; `undefined` when it is none that we write. */
export const lineFileFormatOf = (name: string): LineFileFormat | undefined =>
	lineFileEndings.find(([ending]) => name.toLowerCase().endsWith(ending) && name.length > ending.length)?.[1];

const longestSubject = 40;

/** `logs-concierge-20261123T0312Z.jsonl`: whose lines they are, and when they were saved. */
export function lineFileName({ service, request, trace }: LogsPlace, now: Milliseconds): string {
	const subject = service ?? (request ?? trace)?.slice(0, 8) ?? 'query';
	const clean = subject.replaceAll(/[^\w.-]+/g, '-').slice(0, longestSubject);
	const minute = formatRfc3339(now).slice(0, 16).replaceAll(/[-:]/g, '');
	return `logs-${clean}-${minute}Z.jsonl`;
}
