import { expect, test } from 'vitest';
import { awaitTrace } from '../../src/investigation/await-trace.ts';
import { boardOver, type World } from '../../src/investigation/board.ts';
import type { Asking, Sources } from '../../src/investigation/ports.ts';
import { investigateTrace } from '../../src/investigation/trace.ts';
import { noTraceFindings, type TraceFindings } from '../../src/investigation/trace-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { TracePlace } from '../../src/model/place.ts';
import { fixed, minute, second } from '../../src/model/time.ts';
import type { Trace } from '../../src/model/trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const began = 1_795_317_600_000;

type Given = Trace | undefined | FailureError;

/** A trace whose line was written just now; the store gives one after the other, the last for ever. */
async function awaited(given: readonly Given[], leaveAfter = Number.POSITIVE_INFINITY) {
	let now = began;
	let asked = 0;
	const leaving = new AbortController();
	const told: string[] = [];
	const trace = async () => {
		const next = given[Math.min(asked, given.length - 1)];
		asked++;
		if (next instanceof FailureError) throw next;
		return answer(next);
	};
	const world: World = {
		sources: { traces: { trace }, tracesFrom: () => ({ name: 'Tempo', byWindow: true }) } as unknown as Sources,
		now: () => now,
		sleep: async length => {
			if (asked >= leaveAfter) leaving.abort();
			leaving.signal.throwIfAborted();
			now += length;
		},
	};
	const place: TracePlace = { kind: 'trace', id: 'ab', window: fixed(began - 15 * minute, began + 15 * minute) };
	const asking: Asking = { signal: leaving.signal, record: () => undefined };
	let findings: TraceFindings = noTraceFindings;
	const publish = (found: TraceFindings) => {
		findings = found;
	};
	await investigateTrace(place, world, noTraceFindings, publish, asking);
	const replace = (found: TraceFindings) => {
		findings = found;
		told.push(lineOf(found, now));
	};
	const board = boardOver({ current: () => findings, replace }, world);
	const range = { from: began, to: began };
	await awaitTrace({ place, range, aside: { key: 'await', kind: 'await' } }, world, board, asking).catch(() =>
		told.push('left'),
	);
	return { told, asked };
}

function lineOf({ trace }: TraceFindings, now: number): string {
	if (trace.status !== 'loaded') return trace.status;
	const notes = trace.notes.map(({ text }) => ` (${text})`).join('');
	if (trace.value.found) return `found${notes}`;
	const { againAt } = trace.value;
	return `${againAt === undefined ? 'given up' : `again in ${(againAt - now) / second} s`}${notes}`;
}

const trace = traceFromText('api GET :===');

test('is asked for again, and is there', async () => {
	expect(await awaited([undefined, undefined, trace])).toEqual({
		told: ['again in 2 s', 'again in 3 s', 'found'],
		asked: 3,
	});
});

test('is given up when it would be there by now', async () => {
	const { told } = await awaited([undefined]);
	expect(told.at(-1)).toBe('given up');
	expect(told.slice(0, -1)).toEqual([2, 3, 5, 5, 10, 15, 20, 30, 30].map(length => `again in ${length} s`));
});

test('a store that fails once is told of and asked again', async () => {
	const away = new FailureError({ kind: 'refused', what: 'Tempo is away.', next: 'R asks again.' });
	expect((await awaited([undefined, away, trace])).told).toEqual([
		'again in 2 s',
		'again in 3 s (Tempo is away. R asks again.)',
		'found',
	]);
});

test('nobody asks after it is stopped', async () => {
	expect(await awaited([undefined], 2)).toEqual({ told: ['again in 2 s', 'again in 3 s', 'left'], asked: 2 });
});

test('a trace that is there is not asked for again', async () => {
	expect(await awaited([trace])).toEqual({ told: [], asked: 1 });
});
