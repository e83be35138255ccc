import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { serve } from '../helpers/loopback.ts';
import { givenBack, type Program, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Stands wherever a line asks the terminal for something; it may only ever be seen as text. */
const mark = 'PWNED';
const base64 = Buffer.from(mark).toString('base64');
const start = 1_700_000_000_000;
const [from, to] = ['1699999900', '1700000100'];

/** What lines have in them to do harm. All hold the letters of their name, so that they can be told on the screen. */
const hostile: readonly (readonly [name: string, line: string])[] = [
	['a megabyte', `megabyte ${'x'.repeat(1_000_000)}`],
	['nothing', ''],
	['NUL', 'nulls a\x00b\x00'],
	['carriage returns', `returns\rover\r\n`],
	['backspaces', `backspaces ${'\b'.repeat(30)}over`],
	['a bell', 'bell \x07\x07'],
	['a title', `title \x1b]0;${mark}\x07 \x1b]2;${mark}\x1b\\`],
	['a clipboard', `clipboard \x1b]52;c;${base64}\x07\x1b]52;p;${base64}\x1b\\`],
	['a hyperlink', `hyperlink \x1b]8;;https://evil.example/${mark}\x1b\\here\x1b]8;;\x1b\\`],
	['a notification', `notification \x1b]9;${mark}\x07\x1b]777;notify;${mark};x\x07`],
	['colours of the palette', `palette \x1b]4;1;#ff0000\x07\x1b]10;#000000\x07\x1b]104\x07`],
	['a control string without an end', `endless \x1b]0;${mark}`],
	['modes', 'modes \x1b[?1049l\x1b[?25h\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?2004l\x1b[?7h\x1b[?6h\x1b[4h\x1b[20h'],
	['device control', `device \x1bP+q544e\x1b\\\x1bP$qm\x1b\\\x1bPtmux;\x1b\x1b]0;${mark}\x07\x1b\\`],
	['private messages', `messages \x1b_G${mark}\x1b\\\x1b^${mark}\x1b\\\x1bX${mark}\x1b\\`],
	['scroll regions', 'regions \x1b[5;10r\x1b[99S\x1b[99T\x1b[3J\x1b[2J\x1b[H\x1bD\x1bM'],
	['resets', 'resets \x1bc\x1b[!p\x1b(0\x1b)0\x0e\x1b#8\x1b%@'],
	['questions', 'questions \x1b[c\x1b[6n\x1b[>c\x1b[5n\x1b[?6n\x1b[21t\x05\x1bZ'],
	['C1 controls', `eightbit \x9b2J\x9d0;${mark}\x9c\x90q\x9c\x85\x84\x8d`],
	['right to left', 'bidi \u202egnp.exe\u202c \u2066x\u2069 \u200f שלום العربية'],
	['emoji', 'emoji 👩‍👩‍👧‍👦 🇩🇪 ✈️ 1️⃣ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
	['wide letters', 'wide 漢字かな交じり文 ＡＢＣ ﷽'],
	['combining marks', `combining ${'z\u0301\u0327\u0489'.repeat(20)} ${'\u0300'.repeat(500)}`],
	['nothing to see', 'unseen \u200b\u200c\u200d\ufeff\u00ad\u2060\u{e0041}'],
	['half a pair', 'surrogate \\ud83d'],
	['tabs', 'tabs a\tb\t\tc'],
	['half JSON', '{"level":"error","msg":"halved and cut in the mid'],
	['a JSON list', '["listed",1,{"a":2}]'],
	['a JSON number', '42'],
	['JSON that nests', `{"msg":"nesting","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
	[
		'escapes in JSON',
		JSON.stringify({ level: 'warn', msg: `escaped \x1b]0;${mark}\x07\x1b[?1049l`, '\x1b[2J': '\x1b]52;c;x\x07' }),
	],
	[
		'ten thousand keys',
		JSON.stringify({
			msg: 'keys',
			...Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`k${key}`, key])),
		}),
	],
	['many lines', `stack\n${'\tat a.b.C(D.java:1)\n'.repeat(300)}`],
];

/** Lines in no order of time, as streams that are merged may have them; `broken` stands for bytes that are no UTF-8. */
const values = [...hostile.map(([, line]) => line), 'broken BROKEN bytes'].map((line, index): [string, string] => [
	`${BigInt(start + ((index * 7919) % 97)) * 1_000_000n + BigInt(index)}`,
	line,
]);

const streams = JSON.stringify({
	status: 'success',
	data: {
		resultType: 'streams',
		result: [{ stream: { service_name: 'edge', pod: `edge\x1b]0;${mark}\x07-0` }, values }],
	},
}).replace('\\\\ud83d', '\\ud83d');

/** JSON in which a word was replaced by bytes that are no UTF-8. */
const bytes = Buffer.concat(
	streams
		.split('BROKEN')
		.flatMap((part, index) => [...(index === 0 ? [] : [Buffer.from([0xff, 0xc3, 0x28, 0xf0])]), Buffer.from(part)]),
);

const empty = '{"status":"success","data":{"resultType":"matrix","result":[]}}';

/** A Loki that knows one stream. */
function answer(request: IncomingMessage, response: ServerResponse): void {
	const url = new URL(request.url ?? '', 'http://loki.example');
	response.setHeader('content-type', 'application/json');
	if (!url.pathname.endsWith('/query_range')) response.end('{"status":"success","data":[]}');
	else if (/count_over_time|rate|bytes/.test(url.searchParams.get('query') ?? '')) response.end(empty);
	else response.end(bytes);
}

const scrolled = Array.from({ length: 60 }, (_, line) => `before ${line}`);

async function logs(columns: number, ...more: readonly string[]): Promise<Program> {
	const { url } = await serve(answer);
	const args = ['logs', '{service_name="edge"}', '--loki-url', url, '--from', from, '--to', to, ...more];
	return startProgram({ args, columns, rows: 24, before: scrolled.map(line => `${line}\n`).join('') });
}

/** What the program itself asks of a terminal, and nothing else. */
const ours =
	/^ESC\[\?(?:1049|25|7|2004|1004|2026)[hl]$|^ESC\]2;[^\x00-\x1f]*BEL$|^ESC\[2[23];0t$|^ESC\[(?:\?u|>\d*u|<\d*u|c|>c|>q)$/;

const isUntouched = (program: Program): void => {
	const { titles, clipboard, modes, requests } = program.surroundings();
	// The program itself asks the terminal once whether it is there, and this one does not answer.
	const isAsked = (request: string): boolean => request === 'ESC[5n';
	expect(requests.filter(isAsked).length).toBeLessThanOrEqual(1);
	expect(requests.filter(request => !ours.test(request) && !isAsked(request))).toEqual([]);
	expect(titles.filter(title => title.includes(mark))).toEqual([]);
	expect(clipboard).toEqual([]);
	expect(modes).toMatchObject({
		applicationCursorKeysMode: false,
		applicationKeypadMode: false,
		bracketedPasteMode: true,
		insertMode: false,
		mouseTrackingMode: 'none',
		originMode: false,
		reverseWraparoundMode: false,
		wraparoundMode: false,
	});
	expect(program.buffer()).toBe('alternate');
	expect(program.screen()).toHaveLength(24);
};

/** The first words of lines that have one on the screen. */
const words = hostile
	.flatMap(([, line]) => /^[a-z]+(?= )/.exec(line)?.[0] ?? [])
	.concat('halved', 'nesting', 'escaped', 'keys', 'broken');

/** The rows of lines: what stands before the message is as wide in each of them. */
const heads = (program: Program): readonly string[] =>
	program.screen().flatMap(row => /^(.*?\d\d:\d\d:\d\d\.\d{3} )/.exec(row)?.[1] ?? []);

describe.each([80, 200])('lines that were written to do harm, on %d columns', columns => {
	test('move nothing but themselves', async () => {
		const program = await logs(columns);
		await program.sees(`${values.length} lines`);
		const seen = new Set<string>();
		let steps = 0;
		/** Looks, moves on by one line, down and up again, and tells which words it has not seen yet. */
		const unseen = (): readonly string[] => {
			for (const row of program.screen()) seen.add(row);
			isUntouched(program);
			expect(new Set(heads(program).map(head => head.length)).size).toBe(1);
			program.presses(steps++ % (2 * values.length) < values.length ? 'k' : 'j');
			return words.filter(word => ![...seen].some(row => row.includes(word)));
		};
		await expect.poll(unseen, { timeout: 20_000, interval: 20 }).toEqual([]);
		program.presses('q');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
		expect(program.surroundings().scrollback.slice(0, scrolled.length)).toEqual(scrolled);
	});

	test('move nothing in their details, wrapped, in the side pane and after another size', async () => {
		const program = await logs(columns);
		await program.sees(`${values.length} lines`);
		program.presses('g', 'd');
		for (let step = 0; step < values.length; step++) {
			program.presses('J', 'j');
			isUntouched(program);
		}
		await program.sees(/tabs a {2}b/);
		if (columns === 200) {
			const dividers = program.columnsOf('│').filter(({ row }) => row > 3);
			expect(dividers.length).toBeGreaterThan(15);
			expect(new Set(dividers.map(({ columns }) => columns.join())).size).toBe(1);
		}
		program.presses('d', 'w', 'g');
		for (let step = 0; step < values.length; step++) {
			program.presses('j');
			isUntouched(program);
		}
		program.presses('w', 'tab');
		await program.sees(/fields/i);
		program.presses('tab', 'tab');
		program.resizes(columns - 9, 20);
		program.resizes(columns, 24);
		program.presses('ctrl+l');
		await program.sees(`${values.length} lines`);
		isUntouched(program);
		program.presses('ctrl+c');
		await program.exited;
		await expect.poll(program.modes).toEqual(givenBack);
		expect(program.surroundings().scrollback.slice(0, scrolled.length)).toEqual(scrolled);
	});
});

test.each(['text', 'json', 'markdown'])('printed as %s they ask nothing of a terminal either', async output => {
	const program = await logs(200, '-o', output);
	expect(await program.exited).toBe(0);
	await expect.poll(program.raw).toContain('broken');
	const { titles, clipboard, requests } = program.surroundings();
	expect({ titles, clipboard, requests }).toEqual({ titles: [], clipboard: [], requests: [] });
	expect(program.raw()).not.toMatch(/[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/);
	expect(program.modes()).toEqual(givenBack);
});
