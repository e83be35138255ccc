import { expect, test } from 'vitest';
import { flameRowOf, flameViewOf } from '../../src/analysis/flame-rows.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** The flame graph with each span as its own name, `+` for merged spans; zoomed to the span of that name. */
function drawn(text: string, columns: number, zoomTo?: string): readonly string[] {
	const { tree, lanes } = traceReadingOf(traceFromText(text, 8n));
	const zoom = tree.nodes.find(({ span }) => span.name === zoomTo);
	const view = flameViewOf(lanes, zoom);
	const scale = { from: view.from, to: view.to, columns };
	return Array.from({ length: view.height }, (_, row) =>
		flameRowOf(view.frames(row), scale)
			.map(segment =>
				(segment.kind === 'gap' ? '·' : segment.kind === 'merged' ? '+' : segment.node.span.name).repeat(segment.width),
			)
			.join(''),
	);
}

const concurrent = `
	s R :====================
	  s a : =======
	    s b :   ===
	  s c :    =========
	    s d :     ====
	    s e :        ===
	  s f :             =====
	    s g :             ===`;

test('siblings that overlap get lanes, and what follows shares a lane again', () => {
	expect(drawn(concurrent, 20)).toEqual([
		'RRRRRRRRRRRRRRRRRRRR',
		'·aaaaaaa·····fffff··',
		'···bbb·······ggg····',
		'····ccccccccc·······',
		'·····dddd···········',
		'········eee·········',
	]);
});

test('a zoomed span fills the width below its ancestors', () => {
	expect(drawn(concurrent, 18, 'c')).toEqual(
		['R', 'c'].map(name => name.repeat(18)).concat(['··dddddddd········', '········eeeeee····']),
	);
});

test('roots and orphans that overlap lie below each other', () => {
	expect(drawn('s R :======\ns S :        ==\ns o {parent=9} :  ======', 10)).toEqual([
		'RRRRRR··SS',
		`··${'missing parent'.repeat(6)}··`,
		'··oooooo··',
	]);
});

test('a skewed span is cut to the picture and does not stretch it', () => {
	expect(drawn(`a R {id=1}                            :${' '.repeat(90)}==========\n  b k :==`, 10)).toEqual([
		'RRRRRRRRRR',
		'k·········',
	]);
});

test('spans too short for a cell of their own are merged and counted', () => {
	const many = Array.from({ length: 40 }, (_, index) => `  s x :${' '.repeat(index)}=`).join('\n');
	expect(drawn(`s R :${'='.repeat(80)}\n${many}`, 10)).toEqual(['RRRRRRRRRR', '+++++·····']);
});

test('a span without length has a cell where one is free, or shares one', () => {
	expect(drawn('s R :==========\n  s z :   |', 10)[1]).toBe('···z······');
	expect(drawn('s R :==========\n  s a :==========\n  s z :          |', 10)[1]).toBe('aaaaaaaaaz');
});

test('the last cell is filled in eighths', () => {
	const { lanes } = traceReadingOf(traceFromText('s R :================\n  s a :=========', 1n));
	const [, row = []] = lanes.rows;
	expect(flameRowOf(row, { from: 0, to: 16, columns: 2 }).map(segment => ({ ...segment, node: undefined }))).toEqual([
		{ kind: 'span', x: 0, width: 2, eighths: 1, node: undefined },
	]);
});
