import { expect, test } from 'vitest';
import { paintHeader } from '../../src/app/header.ts';
import { type State, shownPlace } from '../../src/app/state.ts';
import { noTraceFindings } from '../../src/investigation/trace-findings.ts';
import { placeKey } from '../../src/model/place.ts';
import { createGrid, textOf } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { loadedTrace, recordedTrace } from '../screens/trace/open-trace.ts';
import { ask, beginAt, finish, hear } from './shell.ts';

/** A trace of which everything is known, looked at in a terminal of so many columns. */
function foundAt(address: string, width: number): State {
	const asked = ask(beginAt(address, { width, height: 24 }));
	const findings = { ...noTraceFindings, trace: loadedTrace(recordedTrace('trace-v2')) };
	const slot = placeKey(shownPlace(asked));
	return finish(hear(asked, { type: 'found', slot, findings, now: asked.now }));
}

const secondRow = (state: State): string | undefined => headerOf(state)[1];

function headerOf(state: State): readonly string[] {
	const grid = createGrid(state.size.width, 2);
	paintHeader(surfaceOf(grid), state, createTheme('none', true));
	return textOf(grid).map(line => line.trimEnd());
}

const headline = '2.06 s  11 spans  5 services  error 1 of 6';

test.each([
	['another day', 120, '2026-11-20 02:00–03:00 UTC  fixed  now 12:00 UTC'],
	['another day', 80, '2026-11-20 02:00–03:00 UTC  fixed'],
	['another day', 70, '11-20 02:00–03:00 UTC'],
	['another day', 60, '11-20 02:00–03:00'],
	['another day', 59, ''],
	['another day', 40, '11-20 02:00–03:00'],
])('the window of %s gives way to the headline at %i columns', (_, width, window) => {
	const row = secondRow(foundAt('trace ab --from 2026-11-20T02:00:00Z --to 2026-11-20T03:00:00Z', width)) ?? '';
	if (width >= 59) expect(row).toBe(window === '' ? headline : headline.padEnd(width - window.length) + window);
	else expect(row.endsWith(`… ${window}`)).toBe(true);
});

test.each([
	[120, '11:00–12:00 UTC  live  last 1h'],
	[64, '11:00–12:00 UTC  live'],
	[60, '11:00–12:00  live'],
	[48, 'live'],
	[44, ''],
])('and so does the last hour at %i', (width, window) => {
	const row = secondRow(foundAt('trace ab', width)) ?? '';
	expect(row).toBe(window === '' ? headline : headline.padEnd(width - window.length) + window);
});

test.each([
	[600_000, 'prom ✓ clock +10m'],
	[599_001, 'prom ✓ clock +10m'],
	[-41_000, 'prom ✓ clock -41s'],
	[undefined, 'prom ✓'],
])('a clock that is %s ms ahead is told beside its backend', (ahead, words) => {
	const state = beginAt('alerts', { width: 80, height: 24 });
	const health = new Map([
		['prometheus', { outcome: 200, took: 3, ...(ahead === undefined ? {} : { ahead }) }] as const,
	]);
	expect(headerOf({ ...state, health })[0]?.endsWith(words)).toBe(true);
});
