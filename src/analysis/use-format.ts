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

/**
 * What is in use of what there is, both in one unit: `4 of 4`, `0.35 of 1 GiB`; `4, no limit`; where nothing is known of
 * a limit what is in use.
 */
export function formatUsage({ now, limit, share, unlimited }: ResourceLine, unit: UseUnit): string {
	if (limit === undefined || unit === 'ratio')
		return `${formatUse(now, unit)}${unlimited === true ? ', no limit' : ''}`;
	const whole = formatUse(limit.value, unit);
	const used = Number.isNaN(now) ? formatUse(now, unit) : formatFigure(share * Number.parseFloat(whole));
	return `${used} of ${whole}`;
}

/** Whose limit it is: ` (pool)`; empty without one. */
export const formatLimitOf = ({ limit }: ResourceLine, unit: UseUnit): string =>
	limit === undefined || unit === 'ratio' ? '' : ` (${limit.of})`;

/** The same only where what is asked for stands in for a limit: ` (request)`. */
export const formatSoftLimitOf = (line: ResourceLine, unit: UseUnit): string =>
	line.limit?.soft === true ? formatLimitOf(line, unit) : '';

/** The share of its limit; empty where there is none, or where the figure is one itself. */
export const formatShareOf = ({ share, limit }: ResourceLine): string =>
	limit === undefined ? '' : formatShare(share);
