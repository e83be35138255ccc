import fc from 'fast-check';
import type { Span, Trace } from '../../src/model/trace.ts';
import { epoch } from './trace-from-text.ts';

const kinds = ['internal', 'server', 'client', 'producer', 'consumer', 'unspecified'] as const;

/**
 * Any graph of spans: orphans, cycles, parents of themselves, IDs and spans that occur twice, spans without length or
 * that end before they start, clocks that are off, spans that only follow from their parent.
 */
export const anyTrace: fc.Arbitrary<Trace> = fc
	.array(
		fc.record({
			id: fc.integer({ min: 1, max: 30 }),
			parent: fc.option(fc.integer({ min: 1, max: 34 })),
			service: fc.constantFrom('gateway', 'orders', 'payments'),
			name: fc.constantFrom('GET', 'POST', 'query'),
			kind: fc.constantFrom(...kinds),
			start: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: -1e6, max: 1e6 })),
			length: fc.oneof(fc.integer({ min: -3, max: 120 }), fc.constant(0), fc.integer({ min: 0, max: 1e6 })),
			failed: fc.boolean(),
			follows: fc.boolean(),
		}),
		{ maxLength: 40 },
	)
	.map(drafts => ({
		id: 'a'.repeat(32),
		spans: drafts.map(({ id, parent, service, name, kind, start, length, failed, follows }): Span => {
			const from = epoch + BigInt(start);
			return {
				id: String(id),
				...(parent === null ? {} : { parentId: String(parent) }),
				service,
				name,
				kind,
				start: from,
				end: from + BigInt(length),
				status: failed ? 'error' : 'unset',
				statusMessage: '',
				attributes: follows ? { 'opentracing.ref_type': 'follows_from' } : {},
				resource: {},
				events: [],
				links: [],
			};
		}),
	}));
