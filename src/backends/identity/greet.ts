import type { BackendName } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Asking, Http } from '../http.ts';
import { type Skew, skewOf } from '../skew.ts';
import { greetings, type Product } from './greetings.ts';

/** Who answered, and how its clock stands to ours where it told the time: ahead of ours when positive. */
export type Greeted = { readonly product: Product; readonly skew?: Skew };

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
