import { describe, expect, onTestFinished, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import type { Effect, Message } from '../../src/app/state.ts';
import { createStore, type Store } from '../../src/app/store.ts';
import { noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Panes } from '../../src/investigation/board.ts';
import { placeKey } from '../../src/model/place.ts';
import { alerts } from '../../src/screens/alerts/index.ts';
import { textOf } from '../../src/terminal/grid.ts';
import { createScreen } from '../../src/terminal/screen.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { noProfiles } from '../helpers/no-profiles.ts';
import { alertsOf, noon, placeAt } from './shell.ts';

type Broken = {
	readonly at?: string;
	readonly investigate?: () => Promise<void>;
	readonly size?: readonly [number, number];
};

/** The interface over a world that never answers, with its report written to nowhere. */
function opened({ at = 'alerts', investigate = () => new Promise<void>(() => {}), size = [80, 24] }: Broken = {}) {
	const [width, height] = size;
	const effects: Effect[] = [];
	const store: Store = createStore({
		start: {
			place: placeAt(at),
			banner: { word: 'test', production: false, readOnly: true },
			size: { width, height },
			now: noon,
			timeFormat: 'utc',
		},
		investigate,
		answerAside: () => new Promise(() => {}),
		silencing: { firedLately: () => new Promise(() => {}), make: () => new Promise(() => {}) },
		profiles: noProfiles,
		now: () => noon,
		perform: effect => {
			effects.push(effect);
			if (effect.type === 'report') store.send({ type: 'reported', report: { path: '~/crashes/crash-1.txt' } });
		},
	});
	const screen = createScreen({
		output: { write: () => true },
		columns: width,
		rows: height,
		synchronizedUpdates: false,
	});
	const ends: unknown[] = [];
	screen.done.catch(error => ends.push(error));
	screen.mount(<App store={store} theme={createTheme('none', true)} />);
	onTestFinished(() => {
		store.close();
		screen.unmount();
	});
	const frame = () => {
		screen.flush();
		return textOf(screen.grid)
			.map(line => line.trimEnd())
			.join('\n');
	};
	const sees = (text: string) => expect.poll(frame, { timeout: 8000, interval: 5 }).toContain(text);
	const presses = (...keys: readonly string[]) => {
		for (const key of keys) store.send({ type: 'pressed', key, ...(key.length === 1 ? { text: key } : {}) });
	};
	return { store, frame, sees, presses, effects, ends };
}

/** Findings that throw as soon as somebody reads them. */
const poisoned = (findings: Panes): Panes =>
	new Proxy(findings, {
		get(target, name) {
			if (name === 'alerts') throw new TypeError('alerts are not what they were');
			return Reflect.get(target, name);
		},
	});

const foundAt = (address: string, findings: Panes): Message => ({
	type: 'found',
	slot: placeKey(placeAt(address)),
	findings,
	now: noon,
});

describe('a screen that fails', () => {
	test('gives way to a sheet with the way back, another try, and the report', async () => {
		const { store, frame, sees, ends } = opened();
		await sees('alerts');
		store.send(foundAt('alerts', poisoned(noAlertsFindings)));
		await sees('This screen failed');
		await sees('crash-1.txt');
		expect(`\n${frame()}`).toMatchInlineSnapshot(`
			"
			 test  RO │

			This screen failed over an answer.
			TypeError: alerts are not what they were

			smokejumper alerts --since 1h

			The report:
			~/crashes/crash-1.txt

			Nothing was sent anywhere. The report holds the place, versions, the stack, and
			the last keys without what was typed; secrets are masked. Read it before you
			pass it on.










			R try again  ^C quit"
		`);
		expect(ends).toEqual([]);
	});

	test.each([
		[60, 15],
		[200, 60],
	])('has a sheet at %d×%d', async (...size) => {
		const { store, frame, sees } = opened({ size });
		store.send(foundAt('alerts', poisoned(noAlertsFindings)));
		await sees('crash-1.txt');
		expect(frame().split('\n').at(-1)).toBe('R try again  ^C quit');
	});

	test('is tried again from the beginning', async () => {
		const { store, sees, presses, frame } = opened();
		store.send(foundAt('alerts', poisoned(noAlertsFindings)));
		await sees('This screen failed');
		presses('R');
		store.send(foundAt('alerts', { ...alertsOf('Leak') }));
		await sees('Leak');
		expect(frame()).not.toContain('failed');
	});

	test('leads back to where the operator came from, and lets the rest alone', async () => {
		const { store, sees, presses } = opened();
		store.send(foundAt('alerts', { ...alertsOf('Leak') }));
		await sees('Leak');
		presses('enter');
		await sees('› leak');
		store.send({ type: 'crashed', thrown: new Error('panels'), during: 'while it was painted' });
		await sees('esc alerts');
		presses('escape');
		await sees('Leak fires');
	});

	test('fails in a key', async () => {
		const { store, sees, presses, effects } = opened();
		store.send(foundAt('alerts', { ...alertsOf('Leak') }));
		await sees('Leak');
		const binding = alerts.keys[0];
		expect(binding).toBeDefined();
		const run = Object.getOwnPropertyDescriptor(binding, 'run');
		onTestFinished(() => {
			if (binding !== undefined && run !== undefined) Object.defineProperty(binding, 'run', run);
		});
		Object.defineProperty(binding, 'run', {
			configurable: true,
			value: () => {
				throw new RangeError('no such row');
			},
		});
		presses(binding?.keys[0] ?? '');
		await sees('This screen failed at the key');
		expect(effects.map(({ type }) => type)).toEqual(['report']);
		presses('escape', 'escape');
		await sees('RangeError: no such row');
		presses('q');
		expect(effects.map(({ type }) => type)).toEqual(['report', 'quit']);
	});

	test('fails while it is asked for', async () => {
		const { sees } = opened({ investigate: () => Promise.reject(new TypeError('rows is undefined')) });
		await sees('This screen failed while its questions were asked.');
		await sees('TypeError: rows is undefined');
	});

	test('is asked nothing more, and what lay over it can be closed', async () => {
		let asked = 0;
		const investigate = () => {
			asked++;
			return new Promise<void>(() => {});
		};
		const { store, sees, presses } = opened({ investigate });
		await sees('alerts');
		presses('?');
		await sees('On the alerts screen');
		store.send({ type: 'crashed', thrown: new Error('the help'), during: 'while it was painted' });
		await sees('esc close');
		const before = asked;
		store.send({ type: 'ticked', now: noon + 3_600_000 });
		store.send({ type: 'pasted', text: 'ignored' });
		expect(asked).toBe(before);
		presses('escape');
		await sees('alerts');
		expect(store.getState().overlay).toBeUndefined();
	});

	test('shows no secret of what was thrown', async () => {
		const { store, sees, frame } = opened();
		store.send({ type: 'crashed', thrown: new Error('no password=tide-4711\x1b[2J'), during: 'while it was painted' });
		await sees('[redacted');
		expect(frame()).not.toContain('tide-4711');
	});
});

describe('what fails beside the screens', () => {
	test('is thrown on when the sheet is what hears of it', () => {
		const { store } = opened();
		store.send({ type: 'crashed', thrown: new Error('first'), during: 'while it was painted' });
		const hostile: Message = {
			type: 'resized',
			get size(): never {
				throw new Error('second');
			},
		};
		expect(() => store.send({ type: 'resized', size: { width: 80, height: 24 } })).not.toThrow();
		expect(() => store.send(hostile)).toThrow('second');
	});

	test('ends the screen when the sheet itself cannot be painted', async () => {
		const { store, ends, frame } = opened();
		frame();
		store.send({ type: 'crashed', thrown: new Error('first'), during: 'while it was painted' });
		store.send({
			type: 'reported',
			report: {
				get path(): string {
					throw new Error('the sheet broke');
				},
			},
		});
		const endsNow = () => {
			frame();
			return ends.map(String);
		};
		await expect.poll(endsNow, { timeout: 8000 }).toEqual(['Error: the sheet broke']);
	});
});
