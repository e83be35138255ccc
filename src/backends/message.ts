import type { OpenQuery, QueryRecord } from '../model/answer.ts';
import type { Milliseconds } from '../model/time.ts';

/** Who asks: how to stop, and where to leave the evidence of what was asked. */
export type Asking = {
	readonly signal: AbortSignal;
	readonly record: (query: QueryRecord) => void;
	/** When the operator asked by hand: a backend that has been left alone since before that is asked once all the same. */
	readonly insistedAt?: Milliseconds;
	/** Told of a question when it goes out; what it gives back is called when it is over, however it ended. */
	readonly begin?: (query: OpenQuery) => () => void;
	/** Told now and then how far a long answer has been read: items so far, and the share of the whole (0…1). */
	readonly progress?: (read: { readonly items: number; readonly share: number }) => void;
};

export type HttpRequest = {
	/** GET when absent. */
	readonly method?: 'GET' | 'POST' | 'DELETE';
	/** Appended to the base URL and its prefix: `/api/v1/query`. Variable parts are already percent-encoded. */
	readonly path: string;
	/** The query string of a GET or DELETE, the form body of a POST. */
	readonly parameters?: readonly (readonly [string, string])[];
	/** The body of a POST that is JSON and no form. */
	readonly json?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** The PromQL, LogQL or TraceQL in it, for the evidence and for where an error stands. */
	readonly query?: string;
	/** False for what must not be asked twice. True when absent: reads are safe. */
	readonly retry?: boolean;
	/** For what changes something on the server, so that its failures speak of a change and not of a question. */
	readonly change?: Change;
	/** Bytes that the server says it read, from the JSON of its answer. */
	readonly readOf?: (json: unknown) => number | undefined;
	/** Samples that the server read or, where it does not say, that it answered. */
	readonly samplesOf?: (json: unknown) => number | undefined;
	/** What the server says the question cost, from the JSON of its answer. */
	readonly costOf?: (json: unknown) => string | undefined;
	/** What becomes of the items of long lists while a long answer is read. */
	readonly items?: ItemReading;
};

/** Takes the items of a long answer as they are read, so that they never stand in memory all at once as they were sent. */
export type ItemReading = {
	/** What stands in the item's place; `list` is the key under which its list stands. */
	readonly read: (list: string, item: unknown) => unknown;
	/** How many have been read. */
	readonly count: () => number;
};

export type Change = {
	/** What the server is asked to take: `silence`. */
	readonly noun: string;
	/** What next, when it cannot be told whether the server has done it: one sentence. */
	readonly unclear: string;
};

/** An answer of any status. */
export type HttpResponse = {
	readonly status: number;
	/** Empty when the server named none. */
	readonly contentType: string;
	/** Decoded text, at most `maxBodyBytes` long; empty when there was none. */
	readonly body: string;
	/** Where a redirect points. */
	readonly location?: string;
	/** What was sent to let the question in: not to be shown where the answer repeats it. */
	readonly secrets?: readonly string[];
	/** Nothing was sent that could let the question in. */
	readonly isBare?: true;
	/** How long the server asks to wait. */
	readonly retryAfter?: Milliseconds;
	/** What the server's clock said, in whole seconds. */
	readonly date?: Milliseconds;
};
