import type { Note } from '../../model/answer.ts';
import { isTurn, type Steps } from '../../model/steps.ts';
import type { WireTrace } from '../tempo/schema.ts';

/**
 * That spans of a trace came more than once, in steps: files are put together from several exports, and collectors send
 * again what was not acknowledged. Of those with the same ID, start, kind and name one is kept (`distinctSteps`).
 */
export function* cameTwiceSteps({ resourceSpans }: WireTrace): Steps<readonly Note[]> {
	const seen = new Set<string>();
	let [turn, twice] = [0, 0];
	for (const { scopeSpans } of resourceSpans ?? []) {
		for (const span of (scopeSpans ?? []).flatMap(({ spans }) => spans ?? [])) {
			if (isTurn(turn++)) yield;
			const identity = identityOf(span);
			if (identity === undefined) continue;
			if (seen.has(identity)) twice++;
			seen.add(identity);
		}
	}
	if (twice === 0) return [];
	const text = twice === 1 ? '1 span came twice and is shown once.' : `${twice} spans came twice and are shown once.`;
	return [{ kind: 'warning', text }];
}

/** `undefined` for what is no span. */
function identityOf(span: unknown): string | undefined {
	if (typeof span !== 'object' || span === null || !('spanId' in span)) return undefined;
	const start = 'startTimeUnixNano' in span ? String(span.startTimeUnixNano) : '';
	const kind = 'kind' in span ? String(span.kind) : '';
	return `${String(span.spanId)} ${start} ${kind} ${'name' in span ? String(span.name) : ''}`;
}
