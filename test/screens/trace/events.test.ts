import { expect, test } from 'vitest';
import type { Trace } from '../../../src/model/trace.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

const drawn = traceFromText(`
	edge GET /x         :========================================
	  basket SELECT cart:  ===================================
`);

/** Events of the second span, milliseconds after it began. */
function withEvents(...times: readonly number[]): Trace {
	const [root, child] = drawn.spans;
	if (root === undefined || child === undefined) throw new Error('The drawing has two spans.');
	const events = times.map(time => ({ name: 'retry', at: child.start + BigInt(time) * 1_000_000n, attributes: {} }));
	return { ...drawn, spans: [root, { ...child, events }] };
}

const barIn = (trace: Trace): string =>
	openTrace(loadedTrace(trace), { size: { width: 80, height: 20 } })
		.frame()
		.split('\n')
		.find(row => /^.basket .*SELECT cart/.test(row)) ?? '';

test('events stand on the bar of their span at their time, once in a cell', () => {
	expect(barIn(withEvents(200, 201, 300))).toMatchInlineSnapshot(
		`"▌basket     █ SELECT cart 350 ms ██████████████◇█████████████████◇████████▋"`,
	);
	expect(barIn(withEvents())).not.toContain('◇');
});

test('an event that is not within its span stands nowhere', () => {
	expect(barIn(withEvents(-50, 900))).toBe(barIn(withEvents()));
});
