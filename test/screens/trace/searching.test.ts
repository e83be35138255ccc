import { describe, expect, test } from 'vitest';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace, recordedTrace } from './open-trace.ts';

const drawing = `
	gateway POST /checkout {server} :====================
	  orders SELECT item {client}   : ==
	  orders SELECT item {client}   :    ==
	  orders SELECT item {client}   :       ==
	  orders write {client}         :           =====
	    store SELECT stock {server} :            ===`;

describe.each([
	['flame graph', []],
	['waterfall', ['tab']],
	['table', ['tab', 'tab']],
	['table of spans', ['tab', 'tab', 'b', 'b']],
] as const)('a search in the %s', (_, way) => {
	test('counts what it finds, and n and N go round', () => {
		const screen = openTrace(loadedTrace(traceFromText(drawing)));
		screen.presses(...way, 'g');
		screen.searches('select');
		expect(screen.headline()).toContain('search select 4 found');
		screen.presses('n');
		expect(screen.headline()).toContain('search select 1 of 4');
		screen.presses('n', 'n', 'n');
		expect(screen.headline()).toContain('4 of 4');
		expect(screen.selected()).toBe('store SELECT stock');
		screen.presses('n');
		expect(screen.headline()).toContain('1 of 4');
		screen.presses('N');
		expect(screen.headline()).toContain('4 of 4');
	});

	test('leaves what does not match in sight, dim', () => {
		const screen = openTrace(loadedTrace(traceFromText(drawing)), { level: '256' });
		screen.presses(...way);
		screen.searches('stock');
		expect(screen.frame()).toContain('SELECT stock');
		expect(screen.frame()).toContain('write');
		expect(screen.styleOf('SELECT stock')).toMatchObject({ bold: true, underline: true });
		expect(screen.styleOf('write')).not.toHaveProperty('bold');
		expect(screen.styleOf('write')).toMatchObject({ color: 245 });
	});
});

test('a match inside of a folded run and inside of a closed subtree keeps its bar bright', () => {
	const calls = Array.from(
		{ length: 12 },
		(_, index) => `  a call :${' '.repeat(index)}=\n    b answer${index} :${' '.repeat(index)}=`,
	);
	const screen = openTrace(loadedTrace(traceFromText(`a root :==============\n${calls.join('\n')}`)), { level: '256' });
	screen.searches('answer7');
	expect(screen.frame()).toContain('×12');
	expect(screen.styleOf('call')).toMatchObject({ bold: true, underline: true });
	screen.presses('tab', 'g', 'h');
	expect(screen.frame()).toMatch(/▸ a root \+24/);
	expect(screen.styleOf('root +24')).toMatchObject({ bold: true, underline: true });
});

test('n leads into a folded run span by span, and out of a closed subtree', () => {
	const calls = Array.from({ length: 12 }, (_, index) => `  a call :${' '.repeat(index)}=`);
	const screen = openTrace(loadedTrace(traceFromText(`a root :==============\n${calls.join('\n')}`)));
	screen.presses('tab', 'g', 'h');
	screen.searches('call');
	screen.presses('n', 'n');
	expect(screen.headline()).toContain('2 of 12');
	expect(screen.frame()).toMatch(/▾ a root/);
});

test('attributes are searched by name, by value, and as name=value', () => {
	const screen = openTrace(loadedTrace(recordedTrace('trace-v2')));
	for (const text of ['pool.name', 'ACCOUNTS-db', 'pool.name=accounts']) {
		screen.searches(text);
		expect(screen.headline()).toContain('1 of 1');
	}
	screen.searches('pool.name=nothing');
	expect(screen.headline()).toContain('0 found');
});

test('outside of a zoom n says how many there are', () => {
	const screen = openTrace(loadedTrace(traceFromText(drawing)));
	screen.searches('stock');
	screen.presses('g', 'j', 'h', 'enter');
	expect(screen.presses('n')).toEqual({
		type: 'refuse',
		why: 'No span on show holds stock; 1 elsewhere do. esc unzooms.',
	});
});
