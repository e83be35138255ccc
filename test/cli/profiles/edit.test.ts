import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { type Operator, operatorAt } from '../../../src/cli/profiles/operator.ts';
import { openProfileStore } from '../../../src/cli/profiles/profile-store.ts';
import { emptyFolder } from '../folder.ts';
import { desk, refusalOf } from './desk.ts';

const content = JSON.stringify({
	version: 2,
	profiles: { a: { later: 1, loki: { tenant: 'x', url: 'http://l.example' } }, b: {} },
});

/** An operator whose editor does one after another to the text, and who gives one answer after another. */
function hand(edits: readonly ((text: string) => string)[], answers?: readonly string[]) {
	const asked: string[] = [];
	const opened: string[] = [];
	const operator: Operator = {
		async edit(path) {
			opened.push(path);
			expect(statSync(path).mode & 0o777).toBe(0o600);
			expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
			const edit = edits[opened.length - 1];
			if (edit === undefined) throw new Error('the editor was opened once too often');
			writeFileSync(path, edit(readFileSync(path, 'utf8')));
		},
		...(answers && {
			ask: async (question: string) => {
				asked.push(question);
				return answers[asked.length - 1];
			},
		}),
	};
	return { operator, asked, opened };
}

test('what comes back from the editor is checked and saved, in its order', async () => {
	const { operator, opened } = hand([text => text.replace('http://l.example', 'https://logs.example')]);
	const { path, profile, file } = desk(content, operator);
	expect(await profile('edit', 'a')).toBe('Saved a.\n');
	expect(file()).toMatchObject({
		profiles: { a: { later: 1, loki: { tenant: 'x', url: 'https://logs.example' } }, b: {} },
	});
	expect(readFileSync(path, 'utf8')).toMatch(/"later".*"tenant".*"url"/s);
	expect(basename(opened[0] ?? '')).toBe('a.json');
	expect(existsSync(opened[0] ?? '')).toBe(false);
});

test('a key that is nearly one is told of, and saved', async () => {
	const { operator } = hand([text => text.replace('"tenant"', '"tenants"')]);
	const { profile, file } = desk(content, operator);
	expect(await profile('edit', 'a')).toBe('Saved a.\nprofile a: loki.tenants is not known here; tenant is meant?\n');
	expect(file()).toMatchObject({ profiles: { a: { loki: { tenants: 'x' } } } });
});

test.each([
	['as it was', (text: string) => text],
	['empty', () => ' \n'],
])('a text that comes back %s changes nothing', async (_, edit) => {
	const { operator, opened } = hand([edit]);
	const { path, profile } = desk(content, operator);
	expect(await profile('edit', 'a')).toBe('Nothing of a was changed.\n');
	expect(readFileSync(path, 'utf8')).toBe(content);
	expect(existsSync(dirname(opened[0] ?? ''))).toBe(false);
});

test('what is wrong is told, and leads back into the editor with the text as it was left', async () => {
	const { operator, asked } = hand(
		[
			text => text.replace('"later": 1', '"later": hunter2'),
			text => text.replace('hunter2', '2').replace('"http:', '"ftp:'),
			text => text.replace('"ftp:', '"https:'),
		],
		['', ''],
	);
	const { profile, file } = desk(content, operator);
	expect(await profile('edit', 'a')).toBe('Saved a.\n');
	expect(asked).toEqual([
		'The text is not valid JSON: line 2, column 11. Enter opens the editor again, q leaves it: ',
		'The text is no profile: loki.url should be a URL such as https://host/prefix. Enter opens the editor again, q leaves it: ',
	]);
	expect(file()).toMatchObject({ profiles: { a: { later: 2, loki: { url: 'https://l.example' } } } });
});

test.each([
	['since', '"7parsecs"', 'since must be a duration such as 15m'],
	['colour', '"mauve"', 'colour should be one of red, yellow, green, cyan, blue, magenta'],
	['logs', '{ "readUnasked": "5 apples" }', 'logs.readUnasked must be a number of bytes such as 10GB'],
	['label', '7', 'label should be of type string'],
])('what %s should be is told, and not what it is', async (key, value, why) => {
	const { operator, asked } = hand([text => text.replace('{', `{ "${key}": ${value},`)], ['q']);
	const { profile } = desk(content, operator);
	await expect(profile('edit', 'a')).rejects.toThrow(`The text is no profile: ${why}.`);
	expect(asked).toHaveLength(1);
});

test('without a terminal vi is not begun, which would wait for ever', async () => {
	const operator = operatorAt({ env: {}, input: new PassThrough(), output: process.stderr });
	await expect(desk(content, operator).profile('edit', 'a')).rejects.toThrow(
		'There is no terminal here for vi. Name an editor that needs none in EDITOR.',
	);
});

/** The path that a sentence names; what is there goes with the test. */
function draftIn(sentence: string): string {
	const [path] = /\S+\/smokejumper-\w+\/\w+\.json(?=\.$)/.exec(sentence) ?? [];
	if (path === undefined) throw new Error(`no file is named: ${sentence}`);
	onTestFinished(() => rmSync(dirname(path), { recursive: true, force: true }));
	return path;
}

test.each([
	['q is answered', ['q']],
	['nobody is there to ask', undefined],
])('when %s, the text stays where it is told', async (_, answers) => {
	const { operator } = hand([text => text.replace('{', '{ oops')], answers);
	const { path, profile } = desk(content, operator);
	const refusal = await refusalOf(profile('edit', 'a'));
	expect(refusal).toMatch(/^The text is not valid JSON: line 1, column 3\. Nothing was saved; your text is in /);
	expect(readFileSync(draftIn(refusal), 'utf8')).toContain('{ oops');
	expect(draftIn(refusal)).toContain(tmpdir());
	expect(readFileSync(path, 'utf8')).toBe(content);
});

test('a profile that was changed meanwhile is not written over', async () => {
	const { path } = desk(content);
	const { operator } = hand([text => text.replace('"x"', '"y"')]);
	const meanwhile: Operator = {
		async edit(draft) {
			await operator.edit(draft);
			await openProfileStore(path).write(saved => ({
				...saved,
				profiles: { ...saved.profiles, a: { label: 'theirs' } },
			}));
		},
	};
	const { runProfileCommand } = await import('../../../src/cli/profiles/profile-command.ts');
	const refusal = await refusalOf(runProfileCommand(['edit', 'a'], openProfileStore(path), meanwhile));
	expect(refusal).toMatch(
		/^a was changed elsewhere meanwhile\. Run smokejumper profile edit a again\. Your text is in /,
	);
	expect(readFileSync(draftIn(refusal), 'utf8')).toContain('"y"');
	expect(openProfileStore(path).read().profiles.a).toEqual({ label: 'theirs' });
});

test.each([
	[{ VISUAL: "sed -i 's/l.example/v.example/'", EDITOR: 'false' }, 'Saved a.\n'],
	[{ VISUAL: '', EDITOR: "sed -i 's/l.example/e.example/'" }, 'Saved a.\n'],
])('the editor is that of %o', async (env, told) => {
	const operator = operatorAt({ env, input: process.stdin, output: process.stderr });
	const { profile, file } = desk(content, operator);
	expect(await profile('edit', 'a')).toBe(told);
	expect(JSON.stringify(file())).toMatch(/http:\/\/[ve]\.example/);
});

test('an editor that fails is told; what it changed is kept, and no trace of what it did not', async () => {
	const at = (editor: string) =>
		desk(content, operatorAt({ env: { EDITOR: editor }, input: process.stdin, output: process.stderr }));
	const before = readdirSync(tmpdir());
	expect(await refusalOf(at('no-such-editor').profile('edit', 'a'))).toBe(
		'The editor no-such-editor ended with 127. Name another in VISUAL or EDITOR.',
	);
	const script = `${emptyFolder()}/editor`;
	writeFileSync(script, '#!/bin/sh\necho >>"$1"\nexit 3\n', { mode: 0o755 });
	const refusal = await refusalOf(at(script).profile('edit', 'a'));
	expect(refusal).toContain('ended with 3.');
	expect(readFileSync(draftIn(refusal), 'utf8')).toContain('"tenant"');
	expect(before).not.toContain(basename(dirname(draftIn(refusal))));
});
