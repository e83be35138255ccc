import { formatDuration, formatFigure, formatMemory, formatRate, formatShare } from './format.ts';
import type { ComparisonOperator, Threshold } from './thresholds.ts';
import type { Unit } from './unit.ts';

/** A figure with the unit it is in. Seconds become the unit that reads best; rates keep to that of the `largest`. */
export function formatUnit(value: number, unit: Unit, largest = value): string {
	switch (unit) {
		case 'ratio':
			return formatShare(value);
		case 'seconds':
			return formatDuration(value * 1000);
		case 'per-second':
			return formatRate(value, largest);
		case 'bytes':
			return formatMemory(value);
		case 'count':
		case 'plain':
			return formatFigure(value);
	}
}

/** `24.7 % > 5 %`: where a figure stands to its limit. */
export function formatComparison(value: number, { operator, value: limit }: Threshold, unit: Unit): string {
	const largest = Math.max(Number.isNaN(value) ? 0 : Math.abs(value), Math.abs(limit));
	return `${formatUnit(value, unit, largest)} ${signs[operator]} ${formatUnit(limit, unit, largest)}`;
}

const signs: Readonly<Record<ComparisonOperator, string>> = {
	'>': '>',
	'>=': '>=',
	'<': '<',
	'<=': '<=',
	'==': '=',
	'!=': '!=',
};
