import { describe, expect, test } from 'vitest';
import { boardOver } from '../../../src/investigation/board.ts';
import { answerLogsAside } from '../../../src/investigation/logs-asides.ts';
import type { ServerPattern } from '../../../src/investigation/ports.ts';
import { answer } from '../../../src/model/answer.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { sideRowsOf } from '../../../src/screens/logs/side-rows.ts';
import type { LogsShown } from '../../../src/screens/logs/state.ts';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { asking, lineAt, logStore, logsOnly } from '../../helpers/log-store.ts';
import { type Drawn, drawn, having, noon, pressed, redrawn, trace } from './shown-logs.ts';

const pods = ['pier-a', 'pier-b'].map(pod => ({ service_name: 'pier', pod }));

/** Two minutes of a service: berths are given all the while, and refused in the second half. */
const entries = Array.from({ length: 60 }, (_, index) => {
	const isRefused = index >= 40 && index % 3 === 0;
	const line = isRefused
		? {
				level: 50,
				msg: `berth refused, ${index} waiting`,
				status: 503,
				took: 2000 + index,
				err: { message: 'lamp is out' },
			}
		: { level: 30, msg: `berth ${index} given in ${index % 7}ms`, status: index % 9 === 0 ? 404 : 200, took: index };
	return lineAt(
		noon - 118_000 + index * 1900,
		pods[index % 2] ?? {},
		JSON.stringify({ ...line, route: '/berths', reqId: `b${index}b1b1b1b1` }),
	);
});

const serverPatterns: readonly ServerPattern[] = [
	{ pattern: '{"level":50,"msg":"berth refused, <_> waiting",<_>}', times: [0, 10_000], counts: [400, 70] },
	{ pattern: 'level=warn msg="tide is late" by=<_>', level: 'warn', times: [0], counts: [31] },
];

/** The same screen when all is known that its open pane wants to know. */
async function digested(shown: LogsShown, theme?: Theme, patterns?: readonly ServerPattern[]): Promise<Drawn> {
	let { findings } = shown;
	const replace = (found: typeof findings) => {
		findings = found;
	};
	const source = { ...logStore([]).source, patterns: async () => answer(patterns) };
	const world = { sources: logsOnly(source), now: () => noon };
	const board = boardOver({ current: () => findings, replace }, world);
	for (const aside of logs.asides?.(shown) ?? []) {
		const { place, range } = shown;
		await answerLogsAside({ place, range, aside: aside as never }, world, board, asking);
	}
	return redrawn({ ...shown, findings }, theme);
}

const place = { service: 'pier' };
const copies = (shown: LogsShown) => pressed(shown, 'y');
const small = { width: 80, height: 20 };
const large = { width: 160, height: 46 };

const paneOf = ({ frame, size }: Drawn): string =>
	frame
		.split('\n')
		.map(line => (size.width < 120 ? line : line.slice(91)))
		.filter(line => line !== '')
		.join('\n');

describe('the fields of the lines', () => {
	test('below them at 80 columns, the pane chosen', async () => {
		const shown = having(await drawn({ place, entries, size: small }), 'tab');
		const { frame } = having(await digested(shown), 'j', 'enter', 'j');
		expect(frame).toMatchInlineSnapshot(`
			"▄▇▆▆▇▅█▇▅▆▇▅█▇▅▆▆▅██▅▆▆▅██▅▇▆▅██▅▇▆▆▄  60 lines
			                         █ █ █ █▂▆▄▄   ✗ 6 errors
			 11:59:33.200 ✗ berth refused, 48 waiting  503 /berths took=2048 err="lamp is o…
			 11:59:35.100 · berth 49 given in 0ms  200 /berths took=49 req=b49b…b1b1
			 11:59:37.000 · berth 50 given in 1ms  200 /berths took=50 req=b50b…b1b1
			│11:59:38.900 ✗ berth refused, 51 waiting  503 /berths took=2051 err="lamp is o…
			 11:59:40.800 · berth 52 given in 3ms  200 /berths took=52 req=b52b…b1b1
			 11:59:42.700 · berth 53 given in 4ms  200 /berths took=53 req=b53b…b1b1
			 11:59:44.600 ✗ berth refused, 54 waiting  503 /berths took=2054 err="lamp is o…
			fields of 60 lines, 11:58:02–11:59:54 ──────────────────────────────────────────
			in how many of them, and how many values
			 ▸ level                    100 %     2  info 90 %  error 10 %
			 ▾ status                   100 %     3  200 81.7 %  503 10 %  404 8.3 %
			▌    200                                                              49  81.7 %
			     503                                                               6    10 %
			     404                                                               5   8.3 %
			 ▸ pod                      100 %     2  pier-a 50 %  pier-b 50 %
			 ▸ took                     100 %    60  0 to 2057
			 ▸ err.message               10 %     1  lamp is out
			 ▸ route                    100 %     1  /berths"
		`);
	});

	test('beside them at 160 columns, the lines chosen', async () => {
		const shown = having(await drawn({ place, entries, size: large }), 'tab');
		expect(paneOf(having(await digested(shown), 'left'))).toMatchInlineSnapshot(`
			"▇▇ ▆ ▅ ▃ ▂ ▁  ▁ ▃ ▄      60 lines
			██▁█▃█▄█▅█▇██▇█▆█▅█▃
			  ▁█    ▃▆    ▅▃         ✗ 6 errors
			│ fields of 60 lines, 11:58:02–11:59:54
			│ in how many of them, and how many values
			│  ▸ level                 100 %     2  info 90 %  error 10 %
			│  ▸ status                100 %     3  200 81.7 %  503 10 %  404 8.…
			│  ▸ pod                   100 %     2  pier-a 50 %  pier-b 50 %
			│  ▸ took                  100 %    60  0 to 2057
			│  ▸ err.message            10 %     1  lamp is out
			│  ▸ route                 100 %     1  /berths
			│  ▸ service_name          100 %     1  pier
			│  ▸ reqId                 100 %    60  identifier
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│"
		`);
	});

	test('while they are being taken apart', async () => {
		const { frame } = having(await drawn({ place, entries, size: small }), 'tab');
		expect(frame).toContain('fields: taking the lines apart …');
	});
});

describe('what the lines say alike', () => {
	test('below them at 80 columns, new ones first', async () => {
		const shown = having(await drawn({ place, entries, size: small }), 'tab', 'tab');
		expect((await digested(shown)).frame).toMatchInlineSnapshot(`
			"▄▇▆▆▇▅█▇▅▆▇▅█▇▅▆▆▅██▅▆▆▅██▅▇▆▅██▅▇▆▆▄  60 lines
			                         █ █ █ █▂▆▄▄   ✗ 6 errors
			 11:59:33.200 ✗ berth refused, 48 waiting  503 /berths took=2048 err="lamp is o…
			 11:59:35.100 · berth 49 given in 0ms  200 /berths took=49 req=b49b…b1b1
			 11:59:37.000 · berth 50 given in 1ms  200 /berths took=50 req=b50b…b1b1
			│11:59:38.900 ✗ berth refused, 51 waiting  503 /berths took=2051 err="lamp is o…
			 11:59:40.800 · berth 52 given in 3ms  200 /berths took=52 req=b52b…b1b1
			 11:59:42.700 · berth 53 given in 4ms  200 /berths took=53 req=b53b…b1b1
			 11:59:44.600 ✗ berth refused, 54 waiting  503 /berths took=2054 err="lamp is o…
			patterns of 60 lines, 11:58:02–11:59:54 ────────────────────────────────────────
			new: no line before 11:58:58, the middle
			▌new ✗     6    10 % ▁▁▁▁▁▁▁▁▅██▅ berth refused, <num> waiting
			     ·    54    90 % ████████▇▅▅▇ berth <num> given in <dur>



			────────────────────────────────────────────────────────────────────────────────
			 berth refused, <num> waiting

			 first 11:59:21, last 11:59:50"
		`);
	});

	test('beside them at 160 columns, with what Loki has counted', async () => {
		const shown = having(await drawn({ place, entries, size: large }), 'tab', 'tab');
		expect(paneOf(await digested(shown, undefined, serverPatterns))).toMatchInlineSnapshot(`
			"▇▇ ▆ ▅ ▃ ▂ ▁  ▁ ▃ ▄      60 lines
			██▁█▃█▄█▅█▇██▇█▆█▅█▃
			  ▁█    ▃▆    ▅▃         ✗ 6 errors
			│ patterns of 60 lines, 11:58:02–11:59:54
			│ new: no line before 11:58:58, the middle (Loki: of the window)
			│ ▌new ✗     6    10 % ▁▁▁▁▁▁▁▁▅██▅ berth refused, <num> waiting
			│      ·    54    90 % ████████▇▅▅▇ berth <num> given in <dur>
			│  Loki     31 in the window only  level=warn msg="tide is late" by=…
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│
			│ ───────────────────────────────────────────────────────────────────
			│  berth refused, <num> waiting
			│
			│  first 11:59:21, last 11:59:50; 470 in the window by Loki"
		`);
	});

	test('in ASCII', async () => {
		const shown = having(await drawn({ place, entries, size: { width: 60, height: 15 } }), 'tab', 'tab');
		const { frame } = await digested(shown, createTheme('none', false), serverPatterns);
		expect(frame).toMatchInlineSnapshot(`
			"-====#-====#-====_ 60 lines
			            --#--  x 6 errors
			 11:59:35.100 . berth 49 given in 0ms  200 /berths took=49 ~
			 11:59:37.000 . berth 50 given in 1ms  200 /berths took=50 ~
			|11:59:38.900 x berth refused, 51 waiting  503 /berths took~
			 11:59:40.800 . berth 52 given in 3ms  200 /berths took=52 ~
			 11:59:42.700 . berth 53 given in 4ms  200 /berths took=53 ~
			patterns of 60 lines, 11:58:02-11:59:54 --------------------
			new: no line before 11:58:58, the middle (Loki: of the wind~
			>new x     6    10 % ________-##- berth refused, <num> wait~
			     .    54    90 % ########=--= berth <num> given in <dur>
			 Loki     31 in the window only  level=warn msg="tide is la~


			"
		`);
		expect(frame).toMatch(/^[\n -~]*$/);
	});
});

describe('keys in the pane', () => {
	const fields = async () => digested(having(await drawn({ place, entries, size: small }), 'tab'));
	const patterns = async () =>
		digested(having(await drawn({ place, entries, size: small }), 'tab', 'tab'), undefined, serverPatterns);
	const filtersAfter = (shown: LogsShown, key: string) => {
		const outcome = pressed(shown, key);
		return outcome.type === 'turn' && outcome.to.kind === 'logs' ? outcome.to.filters : outcome;
	};

	test('a value is kept by enter and f, and hidden by F', async () => {
		const status = having(await fields(), 'j', 'enter', 'j');
		const asked = { kind: 'field', name: 'status', value: '200', origin: 'json' };
		expect(filtersAfter(status, 'enter')).toEqual([{ test: asked }]);
		expect(filtersAfter(status, 'f')).toEqual([{ test: asked }]);
		expect(filtersAfter(status, 'F')).toEqual([{ hide: true, test: asked }]);
	});

	test('a field itself is neither kept nor hidden', async () => {
		expect(filtersAfter(await fields(), 'f')).toMatchObject({ type: 'refuse' });
	});

	test('a pattern is kept, and hidden', async () => {
		const asked = { kind: 'pattern', pattern: 'berth refused, <num> waiting' };
		expect(filtersAfter(await patterns(), 'enter')).toEqual([{ test: asked }]);
		expect(filtersAfter(await patterns(), 'F')).toEqual([{ hide: true, test: asked }]);
	});

	test('a pattern that Loki alone knows is asked of Loki', async () => {
		const shown = having(await patterns(), 'G');
		expect(filtersAfter(shown, 'enter')).toEqual([
			{ test: { kind: 'regex', regex: 'level=warn msg="tide is late" by=' } },
		]);
	});

	test('left goes back to the lines, right to the pane, and esc closes it from both', async () => {
		const open = await fields();
		const lines = having(open, 'left');
		expect(lines.state.side).toMatchObject({ pane: 'fields', focused: false });
		expect(having(lines, 'k').state.cursor).not.toBe(lines.state.cursor);
		expect(having(lines, 'right').state.side?.focused).toBe(true);
		for (const from of [open, lines]) {
			expect(logs.escape?.(from)).toEqual({
				type: 'stay',
				state: expect.not.objectContaining({ side: expect.anything() }),
			});
		}
	});

	test('tab goes from fields to patterns to none, and details take the place of a pane', async () => {
		const shown = await drawn({ place, entries, size: small });
		expect(having(shown, 'tab', 'tab').state.side?.pane).toBe('patterns');
		expect(having(shown, 'tab', 'tab', 'tab').state.side).toBeUndefined();
		expect(having(shown, 'tab', 'd').state).toMatchObject({ details: true });
		expect(having(shown, 'tab', 'd').state.side).toBeUndefined();
		expect(having(shown, 'd', 'tab').state).toMatchObject({ details: false, side: { pane: 'fields' } });
	});

	test('where there are no lines there is no pane', async () => {
		expect(pressed(await drawn({ place, entries: [] }), 'tab')).toMatchObject({ type: 'refuse' });
	});
});

test('of one request Loki is not asked, for it knows only streams', async () => {
	const shown = having(await drawn({ place: { trace }, size: small }), 'tab', 'tab');
	expect(logs.asides?.(shown).map(({ key }) => key.split(' ')[0])).not.toContain('patterns');
});

test('y copies the value or the pattern under the cursor, not the line', async () => {
	const fields = await digested(having(await drawn({ place, entries }), 'tab'));
	const name = sideRowsOf(fields)[0];
	expect(copies(fields)).toMatchObject({ type: 'copy', text: name?.kind === 'field' && name.field.name });
	const values = having(fields, 'enter', 'j');
	const value = sideRowsOf(values)[1];
	expect(value?.kind).toBe('value');
	expect(copies(values)).toMatchObject({ type: 'copy', text: value?.kind === 'value' && value.value.value });
	const patterns = await digested(having(fields, 'tab'), undefined, serverPatterns);
	const pattern = sideRowsOf(patterns)[0];
	expect(copies(patterns)).toEqual({
		type: 'copy',
		text: pattern?.kind === 'pattern' && pattern.pattern.text,
		what: 'the pattern',
	});
	expect(copies(having(patterns, 'G'))).toMatchObject({ type: 'copy', text: serverPatterns[1]?.pattern });
	expect(copies(having(patterns, 'left'))).toMatchObject({ what: 'the line' });
});
