import { expect, test } from 'vitest';
import { shownPlace, slotAt } from '../../src/app/state.ts';
import { second } from '../../src/model/time.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { type Operator, operate } from '../helpers/operator.tsx';
import { answers, outageOf } from '../helpers/outage.ts';

/** The alerts while Prometheus fails, by a clock that the test moves; nobody retries by itself. */
async function sick(at = 'alerts') {
	let now = demoNow;
	let isWell = false;
	const demo = demoWorld(() => now);
	const world = await outageOf(demo, 'prometheus', (request, response) => {
		const data = request.url?.includes('/rules') ? { groups: [] } : { resultType: 'vector', result: [] };
		const body = isWell ? JSON.stringify({ status: 'success', data }) : 'sick';
		answers(isWell ? 200 : 500, body)(request, response);
	});
	const operator = operate({ sources: world.sources, now: world.now, at, columns: 120 });
	return {
		...world,
		operator,
		passes: (time: number) => {
			now += time;
			operator.store.send({ type: 'ticked', now });
		},
		becomesWell: () => {
			isWell = true;
		},
	};
}

/** All that the place asks is answered. */
function settled({ store }: Operator): boolean {
	const state = store.getState();
	return slotAt(state, shownPlace(state))?.doneAt !== undefined;
}

/** Prometheus is asked, by what the operator does or because time goes on, until it is left alone. */
async function givenUp(at?: string, again?: string) {
	const world = await sick(at);
	const { operator, passes } = world;
	for (;;) {
		await expect.poll(() => settled(operator), { timeout: 8000 }).toBe(true);
		if (operator.frame().includes('prom ✗ in ')) return world;
		if (again === undefined) passes(5 * second);
		else operator.presses(again);
	}
}

test('a backend that fails again and again is left alone, with a countdown, and asked by itself when that is over', async () => {
	const { operator, asked, passes, becomesWell } = await givenUp();
	await operator.sees('prom ✗ in 5 s');
	const before = asked();
	passes(2 * second);
	await operator.sees('prom ✗ in 3 s');
	await operator.sees('It is asked again in 3 s; R tries now.');
	expect(asked()).toBe(before);
	becomesWell();
	passes(3 * second);
	await operator.sees('prom ✓');
	await operator.loses('R tries now');
});

test('R tries at once, and the others go on meanwhile', async () => {
	const { operator, asked, becomesWell } = await givenUp();
	await operator.sees('am ✓');
	await operator.sees('in 5 s');
	const before = asked();
	operator.presses('R');
	await expect.poll(asked).toBeGreaterThan(before);
	await expect.poll(() => settled(operator)).toBe(true);
	// The page of alerts asks for what fires, and for their past: one of them tries for both.
	expect(asked()).toBe(before + 1);
	await operator.sees('prom ✗ in ');
	becomesWell();
	operator.presses('R');
	await operator.sees('prom ✓');
});

test('a window with two ends is asked again as well when it was promised', async () => {
	const { operator, passes, becomesWell } = await givenUp(
		'service fares --from 2026-11-22T02:00:00Z --to 2026-11-22T03:00:00Z',
		'R',
	);
	await operator.sees('R tries now.');
	becomesWell();
	passes(5 * second);
	await operator.loses('R tries now');
});
