import { expect, test } from 'vitest';
import { epoch, spanId, textFromTrace, traceFromText } from './trace-from-text.ts';

const drawing = `
gateway POST /checkout {server} :====================!
  orders POST /orders {server}  :  =================
    orders enqueue              :         |
  orders stray {id=b parent=abc}:   ==`.trim();

test('a drawn trace has the spans that are drawn', () => {
	const { spans } = traceFromText(drawing, 10n);
	expect(spans.map(({ service, name, kind, status }) => [service, name, kind, status])).toEqual([
		['gateway', 'POST /checkout', 'server', 'error'],
		['orders', 'POST /orders', 'server', 'unset'],
		['orders', 'enqueue', 'internal', 'unset'],
		['orders', 'stray', 'internal', 'unset'],
	]);
	expect(spans.map(({ start, end }) => [start - epoch, end - epoch])).toEqual([
		[0n, 200n],
		[20n, 190n],
		[90n, 90n],
		[30n, 50n],
	]);
	expect(spans.map(({ parentId }) => parentId)).toEqual([undefined, spanId('1'), spanId('2'), spanId('abc')]);
});

test('drawing a trace and reading the drawing gives the same trace', () => {
	const trace = traceFromText(drawing);
	expect(traceFromText(textFromTrace(trace))).toEqual(trace);
});

test('a line without a bar is refused', () => {
	expect(() => traceFromText('gateway POST :   ')).toThrow('No span is drawn');
});
