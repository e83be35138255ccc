import { readFileSync } from 'node:fs';

/** One request and the answer that a real server gave to it. */
export type Recording = {
	readonly request: { readonly path: string; readonly query: Readonly<Record<string, unknown>> };
	readonly response: {
		readonly status: number;
		readonly contentType: string | null;
		readonly json?: unknown;
		readonly text?: string;
	};
};

/** `recording('loki-3.4.6', 'error-parse')` */
export const recording = (server: string, name: string): Recording =>
	JSON.parse(readFileSync(new URL(`../recordings/${server}/${name}.json`, import.meta.url), 'utf8'));
