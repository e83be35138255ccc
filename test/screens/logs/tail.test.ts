import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../src/analysis/log-record.ts';
import type { LogsFindings } from '../../../src/investigation/logs-findings.ts';
import type { LogsTail } from '../../../src/investigation/tail-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { askedAgain, failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { fixed, live, minute, toNanoseconds } from '../../../src/model/time.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import type { LogsShown } from '../../../src/screens/logs/state.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { cursorRow, type Drawn, drawn, having, noon, pressed, redrawn, story } from './shown-logs.ts';

const streaming: LogsTail = { by: { kind: 'streaming' }, dropped: 0, held: 0, beyond: 0, marks: [] };
const place = { service: 'pier', window: live(2 * minute), follow: true } as const;
/** As many rows as a terminal of 24 has for a screen. */
const size = { width: 80, height: 20 };

const withTail = (shown: LogsShown, tail: Partial<LogsTail>, more: Partial<LogsShown> = {}): Drawn =>
	redrawn({
		...shown,
		...more,
		findings: { ...shown.findings, tail: loaded(answer({ ...streaming, ...tail }), noon) },
	});

const lastRow = ({ frame }: Drawn): string => frame.split('\n').at(-1) ?? '';

/** The same place with lines that were written later. */
const later = async (shown: LogsShown, count: number): Promise<Drawn> => {
	const written = Array.from({ length: count }, (_, index) =>
		lineAt(noon - 5000 + index, { service_name: 'pier' }, `late ${index}`),
	);
	const { findings } = await drawn({ place, size, entries: [...story, ...written] });
	return withTail({ ...shown, findings }, {});
};

describe('lines that are followed', () => {
	test('at 80×24, with a mark where the stream was lost', async () => {
		const marks = [
			{ after: toNanoseconds(noon - 60_000), text: 'reconnected, 3 s without the stream; read again by query' },
		];
		const shown = withTail(await drawn({ place, size }), { dropped: 12, marks });
		expect(shown.frame).toMatchInlineSnapshot(`
			"         ▄        █         ▄     ▄    5 lines
			                  █         █          ✗ 2 errors
			 11:58:30.000 · berth given  200 /berths 41ms req=b1b1…b1b1
			 11:58:57.930 · asked  req=7f3c…6666 trace=0af7…319c
			 11:59:00.000 ✗ berth refused  502 /berths 2.07s err="lamp is out" req=7f3c…6666
			── reconnected, 3 s without the stream; read again by query ────────────────────
			 11:59:30.000 ✗ tide table is stale
			▌11:59:50.000 · berth given  200 /berths 38ms req=c2c2…c2c2











			 ✓ live tail  12 left out by Loki  space pauses"
		`);
	});

	test('in ASCII, wrapped', async () => {
		const marks = [{ after: toNanoseconds(noon - 60_000), text: 'Loki left 2 lines out of the stream' }];
		const shown = withTail(await drawn({ place, size: { width: 60, height: 13 }, state: { wrap: true } }), { marks });
		expect(redrawn(shown, createTheme('none', false)).frame).toMatchInlineSnapshot(`
			"    .   #    .  .  5 lines
			        #    #     x 2 errors
			 11:58:30.000 . berth given  200  /berths  41ms
			                req=b1b1~b1b1
			 11:58:57.930 . asked  req=7f3c~6666  trace=0af7~319c
			 11:59:00.000 x berth refused  502  /berths  2.07s
			                err="lamp is out"  req=7f3c~6666
			                trace=0af7~319c
			-- Loki left 2 lines out of the stream ---------------------
			 11:59:30.000 x tide table is stale
			>11:59:50.000 . berth given  200  /berths  38ms
			                req=c2c2~c2c2
			 ok live tail  space pauses"
		`);
	});

	test.each<[string, Partial<LogsTail>, string]>([
		['connecting', { by: { kind: 'connecting' } }, ' live tail: opening the stream …'],
		['streaming', {}, ' ✓ live tail  space pauses'],
		['with lines left out', { dropped: 1200 }, ' ✓ live tail  1200 left out by Loki  space pauses'],
		[
			'lost',
			{ by: { kind: 'lost', why: 'Loki broke off the stream.', until: noon + 3200 } },
			' ● stream lost, again in 4 s: Loki broke off the stream.',
		],
		[
			'polling',
			{ by: { kind: 'polling', why: 'Loki opened no websocket (426).' } },
			' ✓ live tail, asked every 2 s  space pauses  Loki opened no websocket (426).',
		],
		['in trouble', { trouble: 'Loki failed (500).' }, ' ● lines are missing: Loki failed (500).'],
	])('say how they come: %s', async (_, tail, row) => {
		expect(lastRow(withTail(await drawn({ place, size }), tail))).toBe(row);
	});

	test.each<[Partial<LogsTail>, string]>([
		[{ held: 812 }, ' paused, 812 of 10,000 held  space goes on'],
		[{ held: 10_000, beyond: 2345 }, ' paused, 10,000 of 10,000 held, 2,345 more to be read again  space goes on'],
		[{ by: { kind: 'polling', why: 'x' } }, ' paused  space goes on'],
	])('say what waits while they are paused', async (tail, row) => {
		expect(lastRow(withTail(await drawn({ place, size }), tail, { paused: true }))).toBe(row);
	});

	test('say why there are none', async () => {
		const shown = await drawn({ place: { ...place, service: 'pier' }, size, entries: [] });
		expect(shown.frame).toContain('New lines appear here as they are written.');
		const failure = { kind: 'bad-query', what: 'Loki could not run the query (400).', next: 'Mend it.' } as const;
		const ended = await drawn({ place, size });
		const tail = failedWith(idle, failure, noon);
		expect(lastRow(redrawn({ ...ended, findings: { ...ended.findings, tail } }))).toBe(
			' ✗ live tail ended: Loki could not run the query (400). Mend it.',
		);
	});

	test('say that following has not begun where nothing could be read', async () => {
		const { findings, ...shown } = await drawn({ place, size });
		const rowOf = (records: LogsFindings['records']) =>
			lastRow(redrawn({ ...shown, findings: { ...findings, records } }));
		const failure = { kind: 'timeout', what: 'Loki did not answer in 30 s.', next: 'Press R.' } as const;
		expect(rowOf(askedAgain(idle, noon))).toBe(' live tail …');
		expect(rowOf(failedWith(idle, failure, noon))).toBe(' ● no live tail: no line could be read. R asks again.');
		expect(rowOf(failedWith(idle, { ...failure, kind: 'too-much' }, noon))).toBe(
			' no live tail before you agree to what it would read',
		);
		expect(rowOf(failedWith(findings.records, failure, noon))).toBe(' live tail …');
	});

	test('are those of a live window only', async () => {
		const ended = await drawn({ place: { ...place, window: fixed(noon - 2 * minute, noon) }, size });
		expect(ended.frame).not.toContain('live tail');
		expect(asidesOf(ended)).toEqual([]);
		expect(pressed({ ...ended, place: { ...ended.place, window: fixed(0, noon) } }, 'l').type).toBe('refuse');
	});
});

test('the window reaches to the newest line when following has ended', async () => {
	const { follow: _, ...still } = place;
	const shown = await drawn({ place: still, size });
	const asked = { ...shown, range: { from: noon - 3 * minute, to: noon - minute } };
	expect(logs.rangeNow?.(asked)).toEqual({ from: noon - 3 * minute, to: noon - 10_000 });
	expect(logs.rangeNow?.(shown)).toEqual(shown.range);
	const ended = { ...asked.place, window: fixed(asked.range.from, asked.range.to) };
	expect(logs.rangeNow?.({ ...asked, place: ended })).toEqual(asked.range);
});

describe('the cursor', () => {
	test('stays on the newest line', async () => {
		const shown = withTail(await drawn({ place, size }), {});
		expect(cursorRow(shown)).toContain('11:59:50.000');
		expect(cursorRow(await later(shown, 30))).toContain('late 29');
		expect(cursorRow(await later(having(shown, 'k', 'G'), 30))).toContain('late 29');
	});

	test('stays where it was put, and the new lines below are counted', async () => {
		const away = having(withTail(await drawn({ place, size }), {}), 'k', 'k');
		expect(cursorRow(away)).toContain('berth refused');
		const now = await later(away, 37);
		expect(cursorRow(now)).toContain('berth refused');
		expect(lastRow(now)).toMatch(/ ✓ live tail {2}space pauses {20,}37 new lines {2}G$/);
		expect(lastRow(having(now, 'j', 'j', 'j'))).toContain(' 36 new lines  G');
		expect(lastRow(having(now, 'G'))).not.toContain('new line');
	});

	test('goes to the newest when following begins, and stays there when it ends', async () => {
		const { follow: _, ...still } = place;
		const before = having(await drawn({ place: still, size }), 'g');
		const on = pressed(before, 'l');
		if (on.type !== 'turn' || on.to.kind !== 'logs' || on.state === undefined) throw new Error('l turns');
		expect(on.to.follow).toBe(true);
		const followed = await later({ ...before, place: on.to, state: on.state }, 5);
		expect(cursorRow(followed)).toContain('late 4');
		const off = pressed(followed, 'l');
		if (off.type !== 'turn' || off.to.kind !== 'logs' || off.state === undefined) throw new Error('l turns');
		expect(off.to).not.toHaveProperty('follow');
		expect(cursorRow(redrawn({ ...followed, place: off.to, state: off.state }))).toContain('late 4');
	});
});

test('the volume moves on with the window, and counts the lines that have come', async () => {
	const written = Array.from({ length: 40 }, (_, index) =>
		lineAt(noon + 55_000 + index, { service_name: 'pier' }, `late ${index}`),
	);
	const asked = withTail(await drawn({ place, size }), {});
	const records = loaded(
		answer({
			records: [...story, ...written].map(entry => recordOf(entry)),
			unread: {},
			hidden: { lower: 0, unknown: 0, other: 0 },
		}),
		noon,
	);
	const [first = '', second = ''] = redrawn({
		...asked,
		now: noon + minute,
		findings: { ...asked.findings, records },
	}).frame.split('\n');
	expect(first).toMatch(/█\s+47 lines$/);
	expect(second).toContain('█');
	const { follow: _, ...still } = asked.place;
	expect(
		redrawn({ ...asked, place: still, now: noon + minute, findings: { ...asked.findings, records } }).frame,
	).toMatch(/^ .*█ 47 lines$/m);
});

test('what is wanted tells whether lines are held, and whether the newest are read', async () => {
	const shown = withTail(await drawn({ place, size }), {});
	const tailIn = (of: LogsShown) => asidesOf(of).find(({ kind }) => kind === 'tail');
	expect(tailIn(shown)).toEqual({ key: 'tail', kind: 'tail', holds: false, near: true });
	expect(tailIn({ ...shown, paused: true })).toMatchObject({ holds: true });
	const many = having(await later(shown, 500), 'g');
	expect(tailIn(many)).toMatchObject({ near: false });
	const { follow: _, ...still } = shown.place;
	expect(tailIn({ ...shown, place: still })).toBeUndefined();
});
