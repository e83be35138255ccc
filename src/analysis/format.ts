import { hour, type Milliseconds, minute, type Nanoseconds, second } from '../model/time.ts';

/**
 * Figures as the operator reads them (design: three significant digits at most, a unit always, `–` for no data). Every
 * function is total: NaN and the infinities have a text of their own.
 */

const noData = '–';

/** `850 µs`, `12.4 ms`, `2.07 s`, `3 m 12 s`, `2 h 05 m`, `3 d 4 h`; negative lengths keep their sign. */
export function formatDuration(length: Milliseconds): string {
	if (Number.isNaN(length)) return noData;
	if (length < 0) return `-${formatDuration(-length)}`;
	if (length === Number.POSITIVE_INFINITY) return '∞';
	if (length === 0) return '0 ms';
	if (length < 0.9995) return `${threeDigits(length * 1000)} µs`;
	if (length < 999.5) return `${threeDigits(length)} ms`;
	if (length < 59_950) return `${threeDigits(length / second)} s`;
	const seconds = Math.round(length / second);
	if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
	const minutes = Math.round(length / minute);
	if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
	const hours = Math.round(length / hour);
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export const formatNanoseconds = (length: Nanoseconds): string => formatDuration(Number(length) / 1e6);

/** How long ago, in one unit, for columns: `40s`, `12m`, `3h`, `2d`. */
export function formatAge(age: Milliseconds): string {
	if (Number.isNaN(age)) return noData;
	const seconds = Math.max(0, Math.floor(age / second));
	if (seconds < 100) return `${seconds}s`;
	if (seconds < 100 * 60) return `${Math.floor(seconds / 60)}m`;
	if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
	return `${Math.floor(seconds / 86_400)}d`;
}

/** A length as addresses write it, exact: `90s`, `15m`, `1h30m`, `250ms`. The pair of `parseLength`. */
export function formatLength(length: Milliseconds): string {
	const units = [
		['d', 24 * hour],
		['h', hour],
		['m', minute],
		['s', second],
		['ms', 1],
	] as const;
	let rest = Math.round(length);
	let text = '';
	for (const [unit, size] of units) {
		const count = Math.floor(rest / size);
		if (count > 0) text += `${count}${unit}`;
		rest -= count * size;
	}
	return text === '' ? '0s' : text;
}

/**
 * Requests per second: `5.2/s`; below one in ten seconds per minute: `3.1/min`. Zero is `0/s`. Beside another rate, the
 * one that is `largest` chooses the unit of both.
 */
export function formatRate(perSecond: number, largest = perSecond): string {
	if (Number.isNaN(perSecond)) return noData;
	if (perSecond === 0) return '0/s';
	if (Math.abs(largest) < 0.1) return `${compact(perSecond * 60)}/min`;
	return `${compact(perSecond)}/s`;
}

/** A ratio as a share: `24.7 %`; never more than three digits; a hair above nothing is `<0.1 %`. */
export function formatShare(ratio: number): string {
	if (Number.isNaN(ratio)) return noData;
	if (!Number.isFinite(ratio)) return ratio > 0 ? '∞ %' : '-∞ %';
	const percent = ratio * 100;
	if (percent === 0) return '0 %';
	if (Math.abs(percent) < 0.1) return percent > 0 ? '<0.1 %' : '>-0.1 %';
	if (Math.abs(percent) >= 99.95) return `${Math.round(percent)} %`;
	return `${trimZero(percent.toFixed(1))} %`;
}

/** Bytes that were read or sent, in thousands: `1.2 MB`. */
export const formatBytes = (bytes: number): string => scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);

/** Bytes of memory, in 1024s: `1.2 MiB`. */
export const formatMemory = (bytes: number): string => scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);

/** `412`, `12.4k`, `3.1M`. */
export function formatCount(count: number): string {
	if (Number.isNaN(count)) return noData;
	return Math.abs(count) < 10_000 && Number.isInteger(count) ? String(count) : compact(count);
}

/** Any figure without a unit of its own. */
export function formatFigure(value: number): string {
	if (Number.isNaN(value)) return noData;
	if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
	return Number.isInteger(value) && Math.abs(value) < 10_000 ? String(value) : compact(value);
}

/** An identifier, shortened to its first and last four characters: `7f3c…9a01`. */
export const formatId = (id: string, ellipsis = '…'): string =>
	id.length <= 10 ? id : `${id.slice(0, 4)}${ellipsis}${id.slice(-4)}`;

function compact(value: number): string {
	if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
	const size = Math.abs(value);
	if (size >= 999_500_000) return `${threeDigits(value / 1e9)}G`;
	if (size >= 999_500) return `${threeDigits(value / 1e6)}M`;
	if (size >= 9_995) return `${threeDigits(value / 1e3)}k`;
	return threeDigits(value);
}

function scaled(amount: number, base: number, units: readonly string[]): string {
	if (Number.isNaN(amount)) return noData;
	let value = amount;
	let unit = 0;
	while (Math.abs(value) >= base * 0.9995 && unit < units.length - 1) {
		value /= base;
		unit++;
	}
	return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${units[unit]}`;
}

/** Three significant digits without trailing zeros: `2.07`, `24.7`, `310`, `0.05`. */
function threeDigits(value: number): string {
	const size = Math.abs(value);
	if (size >= 99.95) return String(Math.round(value));
	return trimZero(
		size >= 9.995 ? value.toFixed(1) : size >= 0.9995 ? value.toFixed(2) : String(Number(value.toPrecision(2))),
	);
}

const trimZero = (text: string): string =>
	text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
