import { type Endpoint, titleOf } from '../../backends/endpoint.ts';
import type { FoundInstead } from '../../backends/identity/look-around.ts';
import type { BackendName } from '../../model/failure.ts';

/** Who answers in place of the backend, or where it is, and what to write where. */
export function insteadWords(
	{ backend, product, url, isElsewhere }: FoundInstead,
	{ backend: wanted, origin }: Endpoint,
): { readonly what: string; readonly next: string } {
	const who = [product.name, product.version ?? ''].join(' ').trim();
	return isElsewhere
		? { what: `${who} answers at ${url}.`, next: `Write that URL in ${keyOf(wanted, origin)}.` }
		: {
				what: `${who} answers there, which is no ${titleOf(wanted)}.`,
				next: `Write its URL in ${keyOf(backend, origin)}, and that of ${titleOf(wanted)} in ${keyOf(wanted, origin)}.`,
			};
}

/**
 * Where the URL of a backend is written: `profile prod: loki.url`, the line of the form, or the option or
 * variable beside the one given.
 */
export function keyOf(backend: BackendName, origin: string): string {
	if (origin.startsWith('profile ')) return `${origin}: ${backend}.url`;
	if (origin === 'this form') return `the line ${titleOf(backend)}`;
	if (origin.startsWith('--')) return `--${backend}-url`;
	return origin.replace(/_[A-Z]+_URL$/, `_${backend.toUpperCase()}_URL`);
}
