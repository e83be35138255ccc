import { describe, expect, test } from 'vitest';
import { askedSince, findingsAt, shownPlace, slotAt } from '../../src/app/state.ts';
import { FailureError } from '../../src/model/failure.ts';
import { hour, minute, second } from '../../src/model/time.ts';
import { aQuery, type Desk, open } from './desk.ts';
import { alertsOf, noon, placeAt } from './shell.ts';

const aTrace = 'trace 4bf92f3577b34da6a3ce929d0e0e4736';

/** Somebody who went from the alerts, of which Leak fires, to its service, and has the panels. */
async function atService(): Promise<Desk> {
	const desk = open('alerts', { glancing: true });
	desk.asked[0]?.publish(alertsOf('Leak'));
	await desk.asked[0]?.resolve();
	desk.press('enter');
	await desk.asked[1]?.resolve();
	return desk;
}

function goTo({ press, store }: Desk, address: string): void {
	press(':');
	store.send({ type: 'pasted', text: address });
	press('enter');
	expect(shownPlace(store.getState())).toEqual(placeAt(address));
}

describe('while another place is on show, the alerts', () => {
	test('are glanced at every 30 s', async () => {
		const { glances, passes } = await atService();
		passes(29 * second);
		expect(glances).toHaveLength(0);
		const { glances: due, asked, passes: pass } = await atService();
		await askedLater(pass, asked, 30 * second);
		expect(due).toHaveLength(1);
		expect(due[0]).toMatchObject({ place: { kind: 'alerts' }, previous: alertsOf('Leak') });
		await due[0]?.resolve();
		await askedLater(pass, asked, 29 * second);
		expect(due).toHaveLength(1);
		await askedLater(pass, asked, second);
		expect(due).toHaveLength(2);
	});

	/** The service is asked again on its way, and answers at once. */
	async function askedLater(passes: Desk['passes'], asked: Desk['asked'], time: number): Promise<void> {
		passes(time);
		await asked.at(-1)?.resolve();
	}

	test('are not asked before that place has its answers, and at once then if nobody looked at them yet', async () => {
		const { asked, glances, passes } = open(aTrace, { glancing: true });
		passes(hour);
		expect(glances).toHaveLength(0);
		await asked[0]?.resolve();
		expect(glances).toMatchObject([{ place: placeAt('alerts') }]);
	});

	test('are never asked twice at once, and asking them is not given up for another place', async () => {
		const desk = open(aTrace, { glancing: true });
		await desk.asked[0]?.resolve();
		goTo(desk, 'service till');
		await desk.asked[1]?.resolve();
		for (let step = 0; step < 5; step++) desk.passes(minute);
		expect(desk.glances).toHaveLength(1);
		expect(desk.glances[0]?.signal.aborted).toBe(false);
		await desk.glances[0]?.resolve();
		expect(slotAt(desk.store.getState(), placeAt('alerts'))?.glancedAt).toBe(noon + 5 * minute);
	});

	test('ring for a new one, tell when one ends, and do so once', async () => {
		const { asked, glances, effects, passes } = open(aTrace, { glancing: true });
		await asked[0]?.resolve();
		const looks = [['Leak'], ['Leak', 'Flood'], ['Leak', 'Flood'], ['Flood']];
		for (const [index, names] of looks.entries()) {
			glances[index]?.publish(alertsOf(...names));
			await glances[index]?.resolve();
			passes(30 * second);
		}
		expect(effects).toEqual([
			{ type: 'notify', firing: 1, rings: false },
			{ type: 'notify', firing: 2, rings: true },
			{ type: 'notify', firing: 1, rings: false },
		]);
	});

	test('ring for what came since they were on show', async () => {
		const { asked, glances, effects, passes } = await atService();
		passes(30 * second);
		await asked.at(-1)?.resolve();
		glances[0]?.publish(alertsOf('Leak', 'Flood'));
		await glances[0]?.resolve();
		expect(effects.at(-1)).toEqual({ type: 'notify', firing: 2, rings: true });
	});

	test('that were left before all was answered are compared with the last whole answer, once', async () => {
		const desk = open('alerts', { glancing: true });
		desk.asked[0]?.publish(alertsOf('Leak'));
		await desk.asked[0]?.resolve();
		desk.passes(5 * second);
		desk.asked[1]?.publish(alertsOf('Leak', 'Flood'));
		goTo(desk, aTrace);
		await desk.asked[2]?.resolve();
		for (const glance of [0, 1]) {
			desk.glances[glance]?.publish(alertsOf('Leak', 'Flood'));
			await desk.glances[glance]?.resolve();
			desk.passes(30 * second);
		}
		expect(desk.glances).toHaveLength(3);
		expect(desk.effects).toEqual([
			{ type: 'notify', firing: 1, rings: false },
			{ type: 'notify', firing: 2, rings: true },
		]);
	});

	test('change nothing of what is on show, and are half told by nobody', async () => {
		const { store, asked, glances, passes } = open(aTrace, { glancing: true });
		await asked[0]?.resolve();
		const before = store.getState();
		glances[0]?.publish(alertsOf('Leak'));
		glances[0]?.record(aQuery);
		expect(store.getState()).toBe(before);
		passes(10 * second);
		expect(askedSince(store.getState())).toBeUndefined();
		await glances[0]?.resolve();
		expect(findingsAt(store.getState(), placeAt('alerts'))).toEqual(alertsOf('Leak'));
		expect(slotAt(store.getState(), shownPlace(store.getState()))).toBe(slotAt(before, shownPlace(before)));
	});

	test('leave the questions of a glance as evidence, once, and tell how well the backend is', async () => {
		const { store, asked, glances, passes } = open(aTrace, { glancing: true });
		await asked[0]?.resolve();
		for (const took of [12, 15]) {
			glances.at(-1)?.record({ ...aQuery, took });
			await glances.at(-1)?.resolve();
			expect(slotAt(store.getState(), placeAt('alerts'))?.queries).toEqual([{ ...aQuery, took }]);
			expect(store.getState().health.get('prometheus')).toEqual({ outcome: 200, took });
			passes(30 * second);
		}
	});

	test('are those to come back to, unless they are of another time', async () => {
		const filtered = open('alerts leak', { glancing: true });
		const still = open('alerts --from 2026-11-22T10:00:00Z --to 2026-11-22T11:00:00Z', { glancing: true });
		for (const desk of [filtered, still]) {
			goTo(desk, aTrace);
			await desk.asked[1]?.resolve();
		}
		expect(filtered.glances).toMatchObject([{ place: placeAt('alerts leak') }]);
		expect(still.glances).toMatchObject([{ place: placeAt('alerts') }]);
	});

	test('are told to have failed when no pane can say so, and rest', async () => {
		const { store, asked, glances, passes } = open(aTrace, { glancing: true });
		await asked[0]?.resolve();
		await glances[0]?.reject(new FailureError({ kind: 'internal', what: 'The join broke.', next: 'Press R.' }));
		expect(store.getState().message?.text).toBe('The join broke. Press R.');
		passes(29 * second);
		expect(glances).toHaveLength(1);
	});
});

test('whoever comes back finds what the last glance found, and all of it is asked again at once', async () => {
	const { store, asked, glances, press, passes } = open(aTrace, { glancing: true });
	await asked[0]?.resolve();
	glances[0]?.publish(alertsOf('Leak'));
	await glances[0]?.resolve();
	passes(30 * second);
	expect(glances).toHaveLength(2);
	press('1');
	expect(glances[1]?.signal.aborted).toBe(true);
	expect(asked[1]).toMatchObject({ place: placeAt('alerts'), previous: alertsOf('Leak') });
	expect(askedSince(store.getState())).toBeUndefined();
	passes(hour);
	expect(glances).toHaveLength(2);
});

describe('nothing is glanced at', () => {
	test('by a program that nobody wants to be told by', async () => {
		const { store, asked, glances, passes } = open(aTrace);
		await asked[0]?.resolve();
		passes(minute);
		expect(glances).toHaveLength(0);
		expect(store.getState().slots.size).toBe(1);
	});

	test('while paused', async () => {
		const { asked, glances, press, passes } = await atService();
		press('space');
		passes(minute);
		expect(glances).toHaveLength(0);
		press('space');
		await asked.at(-1)?.resolve();
		expect(glances).toHaveLength(1);
		press('space');
		expect(glances[0]?.signal.aborted).toBe(true);
	});

	test('once the operator has stopped the alerts', async () => {
		const desk = open('alerts', { glancing: true });
		desk.press('escape');
		goTo(desk, aTrace);
		await desk.asked[1]?.resolve();
		desk.passes(minute);
		expect(desk.glances).toHaveLength(0);
	});

	test('once the program is left', async () => {
		const { store, asked, glances, passes } = open(aTrace, { glancing: true });
		await asked[0]?.resolve();
		store.close();
		expect(glances[0]?.signal.aborted).toBe(true);
		await glances[0]?.resolve();
		passes(minute);
		expect(glances).toHaveLength(1);
	});
});
