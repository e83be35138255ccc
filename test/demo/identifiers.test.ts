import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestIdOf, traceIdOf, turnOfRequestId, turnOfTraceId } from '../../src/demo/identifiers.ts';

const turns = fc.record({
	second: fc.integer({ min: 0, max: 0xffffffff }),
	index: fc.integer({ min: 0, max: 0xffff }),
});
const seeds = fc.integer({ min: 0, max: 0xffffffff });

describe('identifiers of the demo', () => {
	it('turn back into the request they were made for', () => {
		fc.assert(
			fc.property(turns, seeds, (turn, seed) => {
				expect(turnOfTraceId(traceIdOf(turn, seed), seed)).toEqual(turn);
				expect(turnOfRequestId(requestIdOf(turn, seed), seed)).toEqual(turn);
			}),
		);
	});

	it('are spelled as trace IDs and UUIDs of version 4 are', () => {
		fc.assert(
			fc.property(turns, seeds, (turn, seed) => {
				expect(traceIdOf(turn, seed)).toMatch(/^[0-9a-f]{32}$/);
				expect(requestIdOf(turn, seed)).toMatch(
					/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
				);
			}),
		);
	});

	it('look unrelated when their requests are neighbours', () => {
		const near = Array.from({ length: 200 }, (_, index) => traceIdOf({ second: 1_773_457_964, index }, 7));
		expect(new Set(near.map(id => id.slice(0, 4))).size).toBeGreaterThan(190);
	});

	it.each(['', 'no hex at all', '0123456789abcdef0123456789abcdef', 'f'.repeat(33)])(
		'belong to no request when nobody made them: %j',
		id => {
			expect(turnOfTraceId(id, 7)).toBeUndefined();
			expect(turnOfRequestId(id, 7)).toBeUndefined();
		},
	);

	it('are not recognised under another seed', () => {
		const turn = { second: 1_773_457_964, index: 3 };
		expect(turnOfTraceId(traceIdOf(turn, 7), 8)).toBeUndefined();
		expect(turnOfRequestId(requestIdOf(turn, 7), 8)).toBeUndefined();
	});

	it('are read in capitals and without leading zeros too', () => {
		const turn = { second: 1_773_457_964, index: 3 };
		expect(turnOfTraceId(traceIdOf(turn, 7).toUpperCase(), 7)).toEqual(turn);
		const zeroed = Array.from({ length: 400 }, (_, index) => ({ second: 5, index })).find(each =>
			traceIdOf(each, 7).startsWith('0'),
		);
		expect(zeroed && turnOfTraceId(traceIdOf(zeroed, 7).replace(/^0+/, ''), 7)).toEqual(zeroed);
	});
});
