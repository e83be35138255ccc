import { describe, expect, test } from 'vitest';
import { findingsAt, shownPlace, slotAt } from '../../src/app/state.ts';
import { FailureError } from '../../src/model/failure.ts';
import { hour, minute, second } from '../../src/model/time.ts';
import { aQuery, open } from './desk.ts';
import { alertsOf, noon } from './shell.ts';

describe('the store', () => {
	test('asks what is on show, and shows what comes of it', async () => {
		const { store, asked } = open();
		expect(asked).toHaveLength(1);
		asked[0]?.record(aQuery);
		asked[0]?.publish(alertsOf('Leak'));
		const place = shownPlace(store.getState());
		expect(findingsAt(store.getState(), place)).toEqual(alertsOf('Leak'));
		expect(slotAt(store.getState(), place)).toMatchObject({ queries: [aQuery], askedAt: noon });
		expect(store.getState().health.get('prometheus')).toEqual({ outcome: 200, took: 12 });
		await asked[0]?.resolve();
		expect(slotAt(store.getState(), place)?.doneAt).toBe(noon);
	});

	test('knows which questions are under way, and of none once the place is answered', async () => {
		const { store, asked } = open();
		const { took: _, bytes: __, outcome: ___, ...question } = aQuery;
		const openNow = () => slotAt(store.getState(), shownPlace(store.getState()))?.open;
		const [first, second] = [1, 2].map(step => ({ ...question, since: noon + step }));
		if (first === undefined || second === undefined) throw new Error('no questions');
		const over = asked[0]?.begin(first);
		asked[0]?.begin(second);
		expect(openNow()).toEqual([first, second]);
		over?.();
		expect(openNow()).toEqual([second]);
		await asked[0]?.resolve();
		expect(openNow()).toEqual([]);
	});

	test('aborts what is left, and hears no more of it', async () => {
		const { store, asked, press } = open();
		asked[0]?.publish(alertsOf('Leak'));
		press('enter');
		expect(asked[0]?.signal.aborted).toBe(true);
		expect(asked[1]).toMatchObject({ place: { kind: 'service', service: 'leak' } });
		const before = store.getState();
		asked[0]?.publish(alertsOf('Flood'));
		asked[0]?.record(aQuery);
		await asked[0]?.reject(new DOMException('aborted', 'AbortError'));
		expect(store.getState()).toBe(before);
	});

	test('asks a place again that was left before its answers, with what it had', () => {
		const { asked, press } = open();
		asked[0]?.publish(alertsOf('Leak'));
		press('enter', 'escape');
		expect(asked[1]?.signal.aborted).toBe(true);
		expect(asked).toHaveLength(3);
		expect(asked[2]?.previous).toEqual(alertsOf('Leak'));
	});

	test('asks a live place again after its rest, a fixed one never', async () => {
		const live = open();
		await live.asked[0]?.resolve();
		live.passes(4 * second);
		expect(live.asked).toHaveLength(1);
		live.passes(second);
		expect(live.asked).toHaveLength(2);
		const still = open('service till --from 2026-11-22T10:00:00Z --to 2026-11-22T11:00:00Z');
		await still.asked[0]?.resolve();
		still.passes(hour);
		expect(still.asked).toHaveLength(1);
	});

	test('never asks twice at once', () => {
		const { asked, passes } = open();
		for (let step = 0; step < 20; step++) passes(minute);
		expect(asked).toHaveLength(1);
	});

	test('leaves a slow backend in peace for as long as it took', async () => {
		const { asked, passes } = open();
		passes(20 * second);
		await asked[0]?.resolve();
		passes(19 * second);
		expect(asked).toHaveLength(1);
		passes(second);
		expect(asked).toHaveLength(2);
	});

	test('asks seldom while nobody looks, and at once when somebody does again', async () => {
		const { store, asked, passes } = open();
		await asked[0]?.resolve();
		store.send({ type: 'focused', focused: false });
		passes(29 * second);
		expect(asked).toHaveLength(1);
		store.send({ type: 'focused', focused: true });
		expect(asked).toHaveLength(2);
	});

	test('asks nothing while paused', async () => {
		const { asked, press, passes } = open();
		await asked[0]?.resolve();
		press('space');
		passes(hour);
		expect(asked).toHaveLength(1);
		press('space');
		expect(asked).toHaveLength(2);
	});

	test('starts anew on R, also in the middle of an answer', () => {
		const { asked, press } = open();
		asked[0]?.publish(alertsOf('Leak'));
		press('R');
		expect(asked[0]?.signal.aborted).toBe(true);
		expect(asked).toHaveLength(2);
		expect(asked[1]?.previous).toEqual(alertsOf('Leak'));
		press('R', 'R');
		expect(asked).toHaveLength(4);
		expect(asked.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
	});

	test('stops on esc at the root, and says so when the answer comes too late', async () => {
		const { store, asked, press, passes } = open();
		press('escape');
		expect(asked[0]?.signal.aborted).toBe(true);
		asked[0]?.publish(alertsOf('Leak'));
		passes(hour);
		expect(asked).toHaveLength(1);
		expect(store.getState().slots.size).toBe(1);
		expect(findingsAt(store.getState(), shownPlace(store.getState()))).not.toEqual(alertsOf('Leak'));
	});

	test('tells a failure that no pane holds', async () => {
		const { store, asked } = open();
		await asked[0]?.reject(new FailureError({ kind: 'internal', what: 'The join broke.', next: 'Press R.' }));
		expect(store.getState().message).toEqual({ text: 'The join broke. Press R.', tone: 'refusal' });
		expect(slotAt(store.getState(), shownPlace(store.getState()))?.doneAt).toBe(noon);
	});

	test('performs what keys have the world do', () => {
		const { effects, press } = open();
		press('Y', 'ctrl+l', 'q');
		expect(effects.map(({ type }) => type)).toEqual(['copy', 'repaint', 'quit']);
	});

	test('asks nothing more once it is closed', async () => {
		const { store, asked, passes } = open();
		store.close();
		expect(asked[0]?.signal.aborted).toBe(true);
		await asked[0]?.resolve();
		passes(hour);
		store.send({ type: 'pressed', key: 'R' });
		expect(asked).toHaveLength(1);
	});

	test('tells listeners only what changed, until they leave', () => {
		const { store, press } = open();
		let heard = 0;
		const leave = store.subscribe(() => heard++);
		store.send({ type: 'answered', slot: 'nowhere', now: noon });
		expect(heard).toBe(0);
		press('?');
		expect(heard).toBe(1);
		leave();
		press('?');
		expect(heard).toBe(1);
	});
});
