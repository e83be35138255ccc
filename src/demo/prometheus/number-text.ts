const special = (value: number): string | undefined =>
	Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : undefined;

/** Go writes at least two digits of exponent. */
const exponential = (value: number): string =>
	value.toExponential().replace(/e([+-])(\d)$/, (_, sign: string, digit: string) => `e${sign}0${digit}`);

/** A sample's value as the API writes it: plain digits, or an exponent below 1e-6 and from 1e21 (web/api, MarshalFloat). */
export const sampleText = (value: number): string => {
	const size = Math.abs(value);
	return special(value) ?? (size !== 0 && (size < 1e-6 || size >= 1e21) ? exponential(value) : String(value));
};

/** An alert's value: always with an exponent (`2.03e-01`). */
export const alertValueText = (value: number): string => special(value) ?? exponential(value);

/** Instants are seconds with a fraction. */
export const secondsOf = (at: number): number => at / 1000;
