import type { Address } from '../analysis/address.ts';
import { type OutputFormat, traceFormats } from './command-line.ts';
import { UsageError } from './usage-error.ts';

/** A picture and OTLP are of one trace: for any other place they are refused before anything is asked. */
export function checkFormat({ kind }: { readonly kind: Address['kind'] }, output: OutputFormat | undefined): void {
	if (kind === 'trace' || output === undefined || !traceFormats.includes(output)) return;
	throw new UsageError(
		`Only a trace is printed as ${output}, and this is ${kind}.`,
		'Name a trace: smokejumper trace ID, or use text, json or markdown.',
	);
}
