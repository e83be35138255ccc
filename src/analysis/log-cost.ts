import { formatBytes, formatCount } from './format.ts';

/** What the index says that a query on some streams would read at most; approximate. */
export type LogEstimate = { readonly streams: number; readonly bytes: number };

/** What is read without asking where nobody has said otherwise: seconds of a Loki's time, and a few cents of storage. */
export const usualBound = 10e9;

/** `about 42 GB in 310 streams`. */
export const estimateText = ({ bytes, streams }: LogEstimate): string =>
	`about ${formatBytes(bytes)} in ${formatCount(streams)} ${streams === 1 ? 'stream' : 'streams'}`;

/** The bound that lets so much pass, with some room for what is written meanwhile: two digits and a unit. */
export function boundAbove(bytes: number): number {
	const wanted = bytes * 1.2;
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, wanted))) - 1);
	return Math.ceil(wanted / step) * step;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `50GB`, as it stands in an address; `parseBytes` reads it back. Bytes are whole. */
export function formatBound(bytes: number): string {
	const power = units.findLastIndex((_, index) => bytes > 0 && bytes % 1000 ** index === 0);
	return `${bytes / 1000 ** Math.max(0, power)}${units[Math.max(0, power)]}`;
}

/** Reads `50GB`, `1.5 TB`, `512 MB`, in thousands; `undefined` when it is no number of bytes. */
export function parseBytes(text: string): number | undefined {
	const [, figure, unit] = /^(\d{1,15}(?:\.\d{1,3})?)\s*([kMGTP]?B)$/i.exec(text.trim()) ?? [];
	if (figure === undefined || unit === undefined) return undefined;
	const power = units.findIndex(each => each.toLowerCase() === unit.toLowerCase());
	return Math.round(Number(figure) * 1000 ** power);
}

const thousands = ['', 'k', 'm', 'g', 't'];

/** Reads `500M`, `1.5 G`, `20000`, in thousands; `undefined` when it is no number of samples. */
export function parseSamples(text: string): number | undefined {
	const [, figure, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?)\s*([kMGT]?)$/i.exec(text.trim()) ?? [];
	if (figure === undefined) return undefined;
	return Math.round(Number(figure) * 1000 ** thousands.indexOf(unit.toLowerCase()));
}
