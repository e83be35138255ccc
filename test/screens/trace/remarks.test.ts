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
	open.presses('i', 'i');
	expect(open.selected()).toBe('orders PUT');
});

test('i says which remark it goes to, also of several about one span, and begins with the first', () => {
	const gaps = `
		shop POST     :====================
		  shop price  :    ====
		    shop tax  :    ====
		  shop pay    :            ======`;
	const open = openTrace(loadedTrace(traceFromText(gaps)), { size: { width: 80, height: 24 } });
	const said = ['i', 'i', 'i', 'i'].map(key => {
		const outcome = open.presses(key);
		return [open.selected(), outcome?.type === 'stay' ? outcome.says : undefined];
	});
	expect(said).toEqual([
		['shop POST', '1 of 3: 40 ms before shop price: nothing recorded in shop POST'],
		['shop POST', '2 of 3: 40 ms before shop pay: nothing recorded in shop POST'],
		['shop POST', '3 of 3: 20 ms after shop pay: nothing recorded in shop POST'],
		['shop POST', '1 of 3: 40 ms before shop price: nothing recorded in shop POST'],
	]);
	expect(open.presses('i', 'j', 'i')).toMatchObject({ says: expect.stringMatching(/^1 of 3/) });
});

test('where there is nothing to remark upon that is said', () => {
	expect(openTrace(loadedTrace(traceFromText('s a :=='))).presses('i')).toEqual({
		type: 'refuse',
		why: 'Nothing in this trace is remarkable but where the time went.',
	});
});
