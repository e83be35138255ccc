import { expect, test } from 'vitest';
import { createSources } from '../../src/cli/sources.ts';
import { storesInTurn, tracesInTurn } from '../../src/cli/traces-in-turn.ts';
import type { TracesSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { Trace } from '../../src/model/trace.ts';
import { askingNow, failureLine } from '../helpers/replay.ts';

const found: Trace = { id: 'ab', spans: [] };
const away = new FailureError({ kind: 'refused', what: 'Tempo is away.', next: 'Start it.' });
const gone = new FailureError({ kind: 'refused', what: 'Jaeger is away.', next: 'Start it.' });

const store = (trace: Trace | undefined | FailureError, searched: string): TracesSource => ({
	trace: async () => {
		if (trace instanceof FailureError) throw trace;
		return answer(trace);
	},
	search: async () => answer([], [{ kind: 'info', text: searched }]),
});

test.each([
	['the first has it', found, away, 'ab'],
	['only the second has it', undefined, found, 'ab'],
	['the first is away, the second has it', away, found, 'ab; warning: Tempo is away. Start it.'],
	['neither has it', undefined, undefined, 'none'],
	['the first is away, the second has it not', away, undefined, 'refused: Tempo is away. Start it.'],
	['the second is away, the first has it not', undefined, gone, 'refused: Jaeger is away. Start it.'],
	['both are away', away, gone, 'refused: Tempo is away. Start it.'],
])('%s', async (_, first, second, told) => {
	const traces = tracesInTurn(store(first, 'first'), store(second, 'second'));
	const line = await traces
		.trace('ab', undefined, askingNow())
		.then(
			({ value, notes }) => [value?.id ?? 'none', ...notes.map(({ kind, text }) => `${kind}: ${text}`)].join('; '),
			failureLine,
		);
	expect(line).toBe(told);
	expect((await traces.search('{}', { from: 0, to: 1 }, 1, askingNow())).notes[0]?.text).toBe('first');
});

test('a question that was given up asks nobody else', async () => {
	const cancelled = new FailureError({ kind: 'cancelled', what: 'Stopped.', next: 'Ask again.' });
	const second = store(gone, 'second');
	await expect(tracesInTurn(store(cancelled, ''), second).trace('ab', undefined, askingNow())).rejects.toBe(cancelled);
});

test('who is asked for traces', () => {
	const endpoint = { url: 'http://x.example', origin: '--x-url', authorize: async () => ({}) };
	const tempo = { ...endpoint, backend: 'tempo' } as const;
	const jaeger = { ...endpoint, backend: 'jaeger' } as const;
	const from = (endpoints: Parameters<typeof createSources>[0]) =>
		createSources(endpoints, { now: () => 0 }).tracesFrom?.();
	expect([from({ tempo }), from({ jaeger }), from({ tempo, jaeger })]).toEqual([
		{ name: 'Tempo', byWindow: true },
		{ name: 'Jaeger', byWindow: false },
		{ name: 'Tempo and Jaeger', byWindow: true, searched: 'Tempo' },
	]);
	expect(from({})).toEqual({ name: 'Tempo', byWindow: false, isMissing: true });
});

test('saved traces stand alone where no server is configured; searches are made in them alone', () => {
	const servers = (endpoints: Parameters<typeof createSources>[0]) =>
		createSources(endpoints, { now: () => 0 }).tracesFrom?.();
	const endpoint = {
		url: 'http://x.example',
		origin: '--x-url',
		authorize: async () => ({}),
		backend: 'tempo',
	} as const;
	expect(storesInTurn('slow.json', servers({}))).toEqual({ name: 'slow.json', byWindow: false });
	expect(storesInTurn('slow.json', servers({ tempo: endpoint }))).toEqual({
		name: 'slow.json and Tempo',
		byWindow: false,
		searched: 'slow.json',
	});
});
