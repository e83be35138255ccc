import { describe, expect, test } from 'vitest';
import { investigateCompare } from '../../src/investigation/compare.ts';
import { type CompareFindings, type Comparison, noCompareFindings } from '../../src/investigation/compare-findings.ts';
import type { Asking, Sources, TracesSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { ComparePlace } from '../../src/model/place.ts';
import { day, fixed, hour, minute, toMilliseconds } from '../../src/model/time.ts';
import type { Trace, TraceSummary } from '../../src/model/trace.ts';
import { headSentence } from '../../src/screens/compare/words.ts';
import { epoch, traceFromText } from '../helpers/trace-from-text.ts';

const drawnAt = toMilliseconds(epoch);
const now = drawnAt + hour;
const asking: Asking = { signal: new AbortController().signal, record: () => undefined };

const idOf = (number: number): string => number.toString(16).padStart(32, '0');

/** A request that waits for so many columns, 10 ms each, in its SELECT. */
const request = (id: number, wait: number): Trace => ({
	...traceFromText(`
		edge POST /pay    :=${'='.repeat(wait)}=
		  till SELECT     : ${'='.repeat(wait)}
	`),
	id: idOf(id),
});

const durationOf = ({ spans: [root] }: Trace): bigint => (root === undefined ? 0n : root.end - root.start);

const summaryOf = (trace: Trace, more: Partial<TraceSummary> = {}): TraceSummary => ({
	id: trace.id,
	rootService: 'edge',
	rootName: 'POST /pay',
	start: epoch,
	duration: durationOf(trace),
	matched: 1,
	services: [],
	...more,
});

const usualOnes = Array.from({ length: 30 }, (_, index) => request(100 + index, 4 + (index % 3)));
const slowOnes = Array.from({ length: 12 }, (_, index) => request(200 + index, 150 + index));

/** A Tempo with these traces, which understands the two conditions on durations. */
function storeOf(traces: readonly Trace[], change: Partial<TracesSource> = {}) {
	const asked: { readonly query: string; readonly limit: number }[] = [];
	const read: string[] = [];
	const source: TracesSource = {
		search: async (query, _range, limit) => {
			asked.push({ query, limit });
			const [, from = '0'] = /traceDuration >= (\d+)ms/.exec(query) ?? [];
			const [, to = 'Infinity'] = /traceDuration <= (\d+)ms/.exec(query) ?? [];
			const fits = (trace: Trace) => {
				const length = Number(durationOf(trace)) / 1e6;
				return length >= Number(from) && length <= Number(to);
			};
			return answer(
				traces
					.filter(fits)
					.slice(0, limit)
					.map(trace => summaryOf(trace)),
			);
		},
		trace: async id => {
			read.push(id);
			return answer(traces.find(trace => trace.id === id));
		},
		...change,
	};
	return { source, asked, read };
}

const place: ComparePlace = {
	kind: 'compare',
	service: 'edge',
	operation: 'POST /pay',
	window: fixed(drawnAt - hour, drawnAt + 5 * minute),
};

async function compared(source: TracesSource, at: ComparePlace = place, tracesFrom?: Sources['tracesFrom']) {
	const steps: CompareFindings[] = [];
	const sources = { traces: source, tracesFrom } as unknown as Sources;
	let ticks = 0;
	const clock = () => now + 300 * ticks++;
	await investigateCompare(at, { sources, now: clock }, noCompareFindings, each => steps.push(each), asking);
	const last = steps.at(-1) ?? noCompareFindings;
	return { steps, last, value: lastValueOf(last.comparison), notes: lastOf(last.comparison)?.notes ?? [] };
}

function whole({ value }: { readonly value: ReturnType<typeof lastValueOf<Comparison | { readonly found: false }>> }) {
	if (value?.found !== true) throw new Error('Nothing was compared');
	return value;
}

test('a sample tells how long requests take; then slow and usual ones are searched by duration and read', async () => {
	const { source, asked, read } = storeOf([...usualOnes, ...slowOnes]);
	const comparison = whole(await compared(source));
	const root = '{ resource.service.name = "edge" && name = "POST /pay"';
	expect(asked.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => ({ query: `${root} }`, limit: 25 })));
	expect(asked.slice(4)).toEqual([
		{ query: `${root} && traceDuration >= 87ms }`, limit: 40 },
		{ query: `${root} && traceDuration >= 60ms && traceDuration <= 81ms }`, limit: 40 },
	]);
	expect(read).toHaveLength(16);
	expect(comparison).toMatchObject({
		sample: { count: 25, median: 70, p95: 80 },
		slow: { chosen: 8, read: 8, lasts: { from: 1560, to: 1630 } },
		usual: { chosen: 8, read: 8, lasts: { from: 70, to: 70 } },
	});
	expect(headSentence(comparison)).toBe('Slow requests spend 1.52 s more in till SELECT; everything else is as usual.');
});

test('the request that is looked at is the measure of slow, and is one of them without being read twice', async () => {
	const { source, asked, read } = storeOf([...usualOnes, ...slowOnes]);
	const given = slowOnes[3]?.id ?? '';
	const comparison = whole(await compared(source, { ...place, trace: given }));
	expect(asked.some(({ query }) => query.includes('traceDuration >= 810ms && traceDuration <= 3101ms'))).toBe(true);
	expect(read.filter(id => id === given)).toEqual([given]);
	expect(comparison).toMatchObject({ given: { trace: given, duration: 1550 }, slow: { chosen: 8, read: 8 } });
});

test('both sides are restricted to roots with the attributes of the place', async () => {
	const { source, asked } = storeOf([...usualOnes, ...slowOnes]);
	const attributes = [{ scope: 'span', name: 'http.route', value: '/pay' }] as const;
	whole(await compared(source, { ...place, attributes }));
	expect(asked.length).toBeGreaterThan(4);
	expect(asked.every(({ query }) => query.includes(' && span.http.route = "/pay"'))).toBe(true);
	const { value } = await compared(storeOf([]).source, { ...place, attributes });
	expect(value).toMatchObject({
		why: 'Tempo found no trace that begins with edge POST /pay with span.http.route=/pay in this window.',
	});
});

test('the request alone is compared where no other is slow', async () => {
	const lone = request(7, 100);
	const { source } = storeOf([...usualOnes, lone]);
	const comparison = whole(await compared(source, { ...place, trace: lone.id }));
	expect(comparison.slow).toMatchObject({ chosen: 1, read: 1, lasts: { from: 1020, to: 1020 } });
	expect(headSentence(comparison)).toBe('Slow requests spend 950 ms more in till SELECT; everything else is as usual.');
});

test('a request that takes as long as most is a usual one, which is said', async () => {
	const { source } = storeOf([...usualOnes, ...slowOnes]);
	const comparison = whole(await compared(source, { ...place, trace: usualOnes[0]?.id ?? '' }));
	expect(comparison.usual).toMatchObject({ chosen: 8, read: 8 });
	expect(headSentence(comparison)).toMatch(
		/^This request took 60 ms, as long as most of its kind \(median 70 ms\)\. Slow/,
	);
});

test('the root is the one of the trace, or the one that most traces through the service have', async () => {
	const { source } = storeOf([...usualOnes, ...slowOnes]);
	const byTrace = whole(await compared(source, { kind: 'compare', trace: idOf(200), window: place.window }));
	const byService = whole(await compared(source, { kind: 'compare', service: 'till', window: place.window }));
	expect([byTrace.root, byService.root]).toEqual(
		Array.from({ length: 2 }, () => ({ service: 'edge', operation: 'POST /pay' })),
	);
});

test('traces of another root are left out', async () => {
	const search: TracesSource['search'] = async (_, __, limit) =>
		answer(
			[...usualOnes, ...slowOnes]
				.map((trace, index) => summaryOf(trace, index % 2 === 0 ? {} : { rootName: 'GET /nested' }))
				.slice(0, limit),
		);
	const { read, source } = storeOf([...usualOnes, ...slowOnes], { search });
	whole(await compared(source));
	expect(read.every(id => Number.parseInt(id, 16) % 2 === 0)).toBe(true);
});

describe('where there is nothing it is said why', () => {
	test.each([
		['no trace of the root', place, [], 'Tempo found no trace that begins with edge POST /pay in this window.'],
		[
			'no trace of the service',
			{ kind: 'compare', service: 'edge', window: place.window },
			[],
			'Tempo found no trace that goes through edge in this window.',
		],
		[
			'no trace of this ID',
			{ kind: 'compare', trace: idOf(5), window: place.window },
			usualOnes,
			`Tempo has no root of trace ${idOf(5)}, so it is not known what to compare it with.`,
		],
	] as const)('%s', async (_, at, traces, why) => {
		expect((await compared(storeOf(traces).source, at)).value).toMatchObject({ found: false, why });
	});

	test('and only who is searched is named', async () => {
		const stores = () => ({ name: 'slow.json and Tempo', byWindow: false, searched: 'slow.json' });
		expect((await compared(storeOf([]).source, place, stores)).value).toMatchObject({
			why: 'slow.json found no trace that begins with edge POST /pay in this window.',
		});
		const both = whole(await compared(storeOf([...usualOnes, ...slowOnes]).source, place, stores));
		expect(both.store).toBe('slow.json');
	});

	test('no usual one', async () => {
		const lone = request(7, 100);
		const comparison = whole(await compared(storeOf([lone]).source, { ...place, trace: lone.id }));
		expect(headSentence(comparison)).toBe(
			'There is nothing to compare with: no usual request of edge POST /pay was found in this window.',
		);
	});

	test('no slow one', async () => {
		const alike = Array.from({ length: 9 }, (_, index) => request(1 + index, 4));
		const comparison = whole(await compared(storeOf(alike).source));
		expect(headSentence(comparison)).toBe(
			'No request of edge POST /pay that took 75 ms or more was found in this window.',
		);
	});
});

test('clocks that disagree are told of', async () => {
	const skewed = slowOnes.map(trace => ({
		...trace,
		spans: trace.spans.map((span, at) =>
			at === 0 ? span : { ...span, start: span.start - 10n ** 9n, end: span.end - 10n ** 9n },
		),
	}));
	const { notes } = await compared(storeOf([...usualOnes, ...skewed]).source);
	expect(notes).toEqual([
		{
			kind: 'warning',
			text: 'In 8 of 16 traces the clocks of services disagree: who waited and who worked may be mixed up there.',
		},
	]);
});

describe('what is missing is told, and the rest is compared', () => {
	const failure = {
		kind: 'timeout',
		backend: 'tempo',
		what: 'Tempo did not answer in 30 s.',
		next: 'R asks again.',
	} as const;

	test('traces that cannot be read or are not given', async () => {
		const traces = [...usualOnes, ...slowOnes];
		const { source } = storeOf(traces, {
			trace: async id => {
				if (id === idOf(211)) throw new FailureError(failure);
				return answer(id === idOf(210) ? undefined : traces.find(trace => trace.id === id));
			},
		});
		const { value, notes } = await compared(source);
		expect(whole({ value }).slow).toMatchObject({ chosen: 8, read: 6 });
		expect(notes.map(({ text }) => text)).toEqual([
			'1 of 16 traces could not be read. Tempo did not answer in 30 s. R asks again.',
			'1 of 16 traces were found by the search and not given.',
		]);
	});

	test('a search that fails leaves what was sampled', async () => {
		const { source } = storeOf([...slowOnes.slice(0, 3), ...usualOnes]);
		const { search } = source;
		const { value, notes } = await compared({
			...source,
			search: async (query, ...rest) => {
				if (query.includes('traceDuration')) throw new FailureError(failure);
				return search(query, ...rest);
			},
		});
		expect(whole({ value }).usual.read).toBe(8);
		expect(notes.map(({ text }) => text)).toContain(
			'The search for slow requests failed. Tempo did not answer in 30 s. R asks again.',
		);
	});

	test('the older part of a long window', async () => {
		const { source } = storeOf([...usualOnes, ...slowOnes]);
		const { notes } = await compared(source, { ...place, window: fixed(now - 3 * day, now) });
		expect(notes.map(({ text }) => text)).toEqual([
			'Only the newest 24 h of the window are searched; a shorter one reaches the rest.',
		]);
	});

	test('a sample that fails fails the whole', async () => {
		const { last } = await compared(
			storeOf([], { search: async () => Promise.reject(new FailureError(failure)) }).source,
		);
		expect(last.comparison).toMatchObject({ status: 'failed', failure });
	});
});

test('secrets in the name of a root are asked for and not shown', async () => {
	const operation = 'GET /reset?password=hunter2hunter2';
	const search: TracesSource['search'] = async () =>
		answer(usualOnes.map(trace => summaryOf(trace, { rootName: operation })));
	const { steps } = await compared(storeOf(usualOnes, { search }).source, { ...place, operation });
	const nothing = await compared(storeOf([]).source, { ...place, operation });
	const shown = JSON.stringify([steps, nothing.steps], (name, each) =>
		// Where a rung leads is asked for too.
		name === 'parent' || (name === 'to' && typeof each === 'object') ? undefined : each,
	);
	expect(shown).toContain('GET /reset?password=');
	expect(shown).not.toContain('hunter2');
});

test('what is there is shown as traces arrive, and how far it is', async () => {
	const { steps } = await compared(storeOf([...usualOnes, ...slowOnes]).source);
	const words = steps.flatMap(({ comparison }) => (comparison.status === 'waiting' ? [comparison.progress] : []));
	expect(words).toContain('looking how long such requests take');
	expect(words).toContain('looking for slow and for usual ones');
	const reads = steps.flatMap(({ comparison }) => {
		const value = lastValueOf(comparison);
		return value?.found === true ? [value.slow.read + value.usual.read] : [];
	});
	expect(reads.length).toBeGreaterThan(3);
	expect(reads.toSorted((a, b) => a - b)).toEqual(reads);
});

test('it ends when it is cancelled', async () => {
	const controller = new AbortController();
	const { source, read } = storeOf([...usualOnes, ...slowOnes]);
	const trace: TracesSource['trace'] = async (...question) => {
		controller.abort();
		if (read.length > 3) throw new DOMException('Aborted', 'AbortError');
		return source.trace(...question);
	};
	const sources = { traces: { ...source, trace } } as unknown as Sources;
	const cancelled = { signal: controller.signal, record: () => undefined };
	const comparing = investigateCompare(
		place,
		{ sources, now: () => now },
		noCompareFindings,
		() => undefined,
		cancelled,
	);
	await expect(comparing).rejects.toThrow();
	expect(read.length).toBeLessThan(16);
});
