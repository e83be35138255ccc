import type { TraceStore, TracesSource } from '../investigation/ports.ts';
import { type Answer, answer } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import type { Trace } from '../model/trace.ts';

/**
 * Several stores of traces as one: a trace is asked of each until one has it, so that one that has moved from Jaeger to
 * Tempo, or lies in a file, is found in either. A store that fails hides no trace of the next, and is told of all the same.
 * Searches go to the first alone: its TraceQL is not the other's, and lists of two stores have no order.
 */
export function tracesInTurn(first: TracesSource, second: TracesSource): TracesSource {
	const { attributeNames, attributeValues } = first;
	return {
		trace: async (id, hint, asking) => {
			const near = await first.trace(id, hint, asking).catch((thrown: unknown) => failedLook(thrown));
			if (!(near instanceof FailureError) && near.value !== undefined) return near;
			const far = await second.trace(id, hint, asking).catch((thrown: unknown) => failedLook(thrown));
			return joined(near, far);
		},
		search: (...question) => first.search(...question),
		...(attributeNames && { attributeNames: (...question) => attributeNames(...question) }),
		...(attributeValues && { attributeValues: (...question) => attributeValues(...question) }),
	};
}

/** Both in sentences: `saved.json and Tempo`, or the first alone where nobody configured the other. */
export const storesInTurn = (name: string, second: TraceStore = { name: 'Tempo', byWindow: true }): TraceStore =>
	second.isMissing
		? { name, byWindow: false }
		: { name: `${name} and ${second.name}`, byWindow: false, searched: name };

type Look = Answer<Trace | undefined>;

function failedLook(thrown: unknown): FailureError {
	const failure = failureOf(thrown);
	if (failure.kind === 'cancelled') throw thrown;
	return thrown instanceof FailureError ? thrown : new FailureError(failure);
}

/** Of two looks of which the first has not found it. */
function joined(near: Look | FailureError, far: Look | FailureError): Look {
	const failed = [near, far].filter(look => look instanceof FailureError);
	const [failure] = failed;
	const good = [far, near].find((look): look is Look => !(look instanceof FailureError));
	if (failure !== undefined && (good === undefined || good.value === undefined)) throw failure;
	if (good === undefined) return answer(undefined);
	return answer(good.value, [
		...good.notes,
		...failed.map(each => ({ kind: 'warning', text: sentenceOf(each.failure) }) as const),
	]);
}
