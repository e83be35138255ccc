/**
 * The four backends, Jaeger in the place of Tempo or beside it, and Grafana, which may stand before them; in the order in
 * which the header shows them.
 */
export type BackendName = 'prometheus' | 'alertmanager' | 'loki' | 'tempo' | 'jaeger' | 'grafana';
export const backendNames: readonly BackendName[] = [
	'prometheus',
	'alertmanager',
	'loki',
	'tempo',
	'jaeger',
	'grafana',
];

export type FailureKind =
	| 'not-configured'
	| 'refused' // connection refused or reset
	| 'dns'
	| 'tls'
	| 'timeout'
	| 'unauthorized' // 401
	| 'forbidden' // 403
	| 'not-found' // 404
	| 'bad-query' // 400, 422
	| 'too-large' // 413, a server's own limit, or a body over our own cap
	| 'rate-limited' // 429
	| 'server' // 5xx
	| 'redirected' // a redirect to another place, most often a login page
	| 'not-json' // 200 with something else in it
	| 'wrong-shape' // JSON that is not what the API says
	| 'too-much' // not asked: it would read more than the operator wants read unasked
	| 'over-budget' // not asked: the profile allows no more to be read for this incident
	| 'resting' // not asked: it has failed so often that it is left alone for a while
	| 'cancelled'
	| 'secret' // a token's env, file or command gave nothing
	| 'internal'; // our own fault

/**
 * What went wrong, for a person: who, what, and what next. `what` and `next` are whole sentences without a secret in
 * them; `words` is what the server itself said, bounded, not yet sanitised.
 */
export type Failure = {
	readonly kind: FailureKind;
	readonly backend?: BackendName;
	readonly status?: number;
	readonly what: string;
	readonly next: string;
	readonly words?: string;
	/** Where in the query the server stumbled; 1-based, in characters. */
	readonly position?: { readonly line: number; readonly column: number };
	/** Of `tls`: the certificate is of an authority that is not trusted, or signed itself; naming its file may mend that. */
	readonly isUntrusted?: true;
};

/**
 * A failure on its way up. Its message is the sentence, so that an uncaught one still reads well. It keeps no stack: it is no
 * fault of the program, and the first stack takes 4 ms, for which a trace that has come waits.
 */
export class FailureError extends Error {
	readonly failure: Failure;

	constructor(failure: Failure) {
		const { stackTraceLimit } = Error;
		Error.stackTraceLimit = 0;
		super(sentenceOf(failure));
		Error.stackTraceLimit = stackTraceLimit;
		this.name = 'FailureError';
		this.failure = failure;
	}
}

/** The failure in one line: `Tempo at traces.example refused the token (401). Check profile prod-eu: tempo.auth.` */
export const sentenceOf = ({ what, words, next }: Failure): string =>
	[what, words === undefined || words === '' ? '' : `It said: ${ended(words)}`, next].filter(Boolean).join(' ');

/** Servers seldom end a sentence; the next one begins behind it. */
const ended = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

/** Whatever was thrown, as a failure. */
export const failureOf = (thrown: unknown): Failure => {
	if (thrown instanceof FailureError) return thrown.failure;
	if (thrown instanceof Error && thrown.name === 'AbortError') {
		return { kind: 'cancelled', what: 'The question was cancelled.', next: 'Press R to ask again.' };
	}
	const words = thrown instanceof Error ? thrown.message : String(thrown);
	return {
		kind: 'internal',
		what: 'smokejumper itself failed.',
		words,
		next: 'Press R to try again; please report it.',
	};
};
