import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { boardOver } from '../../src/investigation/board.ts';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { answerLogsAside } from '../../src/investigation/logs-asides.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import type { LogsTail } from '../../src/investigation/tail-findings.ts';
import type { Failure } from '../../src/model/failure.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry, LogLevel } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { live, minute, rangeOf } from '../../src/model/time.ts';
import { type LogRiver, logRiver } from '../helpers/log-river.ts';
import { asking, lineAt, logsOnly } from '../helpers/log-store.ts';

vi.setConfig({ testTimeout: 20_000 });

const noon = Date.UTC(2026, 4, 4, 12);
const pier = { service_name: 'pier' };
const said = (at: number, text: string, level = 'info') => lineAt(noon + at, pier, `level=${level} msg=${text}`);
const many = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => said(from + index, `n${from + index}`));

type Follower = {
	readonly findings: () => LogsFindings;
	readonly lines: () => readonly string[];
	readonly tail: () => LogsTail | undefined;
	/** What the operator does with the newest lines. */
	hand: { holds: boolean; near: boolean };
	readonly stop: () => Promise<void>;
	readonly done: Promise<void>;
};

/** Somebody who has opened the place and follows it; a second of theirs takes ten milliseconds. */
async function following(river: LogRiver, level?: LogLevel): Promise<Follower> {
	const place: LogsPlace = {
		kind: 'logs',
		query: '{service_name="pier"}',
		window: live(60 * minute),
		follow: true,
		...(level === undefined ? {} : { level }),
	};
	const began = performance.now();
	const now = () => noon + (performance.now() - began) * 100;
	const sleep = (length: number, signal: AbortSignal) => pause(length / 100, undefined, { signal });
	const world = { sources: logsOnly(river.source), now, sleep };
	let findings: LogsFindings = noLogsFindings;
	const replace = (found: LogsFindings) => {
		findings = found;
	};
	await investigateLogs(place, world, findings, replace, asking);
	const stopping = new AbortController();
	const hand = { holds: false, near: true };
	const board = boardOver({ current: () => findings, replace }, world);
	const aside = { key: 'tail', kind: 'tail', ...hand } as const;
	const latest = () => ({ ...aside, ...hand });
	const done = answerLogsAside({ place, range: rangeOf(place.window, noon), aside, latest }, world, board, {
		signal: stopping.signal,
		record: () => {},
	}).catch(error => {
		if (!stopping.signal.aborted) throw error;
	});
	const stop = async () => {
		stopping.abort();
		await done;
	};
	onTestFinished(stop);
	const lines = () =>
		(lastValueOf(findings.records)?.records ?? []).map(
			({ entry }) => `${entry.at} ${entry.labels.pod ?? ''} ${entry.line}`,
		);
	return { findings: () => findings, lines, tail: () => lastValueOf(findings.tail), hand, stop, done };
}

const linesIn = (entries: readonly LogEntry[]) =>
	entries.map(({ at, labels, line }) => `${at} ${labels.pod ?? ''} ${line}`);
const everything = (river: LogRiver) => linesIn(river.entries).sort();
const seen = (follower: Follower) => expect.poll(() => [...follower.lines()].sort(), { timeout: 8000 });
const by = (follower: Follower) => expect.poll(() => follower.tail()?.by.kind, { timeout: 8000, interval: 1 });

describe('following', () => {
	test('begins with what is held and goes on with what is written', async () => {
		const river = logRiver(many(-5000, 3));
		const follower = await following(river);
		expect(follower.lines()).toHaveLength(3);
		await by(follower).toBe('streaming');
		river.write([said(10, 'first')]);
		river.write([said(30, 'third'), said(20, 'second')]);
		await seen(follower).toEqual(everything(river));
		expect(follower.lines().map(line => line.split('=').at(-1))).toEqual([
			'n-5000',
			'n-4999',
			'n-4998',
			'first',
			'second',
			'third',
		]);
		expect(follower.tail()).toMatchObject({ dropped: 0, held: 0, beyond: 0, marks: [] });
	});

	test('reads what was written before the stream stood', async () => {
		const river = logRiver(many(-5000, 3));
		const follower = await following(river);
		river.hide(many(100, 7000));
		await by(follower).toBe('streaming');
		await seen(follower).toEqual(everything(river));
	});

	test('a place where nothing was written shows the first line', async () => {
		const river = logRiver([lineAt(noon - 1000, { service_name: 'quay' }, 'x')]);
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(10, 'first')]);
		await expect.poll(follower.lines).toHaveLength(1);
	});

	test('hides secrets and lower levels as of any line, and counts those once', async () => {
		const river = logRiver([said(-50, 'old', 'warn')]);
		const follower = await following(river, 'debug');
		await by(follower).toBe('streaming');
		river.write([said(10, 'password=hunter2')]);
		river.write([said(20, 'fine', 'trace')]);
		river.write([said(30, 'last')]);
		await expect.poll(() => follower.lines().at(-1)).toContain('last');
		expect(follower.lines().join('\n')).not.toMatch(/hunter2|fine/);
		expect(lastValueOf(follower.findings().records)).toMatchObject({ hidden: { lower: 1 }, unread: {} });
	});

	test('masks a private key that was cut into lines, wherever the stream breaks', async () => {
		const body = Array.from({ length: 12 }, (_, index) => `MIIEvQIBADANBgkqhkiG9w0BAQ${index}EFAASCBKcwggSjAgEAAoIBAQ`);
		const key = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', 'done'];
		const lines = key.map((line, index) => lineAt(noon - 1000 + index * 1000, pier, line));
		const river = logRiver(lines.slice(0, 3));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		for (const line of lines.slice(3, 6)) river.write([line]);
		await expect.poll(follower.lines).toHaveLength(6);
		river.sever();
		river.hide(lines.slice(6, 9));
		await expect.poll(follower.lines, { timeout: 5000 }).toHaveLength(9);
		await by(follower).toBe('streaming');
		for (const line of lines.slice(9)) river.write([line]);
		await expect.poll(() => follower.lines().at(-1)).toContain('done');
		river.sever();
		river.hide([said(30_000, 'afterwards')]);
		await expect.poll(() => follower.lines().at(-1), { timeout: 5000 }).toContain('afterwards');
		expect(follower.lines()).toHaveLength(key.length + 1);
		expect(follower.lines().join('\n')).not.toContain('MIIE');
	});

	test('counts what the server left out, and marks where', async () => {
		const river = logRiver(many(-5000, 1));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(10, 'after')], 37);
		await expect.poll(() => follower.tail()?.dropped).toBe(37);
		expect(follower.tail()?.marks).toEqual([
			{ after: river.entries[0]?.at, text: 'Loki left 37 lines out of the stream' },
		]);
	});

	test('leaves nobody listening when it is stopped', async () => {
		const river = logRiver(many(-5000, 1));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		expect(river.listeners()).toBe(1);
		await follower.stop();
		expect(river.listeners()).toBe(0);
	});
});

describe('a stream that is lost', () => {
	test('comes back, with a mark where it was, and what was written meanwhile is read', async () => {
		const river = logRiver(many(-5000, 2));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(10, 'before')]);
		await seen(follower).toEqual(everything(river));
		river.sever();
		await by(follower).toBe('lost');
		expect(follower.tail()?.by).toMatchObject({ why: 'Loki broke off the stream.' });
		river.hide([said(20, 'meanwhile')]);
		await by(follower).toBe('streaming');
		river.write([said(5000, 'afterwards')]);
		await seen(follower).toEqual(everything(river));
		await expect
			.poll(() => follower.tail()?.marks)
			.toEqual([
				{
					after: river.entries[2]?.at,
					text: expect.stringMatching(/^reconnected, \d+ s without the stream; read again by query$/),
				},
			]);
	});

	test('loses and doubles no line, whatever happens to it', async () => {
		const event = fc.oneof(
			{
				weight: 5,
				arbitrary: fc.record({
					kind: fc.constant('write' as const),
					count: fc.integer({ min: 1, max: 40 }),
					late: fc.nat(3000),
				}),
			},
			{
				weight: 2,
				arbitrary: fc.record({
					kind: fc.constant('hide' as const),
					count: fc.integer({ min: 1, max: 40 }),
					late: fc.nat(3000),
				}),
			},
			{
				weight: 1,
				arbitrary: fc.record({ kind: fc.constant('pause' as const), count: fc.constant(0), late: fc.constant(0) }),
			},
		);
		await fc.assert(
			fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 25 }), async events => {
				const river = logRiver(many(-5000, 3));
				const follower = await following(river);
				await by(follower).toBe('streaming');
				let [at, number] = [0, 0];
				const lines = (count: number, late: number) =>
					Array.from({ length: count }, (_, index) =>
						lineAt(
							noon + at - (index % 3 === 0 ? late : 0),
							{ ...pier, pod: 'abc'[index % 3] ?? '' },
							`line ${number++}`,
						),
					);
				for (const { kind, count, late } of events) {
					at += 100;
					if (kind === 'write') river.write(lines(count, late));
					if (kind === 'hide') {
						// What a stream does not bring is missing only while there is none.
						river.sever();
						river.hide(lines(count, late));
					}
					if (kind === 'pause') await pause(5);
				}
				await seen(follower).toEqual(everything(river));
				await follower.stop();
			}),
			{ numRuns: 15 },
		);
	});

	test('tells why lines are missing while they cannot be read, and reads them when they can', async () => {
		const river = logRiver(many(-5000, 2));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(10, 'good')]);
		await seen(follower).toEqual(everything(river));
		river.fail({ kind: 'server', backend: 'loki', what: 'Loki failed (500).', next: 'Press R.' });
		river.sever();
		river.hide([said(20, 'meanwhile')]);
		await expect.poll(() => follower.tail()?.trouble).toBe('Loki failed (500). Press R.');
		river.fail(undefined);
		await seen(follower).toEqual(everything(river));
		await expect.poll(() => follower.tail()?.trouble).toBeUndefined();
	});
});

describe('where there is no stream', () => {
	const blocked: Failure = { kind: 'not-found', status: 404, what: 'Loki does not know /tail (404).', next: '' };

	test('the lines are asked for, and it says so', async () => {
		const river = logRiver(many(-5000, 2));
		river.refuse(blocked);
		const follower = await following(river);
		await by(follower).toBe('polling');
		expect(follower.tail()?.by).toEqual({ kind: 'polling', why: 'Loki does not know /tail (404).' });
		expect(river.handshakes()).toBe(1);
		river.hide([said(10, 'one')]);
		await seen(follower).toEqual(everything(river));
		river.hide([said(9, 'late'), said(20, 'two')]);
		await seen(follower).toEqual(everything(river));
		expect(follower.tail()?.marks).toEqual([]);
	});

	test.each<[string, Failure]>([
		['a gateway that has trouble', { kind: 'server', status: 502, what: 'Loki is behind a gateway.', next: '' }],
		['a proxy that breaks off', { kind: 'refused', what: 'Loki closed the connection.', next: '' }],
	])('%s is tried twice', async (_, failure) => {
		const river = logRiver(many(-5000, 2));
		river.refuse(failure);
		const follower = await following(river);
		await by(follower).toBe('polling');
		expect(river.handshakes()).toBe(2);
	});

	test('so is a stream that ends at once and brings nothing', async () => {
		const river = logRiver();
		const follower = await following(river);
		const ending = setInterval(() => river.sever({ ...severedBy(1011), words: 'max concurrent tail requests' }), 2);
		onTestFinished(() => clearInterval(ending));
		await by(follower).toBe('polling');
		expect(follower.tail()?.by).toMatchObject({ why: 'Loki ended the stream (1011). max concurrent tail requests' });
	});

	test('a stream that comes to be allowed is taken', async () => {
		const river = logRiver(many(-5000, 2));
		river.refuse({ kind: 'server', status: 503, what: 'Loki is not ready.', next: '' });
		const follower = await following(river);
		await by(follower).toBe('polling');
		river.refuse(undefined);
		await by(follower).toBe('streaming');
		river.write([said(10, 'one')]);
		await seen(follower).toEqual(everything(river));
	});

	test('a query that does not do ends it', async () => {
		const river = logRiver(many(-5000, 2));
		river.refuse(blocked);
		const follower = await following(river);
		river.fail({ kind: 'bad-query', status: 400, what: 'Loki could not run the query (400).', next: 'Mend it.' });
		await follower.done;
		expect(follower.findings().tail).toMatchObject({ status: 'failed', failure: { kind: 'bad-query' } });
	});

	const severedBy = (code: number): Failure => ({ kind: 'server', what: `Loki ended the stream (${code}).`, next: '' });
});

describe('paused', () => {
	test('holds what comes, counted, and shows it afterwards', async () => {
		const river = logRiver(many(-5000, 2));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(5, 'shown')]);
		await seen(follower).toEqual(everything(river));
		follower.hand.holds = true;
		river.write(many(10, 812));
		await expect.poll(() => follower.tail()?.held).toBe(812);
		expect(follower.lines()).toHaveLength(3);
		follower.hand.holds = false;
		await seen(follower).toEqual(everything(river));
		await expect.poll(() => follower.tail()).toMatchObject({ held: 0, beyond: 0 });
	});

	test('holds no more than 10,000 lines, counts those beyond, and reads them when it goes on', async () => {
		const river = logRiver(many(-5000, 2));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		river.write([said(5, 'shown')]);
		await seen(follower).toEqual(everything(river));
		follower.hand.holds = true;
		for (let part = 0; part < 12; part++) river.write(many(10 + part * 1000, 1000));
		await expect.poll(() => follower.tail()).toMatchObject({ held: 10_000, beyond: 2000 });
		follower.hand.holds = false;
		await expect.poll(() => follower.lines().length, { timeout: 10_000 }).toBe(12_003);
		expect([...follower.lines()].sort()).toEqual(everything(river));
		await expect.poll(() => follower.tail()).toMatchObject({ held: 0, beyond: 0 });
	});
});

describe('100,000 lines', () => {
	test('give up the oldest for whoever reads the newest, and the newest for whoever reads the oldest', async () => {
		const river = logRiver(many(-5000, 2));
		const follower = await following(river);
		await by(follower).toBe('streaming');
		const count = () => follower.lines().length;
		const unread = () => lastValueOf(follower.findings().records)?.unread;
		// Fifty thousand are as many as are caught up with at once.
		for (let part = 0; part < 12; part++) {
			river.write(many(10 + part * 9000, 9000));
			await expect.poll(count, { timeout: 10_000 }).toBe(Math.min(100_000, 2 + (part + 1) * 9000));
		}
		expect(unread()).toEqual({ older: river.entries[8002]?.at });
		follower.hand.near = false;
		river.write(many(200_000, 10));
		await expect.poll(unread).toMatchObject({ newer: river.entries[108_001]?.at });
		expect(count()).toBe(100_000);
		const asked = river.queries();
		for (let part = 0; part < 3; part++) {
			river.write(many(200_100 + part, 1));
			await pause(10);
		}
		expect(river.queries()).toBe(asked);
		follower.hand.near = true;
		await expect.poll(() => follower.lines().at(-1), { timeout: 10_000 }).toContain('n200102');
		expect(unread()).toEqual({ older: river.entries[8015]?.at });
	}, 60_000);

	test('more than can be caught up with begins the list anew', async () => {
		const river = logRiver(many(-5000, 2));
		river.hide(many(10, 60_000));
		const behind = logRiver(many(-5000, 2));
		const follower = await following({ ...behind, source: { ...behind.source, logs: river.source.logs } });
		await expect.poll(() => follower.lines().at(-1), { timeout: 15_000 }).toContain('n60009');
		const page = lastValueOf(follower.findings().records);
		expect(page?.unread.newer).toBeUndefined();
	}, 60_000);
});
