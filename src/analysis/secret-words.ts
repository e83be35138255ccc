/** Where a secret comes from, as it is typed in one line. */
export type SecretWords = {
	readonly source: 'literal' | 'env' | 'file' | 'command';
	/** The secret itself, the name of a variable, a path, or a line for the shell. */
	readonly value: string;
};

const prefixes = { 'env:': 'env', 'file:': 'file', 'cmd:': 'command' } as const;

/** `env:NAME`, `file:PATH` and `cmd:LINE` name a place where the secret is; whatever else is typed is the secret itself. */
export function parseSecretWords(text: string): SecretWords {
	const line = text.trim();
	for (const [prefix, source] of Object.entries(prefixes)) {
		if (line.startsWith(prefix)) return { source, value: line.slice(prefix.length).trim() };
	}
	return { source: 'literal', value: line };
}

/** `env:NAME`: what `parseSecretWords` reads back. A secret itself is never written. */
export function formatSecretWords({ source, value }: SecretWords): string {
	const [prefix] = Object.entries(prefixes).find(([, each]) => each === source) ?? [];
	return prefix === undefined ? '' : `${prefix}${value}`;
}

/** The line as it may be seen: a place whole, a secret as one star for each character. */
export const maskedSecret = (text: string): string =>
	parseSecretWords(text).source === 'literal' ? '*'.repeat([...text].length) : text;
