import { hour, type Milliseconds, second } from '../../model/time.ts';
import { Refusal } from '../refusal.ts';

/** Both ends inclusive. */
export type SearchRange = { readonly from: Milliseconds; readonly to: Milliseconds };

const longestSearch = 168 * hour;

/** `start` and `end` in whole seconds; `undefined` when neither is given. */
export function secondsRangeOf(parameters: URLSearchParams): SearchRange | undefined {
	const start = unixSecondsOf(parameters, 'start');
	const end = unixSecondsOf(parameters, 'end');
	if (start === undefined && end === undefined) return undefined;
	if ((start ?? 0) >= (end ?? 0)) {
		const received = `received start=${start ?? 0} end=${end ?? 0}`;
		throw new Refusal(400, `http parameter start must be before end. ${received}`);
	}
	const range = { from: (start ?? 0) * second, to: (end ?? 0) * second };
	if (range.to - range.from > longestSearch) {
		const received = `received start=${start ?? 0} end=${end ?? 0}`;
		throw new Refusal(400, `range specified by start and end exceeds 168h0m0s. ${received}`);
	}
	return range;
}

/** At most 32 bits: milliseconds do not fit. */
function unixSecondsOf(parameters: URLSearchParams, name: string): number | undefined {
	const value = integerOf(parameters, name);
	if (value !== undefined && (value < 0 || value > 4_294_967_295))
		throw invalid(name, parameters.get(name), 'value out of range');
	return value;
}

export function integerOf(parameters: URLSearchParams, name: string): number | undefined {
	const text = parameters.get(name) ?? '';
	if (text === '') return undefined;
	if (!/^-?\d+$/.test(text)) throw invalid(name, text, 'invalid syntax');
	return Number(text);
}

const invalid = (name: string, text: string | null, why: string): Refusal =>
	new Refusal(400, `invalid ${name}: strconv.ParseInt: parsing ${JSON.stringify(text ?? '')}: ${why}`);

/** A trace ID of the path: hex of any case, filled up with zeros to 32 digits. */
export function traceIdIn(path: string): string {
	const text = decodeURIComponent(path);
	const wrong = /[^0-9a-f]/i.exec(text);
	if (wrong !== null) {
		const words = `invalid character '${wrong[0]}' at position ${wrong.index + 1}`;
		throw new Refusal(400, `trace IDs can only contain hex characters: ${words}`);
	}
	if (text.length > 32) throw new Refusal(400, "trace IDs can't be larger than 128 bits");
	return text.toLowerCase().padStart(32, '0');
}
