import { describe, expect, test } from 'vitest';
import { boardOver } from '../../../src/investigation/board.ts';
import { answerLogsAside } from '../../../src/investigation/logs-asides.ts';
import { live, minute } from '../../../src/model/time.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { initialState, type LogsShown, selectedRecord } from '../../../src/screens/logs/state.ts';
import { asking, lineAt, logStore, logsOnly } from '../../helpers/log-store.ts';
import { type Drawn, drawn, having, noon, pressed, redrawn } from './shown-logs.ts';

const entries = Array.from({ length: 2500 }, (_, index) =>
	lineAt(noon - 100_000 + index * 10, { service_name: 'pier' }, `line ${index}`),
);
const place = { service: 'pier' };
const open = () => drawn({ place, entries, size: { width: 100, height: 14 } });

/** The screen when what it asks for beside its place has been answered once. */
async function answered(shown: LogsShown): Promise<Drawn> {
	let { findings } = shown;
	const replace = (found: typeof findings) => {
		findings = found;
	};
	const world = { sources: logsOnly(logStore(entries).source), now: () => noon };
	const board = boardOver({ current: () => findings, replace }, world);
	for (const aside of asidesOf(shown))
		await answerLogsAside({ place: shown.place, range: shown.range, aside }, world, board, asking);
	return redrawn({ ...shown, findings });
}

const lineOf = (shown: LogsShown): string | undefined => selectedRecord(shown)?.entry.line;
const keysOf = (shown: LogsShown): readonly string[] => asidesOf(shown).map(({ key }) => key);

describe('an end of the window whose lines are not held', () => {
	test('is read, and the cursor goes there when it is; G comes back', async () => {
		const newest = having(await open(), 'k');
		expect(newest.frame).toContain('the newest 1000 read');
		const going = having(newest, 'g');
		expect(lineOf(going)).toBe(lineOf(newest));
		expect(going.frame).toContain('reading the first lines');
		const first = await answered(going);
		expect(lineOf(first)).toBe('line 0');
		expect(first.frame).toContain('the first 1000 read  G newest');
		expect(first.frame).not.toContain('reading');
		const settled = { ...first, state: logs.settle?.(first) ?? initialState };
		expect(lineOf(settled)).toBe('line 0');
		expect(settled.state.goes).toBeUndefined();
		expect(lineOf(having(settled, 'j'))).toBe('line 1');
		const back = await answered(having(settled, 'G'));
		expect(lineOf(back)).toBe('line 2499');
		expect(back.frame).toContain('the newest 1000 read');
	});

	test('is asked for anew each time, and so is what lies beside it', async () => {
		const newest = having(await open(), 'G');
		const first = await answered(having(newest, 'g'));
		const back = await answered(having(redrawn({ ...first, state: logs.settle?.(first) ?? initialState }), 'G'));
		const again = having(redrawn({ ...back, state: logs.settle?.(back) ?? initialState }), 'g');
		expect(keysOf(having(newest, 'g'))).toEqual(['start 0']);
		expect(keysOf(again)).toEqual(['start 2']);
	});

	test('is not asked for twice at once, and given up when the cursor goes elsewhere', async () => {
		const going = having(await open(), 'g');
		expect(pressed(going, 'g')).toEqual({
			type: 'refuse',
			why: 'The first lines of the window are being read.',
		});
		expect(keysOf(going)).toEqual(['start 0']);
		const elsewhere = having(going, 'ctrl+u');
		expect(elsewhere.state.goes).toBeUndefined();
		expect(keysOf(elsewhere)).not.toContain('start 0');
	});

	test('that could not be read leaves the cursor where it is, and can be asked for again', async () => {
		const going = having(await open(), 'k', 'g');
		const { records } = going.findings;
		if (records.status !== 'loaded') throw new Error('no lines');
		const failed = redrawn({
			...going,
			findings: { ...going.findings, records: { ...records, value: { ...records.value, serial: 1 } } },
		});
		expect(failed.frame).not.toContain('reading');
		expect(lineOf(failed)).toBe(lineOf(going));
		expect(keysOf(failed).join()).not.toContain('start');
		expect(keysOf(having(failed, 'g'))).toEqual(['start 1']);
	});

	test('ends the following of lines when it is the start', async () => {
		const window = live(2 * minute);
		const shown = await drawn({ place: { ...place, window, follow: true }, entries });
		const outcome = pressed(shown, 'g');
		expect(outcome).toMatchObject({ type: 'turn', to: { service: 'pier', window }, state: { goes: { end: 'start' } } });
		expect(outcome.type === 'turn' && 'follow' in outcome.to).toBe(false);
		expect(outcome).not.toHaveProperty('state.tracks');
	});
});
