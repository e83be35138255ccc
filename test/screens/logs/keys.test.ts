import { describe, expect, test } from 'vitest';
import type { TraceGuess } from '../../../src/analysis/trace-guess.ts';
import type { TraceGuessed } from '../../../src/investigation/trace-guess.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { LogsPlace } from '../../../src/model/place.ts';
import { fixed, live, minute } from '../../../src/model/time.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { choosableFields } from '../../../src/screens/logs/filter-keys.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { type LogsShown, recordsOf } from '../../../src/screens/logs/state.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { cursorRow, type Drawn, drawn, having, noon, pressed, redrawn, request, story, trace } from './shown-logs.ts';

const service = { service: 'pier' };

describe('the cursor', () => {
	test('begins at the newest error that leads to its request', async () => {
		expect(cursorRow(await drawn({ place: service }))).toContain('berth refused');
	});

	test.each([
		['j', 'tide table is stale'],
		['k', 'asked'],
		['g', '11:58:30.000'],
		['G', '11:59:50.000'],
		['ctrl+d', '11:59:50.000'],
		['ctrl+u', '11:58:30.000'],
		['e', 'tide table is stale'],
		['E', 'tide table is stale'],
		['o', 'asked'],
		['O', 'asked'],
	])('%s takes it to %s', async (key, row) => {
		expect(cursorRow(having(await drawn({ place: service }), key))).toContain(row);
	});

	test('stays on its line and on its row of the screen when lines come and go', async () => {
		const before = having(await drawn({ place: service, size: { width: 80, height: 11 } }), 'j');
		const rowOf = (frame: string) => frame.split('\n').findIndex(line => line.startsWith('▌'));
		const more = Array.from({ length: 20 }, (_, index) =>
			lineAt(noon - 100_000 + index, { service_name: 'pier' }, `early ${index}`),
		);
		const later = Array.from({ length: 20 }, (_, index) =>
			lineAt(noon - 100 + index, { service_name: 'pier' }, `late ${index}`),
		);
		const { findings } = await drawn({ place: service, entries: [...more, ...story, ...later] });
		const now = redrawn({ ...before, findings });
		expect(cursorRow(now)).toContain('tide table is stale');
		const filled = having(now, 'G', 'k');
		const later20 = later.map(entry => ({ ...entry, at: entry.at + 50_000n }));
		const grown = await drawn({ place: service, entries: [...more, ...story, ...later, ...later20] });
		expect(rowOf(redrawn({ ...filled, findings: grown.findings }).frame)).toBe(rowOf(filled.frame));
	});
});

describe('the walk', () => {
	const window = fixed(noon - 60_000 - 15 * minute, noon - 60_000 + 15 * minute);

	test('goes from a line to its request', async () => {
		expect(pressed(await drawn({ place: service }), 'enter')).toEqual({
			type: 'go',
			to: { kind: 'logs', request, trace, window },
		});
	});

	test('from a request to its trace', async () => {
		expect(pressed(await drawn({ place: { request } }), 'enter')).toEqual({
			type: 'go',
			to: { kind: 'trace', id: trace, window },
		});
	});

	test('to the trace of any line of the request when this one has none', async () => {
		const entries = [
			...story,
			lineAt(noon - 59_000, { service_name: 'pier' }, `level=error msg=after request_id=${request}`),
		];
		const shown = having(await drawn({ place: { request }, entries }), 'G');
		expect(cursorRow(shown)).toContain('after');
		expect(pressed(shown, 'enter')).toMatchObject({ type: 'go', to: { kind: 'trace', id: trace } });
	});

	test('straight to the trace, to the panels', async () => {
		const shown = await drawn({ place: service });
		expect(pressed(shown, 'T')).toMatchObject({ type: 'go', to: { kind: 'trace', id: trace } });
		expect(pressed(shown, 'p')).toMatchObject({ type: 'go', to: { kind: 'service', service: 'pier' } });
	});

	test('and says why when it cannot go on', async () => {
		const shown = having(await drawn({ place: service }), 'j');
		const guessing = having(shown, 'T');
		expect(having(shown, 'enter').state).toEqual(guessing.state);
		expect(pressed(guessing, 'T')).toEqual({
			type: 'refuse',
			why: 'Which trace it may be is still being asked.',
		});
		expect(pressed(withGuess(guessing, { queries: [] }), 'T')).toEqual({
			type: 'refuse',
			why: 'This line carries no trace ID, and no trace was found that fits it. ! shows what was asked.',
		});
	});

	test('to a trace that a line may belong to, which it then says', async () => {
		const guess: TraceGuess = { id: trace, start: 0n, sure: 'probable', words: 'the only trace of pier' };
		const shown = having(await drawn({ place: service, size: { width: 80, height: 16 } }), 'j');
		expect(shown.frame).not.toContain('Tempo');
		const asking = having(shown, 'T');
		expect(asidesOf(asking)).toContainEqual(expect.objectContaining({ kind: 'guess', record: asking.state.cursor }));
		expect(asking.frame).toContain('asking which trace this line may belong to');
		const found = withGuess(asking, { guess, queries: [] });
		expect(found.frame).toContain('T trace 0af7…319c  probably: the only trace of pier');
		const window = fixed(noon - 30_000 - 15 * minute, noon - 30_000 + 15 * minute);
		expect(pressed(found, 'enter')).toEqual({
			type: 'go',
			to: { kind: 'trace', id: trace, guessed: 'probably: the only trace of pier', window },
		});
		expect(having(found, 'k').frame).not.toContain('probably');
		expect(logs.escape?.(found)).toMatchObject({ type: 'stay', state: { cursor: asking.state.cursor } });
		expect(withGuess(asking, { queries: [] }).frame).toContain('no trace was found that fits this line');
	});

	test('to the trace of the request that is on show, also from a line that lacks it', async () => {
		const shown = await drawn({ place: { trace } });
		expect(pressed(having(shown, 'G'), 'enter')).toMatchObject({ type: 'go', to: { kind: 'trace', id: trace } });
	});

	test('has nothing to do without lines', async () => {
		const empty = await drawn({ place: service, entries: [] });
		for (const key of ['enter', 'T', 'p', 'y', 'j', 'e', 'o', 'n']) expect(pressed(empty, key).type).toBe('refuse');
	});
});

/** The screen once Tempo has said which trace the line under the cursor may belong to. */
function withGuess(shown: LogsShown, guessed: TraceGuessed): Drawn {
	const guesses = loaded(answer(new Map([[shown.state.cursor ?? '', guessed]])), noon);
	return redrawn({ ...shown, findings: { ...shown.findings, guesses } });
}

describe('views', () => {
	test('L goes round the levels', async () => {
		const shown = await drawn({ place: service });
		const levels: (string | undefined)[] = [];
		let place = shown.place;
		for (let step = 0; step < 3; step++) {
			const outcome = pressed({ ...shown, place }, 'L');
			if (outcome.type !== 'turn' || outcome.to.kind !== 'logs') throw new Error('L turns');
			place = outcome.to;
			levels.push(place.level);
		}
		expect(levels).toEqual(['warn', 'error', undefined]);
	});

	test('esc closes the details, then forgets the search, then goes up', async () => {
		const shown = await drawn({ place: service, state: { details: true, search: 'x' } });
		const first = logs.escape?.(shown);
		expect(first).toMatchObject({ type: 'stay', state: { details: false, search: 'x' } });
		expect(logs.escape?.({ ...shown, state: { ...shown.state, details: false } })).toMatchObject({
			state: { search: '' },
		});
		expect(logs.escape?.(having({ ...shown, state: { ...shown.state, search: '' } }, 'd'))).toBeUndefined();
	});

	test('details scroll', async () => {
		const shown = await drawn({ place: service, size: { width: 80, height: 14 }, state: { details: true } });
		expect(pressed(shown, 'J')).toMatchObject({ state: { detailScroll: 4 } });
		expect(pressed(await drawn({ place: service }), 'J').type).toBe('refuse');
	});

	test('y copies the line without its secrets', async () => {
		const shown = await drawn({ place: service, entries: [lineAt(noon - 1000, { app: 'pier' }, 'password=hunter2')] });
		expect(pressed(shown, 'y')).toEqual({ type: 'copy', text: 'password=[redacted password]', what: 'the line' });
	});
});

describe('when nothing was found', () => {
	const old = [lineAt(noon - 5 * minute, { service_name: 'pier' }, `x ${trace}`)];

	test('w looks in the wider window, the others refuse', async () => {
		const shown = await drawn({ place: { trace }, entries: old });
		expect(pressed(shown, 'w')).toMatchObject({ type: 'turn', to: { kind: 'logs', trace, window: { kind: 'fixed' } } });
		expect(pressed(shown, 'i')).toEqual({ type: 'refuse', why: 'That would find nothing either.' });
	});

	test('the keys of the ladder keep to their other meaning among lines', async () => {
		const shown = await drawn({ place: service });
		expect(pressed(shown, 'w')).toMatchObject({ type: 'stay', state: { wrap: true } });
		expect(pressed(shown, 'v').type).toBe('refuse');
	});
});

test('no key is bound twice', () => {
	const keys = logs.keys.flatMap(binding => binding.keys);
	expect(new Set(keys).size).toBe(keys.length);
});

describe('at an end of the lines', () => {
	const why = (shown: LogsShown, key: string): string | undefined => {
		const outcome = pressed(shown, key);
		return outcome.type === 'refuse' ? outcome.why : undefined;
	};

	test('a movement key says why it leads no further', async () => {
		const shown = await drawn({ place: service });
		const [top, end] = [having(shown, 'g'), having(shown, 'G')];
		for (const key of ['k', 'g', 'ctrl+u', 'ctrl+b'])
			expect(why(top, key)).toBe('This is the oldest line of the window.');
		for (const key of ['j', 'G', 'ctrl+d', 'ctrl+f'])
			expect(why(end, key)).toBe('This is the newest line of the window.');
		expect(why(top, 'j')).toBeUndefined();
		const open: LogsPlace = { ...end.place, window: live(2 * minute) };
		expect(why({ ...end, place: open }, 'j')).toMatch(/^This is the newest line that was read\. R asks/);
		expect(why({ ...end, place: { ...open, follow: true } }, 'j')).toBeUndefined();
	});

	test('it says that more is being read, or what would read it', async () => {
		const many = Array.from({ length: 1300 }, (_, index) =>
			lineAt(noon - 100_000 + index * 10, { app: 'pier' }, index === 3 ? 'error: sunk' : 'afloat'),
		);
		const shown = await drawn({ place: service, entries: many });
		expect(why(having(shown, 'G', 'E'), 'k')).toMatch(/^Older errors were not read\. m reads every line/);
		const calm = await drawn({ place: service, entries: many.slice(4) });
		const top = { ...calm, state: { ...calm.state, cursor: recordsOf(calm)[0]?.key ?? '' } };
		expect(why(top, 'k')).toBe('Older lines are being read.');
	});
});

describe('a step on a label that the streams decide', () => {
	const pick = async (place: Partial<LogsPlace>) => {
		const shown = await drawn({ place, state: { details: true } });
		const record = shown.findings.records.status === 'loaded' ? shown.findings.records.value.records.at(-1) : undefined;
		const picked = record === undefined ? -1 : choosableFields(record).findIndex(({ origin }) => origin === 'label');
		return { ...having(shown, 'G'), state: { ...having(shown, 'G').state, picked } };
	};

	test('is refused, and says what the query demands', async () => {
		const shown = await pick({ query: '{service_name="pier"}' });
		expect(pressed(shown, 'f')).toEqual({
			type: 'refuse',
			why: 'The query reads only streams with service_name="pier": every line has it.',
		});
		expect(pressed(shown, 'F')).toEqual({
			type: 'refuse',
			why: 'The query reads only streams with service_name="pier": hiding them would leave no line. Q edits it.',
		});
	});

	test('is taken where they have several values', async () => {
		const shown = await pick({ query: '{service_name=~"pier|quay"}' });
		expect(pressed(shown, 'f')).toMatchObject({ type: 'turn', to: { filters: [{ test: { value: 'pier' } }] } });
	});
});
