import { onTestFinished } from 'vitest';
import type { ProfilesPort } from '../../src/app/profiles-port.ts';
import type { Effect, Message } from '../../src/app/state.ts';
import { createStore, type Investigator, type Store } from '../../src/app/store.ts';
import type { Panes } from '../../src/investigation/board.ts';
import type { OpenQuery, QueryRecord } from '../../src/model/answer.ts';
import type { Place } from '../../src/model/place.ts';
import type { Setup } from '../../src/screens/profiles/setup.ts';
import { noProfiles } from '../helpers/no-profiles.ts';
import { noon, placeAt } from './shell.ts';

/** One question that a place put, answered by the test. */
export type Asked = {
	readonly place: Place;
	readonly signal: AbortSignal;
	readonly previous: Panes;
	readonly publish: (findings: Panes) => void;
	readonly record: (query: QueryRecord) => void;
	readonly begin: (query: OpenQuery) => () => void;
	readonly resolve: () => Promise<void>;
	readonly reject: (error: unknown) => Promise<void>;
};

export type Desk = {
	readonly store: Store;
	readonly asked: readonly Asked[];
	/** Glances at the alerts from other places. */
	readonly glances: readonly Asked[];
	readonly effects: readonly Effect[];
	readonly press: (...keys: readonly string[]) => void;
	readonly passes: (time: number) => void;
};

const unasked = () => Promise.reject(new Error('Nobody asks this here.'));

const settled = () => new Promise<void>(resolve => setImmediate(resolve));

/** Questions that wait for the test to answer them, in the order in which they are put. */
const waitingIn =
	(asked: Asked[]): Investigator =>
	(place, previous, publish, { signal, record, begin = () => () => undefined }) =>
		new Promise((resolve, reject) => {
			asked.push({
				place,
				signal,
				previous,
				publish,
				record,
				begin,
				resolve() {
					resolve();
					return settled();
				},
				reject(error) {
					reject(error);
					return settled();
				},
			});
		});

type OpenOptions = {
	readonly glancing?: boolean;
	readonly profiles?: ProfilesPort;
	readonly setup?: Setup;
};

/** A store whose questions the test answers, and whose clock it moves. */
export function open(address = 'alerts', { glancing = false, profiles = noProfiles, setup }: OpenOptions = {}): Desk {
	const asked: Asked[] = [];
	const glances: Asked[] = [];
	const effects: Effect[] = [];
	let now = noon;
	const store = createStore({
		start: {
			place: placeAt(address),
			banner: { word: 'test', production: false, readOnly: true },
			size: { width: 80, height: 24 },
			now,
			timeFormat: 'utc',
			...(setup === undefined ? {} : { setup }),
		},
		now: () => now,
		silencing: { firedLately: unasked, make: unasked },
		profiles,
		perform: effect => effects.push(effect),
		investigate: waitingIn(asked),
		answerAside: unasked,
		...(glancing ? { glance: waitingIn(glances) } : {}),
	});
	onTestFinished(() => store.close());
	const send = (message: Message) => store.send(message);
	return {
		store,
		asked,
		glances,
		effects,
		press: (...keys) => {
			for (const key of keys) send({ type: 'pressed', key, ...(key.length === 1 ? { text: key } : {}) });
		},
		passes: time => {
			now += time;
			send({ type: 'ticked', now });
		},
	};
}

export const aQuery: QueryRecord = {
	backend: 'prometheus',
	method: 'GET',
	url: 'http://metrics.example/api/v1/rules',
	parameters: [],
	took: 12,
	bytes: 400,
	outcome: 200,
};
