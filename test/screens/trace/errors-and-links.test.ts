import { describe, expect, test } from 'vitest';
import type { SpanLink } from '../../../src/model/trace.ts';
import { trace as screen } from '../../../src/screens/trace/index.ts';
import { epoch, spanId, traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

const drawing = `
	gateway POST {server}     :====================!
	  orders POST {server}    : ==================!
	    orders verify         : ==
	    orders acquire        :   =============!
	  gateway audit           :                   =!`;

describe('e and E go along the causes', () => {
	const opened = () => openTrace(loadedTrace(traceFromText(drawing)));

	test.each([
		['from what failed first to its caller', ['e'], 'orders POST', 'error 2 of 4'],
		['and on', ['e', 'e', 'e'], 'gateway POST', 'error 4 of 4'],
		['round the end', ['e', 'e', 'e', 'e'], 'orders acquire', 'error 1 of 4'],
		['back', ['e', 'E'], 'orders acquire', 'error 1 of 4'],
		['from a sound span to the first of all', ['g', 'j', 'j', 'h', 'e'], 'orders acquire', 'error 1 of 4'],
		['from a sound span back to the last of all', ['g', 'j', 'j', 'h', 'E'], 'gateway POST', 'error 4 of 4'],
	])('%s', (_, keys, selected, words) => {
		const trace = opened();
		trace.presses(...keys);
		expect(trace.selected()).toBe(selected);
		expect(trace.headline()).toContain(words);
	});

	test('the headline counts them while a sound span is selected', () => {
		const trace = opened();
		trace.presses('g', 'j', 'j', 'h');
		expect(trace.headline()).toContain('4 errors');
	});

	test('one error has no place, and without one there is nowhere to go', () => {
		expect(openTrace(loadedTrace(traceFromText('s a :==!'))).headline()).toContain('1 error');
		const sound = openTrace(loadedTrace(traceFromText('s a :==')));
		expect(sound.headline()).toContain('no errors');
		expect(sound.presses('e')).toEqual({ type: 'refuse', why: 'No span on show failed.' });
	});
});

/** A trace of one span with these links, and of another that one of them may lead to. */
function linked(...links: readonly (readonly [traceId: string, spanId: string])[]) {
	const trace = traceFromText('shop send :====\n  shop other : ==');
	const spans = trace.spans.map((span, index) =>
		index === 0
			? { ...span, links: links.map(([traceId, id]): SpanLink => ({ traceId, spanId: id, attributes: {} })) }
			: span,
	);
	const opened = openTrace(loadedTrace({ ...trace, spans }), { size: { width: 130, height: 30 } });
	opened.presses('g');
	return opened;
}

const elsewhere = '73c80000000000000000000000000002';
const here = '73c80000000000000000000000000001';
const start = Number(epoch / 1_000_000n);
const window = { kind: 'fixed', from: start - 1_800_000, to: start + 40 + 1_800_000 };

describe('o follows a link', () => {
	test('to another trace, half an hour round the span', () => {
		expect(linked([elsewhere, 'beef']).presses('o')).toEqual({
			type: 'go',
			to: { kind: 'trace', id: elsewhere, span: 'beef', window },
		});
	});

	test('to a span of the same trace', () => {
		const trace = linked([here, spanId('2')]);
		trace.presses('o');
		expect(trace.selected()).toBe('shop other');
	});

	test.each([
		['no link', [], 'This span links to no other span.'],
		['a link to nowhere', [['0'.repeat(32), '0'.repeat(16)]] as const, 'The link names no trace.'],
		[
			'a link to what nobody sent',
			[[here, 'beef']] as const,
			'The link leads to span beef of this very trace, which nobody sent.',
		],
	])('%s is refused', (_, links, why) => {
		expect(linked(...links).presses('o')).toEqual({ type: 'refuse', why });
	});

	test('of several one is asked for by the number that it has in the details', () => {
		const trace = linked([here, spanId('2')], [elsewhere, '0'.repeat(16)]);
		expect(trace.frame()).toContain(`2 trace ${elsewhere}`);
		expect(trace.presses('o')).toMatchObject({ type: 'prompt', name: 'link' });
		const { link } = screen.prompts ?? {};
		const shown = trace.shown();
		expect(link?.begin(shown)).toBe('1');
		expect(link?.problem?.('3', shown)).toBe('There are links 1 to 2.');
		expect(link?.problem?.('x', shown)).toBe('There are links 1 to 2.');
		expect(link?.problem?.('2', shown)).toBeUndefined();
		expect(link?.complete?.({ text: '1', cursor: 1 }, shown)).toEqual({
			text: '2',
			cursor: 1,
			choices: ['1 73c8…0001', '2 73c8…0002'],
		});
		expect(link?.complete?.({ text: '2', cursor: 1 }, shown).text).toBe('1');
		expect(link?.enter('2', shown)).toEqual({ type: 'go', to: { kind: 'trace', id: elsewhere, window } });
	});
});
