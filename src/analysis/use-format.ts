import { formatBytes, formatFigure, formatShare } from './format.ts';
import { formatUnit } from './format-unit.ts';
import type { ResourceLine } from './use-reading.ts';
import type { UseUnit } from './use-resource.ts';

/** A figure of a resource with the unit it is in: `0.45 cores`, `1.2 MB/s`, `412 MiB`. */
export function formatUse(value: number, unit: UseUnit): string {
	if (unit === 'cores') return `${formatFigure(value)} cores`;
	if (unit === 'bytes-per-second') return Number.isNaN(value) ? formatBytes(value) : `${formatBytes(value)}/s`;
	return formatUnit(value, unit);
}

/** What is in use of what there is: `4 of 4`, `1.2 of 2 GiB`; without a limit what is in use. */
export function formatUsage({ now, limit }: ResourceLine, unit: UseUnit): string {
	const used = formatUse(now, unit);
	if (limit === undefined || unit === 'ratio') return used;
	const whole = formatUse(limit.value, unit);
	const [, suffix = ''] = / (\S+)$/.exec(whole) ?? [];
	const bare = suffix !== '' && used.endsWith(` ${suffix}`) ? used.slice(0, -suffix.length - 1) : used;
	return `${bare} of ${whole}`;
}

/** The share of its limit; empty where there is none, or where the figure is one itself. */
export const formatShareOf = ({ share, limit }: ResourceLine): string =>
	limit === undefined ? '' : formatShare(share);
