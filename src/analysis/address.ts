import { hour, type Milliseconds } from '../model/time.ts';
import type { Address } from './address-forms.ts';
import { type AddressProblem, Problem } from './address-options.ts';
import { addressOf } from './address-places.ts';
import { splitWords } from './words.ts';

export {
	type Address,
	addressFlags,
	addressForms,
	addressKinds,
	defaultWindow,
	logLevels,
	windowOptions,
} from './address-forms.ts';
export type { AddressProblem } from './address-options.ts';
export { addressWords, formatAddress } from './format-address.ts';

export type ParsedAddress =
	| { readonly ok: true; readonly address: Address }
	| { readonly ok: false; readonly problem: AddressProblem };

/**
 * Reads the words of an address, as a shell hands them over or as `splitWords` cuts them. `now` anchors relative times;
 * `since` is how far back one looks that does not say it.
 */
export function parseAddress(words: readonly string[], now: Milliseconds, since: Milliseconds = hour): ParsedAddress {
	try {
		return { ok: true, address: addressOf(words, now, since) };
	} catch (error) {
		if (error instanceof Problem) return { ok: false, problem: error.problem };
		throw error;
	}
}

/** Reads an address typed on one line. */
export function parseAddressLine(line: string, now: Milliseconds, since?: Milliseconds): ParsedAddress {
	const words = wordsOfLine(line);
	return words === undefined ? { ok: false, problem: openQuote } : parseAddress(words, now, since);
}

/** The program's name stands before an address that was copied for a shell. */
const program = 'smokejumper';

export const openQuote: AddressProblem = {
	what: 'A quote is not closed.',
	next: 'Close it with the same \' or " it began with.',
};

/** The words of an address on one line, as it is typed or was copied; `undefined` when a quote is not closed. */
export function wordsOfLine(line: string): readonly string[] | undefined {
	const { words, open } = splitWords(line);
	if (open) return undefined;
	return words[0] === program && words.length > 1 ? words.slice(1) : words;
}
