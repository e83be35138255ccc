import { expect, test } from 'vitest';
import type { State } from '../../src/app/state.ts';
import { shownPlace } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import { placeKey } from '../../src/model/place.ts';
import { alertsOf, ask, beginAt, find, finish, placeAt } from './shell.ts';

/** What the world is to do when all is answered. */
const finished = (state: State, slot = placeKey(shownPlace(state))) =>
	update(state, { type: 'answered', slot, now: state.now }).effects;

const looked = (state: State, ...names: readonly string[]) => find(ask(state), alertsOf(...names));

test('the first answers tell how many fire, without a bell', () => {
	expect(finished(looked(beginAt(), 'Till'))).toEqual([{ type: 'notify', firing: 1, rings: false }]);
});

test('later ones ring once for what is new, and tell when something ends', () => {
	const seen = finish(looked(beginAt(), 'Till'));
	expect(finished(looked(seen, 'Till'))).toEqual([]);
	expect(finished(looked(seen, 'Till', 'Door', 'Gate'))).toEqual([{ type: 'notify', firing: 3, rings: true }]);
	expect(finished(looked(seen))).toEqual([{ type: 'notify', firing: 0, rings: false }]);
});

test('what was found while asking changes nothing until all is answered', () => {
	const seen = finish(looked(beginAt(), 'Till'));
	const found = update(ask(seen), {
		type: 'found',
		slot: placeKey(shownPlace(seen)),
		findings: alertsOf('Till', 'Door'),
		now: seen.now,
	});
	expect(found.effects).toEqual([]);
});

test('an alert that came while the question was put again is still news', () => {
	const seen = finish(looked(beginAt(), 'Till'));
	const halfway = looked(seen, 'Till', 'Door');
	expect(finished(looked(halfway, 'Till', 'Door'))).toEqual([{ type: 'notify', firing: 2, rings: true }]);
});

test('answers for a place that is not on show, and places without alerts, tell nothing', () => {
	const seen = finish(looked(beginAt(), 'Till'));
	expect(finished(looked(seen, 'Till', 'Door'), placeKey(placeAt('service till')))).toEqual([]);
	expect(finished(ask(beginAt('service till')))).toEqual([]);
});
