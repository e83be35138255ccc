/** A number of bytes in decimal units: `0 B`, `812 B`, `1.1 MB`. */
export const byteCount = (bytes: number): string => {
	const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
	const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
	const scaled = bytes / 1000 ** power;
	return `${power === 0 ? scaled : scaled.toFixed(1)} ${units[power]}`;
};
