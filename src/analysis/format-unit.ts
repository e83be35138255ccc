import { formatDuration, formatFigure, formatMemory, formatRate, formatShare } from './format.ts';
import type { ComparisonOperator, Threshold } from './thresholds.ts';
import type { Unit } from './unit.ts';

/** A figure with the unit it is in. Seconds become the unit that reads best. */
export function formatUnit(value: number, unit: Unit): string {
	switch (unit) {
		case 'ratio':
			return formatShare(value);
		case 'seconds':
			return formatDuration(value * 1000);
		case 'per-second':
			return formatRate(value);
		case 'bytes':
			return formatMemory(value);
		case 'count':
		case 'plain':
			return formatFigure(value);
	}
}

/** `24.7 % > 5 %`: where a figure stands to its limit. */
export const formatComparison = (value: number, { operator, value: limit }: Threshold, unit: Unit): string =>
	`${formatUnit(value, unit)} ${signs[operator]} ${formatUnit(limit, unit)}`;

const signs: Readonly<Record<ComparisonOperator, string>> = {
	'>': '>',
	'>=': '>=',
	'<': '<',
	'<=': '<=',
	'==': '=',
	'!=': '!=',
};
