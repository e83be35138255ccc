import { FailureError, type FailureKind } from '../../model/failure.ts';
import type { Endpoint } from '../endpoint.ts';

type Sentences = { readonly what: string; readonly next: string; readonly words?: string };

/** There is no connection to a backend, for a reason that lies on the way to it: nothing was sent. */
export const blockedWay = ({ backend }: Endpoint, kind: FailureKind, sentences: Sentences): FailureError =>
	new FailureError({ kind, backend, ...sentences });

/** Somebody on the way was given the question, and has no answer: the backend may have got it all the same. */
export class LostOnTheWay extends FailureError {
	override readonly name = 'LostOnTheWay';
}
