/** One character for each value, between zero (or the smallest, when it is below) and the largest; a gap is a blank. */
export function sparkline(values: readonly number[], bars: readonly string[]): string {
	const finite = values.filter(Number.isFinite);
	const low = Math.min(0, ...finite);
	const high = Math.max(...finite);
	const steps = bars.length - 1;
	return values
		.map(value => {
			if (Number.isNaN(value)) return ' ';
			if (value === Number.POSITIVE_INFINITY) return bars[steps] ?? ' ';
			if (!Number.isFinite(value) || high <= low) return bars[0] ?? ' ';
			return bars[Math.round(((value - low) / (high - low)) * steps)] ?? ' ';
		})
		.join('');
}
