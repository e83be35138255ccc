import type { Labels } from '../../model/labels.ts';

/** Annotations with their placeholders filled, as Prometheus' templates do it; unknown functions stay as written. */
export const filled = (templates: Labels, labels: Labels, value: number): Labels =>
	Object.fromEntries(
		Object.entries(templates).map(([name, template]) => [
			name,
			template
				.replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? '')
				.replace(/\{\{\s*\$value(?:\s*\|\s*(\w+))?\s*\}\}/g, (whole, format?: string) =>
					format === undefined ? String(value) : (formats[format]?.(value) ?? whole),
				),
		]),
	);

/** Go's `%.4g`: four significant digits, no zeros at the end. */
const fourDigits = (value: number): string => String(Number(value.toPrecision(4)));

const humanizeDuration = (seconds: number): string => {
	if (!Number.isFinite(seconds)) return fourDigits(seconds);
	if (Math.abs(seconds) < 1) return seconds === 0 ? '0s' : `${fourDigits(seconds * 1000)}ms`;
	if (Math.abs(seconds) < 60) return `${fourDigits(seconds)}s`;
	const whole = Math.floor(Math.abs(seconds));
	const parts = [
		[Math.floor(whole / 86_400), 'd'],
		[Math.floor(whole / 3_600) % 24, 'h'],
		[Math.floor(whole / 60) % 60, 'm'],
		[whole % 60, 's'],
	] as const;
	const from = parts.findIndex(([amount]) => amount > 0);
	return `${seconds < 0 ? '-' : ''}${parts
		.slice(from)
		.map(([amount, unit]) => `${amount}${unit}`)
		.join(' ')}`;
};

const formats: Readonly<Record<string, (value: number) => string>> = {
	humanize: value => {
		const size = Math.abs(value);
		const power = size >= 1 ? Math.min(8, Math.floor(Math.log10(size) / 3)) : 0;
		return `${fourDigits(value / 1000 ** power)}${['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'][power] ?? ''}`;
	},
	humanizePercentage: value => `${fourDigits(value * 100)}%`,
	humanizeDuration,
};
