import { expect, test } from 'vitest';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

const drawing = `
	gateway POST {server}        :====================!
	  gateway render             : ==
	  gateway POST {client}      :     ==============!
	    orders PUT {server message=no seat left}:         ======!
	      orders audit           :         =====`;

test('i goes to the spans that are remarked upon, one after the other, and out of a zoom', () => {
	const open = openTrace(loadedTrace(traceFromText(drawing)), { size: { width: 80, height: 24 } });
	expect(open.frame()).toContain('✗ First of 3 errors: orders PUT: no seat left');
	expect(open.frame()).toContain('· 80 ms of network and queue between gateway POST and orders PUT');
	expect(open.frame()).toContain('· 20 ms before gateway POST: nothing recorded in gateway POST');
	open.presses('g', 'enter', 'i');
	expect(open.selected()).toBe('orders PUT');
	open.presses('enter', 'i');
	expect(open.selected()).toBe('gateway POST');
	open.presses('i');
	expect(open.headline()).toContain('error 3 of 3');
	open.presses('i');
	expect(open.selected()).toBe('orders PUT');
});

test('where there is nothing to remark upon that is said', () => {
	expect(openTrace(loadedTrace(traceFromText('s a :=='))).presses('i')).toEqual({
		type: 'refuse',
		why: 'Nothing in this trace is remarkable but where the time went.',
	});
});
