import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardOver, type World } from '../../src/investigation/board.ts';
import type { Asking, Sources, TracesSource } from '../../src/investigation/ports.ts';
import { searchLimits, searchSlices } from '../../src/investigation/trace-slices.ts';
import { investigateTraces } from '../../src/investigation/traces.ts';
import { answerTracesAside, type TracesAside } from '../../src/investigation/traces-asides.ts';
import { noTracesFindings, type TracesFindings } from '../../src/investigation/traces-findings.ts';
import { answer, type Note } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { TracesPlace } from '../../src/model/place.ts';
import { fixed, hour, live, minute, type TimeRange, toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';

const now = 1_795_317_600_000;
const asking: Asking = { signal: new AbortController().signal, record: () => undefined };

const unasked = () => Promise.reject(new Error('must not be asked'));

function worldWith(traces: Partial<TracesSource>): World {
	const sources = { traces: { trace: unasked, search: unasked, ...traces } };
	return { sources: sources as unknown as Sources, now: () => now };
}

const summary = (id: string, at: number, more: Partial<TraceSummary> = {}): TraceSummary => ({
	id,
	rootService: 'pier',
	rootName: 'GET /berths',
	start: toNanoseconds(at),
	duration: 1_000_000n,
	matched: 1,
	services: [{ name: 'pier', spans: 3, errors: 0 }],
	...more,
});

const many = (count: number, at: number): readonly TraceSummary[] =>
	Array.from({ length: count }, (_, index) => summary(`${at}-${index}`, at - index));

type Found = { readonly all: readonly TracesFindings[]; readonly last: TracesFindings };

async function found(
	place: Partial<TracesPlace>,
	traces: Partial<TracesSource>,
	previous: TracesFindings = noTracesFindings,
): Promise<Found> {
	const all: TracesFindings[] = [];
	const whole: TracesPlace = { kind: 'traces', window: live(5 * minute), ...place };
	await investigateTraces(whole, worldWith(traces), previous, findings => all.push(findings), asking);
	return { all, last: all.at(-1) ?? previous };
}

const failure = { kind: 'timeout', what: 'Tempo did not answer in 30 s.', next: 'R asks again.' } as const;

test('a search puts the conditions of its place into TraceQL and redacts names', async () => {
	const secret = summary('a', now, {
		rootService: 'api?token=abc123',
		rootName: 'GET /reset?password=hunter2hunter2',
		services: [{ name: 'api?token=abc123', spans: 1, errors: 0 }],
	});
	const asked: unknown[] = [];
	const { all, last } = await found(
		{ service: 'api', operation: 'GET /x', errors: true, slowerThan: 500 },
		{
			search: async (query, range, limit) => {
				asked.push([query, range, limit]);
				return answer([secret]);
			},
		},
	);
	const query = '{ resource.service.name = "api" && name = "GET /x" && status = error && traceDuration >= 500ms }';
	expect(asked).toEqual([[query, { from: now - 5 * minute, to: now }, searchLimits.whole]]);
	expect(JSON.stringify(all, (_, each) => (typeof each === 'bigint' ? String(each) : each))).not.toContain('abc123');
	expect(last.results).toMatchObject({
		status: 'loaded',
		value: { query, traces: [{ rootName: 'GET /reset?password=[redacted password]' }], parts: { searched: 1, all: 1 } },
	});
});

describe('a window', () => {
	test('is cut into parts without gap, newest first, none of them longer than Tempo searches', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 400 * 24 * hour }), length => {
				const { slices, left } = searchSlices({ from: now - length, to: now });
				const all = [...slices, ...left];
				expect(slices.length).toBeLessThanOrEqual(24);
				expect([all[0]?.to, all.at(-1)?.from]).toEqual([now, now - length]);
				all.forEach((slice, index) => {
					expect(slice.to - slice.from).toBeLessThanOrEqual(168 * hour);
					if (index > 0) expect(slice.to).toBe(all[index - 1]?.from);
				});
			}),
		);
	});

	test('of a quarter of an hour is searched in three parts, the newest first, and shown as they come', async () => {
		const asked: TimeRange[] = [];
		const { all } = await found(
			{ window: live(15 * minute) },
			{
				search: async (_, range) => {
					asked.push(range);
					return answer([summary(`at ${range.to}`, range.to - 1)]);
				},
			},
		);
		expect(asked.map(({ from, to }) => [(now - from) / minute, (now - to) / minute])).toEqual([
			[5, 0],
			[10, 5],
			[15, 10],
		]);
		const shown = all.flatMap(({ results }) => {
			const value = lastValueOf(results);
			return value === undefined ? [] : [[results.status, value.traces.length, value.parts.searched]];
		});
		expect(shown).toEqual([
			['waiting', 1, 1],
			['waiting', 2, 2],
			['loaded', 3, 3],
			['loaded', 3, 3],
		]);
	});

	test('that is searched again keeps what it showed until all of it is there', async () => {
		const search = async (_: string, range: TimeRange) => answer([summary(`at ${range.to}`, range.to - 1)]);
		const { last: before } = await found({ window: live(15 * minute) }, { search });
		const { all } = await found({ window: live(15 * minute) }, { search }, before);
		expect(all.map(({ results }) => lastValueOf(results)?.traces.length)).not.toContain(1);
	});

	test('has no more than two searches under way', async () => {
		let [open, most] = [0, 0];
		await found(
			{ window: live(48 * hour) },
			{
				search: async (_, { to }) => {
					most = Math.max(most, ++open);
					await Promise.resolve();
					open--;
					return answer([summary(`at ${to}`, to)]);
				},
			},
		);
		expect(most).toBe(2);
	});

	test('of an hour in twelve, so that what Tempo stops at in each tells of the whole', () => {
		const { slices } = searchSlices({ from: now - hour, to: now });
		expect(slices.map(({ from, to }) => (to - from) / minute)).toEqual(Array.from({ length: 12 }, () => 5));
		const day = searchSlices({ from: now - 24 * hour, to: now }).slices.map(({ from, to }) => (to - from) / minute);
		expect(day.slice(0, 6)).toEqual([5, 10, 20, 40, 80, 160]);
		expect(Math.max(...day)).toBeLessThanOrEqual(270);
	});

	test('too long for so many searches says what of it is not searched', async () => {
		const { last } = await found(
			{ window: live(300 * 24 * hour) },
			{ search: async (_, { to }) => answer(many(1, to)) },
		);
		expect(lastOf(last.results)?.notes[0]?.text).toMatch(
			/^The oldest \S+ of the window are not searched\. More than 24/,
		);
	});
});

test('a trace that two parts know is there once, as long as it is known to be', async () => {
	const { last } = await found(
		{ window: live(15 * minute) },
		{
			search: async (_, { to }) =>
				answer([summary('same', now - 5 * minute, { duration: to === now ? 5_000_000n : 9_000_000n })]),
		},
	);
	expect(lastValueOf(last.results)?.traces).toMatchObject([{ id: 'same', duration: 9_000_000n }]);
});

describe('limits are said', () => {
	const notesOf = ({ results }: TracesFindings): readonly Note[] => lastOf(results)?.notes ?? [];

	test('where the server stopped, once for all parts', async () => {
		const stopped = { kind: 'partial', text: 'stopped at 20' } as const;
		const search: TracesSource['search'] = async (_, { to }) => {
			const isCut = to > now - 6 * minute;
			return answer(many(isCut ? 20 : 3, to), isCut ? [stopped] : []);
		};
		const { last } = await found({ window: live(15 * minute) }, { search });
		expect(notesOf(last)).toEqual([stopped]);
		expect(lastValueOf(last.results)?.parts).toEqual({ searched: 3, all: 3, cut: 2 });
	});

	test('that an old Tempo does not count', async () => {
		const { last } = await found({}, { search: async () => answer([summary('a', now, { services: [] })]) });
		expect(notesOf(last)).toMatchObject([{ kind: 'info', text: expect.stringContaining('before 2.6') }]);
	});
});

describe('a search that fails', () => {
	test('fails where the newest part cannot be searched, and asks no further', async () => {
		let asked = 0;
		const { last } = await found(
			{ window: live(24 * hour) },
			{
				search: () => {
					asked++;
					return Promise.reject(new FailureError(failure));
				},
			},
		);
		expect(last.results).toMatchObject({ status: 'failed', failure });
		expect(asked).toBe(1);
	});

	test('keeps what newer parts gave', async () => {
		const { last } = await found(
			{ window: live(24 * hour) },
			{
				search: async (_, { to }) => {
					if (to < now - hour) throw new FailureError(failure);
					return answer([summary(`at ${to}`, to)]);
				},
			},
		);
		expect(lastValueOf(last.results)?.traces.length).toBeGreaterThan(0);
		expect(lastOf(last.results)?.notes[0]?.text).toMatch(
			/^The oldest \S+ of the window are not searched\. Tempo did not answer in 30 s\./,
		);
	});

	test('by cancellation goes up', async () => {
		const cancelled = new FailureError({ kind: 'cancelled', what: 'Cancelled.', next: 'R asks again.' });
		const search: TracesSource['search'] = async (_, { to }) => {
			if (to === now) return answer([]);
			throw cancelled;
		};
		await expect(found({ window: live(15 * minute) }, { search })).rejects.toBe(cancelled);
	});
});

describe('what found nothing', () => {
	const place = {
		service: 'peer',
		operation: 'GET /x',
		errors: true,
		slowerThan: 500,
		attributes: [{ scope: 'span', name: 'zone', value: 'a' }],
		window: fixed(now - 40 * minute, now - 30 * minute),
	} as const;

	test('is asked for in other ways, each of which has a key where it finds some', async () => {
		const { last } = await found(place, {
			search: async (query, { from, to }) => {
				if (to - from > hour) return answer(many(20, now));
				return answer(query.includes('status') ? [] : [summary('a', now)]);
			},
			attributeValues: async () => answer(['pier', 'quay'].map(text => ({ text, isQuoted: true }))),
		});
		const ladder = lastOf(last.ladder);
		expect(ladder?.value.map(({ key, found: words }) => [key, words])).toEqual([
			['w', '20 or more traces in 1h40m'],
			['v', '1 trace of any status'],
			[undefined, '0 traces without the operation GET /x'],
			[undefined, '0 traces of any duration'],
			[undefined, '0 traces without span.zone=a'],
		]);
		expect(ladder?.value[1]?.to).toEqual({
			kind: 'traces',
			...Object.fromEntries(Object.entries(place).filter(([name]) => name !== 'errors')),
		});
		expect(ladder?.notes).toEqual([
			{
				kind: 'info',
				text: 'No span of this window is of a service called peer. Services with traces: pier, quay.',
			},
		]);
	});

	test('a rung that fails is told', async () => {
		const { last } = await found(
			{ errors: true },
			{
				search: async query => {
					if (query === '{}') throw new FailureError(failure);
					return answer([]);
				},
			},
		);
		expect(lastOf(last.ladder)?.notes).toEqual([
			{ kind: 'warning', text: 'Of any status could not be tried. Tempo did not answer in 30 s. R asks again.' },
		]);
	});
});

describe('what can be asked for', () => {
	async function told(
		aside: TracesAside,
		traces: Partial<TracesSource>,
		range = { from: now - hour, to: now },
		before = noTracesFindings,
	) {
		let findings = before;
		const board = boardOver(
			{
				current: () => findings,
				replace: next => {
					findings = next;
				},
			},
			{ now: () => now },
		);
		const place: TracesPlace = { kind: 'traces', window: live(hour) };
		await answerTracesAside({ place, range, aside }, worldWith(traces), board, asking);
		return findings;
	}

	test('is looked for in the newest six hours, so many and no more', async () => {
		const asked: unknown[] = [];
		const findings = await told(
			{ key: 'attributes', kind: 'attributes' },
			{
				attributeNames: async (...question) => {
					asked.push(question.slice(0, 2));
					return answer([{ scope: 'span', name: 'http.route' }]);
				},
			},
			{ from: now - 48 * hour, to: now },
		);
		expect(asked).toEqual([[{ from: now - 6 * hour, to: now }, 500]]);
		expect(lastValueOf(findings.attributes)).toEqual([{ scope: 'span', name: 'http.route' }]);
	});

	test('values stand under their question, those with a secret in them left out', async () => {
		const attribute = { scope: 'span', name: 'http.url' } as const;
		const findings = await told(
			{ key: 'values span.http.url', kind: 'values', attribute, filter: '{}' },
			{
				attributeValues: async question => {
					expect(question).toMatchObject({ attribute, filter: '{}', limit: 1000 });
					return answer(['/pay', '/pay?token=abc123'].map(text => ({ text, isQuoted: true })));
				},
			},
		);
		expect(lastValueOf(findings.values)?.get('values span.http.url')).toEqual([{ text: '/pay', isQuoted: true }]);
	});

	test('is not asked again for some minutes, however often the search is made anew', async () => {
		const window = { from: now - hour, to: now };
		const names = { key: 'attributes', kind: 'attributes' } as const;
		const attribute = { scope: 'span', name: 'zone' } as const;
		const values = { key: 'values span.zone', kind: 'values', attribute } as const;
		const source: Partial<TracesSource> = {
			attributeNames: async () => answer([]),
			attributeValues: async () => answer([]),
		};
		const known = await told(values, source, window, await told(names, source));
		expect(await told(names, {}, window, known)).toBe(known);
		expect(await told(values, {}, window, known)).toBe(known);
		const other = { ...values, key: 'values span.pier' };
		expect(await told(other, source, window, known)).not.toBe(known);
		const at = now - 6 * minute;
		const old = { ...known, attributes: { status: 'loaded', value: [], notes: [], at } } as const;
		expect(await told(names, source, window, old)).not.toBe(old);
	});

	test('a source that cannot tell says so', async () => {
		const findings = await told({ key: 'attributes', kind: 'attributes' }, {});
		expect(lastOf(findings.attributes)).toMatchObject({ value: [], notes: [{ kind: 'info' }] });
	});
});
