import { describe, expect, test } from 'vitest';
import { openList, type ProfileList } from '../../../src/screens/profiles/list.ts';
import { pastedInSetup, type Setup, setupHints } from '../../../src/screens/profiles/setup.ts';
import type { SetupStep } from '../../../src/screens/profiles/setup-keys.ts';
import { drawn, mole, pressed, quay } from './fill-in.ts';

const list: ProfileList = { ...openList('quay'), entries: [quay, mole] };

function listIn(step: SetupStep): ProfileList {
	if (step.type !== 'stay' || step.setup.kind !== 'list') throw new Error('The list was left.');
	return step.setup;
}

const afterKeys = (...keys: readonly string[]): ProfileList => listIn(pressed(list, ...keys));
const footer = (setup: Setup) =>
	setupHints(setup)
		.map(({ keys, label }) => `${keys.join(' ')} ${label}`)
		.join('  ');

describe('exact frames', () => {
	test.each([
		['80', list, 80, 20],
		['60', afterKeys('j'), 60, 11],
		['200', list, 200, 56],
		['removing', afterKeys('j', 'd'), 80, 20],
		['copying', afterKeys('c'), 80, 20],
		['empty', { ...openList(undefined), entries: [] }, 80, 20],
		['unread', { ...openList(undefined), unread: 'The profiles in /x cannot be used: version is missing.' }, 80, 20],
	] as const)('%s', async (name, setup, width, height) => {
		await expect(drawn(setup, width, height)).toMatchFileSnapshot(`frames/list-${name}.txt`);
	});

	test('without Unicode', () => expect(drawn(list, 80, 20, false)).toMatch(/^[\n\x20-\x7e]*$/));
});

test('opens what is under the cursor, the demo too', () => {
	expect(pressed(list, 'enter')).toMatchObject({ type: 'do', deed: { kind: 'open', name: 'quay' } });
	expect(pressed(list, 'j', 'enter')).toMatchObject({ deed: { kind: 'open', name: 'mole' } });
	expect(pressed(list, 'G', 'enter')).toMatchObject({ deed: { kind: 'open', name: 'demo' } });
});

test('opens a form that is empty, or has what is saved', () => {
	expect(pressed(list, 'a')).toMatchObject({ setup: { kind: 'form', purpose: 'add', taken: ['quay', 'mole'] } });
	expect(pressed(list, 'j', 'e')).toMatchObject({ setup: { kind: 'form', purpose: 'edit', saved: mole } });
});

describe('a name', () => {
	test('is given to a copy', () => {
		expect(pressed(list, 'c', 'enter')).toMatchObject({ deed: { kind: 'copy', name: 'quay', to: 'quay-2' } });
		expect(pressed(list, 'c', 'x', 'enter')).toMatchObject({ deed: { kind: 'copy', to: 'quay-2x' } });
	});

	test('takes the place of another', () => {
		const naming = pastedInSetup(afterKeys('j', 'r', 'ctrl+u'), 'pier\n');
		expect(pressed(naming, 'enter')).toMatchObject({ deed: { kind: 'rename', name: 'mole', to: 'pier' } });
		expect(afterKeys('r', 'enter').naming).toBeUndefined();
	});

	test.each([
		['quay', 'There is a profile quay already.'],
		['demo', 'demo is the embedded incident.'],
		['a b', 'A name has letters, digits'],
	])('is not %s', (name, problem) => {
		const naming = pastedInSetup(afterKeys('j', 'r', 'ctrl+u'), name);
		const refused = listIn(pressed(naming, 'enter'));
		expect(drawn(refused)).toContain(problem);
		expect(refused.naming?.field.text).toBe(name);
	});

	test('is given up with esc', () => expect(afterKeys('c', 'escape')).toEqual({ ...list, cursor: 'quay' }));
});

describe('a profile is removed', () => {
	test('once that is confirmed, the safe answer in focus', () => {
		expect(afterKeys('j', 'd', 'enter')).toEqual({ ...list, cursor: 'mole' });
		expect(afterKeys('j', 'd', 'escape')).toEqual({ ...list, cursor: 'mole' });
		expect(pressed(list, 'j', 'd', 'tab', 'enter')).toMatchObject({ deed: { kind: 'remove', name: 'mole' } });
	});

	test('but not while it is open', () => {
		expect(afterKeys('d')).toMatchObject({ problem: 'quay is open. Open another one first, then remove it.' });
		expect(afterKeys('d', 'j').problem).toBeUndefined();
	});
});

test.each(['e', 'c', 'r', 'd'])('%s does nothing to the demo', key => {
	expect(afterKeys('G', key)).toMatchObject({ problem: expect.stringContaining('demo is the embedded incident') });
});

test('the footer names what can be done', () => {
	expect(footer(list)).toBe('enter open  a add  e edit  d remove  escape leave  c copy  r rename  ? help');
	expect(footer(afterKeys('G'))).toBe('enter open  a add  escape leave  ? help');
	expect(footer(afterKeys('c'))).toBe('enter copy  escape leave');
	expect(footer(afterKeys('j', 'd'))).toBe('tab other answer  enter answer  escape leave');
});

test('nothing is opened before it was read', () => {
	expect(pressed(openList(undefined), 'enter')).toEqual({ type: 'stay', setup: openList(undefined) });
});
