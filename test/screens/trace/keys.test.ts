import { describe, expect, test } from 'vitest';
import { traceKeys } from '../../../src/screens/trace/keys.ts';
import { epoch, spanId, traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

const drawing = `
	gateway POST /checkout {server}         :====================!
	  gateway verify {client}               : ==
	  gateway POST {client}                 :   ================!
	    orders POST /orders {server}        :   ================!
	      orders SELECT {client}            :   =
	      orders SELECT {client}            :    =
	      orders pool.acquire {message=pool timeout}:      =============!
	      orders audit                      :        ====`;

const opened = (options = {}) => openTrace(loadedTrace(traceFromText(drawing)), options);

test('on arrival the culprit is selected, or the span that the place names', () => {
	expect(opened().selected()).toBe('orders pool.acquire');
	expect(opened({ span: spanId('2') }).selected()).toBe('gateway verify');
	expect(opened({ span: 'ffff' }).selected()).toBe('orders pool.acquire');
});

describe('moving', () => {
	test.each([
		['k goes to the parent', ['k'], 'orders POST /orders'],
		['k again', ['k', 'k'], 'gateway POST'],
		['j goes into the longest child', ['g', 'j'], 'gateway POST'],
		['j from a span without children goes to the nearest of the next row', ['j'], 'orders audit'],
		['h goes left in the row', ['h'], 'orders SELECT'],
		['l goes right in the row', ['h', 'h', 'l', 'l'], 'orders pool.acquire'],
		['arrows do the same', ['up', 'down', 'left', 'right'], 'orders pool.acquire'],
		['g goes to the top', ['g'], 'gateway POST /checkout'],
		['G goes to the bottom', ['g', 'G'], 'orders audit'],
		['e goes to the error that came of it', ['e'], 'orders POST /orders'],
		['E goes back, round the end', ['E'], 'gateway POST /checkout'],
		['c goes to what took most of the critical path', ['g', 'c'], 'orders pool.acquire'],
		['# goes to the next of that name', ['h', '#'], 'orders SELECT'],
		['a page is bounded by the rows there are', ['ctrl+b', 'pagedown'], 'orders audit'],
	])('%s', (_, keys, expected) => {
		const screen = opened();
		screen.presses(...keys);
		expect(screen.selected()).toBe(expected);
	});

	test.each([
		['g', 'k', 'This is the topmost row.'],
		['G', 'j', 'This is the lowest row.'],
		['g', 'h', 'No span lies left of it in this row.'],
		['g', 'l', 'No span lies right of it in this row.'],
		['g', '#', 'gateway POST /checkout occurs once.'],
		['g', 'n', 'Nothing is searched. / searches names, services and attributes.'],
	])('%s %s is refused with a reason', (first, second, why) => {
		expect(opened().presses(first, second)).toEqual({ type: 'refuse', why });
	});
});

test('enter zooms, enter again opens the details, esc goes back step by step and then up', () => {
	const screen = opened({ size: { width: 80, height: 20 } });
	screen.presses('k', 'enter');
	expect(screen.frame()).toContain('+50 ms');
	screen.presses('enter');
	expect(screen.frame()).toContain('took    160 ms');
	expect(screen.presses('escape')).toMatchObject({ type: 'stay' });
	expect(screen.frame()).not.toContain('+50 ms');
	expect(screen.presses('escape')).toMatchObject({ type: 'stay' });
	expect(screen.frame()).not.toContain('took    160 ms');
	expect(screen.presses('escape')).toBeUndefined();
});

test('a zoom keeps to its subtree and its ancestors', () => {
	const screen = opened();
	screen.presses('g', 'j', 'h', 'enter');
	expect(screen.selected()).toBe('gateway verify');
	expect(screen.presses('e')).toMatchObject({ type: 'stay' });
	expect(screen.selected()).toBe('gateway POST /checkout');
});

describe('pivots', () => {
	test('L opens the logs of the span, 5 minutes round it in whole seconds', () => {
		const outcome = opened().presses('L');
		const start = Number(epoch / 1_000_000n);
		expect(outcome).toEqual({
			type: 'go',
			to: {
				kind: 'logs',
				trace: '73c80000000000000000000000000001',
				span: spanId('7'),
				window: { kind: 'fixed', from: start - 300_000, to: start + 1000 + 300_000 },
			},
		});
	});

	test("p opens the panels of the span's service in the window of the place", () => {
		expect(opened().presses('p')).toMatchObject({ type: 'go', to: { kind: 'service', service: 'orders' } });
	});

	test('a made-up parent has logs and no panels', () => {
		const screen = openTrace(loadedTrace(traceFromText('a x {parent=9} :===')));
		screen.presses('k');
		expect(screen.presses('p')).toMatchObject({ type: 'refuse' });
		expect(screen.presses('L')).toEqual({ type: 'go', to: expect.not.objectContaining({ span: expect.anything() }) });
	});

	test('without a trace only its logs can be looked for', () => {
		const screen = openTrace({ status: 'idle' });
		expect(screen.presses('j')).toEqual({ type: 'refuse', why: 'There is no trace on show.' });
		expect(screen.presses('L')).toMatchObject({ type: 'go', to: { kind: 'logs' } });
	});
});

test('n and N go between the spans that hold the searched text', () => {
	const screen = opened();
	screen.searches('select');
	screen.presses('n');
	expect(screen.selected()).toBe('orders SELECT');
	screen.searches('nowhere');
	expect(screen.presses('n')).toEqual({ type: 'refuse', why: 'No span holds nowhere.' });
});

test('y copies the span as text', () => {
	const outcome = opened().presses('y');
	expect(outcome).toMatchObject({ type: 'copy', what: 'the span orders pool.acquire' });
	expect(outcome?.type === 'copy' && outcome.text).toContain('status: error: pool timeout');
});

test('no key is bound twice', () => {
	const keys = traceKeys.flatMap(({ keys }) => keys);
	expect(new Set(keys).size).toBe(keys.length);
});

test('the help begins with what leads on, and ends with what is for a trace that is missing', () => {
	const keys = traceKeys.flatMap(({ keys: [key = ''] }) => key);
	expect([keys[0], keys.slice(-2)]).toEqual(['enter', ['x', 'w']]);
});
