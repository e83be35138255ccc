import { formatBytes, formatFigure, formatShare } from './format.ts';
import { formatUnit } from './format-unit.ts';
import type { ResourceLine } from './use-reading.ts';
import type { UseUnit } from './use-resource.ts';

/** A figure of a resource with the unit it is in: `0.45 CPU`, `1.2 MB/s`, `412 MiB`. */
export function formatUse(value: number, unit: UseUnit): string {
	if (unit === 'cores') return `${formatFigure(value)} CPU`;
	if (unit === 'bytes-per-second') return Number.isNaN(value) ? formatBytes(value) : `${formatBytes(value)}/s`;
	return formatUnit(value, unit);
}

/** What is in use of what there is, both in one unit: `4 of 4`, `0.35 of 1 GiB`; without a limit what is in use. */
export function formatUsage({ now, limit, share }: ResourceLine, unit: UseUnit): string {
	if (limit === undefined || unit === 'ratio') return formatUse(now, unit);
	const whole = formatUse(limit.value, unit);
	const used = Number.isNaN(now) ? formatUse(now, unit) : formatFigure(share * Number.parseFloat(whole));
	return `${used} of ${whole}`;
}

/** The share of its limit; empty where there is none, or where the figure is one itself. */
export const formatShareOf = ({ share, limit }: ResourceLine): string =>
	limit === undefined ? '' : formatShare(share);
