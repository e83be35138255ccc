import { describe, expect, onTestFinished, test } from 'vitest';
import { shownPlace, slotAt } from '../../src/app/state.ts';
import { createStore } from '../../src/app/store.ts';
import type { AlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Asking } from '../../src/investigation/ports.ts';
import type { Change, Changed } from '../../src/investigation/silencing.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { equals, type Labels } from '../../src/model/labels.ts';
import { loaded } from '../../src/model/loadable.ts';
import { minute } from '../../src/model/time.ts';
import { managedOf } from '../helpers/alert-drawing.ts';
import { noProfiles } from '../helpers/no-profiles.ts';
import { alertsOf, noon, placeAt } from './shell.ts';

const acknowledge: Change = { kind: 'acknowledge', about: 'Leak', matchers: [equals('alertname', 'Leak')] };
/** Alertmanager knows one alert, which is under the cursor. */
const found: AlertsFindings = {
	...alertsOf('Leak'),
	alertmanager: loaded(answer([managedOf('Leak', {})]), noon),
};

const settled = () => new Promise<void>(resolve => setImmediate(resolve));

const withFingerprint = ({ alerts, ...rest }: AlertsFindings): AlertsFindings => ({
	...rest,
	alerts:
		alerts.status === 'loaded'
			? { ...alerts, value: alerts.value.map(alert => ({ ...alert, fingerprint: '0123456789abcdef' })) }
			: alerts,
});

/** A store whose only place answers nothing, and whose changes and memories the test settles. */
function open() {
	const made: { readonly change: Change; readonly asking: Asking; readonly done: Resolvers<Changed> }[] = [];
	const recalled: { readonly asking: Asking; readonly done: Resolvers<readonly Labels[]> }[] = [];
	const store = createStore({
		start: {
			place: placeAt('alerts'),
			banner: { word: 'test', production: false, readOnly: false },
			size: { width: 80, height: 24 },
			now: noon,
			timeFormat: 'utc',
		},
		now: () => noon,
		perform: () => {},
		profiles: noProfiles,
		answerAside: async () => {},
		investigate: async ({ kind }, _, publish) => {
			if (kind === 'alerts') publish(withFingerprint(found));
		},
		silencing: {
			firedLately: async asking => {
				const done = resolvers<readonly Labels[]>();
				recalled.push({ asking, done });
				return answer(await done.promise);
			},
			make: (change, asking) => {
				const done = resolvers<Changed>();
				made.push({ change, asking, done });
				return done.promise;
			},
		},
	});
	onTestFinished(() => store.close());
	const press = (...keys: readonly string[]) => {
		for (const key of keys) store.send({ type: 'pressed', key, ...(key.length === 1 ? { text: key } : {}) });
	};
	return { store, made, recalled, press };
}

type Resolvers<Value> = {
	readonly promise: Promise<Value>;
	readonly resolve: (value: Value) => void;
	readonly reject: (reason: unknown) => void;
};

function resolvers<Value>(): Resolvers<Value> {
	let resolve: (value: Value) => void = () => {};
	let reject: (reason: unknown) => void = () => {};
	const promise = new Promise<Value>((settle, fail) => {
		resolve = settle;
		reject = fail;
	});
	return { promise, resolve, reject };
}

describe('a confirmed change', () => {
	test('is made once, whatever is pressed, and goes on when its place is left', async () => {
		const { store, made, press } = open();
		press('a', 'tab', 'enter', 'enter', 'enter');
		expect(made.map(({ change }) => change)).toEqual([acknowledge]);
		press(':', 't', 'r', 'a', 'c', 'e', 's', 'enter');
		expect(made[0]?.asking.signal.aborted).toBe(false);
		made[0]?.done.resolve({ kind: 'made', id: 'ab12', until: noon + 15 * minute });
		await settled();
		expect(store.getState().message?.text).toBe('Acknowledged Leak until 12:15 UTC. u undoes it for 60 s.');
		expect(made).toHaveLength(1);
	});

	test('that fails is told, and not made again', async () => {
		const { store, made, press } = open();
		press('a', 'tab', 'enter');
		made[0]?.done.reject(
			new FailureError({
				kind: 'refused',
				what: 'Alertmanager closed the connection.',
				next: 'It may have been made.',
			}),
		);
		await settled();
		expect(store.getState().message).toEqual({
			text: 'Alertmanager closed the connection. It may have been made.',
			tone: 'refusal',
		});
		expect(made).toHaveLength(1);
	});

	test('is given up only when the program is left, and leaves its evidence', () => {
		const { store, made, press } = open();
		press('a', 'tab', 'enter');
		made[0]?.asking.record({
			backend: 'alertmanager',
			method: 'POST',
			url: 'http://alerts.example/api/v2/silences',
			parameters: [],
			body: '{}',
			took: 3,
			bytes: 0,
			outcome: 200,
		});
		expect(store.getState().health.get('alertmanager')).toEqual({ outcome: 200, took: 3 });
		press('R');
		const state = store.getState();
		expect(slotAt(state, shownPlace(state))?.queries).toMatchObject([{ method: 'POST' }]);
		store.close();
		expect(made[0]?.asking.signal.aborted).toBe(true);
	});
});

describe('what fired lately', () => {
	test('is asked when the dialog opens, once', async () => {
		const { store, recalled, press } = open();
		press('S');
		expect(store.getState().dialog).toMatchObject({ fired: { status: 'waiting', since: noon } });
		recalled[0]?.done.resolve([{ alertname: 'Leak' }]);
		await settled();
		expect(store.getState().dialog).toMatchObject({ fired: { status: 'loaded', value: [{ alertname: 'Leak' }] } });
		press('tab', 'tab');
		expect(recalled).toHaveLength(1);
	});

	test('is asked no longer when the dialog is left', async () => {
		const { store, recalled, press } = open();
		press('S', 'escape');
		expect(recalled[0]?.asking.signal.aborted).toBe(true);
		press('S');
		expect(recalled).toHaveLength(2);
		recalled[0]?.done.resolve([{ alertname: 'Old' }]);
		await settled();
		expect(store.getState().dialog).toMatchObject({ fired: { status: 'waiting' } });
	});

	test('that cannot be had is told in the dialog, and nowhere else', async () => {
		const { store, recalled, press } = open();
		press('S');
		const failure = { kind: 'timeout', what: 'Prometheus did not answer.', next: 'Press R.' } as const;
		recalled[0]?.done.reject(new FailureError(failure));
		await settled();
		expect(store.getState().dialog).toMatchObject({ fired: { status: 'failed', failure } });
		expect(store.getState().message).toBeUndefined();
	});
});
