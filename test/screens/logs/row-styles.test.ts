import { expect, test } from 'vitest';
import { contextPlaceOf } from '../../../src/analysis/log-context.ts';
import { paintLogs } from '../../../src/screens/logs/view.tsx';
import { ansiLinesOf, createGrid } from '../../../src/terminal/grid.ts';
import { surfaceOf } from '../../../src/terminal/grid-surface.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { type Drawn, drawn, noon } from './shown-logs.ts';

const theme = createTheme('256', true);

/** The row of the list that holds a text, with its colours. */
function coloured(shown: Drawn, text: string): string {
	const grid = createGrid(shown.size.width, shown.size.height);
	paintLogs(surfaceOf(grid), { ...shown, theme });
	return ansiLinesOf(grid).find(row => row.includes(text) && /(?:own|other|the) line|given/.test(row)) ?? '';
}

const pod = { pod: 'pier-1', container: 'pier' };
const entries = [
	lineAt(noon - 3000, pod, 'level=info msg="own line" n=1'),
	lineAt(noon - 2000, { ...pod, container: 'sidecar' }, 'level=info msg="other line" n=1'),
	lineAt(noon - 1000, pod, 'level=error msg="the line" n=1'),
];

test('round a line, what other containers of its pod wrote is dim', async () => {
	const list = await drawn({ place: { query: '{pod="pier-1"}' }, entries });
	const line = list.findings.records.status === 'loaded' ? list.findings.records.value.records.at(-1) : undefined;
	if (line === undefined) throw new Error('there is a line');
	const { around = '' } = contextPlaceOf(line);
	const context = await drawn({ place: { query: '{pod="pier-1"}', around }, entries, state: { cursor: around } });
	const dim = (text: string, shown: Drawn) => /38;5;245m[^\x1b]*line/.test(coloured(shown, text));
	expect(dim('other line', context)).toBe(true);
	expect(dim('own line', context)).toBe(false);
	expect(dim('other line', list)).toBe(false);
});

test('what is searched for is marked in the columns of fields as well', async () => {
	const many = Array.from({ length: 5 }, (_, index) =>
		lineAt(noon - 5000 + index, { app: 'pier' }, `{"level":"info","msg":"given","status":${500 + index}}`),
	);
	const shown = await drawn({
		place: { service: 'pier' },
		entries: many,
		size: { width: 140, height: 14 },
		state: { search: '502' },
	});
	const unsearched = { ...shown, state: { ...shown.state, search: '' } };
	expect(shown.frame).toContain('status');
	expect(coloured(shown, '502')).not.toBe(coloured(unsearched, '502'));
	expect(coloured(shown, '503')).toBe(coloured(unsearched, '503'));
});
