import { describe, expect, test } from 'vitest';
import { footerLines } from '../../src/app/footer.ts';
import { helpLines } from '../../src/app/help.ts';
import { trailOf } from '../../src/app/history.ts';
import { firstSetup } from '../../src/app/profiles.ts';
import { begin, type Message, type State } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import { wanted } from '../../src/app/wanted.ts';
import { equals } from '../../src/model/labels.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { mole, quay } from '../screens/profiles/fill-in.ts';
import { alertsOf, ask, beginAt, effectsOf, find, finish, hear, noon, placeAt, press, type } from './shell.ts';

const listed = (): State => finish(find(ask(beginAt()), alertsOf('Leak', 'Flood')));
const typed = (state: State, line: string): State => type(press(state, ':'), line);
const read: Message = { type: 'profilesRead', profiles: [quay, mole] };
const opened: Message = {
	type: 'profileDone',
	deed: { kind: 'open', name: 'mole' },
	opened: { profile: 'mole', banner: { word: 'MOLE', production: false, readOnly: false }, lacks: ['loki'] },
	now: noon,
};
const crumbs = ({ history }: State): string =>
	trailOf(history)
		.map(({ place }) => place.kind)
		.join(' › ');
const kinds = (state: State) => wanted(state).map(({ kind }) => kind);
const bottom = (state: State): string =>
	footerLines(state, createTheme('none', true))
		.map(({ segments }) => segments.map(({ text }) => text).join(''))
		.join('\n');

/** Nothing is configured. */
const unconnected = (saved: readonly string[] = []): State =>
	begin({
		place: placeAt('alerts'),
		banner: { word: 'smokejumper', production: false, readOnly: false },
		size: { width: 80, height: 24 },
		now: noon,
		timeFormat: 'utc',
		setup: firstSetup(saved),
	});

describe('where nothing is configured', () => {
	test('nobody is asked but whom the form names', () => {
		expect(wanted(unconnected())).toEqual([]);
		expect(wanted(type(unconnected(), 'm.example:9090'))).toMatchObject([
			{ kind: 'check', backend: 'prometheus', rest: 500 },
		]);
		const pasted = hear(unconnected(), { type: 'pasted', text: 'http://m.example:9090' });
		expect(wanted(pasted)).toMatchObject([{ kind: 'check', rest: 0 }]);
	});

	test('esc quits, and so does ^C', () => {
		expect(effectsOf(unconnected(), 'escape')).toEqual([{ type: 'quit' }]);
		expect(effectsOf(unconnected(), 'ctrl+c')).toEqual([{ type: 'quit' }]);
	});

	test('^D opens the demo', () => {
		const deed = { kind: 'open', name: 'demo' };
		expect(effectsOf(unconnected(), 'ctrl+d')).toEqual([{ type: 'profile', deed }]);
	});

	test('profiles of which none is the current one are listed', () => {
		expect(unconnected(['quay'])).toMatchObject({ setup: { kind: 'list' } });
		expect(kinds(unconnected(['quay']))).toEqual(['profiles']);
		expect(effectsOf(hear(unconnected(['quay']), read), 'escape')).toEqual([{ type: 'quit' }]);
	});

	test('what was saved is opened, and the alerts are asked for', () => {
		const form = hear(unconnected(), { type: 'pasted', text: 'http://m.example:9090' });
		const [check] = wanted(form);
		if (check?.kind !== 'check') throw new Error('The address is looked at.');
		const checked: Message = {
			type: 'checked',
			backend: 'prometheus',
			check: { of: check.of, checked: { state: 'good', words: 'Prometheus 3.5.3' } },
		};
		const well = hear(form, checked);
		expect(kinds(well)).toEqual([]);
		const [effect] = effectsOf(well, 'enter');
		if (effect?.type !== 'profile' || effect.deed.kind !== 'save') throw new Error('The profile is saved.');
		const step = update(press(well, 'enter'), { type: 'profileDone', deed: effect.deed, now: noon });
		expect(step.effects).toEqual([{ type: 'profile', deed: { kind: 'open', name: 'm' } }]);
		const open = hear(step.state, { ...opened, deed: { kind: 'open', name: 'm' } });
		expect(open).toMatchObject({ profile: 'mole', banner: { word: 'MOLE' } });
		expect(open.setup).toBeUndefined();
		expect(kinds(open)).toEqual(['place']);
		expect(open.message?.text).toBe('MOLE is open. It is saved as mole: :profile adds to it.');
		const why = 'The profiles in /x cannot be used: version is missing.';
		const failed = hear(step.state, { type: 'profileFailed', deed: { kind: 'open', name: 'm' }, why });
		expect(failed).toMatchObject({ setup: { kind: 'list', problem: why } });
	});

	test('what could not be saved stays in the form, and is told there', () => {
		const form = hear(unconnected(), { type: 'pasted', text: 'http://m.example:9090' });
		const why = 'The profiles cannot be written to /x: nothing may be written in its folder (EACCES).';
		const deed = { kind: 'remove', name: 'm' } as const;
		expect(hear(form, { type: 'profileFailed', deed, why })).toMatchObject({ setup: { problem: why } });
	});
});

describe(':profile', () => {
	test('opens a profile by its name', () => {
		const deed = { kind: 'open', name: 'mole' };
		expect(effectsOf(typed(listed(), 'profile mole'), 'enter')).toEqual([{ type: 'profile', deed }]);
	});

	test('completes names, which are read anew for it', () => {
		const before = { ...listed(), profiles: [quay] };
		const typing = typed(before, 'profile m');
		expect(kinds(typing)).toContain('profiles');
		const known = hear(typing, read);
		expect(kinds(known)).not.toContain('profiles');
		expect(press(known, 'tab').prompt?.text).toBe('profile mole ');
		expect(press(typed(hear(before, read), 'pro'), 'tab').prompt?.text).toBe('profile ');
	});

	test('alone lists them, and esc goes back to what was on show', () => {
		const list = press(typed(listed(), 'profile'), 'enter');
		expect(kinds(list)).toContain('profiles');
		expect(bottom(hear(list, read))).toBe(
			'\nenter open  a add  e edit  d remove  esc leave  c copy  r rename  ? help  ',
		);
		expect(press(list, 'escape')).toMatchObject({ ...listed() });
	});

	test('has to wait for a change that is on its way', () => {
		const change = { kind: 'acknowledge', about: 'Leak', matchers: [equals('alertname', 'Leak')] } as const;
		const waiting = typed({ ...listed(), sent: { change } }, 'profile mole');
		expect(effectsOf(waiting, 'enter')).toEqual([]);
		expect(press(waiting, 'enter').message?.text).toContain('Alertmanager has not answered yet on Leak.');
	});

	test('that cannot be opened leaves what is open', () => {
		const why = 'There is no profile called mull. Profiles are quay, mole and demo.';
		const deed = { kind: 'open', name: 'mull' } as const;
		const before = listed();
		expect(hear(before, { type: 'profileFailed', deed, why })).toEqual({
			...before,
			message: { text: why, tone: 'refusal' },
		});
	});
});

describe('another profile', () => {
	const away = hear(press(typed(listed(), 'service ledger --since 3h'), 'enter'), opened);

	test('has its own answers, and the same places', () => {
		expect(crumbs(away)).toBe('alerts › service');
		expect(away.slots.size).toBe(0);
		expect(away.health.size).toBe(0);
		expect(away).toMatchObject({ profile: 'mole', banner: { word: 'MOLE' }, lacks: ['loki'] });
		expect(away.message?.text).toBe('MOLE is open.');
		expect(crumbs(press(away, 'escape'))).toBe('alerts');
	});

	test('does not have the request and the trace of the one before', () => {
		const deep = ['service ledger', 'logs --request 7f3c', 'trace 0af7651916cd43dd8448eb211c80319c'].reduce(
			(state, address) => press(typed(state, address), 'enter'),
			listed(),
		);
		const there = hear(deep, opened);
		expect(crumbs(there)).toBe('alerts › service');
		expect(there.message?.text).toContain('What is of one installation alone was left behind.');
	});

	test('knows an alert by its name alone', () => {
		const alert = press(typed(listed(), 'service ledger --alert Leak@0a1b2c3d'), 'enter');
		expect(trailOf(hear(alert, opened).history).at(-1)?.place).toMatchObject({ alert: 'Leak' });
	});

	test('is begun anew where nothing of the trail can be kept', () => {
		const trace = beginAt('trace 0af7651916cd43dd8448eb211c80319c');
		expect(crumbs(hear(trace, opened))).toBe('alerts');
	});

	test('cannot undo a silence of the one before', () => {
		const before = { ...listed(), undo: { id: 'ab12', about: 'Leak', until: noon + 60_000 } };
		expect(hear(before, opened).undo).toBeUndefined();
	});
});

describe('the list', () => {
	const list = (): State => hear({ ...press(typed(listed(), 'profile'), 'enter'), profile: 'quay' }, read);

	test('is read anew after each change, and tells it', () => {
		const copied = hear(list(), {
			type: 'profileDone',
			deed: { kind: 'copy', name: 'quay', to: 'quay-2' },
			now: noon,
		});
		expect(copied).toMatchObject({ setup: { kind: 'list', told: 'quay-2 is a copy of quay. e edits it.' } });
		expect(kinds(copied)).toContain('profiles');
	});

	test('opens the open profile anew when it was renamed or edited', () => {
		const rename = { kind: 'rename', name: 'quay', to: 'pier' } as const;
		expect(update(list(), { type: 'profileDone', deed: rename, now: noon }).effects).toEqual([
			{ type: 'profile', deed: { kind: 'open', name: 'pier' } },
		]);
		const editing = press(list(), 'g', 'e');
		const save = { kind: 'save', draft: quay.draft } as const;
		expect(update(editing, { type: 'profileDone', deed: save, now: noon }).effects).toEqual([
			{ type: 'profile', deed: { kind: 'open', name: 'quay' } },
		]);
	});

	test('comes back when another profile was edited, or a form was left', () => {
		const editing = press(list(), 'j', 'e');
		const save = { kind: 'save', draft: mole.draft } as const;
		const step = update(editing, { type: 'profileDone', deed: save, now: noon });
		expect(step).toMatchObject({ effects: [], state: { setup: { kind: 'list', told: 'Saved mole.' } } });
		expect(press(editing, 'escape')).toMatchObject({ setup: { kind: 'list' } });
	});

	test('tells its keys and those of the form', () => {
		const help = helpLines(press(list(), '?'))
			.map(line => line.map(({ text }) => text).join(''))
			.join('\n');
		expect(help).toContain('On the list of profiles');
		expect(help).toContain('In the form of a profile');
		expect(press(list(), '?', 'escape').setup).toBeDefined();
	});
});
