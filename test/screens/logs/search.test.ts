import { describe, expect, test } from 'vitest';
import { logs } from '../../../src/screens/logs/index.ts';
import type { LogsShown } from '../../../src/screens/logs/state.ts';
import { paintLogs } from '../../../src/screens/logs/view.tsx';
import type { Surface } from '../../../src/terminal/surface.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { cursorRow, drawn, having, havingSearched, noon, pressed, redrawn, searched } from './shown-logs.ts';

const place = { service: 'pier' };
const typed = (text: string, shown: LogsShown): LogsShown => ({
	...shown,
	state: logs.search?.apply(text, shown) ?? shown.state,
});

describe('a search', () => {
	test('goes to the first match from the cursor on, n and N to the others, round the ends', async () => {
		const found = await havingSearched(await drawn({ place }), 'given');
		expect(cursorRow(found)).toContain('11:59:50.000');
		expect(cursorRow(having(found, 'n'))).toContain('11:58:30.000');
		expect(cursorRow(having(found, 'n', 'N'))).toContain('11:59:50.000');
		expect(cursorRow(having(found, 'N'))).toContain('11:58:30.000');
	});

	test('stays on a line that matches, and comes back when it is given up', async () => {
		const shown = having(await drawn({ place }), 'j');
		const here = await searched(typed('stale|given', shown));
		expect(cursorRow(here)).toContain('tide table is stale');
		const away = await searched(typed('^.*given', shown));
		expect(cursorRow(away)).toContain('11:59:50.000');
		expect(cursorRow(redrawn(typed('', away)))).toContain('tide table is stale');
	});

	test('that is left as it was moves nothing', async () => {
		const shown = having(await havingSearched(await drawn({ place }), 'given'), 'k');
		expect(typed('given', shown).state).toBe(shown.state);
	});

	test('goes on when it is settled: the cursor stays on its match, and on its row', async () => {
		const moving = await searched(typed('given', await drawn({ place })));
		const settled = redrawn({ ...moving, state: logs.settle?.(moving) ?? moving.state });
		expect(settled.state.seek).toBeUndefined();
		expect(settled.frame).toBe(moving.frame);
	});

	test('n before anything is found goes to the first match to be found', async () => {
		const asked = await drawn({ place, state: { search: 'given' } });
		const seeking = having(asked, 'n');
		expect(cursorRow(seeking)).toBe(cursorRow(asked));
		expect(cursorRow(await searched(seeking))).toContain('11:59:50.000');
		expect(cursorRow(await searched(having(asked, 'N')))).toContain('11:58:30.000');
	});

	test('without a match, or without a search, n refuses', async () => {
		expect(pressed(await havingSearched(await drawn({ place }), 'nowhere'), 'n')).toEqual({
			type: 'refuse',
			why: 'No line that was read matches. & asks Loki for the lines with a text.',
		});
		expect(pressed(await drawn({ place }), 'n').type).toBe('refuse');
	});

	test.each([
		['given', '/given 2 of 2  n N'],
		['berth|tide', '/berth|tide 2 of 4  n N'],
		['nowhere', '/nowhere none in 5 lines'],
		['given(', '/given( as text none in 5 lines'],
	])('%s is counted: %s', async (text, counted) => {
		const size = { width: 90, height: 14 };
		expect((await havingSearched(await drawn({ place, size }), text)).frame.split('\n')[0]).toContain(counted);
	});

	test('wants other lines searched when they come, and nothing twice', async () => {
		const shown = await havingSearched(await drawn({ place }), 'given');
		const keyOf = (now: LogsShown) => logs.asides?.(now).find(({ key }) => key.startsWith('search'))?.key;
		expect(keyOf(shown)).toBe('search 1 given');
		const { findings } = await drawn({
			place,
			entries: [lineAt(noon - 1000, { service_name: 'pier' }, 'given again')],
		});
		const grown = { ...shown, findings: { ...findings, matches: shown.findings.matches } };
		expect(keyOf(grown)).toBe('search 2 given');
		expect(keyOf(await searched(grown))).toBe('search 2 given');
		expect(keyOf(typed('other', shown))).toBe('search 2 other');
		expect(keyOf(typed('', shown))).toBeUndefined();
	});
});

/** The texts on screen that wear the style of a match. */
function markedIn(shown: LogsShown): readonly string[] {
	const theme = createTheme('none', true);
	const marks: { readonly x: number; readonly y: number; readonly width: number }[] = [];
	const watched = (surface: Surface, left: number, top: number): Surface => ({
		...surface,
		restyle: (x, y, width, height, style) => {
			if (style === theme.style('match')) marks.push({ x: left + x, y: top + y, width });
			surface.restyle(x, y, width, height, style);
		},
		within: (x, y, width, height) => watched(surface.within(x, y, width, height), left + x, top + y),
	});
	const { width, height } = shown.size;
	const rows = frameOf(width, height, surface => paintLogs(watched(surface, 0, 0), { ...shown, theme })).split('\n');
	return marks.map(mark => rows[mark.y]?.slice(mark.x, mark.x + mark.width) ?? '');
}

describe('what matches is marked', () => {
	test.each([
		['table', false, ['table']],
		['\\bt\\w+e\\b', false, ['trace', 'tide', 'table']],
		['berth \\w+', true, ['berth', 'given', 'berth', 'refused', 'berth', 'given']],
	])('%s, wrapped: %s', async (search, wrap, marks) => {
		const size = { width: wrap ? 24 : 80, height: wrap ? 30 : 14 };
		const shown = await drawn({ place, size, state: { search, wrap } });
		expect(markedIn(shown)).toEqual(marks);
	});
});
