import type { BackendName } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Asking, Http, HttpResponse } from '../http.ts';
import { greetings, type Product } from './greetings.ts';

/** Who answered, and how its clock stands to ours where it told the time: ahead of ours when positive. */
export type Greeted = { readonly product: Product; readonly skew?: Skew };

/** The server's clock against ours lies between the two; an answer's date has whole seconds. */
export type Skew = { readonly least: Milliseconds; readonly most: Milliseconds };

/** Asks a server who it is, as one of this kind would be asked. Rejects with a `FailureError` when it is none. */
export async function greet(
	http: Http,
	backend: BackendName,
	{ now, asking }: { readonly now: () => Milliseconds; readonly asking: Asking },
): Promise<Greeted> {
	const { request, productIn } = greetings[backend];
	const sent = now();
	const response = await http.send(request, asking);
	const product = productIn(http, response);
	const skew = skewOf(response, sent, now());
	return skew === undefined ? { product } : { product, skew };
}

/**
 * What the `Date` of an answer (RFC 9110 §6.6.1) says of the server's clock. It was written between our sending and our
 * receiving, at any moment of the second that it names.
 *
 *     ours     sent ├──────────────┤ received
 *     theirs          [date, +1 s)
 */
export function skewOf({ date }: HttpResponse, sent: Milliseconds, received: Milliseconds): Skew | undefined {
	return date === undefined ? undefined : { least: date - received, most: date + 1000 - sent };
}
