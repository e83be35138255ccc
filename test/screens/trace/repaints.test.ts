import { expect, test } from 'vitest';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, type OpenTrace, openTrace } from './open-trace.ts';

const read = () =>
	loadedTrace(
		traceFromText(`
	gateway GET :====================
	  orders list :  ==========
	    orders SELECT item {client} :   ==
	    orders SELECT item {client} :      ===
	    orders SELECT item {client} :          =!
	  mail send :               ====`),
	);

const narrow = { width: 60, height: 15 };
const wide = { width: 160, height: 30 };

test.each<[what: string, does: (screen: OpenTrace) => void]>([
	['as it opens', () => undefined],
	['after a move', screen => screen.presses('g', 'j')],
	['folded', screen => screen.presses('Z')],
	['folded and opened again', screen => screen.presses('Z', 'Z')],
	['zoomed', screen => screen.presses('g', 'j', 'enter')],
	['searched', screen => screen.searches('item')],
	['as a waterfall', screen => screen.presses('tab')],
])('what was painted before in other columns leaves no trace: %s', (_, does) => {
	const pane = read();
	for (const size of [narrow, wide, narrow, wide]) {
		const [again, fresh] = [openTrace(pane, { size }), openTrace(read(), { size })];
		again.frame();
		does(again);
		does(fresh);
		expect(again.frame()).toBe(fresh.frame());
	}
});
