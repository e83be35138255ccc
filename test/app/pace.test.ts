import { expect, test } from 'vitest';
import { paintHeader } from '../../src/app/header.ts';
import type { Store } from '../../src/app/store.ts';
import { hour, second } from '../../src/model/time.ts';
import { createGrid, textOf } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { open } from './desk.ts';

/** The second row on top. */
function headerOf(store: Store): string {
	const grid = createGrid(80, 2);
	paintHeader(surfaceOf(grid), store.getState(), createTheme('none', true));
	return textOf(grid)[1] ?? '';
}

test('asks ever more seldom the longer nobody looks, and says so', async () => {
	const { store, asked, passes } = open('service till');
	await asked[0]?.resolve();
	store.send({ type: 'focused', focused: false });
	const rests: number[] = [];
	for (let time = 0; time < 40; time++) {
		let rested = 0;
		for (const before = asked.length; asked.length === before; rested++) passes(10 * second);
		await asked.at(-1)?.resolve();
		rests.push(rested * 10);
	}
	expect(rests[0]).toBe(60);
	expect(rests).toEqual([...rests].sort((a, b) => a - b));
	expect(new Set(rests)).toEqual(new Set([60, 120, 240, 300]));
	expect(headerOf(store)).toContain('refresh 5m, not in focus');
	store.send({ type: 'focused', focused: true });
	expect(headerOf(store)).not.toContain('refresh');
	expect(asked).toHaveLength(41);
	passes(10 * second);
	expect(asked).toHaveLength(42);
});

test('asks more seldom where no key was pressed for long, and as usual with the next one', async () => {
	const { store, asked, press, passes } = open('service till');
	await asked[0]?.resolve();
	for (let time = 0; time < 200; time++) {
		passes(10 * second);
		await asked.at(-1)?.resolve();
	}
	expect(headerOf(store)).toContain('refresh 1m, no key pressed');
	passes(20 * second);
	const before = asked.length;
	press('t');
	expect(headerOf(store)).not.toContain('refresh');
	expect(asked).toHaveLength(before + 1);
});

test('alerts whose news are to be heard are asked for every 30 s, however long nobody has looked', async () => {
	const { store, asked, passes } = open('alerts', { glancing: true });
	await asked[0]?.resolve();
	store.send({ type: 'focused', focused: false });
	passes(2 * hour);
	await asked.at(-1)?.resolve();
	const before = asked.length;
	passes(29 * second);
	expect(asked).toHaveLength(before);
	passes(second);
	expect(asked).toHaveLength(before + 1);
	await asked.at(-1)?.resolve();
	expect(headerOf(store)).toContain('refresh 30s, not in focus');
});
