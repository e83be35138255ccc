/** The error's code; a connection tried on several addresses reports them together, and the first one speaks. */
export function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return '';
	const code = 'code' in error ? String(error.code) : '';
	if (code !== '' || !(error instanceof AggregateError)) return code;
	return codeOf(error.errors[0]);
}

/** The first line; OpenSSL appends where in its sources it stumbled. */
export const messageOf = (error: unknown): string =>
	(error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim().slice(0, 500) ?? '';
