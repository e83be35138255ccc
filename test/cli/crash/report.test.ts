import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/app/state.ts';
import { createBlackBox } from '../../../src/cli/crash/black-box.ts';
import { crashFolder, keepReport } from '../../../src/cli/crash/crash-folder.ts';
import { crashReport } from '../../../src/cli/crash/crash-report.ts';
import { ask, beginAt, hear, noon, press } from '../../app/shell.ts';
import { emptyFolder } from '../folder.ts';

const facts = {
	thrown: new TypeError('spans is not iterable'),
	during: 'while it was painted',
	at: noon,
	version: '1.2.3',
	node: 'v22.0.0 linux x64',
	terminal: '80×24 TERM=xterm',
	address: 'alerts --since 1h',
	recent: ['12:00:00.000 key j'],
	home: '/home/mira',
} as const;

describe('the report of a crash', () => {
	test('tells the place, the versions, the stack and the last keys', () => {
		const thrown = new TypeError('spans is not iterable', { cause: new Error('an answer broke off') });
		thrown.stack = 'TypeError: spans is not iterable\n    at paint (/home/mira/bin/smokejumper.js:1:2)';
		if (thrown.cause instanceof Error) thrown.cause.stack = 'Error: an answer broke off\n    at read (x.js:1:1)';
		expect(crashReport({ ...facts, thrown })).toMatchInlineSnapshot(`
			"smokejumper broke while it was painted. Secrets are masked; read this before you pass it on.

			at        2026-11-22T12:00:00.000Z
			address   smokejumper alerts --since 1h
			version   1.2.3
			node      v22.0.0 linux x64
			terminal  80×24 TERM=xterm

			TypeError: spans is not iterable
			    at paint (~/bin/smokejumper.js:1:2)
			because of Error: an answer broke off
			    at read (x.js:1:1)

			The last keys and messages, newest last:
			  12:00:00.000 key j
			"
		`);
	});

	test('says what it can of what is no error', () => {
		expect(crashReport({ ...facts, thrown: 'a word', recent: [] })).toContain('\na word\n');
		expect(crashReport({ ...facts, thrown: undefined })).toContain('1.2.3');
	});

	const canary = 'tide4711harbour';

	test.each([
		['in the words of the error', { thrown: new Error(`Authorization: Bearer ${canary}`) }],
		['in its cause', { thrown: new Error('x', { cause: new Error(`password=${canary}`) }) }],
		['in the address', { address: `logs '{a="b"} |= "token=${canary}"'` }],
		['in a message', { recent: [`told Prometheus at https://mira:${canary}@metrics.example said no`] }],
		['hidden by a colour', { thrown: new Error(`pass\x1b[31mword=${canary}`) }],
	])('holds no secret %s', (_, changed) => {
		const text = crashReport({ ...facts, ...changed });
		expect(text).toContain('[redacted');
		expect(text).not.toContain(canary);
		expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
	});

	test('is bounded, whatever was thrown', () => {
		const thrown = new Error('x'.repeat(1_000_000));
		thrown.cause = thrown;
		expect(crashReport({ ...facts, thrown, recent: Array(5000).fill('y'.repeat(5000)) }).length).toBeLessThan(250_000);
	});
});

describe('the file', () => {
	test('is for its owner alone, and the oldest go', () => {
		const folder = join(emptyFolder(), 'state', 'crashes');
		const paths = Array.from({ length: 13 }, (_, n) => keepReport(folder, `${n}`, noon + 1000 * Math.floor(n / 2)));
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(statSync(paths[12] ?? '').mode & 0o777).toBe(0o600);
		expect(readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))).toEqual(
			Array.from({ length: 10 }, (_, n) => `${n + 3}`),
		);
	});

	test('never writes over what is there, and leaves the files of others', () => {
		const folder = emptyFolder();
		writeFileSync(join(folder, 'crash-20261122T120000Z-01.txt'), 'before');
		writeFileSync(join(folder, 'notes.txt'), 'mine');
		expect(keepReport(folder, 'new', noon)).toBe(join(folder, 'crash-20261122T120000Z-02.txt'));
		for (let n = 0; n < 12; n++) keepReport(folder, `${n}`, noon + 5000);
		expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
		expect(readdirSync(folder)).toContain('crash-20261122T120005Z-12.txt');
		writeFileSync(join(folder, 'file'), '');
		expect(() => keepReport(join(folder, 'file'), '', noon)).toThrow('EEXIST');
	});

	test.each([
		['linux', {}, '/home/mira/.local/state/smokejumper/crashes'],
		['linux', { XDG_STATE_HOME: '/var/s' }, '/var/s/smokejumper/crashes'],
		['darwin', {}, '/home/mira/Library/Logs/smokejumper'],
		['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\smokejumper\\Log'],
	])('on %s with %o is in %s', (platform, env, folder) => {
		expect(crashFolder({ env, platform, home: '/home/mira' })).toBe(folder);
	});
});

describe('the last keys and messages', () => {
	const boxOf = (...messages: readonly Message[]) => {
		const box = createBlackBox();
		let state = beginAt();
		for (const message of messages) {
			box.hear(message, state);
			state = hear(state, message);
		}
		return box;
	};
	const key = (name: string): Message => ({ type: 'pressed', key: name, text: name });

	test('are kept in their order, without the clock', () => {
		const box = boxOf(key('j'), { type: 'ticked', now: noon }, { type: 'focused', focused: false }, key('?'));
		expect(box.lines()).toEqual(['12:00:00.000 key j', '12:00:00.000 no focus', '12:00:00.000 key ?']);
		expect(box.last()).toEqual({ address: 'alerts --since 1h', size: { width: 80, height: 24 } });
	});

	test('hold nothing that was typed or pasted', () => {
		const typed = [...'hunter2'].map(key);
		const paste = { type: 'pasted', text: 'hunter2' } as const;
		const box = boxOf(key(':'), ...typed, paste, { type: 'pressed', key: 'escape' }, key('k'));
		const lines = box.lines().map(line => line.slice(13));
		expect(lines).toEqual(['key :', ...Array(7).fill('key (typed)'), 'paste of 7 characters', 'key escape', 'key k']);
	});

	test('are bounded', () => {
		const box = boxOf(...Array.from({ length: 500 }, () => key('j')), key('k'));
		expect(box.lines()).toHaveLength(60);
		expect(box.lines().at(-1)).toContain('key k');
	});

	test('tell what was asked and found', () => {
		const state = ask(press(beginAt(), 'j'));
		const box = createBlackBox();
		const findings = { alerts: { status: 'waiting', since: noon }, rules: { status: 'idle' } } as const;
		box.hear({ type: 'found', slot: 'x', findings, now: noon }, state);
		expect(box.lines()).toEqual(['12:00:00.000 found alerts waiting, rules idle']);
	});
});
