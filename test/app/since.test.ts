import { expect, test } from 'vitest';
import { shownFrame } from '../../src/app/history.ts';
import type { Message, State } from '../../src/app/state.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { beginAt, hear, noon, press, type } from './shell.ts';

const opened = (name: string, since?: number): Message => ({
	type: 'profileDone',
	deed: { kind: 'open', name },
	opened: {
		profile: name,
		banner: { word: name, production: false, readOnly: false },
		lacks: [],
		...(since === undefined ? {} : { since }),
	},
	now: noon,
});
const windowAfter = (state: State, line: string) =>
	shownFrame(press(type(press(state, ':'), line), 'enter').history).place.window;

test('a typed place looks as far back as the profile that is open says, unless it says so itself', () => {
	const mole = hear(beginAt(), opened('mole', 3 * hour));
	expect(windowAfter(mole, 'service till')).toEqual(live(3 * hour));
	expect(windowAfter(mole, 'service till --since 20m')).toEqual(live(20 * minute));
	expect(windowAfter(hear(mole, opened('quay')), 'service till')).toEqual(live(hour));
});

test('alerts that were not seen yet are looked for as far back', () => {
	const elsewhere = hear(beginAt('silences'), opened('mole', 3 * hour));
	expect(shownFrame(press(elsewhere, '1').history).place).toEqual({ kind: 'alerts', window: live(3 * hour) });
});
