import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseAddressLine } from '../../src/analysis/address.ts';
import { createAlertmanagers } from '../../src/backends/alertmanager/replicas.ts';
import { createHttp } from '../../src/backends/http.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';
import { investigatorOf } from '../../src/cli/investigations.ts';
import { askWith, exitCodeOf, gapSentences } from '../../src/cli/print/ask.ts';
import { printLines } from '../../src/cli/print/log-lines.ts';
import { printerOf } from '../../src/cli/print/printers.ts';
import { demoNow } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';
import { flat, waitFor } from './cell.ts';
import { type Fault, type FaultProxy, openFaultProxy } from './fault-proxy.ts';
import * as faults from './faults.ts';
import type { BrokenBackend } from './rows.ts';
import { sourcesAt, standingDemo, type Urls } from './world.ts';

const upstreams = standingDemo();
let proxies: Readonly<Record<BrokenBackend, FaultProxy>>;
/** A second Alertmanager, which is down. */
let second: FaultProxy;

beforeAll(async () => {
	const [prometheus, alertmanager, loki, tempo] = await Promise.all([
		openFaultProxy(upstreams.prometheus),
		openFaultProxy(upstreams.alertmanager),
		openFaultProxy(upstreams.loki),
		openFaultProxy(upstreams.tempo),
	]);
	proxies = { prometheus, alertmanager, loki, tempo };
	second = await openFaultProxy(upstreams.alertmanager);
	await second.breaks('refuses');
});
afterAll(() => Promise.all([...Object.values(proxies), second].map(proxy => proxy.close())));

const now = () => demoNow;

const urls = (): Urls => ({
	prometheus: proxies.prometheus.url,
	alertmanager: proxies.alertmanager.url,
	loki: proxies.loki.url,
	tempo: proxies.tempo.url,
});

type Case = {
	readonly what: string;
	readonly at: string;
	readonly of: BrokenBackend;
	readonly fault?: Fault;
	readonly replicas?: true;
	/** On the screen, and in what is printed; the same words where they are not cut. */
	readonly badge: RegExp;
	readonly incomplete: RegExp;
};

const warned = (text: string): Fault => faults.retells(/query_range/, json => ({ ...json, warnings: [text] }));

type Points = readonly (readonly [number, string])[];

/** Series whose last samples are ten minutes old. */
const stale: Fault = faults.retells(/query_range/, json => {
	const { data } = json as { data: { result: readonly { values: Points }[] } };
	const last = demoNow / 1000 - 600;
	const result = data.result.map(each => ({ ...each, values: each.values.filter(([at]) => at < last) }));
	return { ...json, data: { ...data, result: result.filter(({ values }) => values.length > 0) } };
});

const cases: readonly Case[] = [
	{
		what: 'a store that did not answer (Thanos)',
		at: 'service concierge',
		of: 'prometheus',
		fault: warned('no store matched'),
		badge: /no store matched/,
		incomplete: /No store matched\./,
	},
	{
		what: 'the same behind the figures of the alerts',
		at: 'alerts',
		of: 'prometheus',
		fault: warned('no store matched'),
		badge: /no store matched/,
		incomplete: /No store matched\./,
	},
	{
		what: 'a warning of PromQL',
		at: 'service concierge',
		of: 'prometheus',
		fault: warned('PromQL warning: mixed histograms'),
		badge: /mixed histograms/,
		incomplete: /PromQL warning: mixed histograms\./,
	},
	{
		what: 'a part of the storage (VictoriaMetrics)',
		at: 'service concierge',
		of: 'prometheus',
		fault: faults.retells(/query_range/, json => ({ ...json, isPartial: true })),
		badge: /A part of the storage did not answer/,
		incomplete: /A part of the storage did not answer\./,
	},
	{
		what: 'samples that are older than two steps',
		at: 'service concierge',
		of: 'prometheus',
		fault: stale,
		badge: /none since 03:02/,
		incomplete: /There are no samples of the rate since 2026-11-22T03:02/,
	},
	{
		what: 'figures of alerts that are older than two steps',
		at: 'alerts',
		of: 'prometheus',
		fault: stale,
		badge: /There are no samples since 2026-11-22T03:0/,
		incomplete: /There are no samples since 2026-11-22T03:0.* of \w+.*\./,
	},
	{
		what: 'figures of resources that are older than two steps',
		at: 'service berths --view resources',
		of: 'prometheus',
		fault: stale,
		badge: /There are no samples since 2026-11-22T03:0/,
		incomplete: /There are no samples since 2026-11-22T03:0.* of /,
	},
	{
		what: 'one of two Alertmanagers',
		at: 'alerts',
		of: 'alertmanager',
		replicas: true,
		badge: /refused the connection/,
		incomplete: /refused the connection\..* What only it has of alerts is missing\./,
	},
	{
		what: 'one of two Alertmanagers',
		at: 'silences',
		of: 'alertmanager',
		replicas: true,
		badge: /refused the connection/,
		incomplete: /What only it has of silences is missing\./,
	},
	{
		what: 'alerts that cannot be read',
		at: 'alerts',
		of: 'alertmanager',
		fault: faults.retells(/v2\/alerts/, json => [...Object.values(json), { labels: 7 }]),
		badge: /1 alert could not be read and is left out/,
		incomplete: /1 alert could not be read and is left out\./,
	},
	{
		what: 'lines up to the limit',
		at: 'logs --service concierge',
		of: 'loki',
		badge: /only errors before|1000 lines|newest 1000/,
		incomplete: /there are more\./,
	},
	{
		what: 'a warning of Loki',
		at: 'logs --service concierge',
		of: 'loki',
		fault: warned('one ingester did not answer'),
		badge: /Loki warns: one ingester did/,
		incomplete: /one ingester did not answer\./,
	},
	{
		what: 'a trace in part',
		at: 'trace TRACE',
		of: 'tempo',
		fault: faults.retells(/v2\/traces/, json => ({ ...json, status: 'PARTIAL', message: 'trace exceeds max size' })),
		badge: /Tempo gives only a part of this trace/,
		incomplete: /Tempo gives only a part of this trace: trace exceeds max size\./,
	},
	{
		what: 'a search up to its limit',
		at: 'traces --service concierge',
		of: 'tempo',
		badge: /Tempo stopped at 20/,
		incomplete: /Not all traces, nor the slowest: Tempo stopped at 20/,
	},
	{
		what: 'a search that did not finish',
		at: 'traces \'{ name = "PUT" }\' --since 5m',
		of: 'tempo',
		fault: faults.retells(/search/, json => ({
			...json,
			traces: [],
			metrics: { completedJobs: 2, totalJobs: 5 },
		})),
		badge: /did 2 of 5 jobs/,
		incomplete: /did 2 of 5 jobs\./,
	},
	{
		what: 'a slice of a search',
		at: 'traces --service concierge',
		of: 'tempo',
		fault: faults.failsAt(new RegExp(`search.*start=${Math.floor(demoNow / 1000) - 1500}`)),
		badge: /The oldest 35m of the window are not se/,
		incomplete: /failed \(500\)/,
	},
	{
		what: 'a slice of a comparison',
		at: 'compare concierge',
		of: 'tempo',
		fault: faults.failsAt(new RegExp(`search.*start=${Math.floor(demoNow / 1000) - 2700}`)),
		badge: /1 of 4 parts of the window could not be sampled/,
		incomplete: /failed \(500\)/,
	},
	{
		what: 'the values of a label',
		at: 'cardinality',
		of: 'prometheus',
		fault: faults.failsAt(/label\/message_id\/values/),
		badge: /values of message_id could not be had/,
		incomplete: /The values of message_id could not be had\./,
	},
	{
		what: 'resources of one kind',
		at: 'service berths --view resources',
		of: 'prometheus',
		fault: warned('no store matched'),
		badge: /no store matched/,
		incomplete: /No store matched\./,
	},
	{
		what: 'neighbours',
		at: 'service concierge --view neighbours',
		of: 'prometheus',
		fault: faults.retells(/query/, json => ({ ...json, warnings: ['no store matched'] })),
		badge: /no store matched/,
		incomplete: /No store matched\./,
	},
];

/** Lines of JSON have no room for what is missing: it goes to stderr, and into how the program ends. */
type LinesCase = {
	readonly what: string;
	readonly at: string;
	readonly fault?: Fault;
	readonly limit?: number;
	readonly incomplete: RegExp;
	readonly written: number;
};

const linesCases: readonly LinesCase[] = [
	{
		what: 'lines up to the usual limit',
		at: 'logs --service concierge',
		incomplete: /The newest 1000 lines; there are more/,
		written: 1000,
	},
	{
		what: 'a warning of Loki',
		at: 'logs --service herald',
		fault: warned('one ingester did not answer'),
		limit: 5,
		incomplete: /one ingester did not answer/,
		written: 5,
	},
	{
		what: 'pages that were lost',
		at: 'logs --service concierge',
		fault: faults.failsAt(/query_range.*direction=backward/),
		incomplete: /failed \(500\)/,
		written: 0,
	},
];

test.each(linesCases)('$what, as lines of JSON, is confessed', async ({ at, fault, limit, incomplete, written }) => {
	await Promise.all(Object.values(proxies).map(proxy => proxy.mends()));
	if (fault !== undefined) await proxies.loki.breaks(fault);
	const place = parseAddressLine(at, demoNow);
	if (!place.ok || place.address.kind !== 'logs') throw new Error(at);
	const world = { sources: sourcesAt(urls(), 'loki', {}), now, sleep: async () => undefined };
	const asking = { signal: new AbortController().signal, record: () => {} };
	const out: string[] = [];
	const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
		out.push(String(text));
		for (const done of rest) if (typeof done === 'function') done();
		return true;
	});
	const ask = askWith(investigatorOf(world), asking.signal);
	const work = { world, asking, ask, ...(limit === undefined ? {} : { limit }) };
	const gaps = await printLines(place.address, work).finally(() => write.mockRestore());
	expect(gapSentences(gaps).join(' ')).toMatch(incomplete);
	expect(exitCodeOf(gaps)).not.toBe(exitCodes.answered);
	expect(out.join('').split('\n').filter(Boolean)).toHaveLength(written);
});

test.each(cases)('$what at $at is told on the screen and in what is printed', async ({ of, fault, at, ...rest }) => {
	await Promise.all(Object.values(proxies).map(proxy => proxy.mends()));
	const sources = sourcesAt(urls(), of, {});
	const door = (url: string) =>
		createHttp({ backend: 'alertmanager', url, origin: 'profile night', authorize: async () => ({}) }, { now });
	const alerts = rest.replicas
		? createAlertmanagers(door(proxies.alertmanager.url), [door(second.url)])
		: sources.alerts;
	const asking = { signal: new AbortController().signal, record: () => {} };
	const range = { from: demoNow - 1_800_000, to: demoNow };
	const ids = at.includes('TRACE')
		? (await sources.traces.search('{ status = error }', range, 1, asking)).value.map(({ id }) => id)
		: [];
	const address = at.replace('TRACE', ids[0] ?? '');
	if (fault !== undefined) await proxies[of].breaks(fault);
	const world = { sources: { ...sources, alerts }, now };

	const operator = operate({ ...world, at: address });
	const isTold = await waitFor(() => rest.badge.test(flat(operator)), 30_000);
	operator.store.close();
	expect(isTold, operator.frame()).toBe(true);

	const parsed = parseAddressLine(address, demoNow);
	if (!parsed.ok || parsed.address.kind === 'report') throw new Error(address);
	const ask = askWith(investigatorOf({ ...world, sleep: async () => undefined }), asking.signal);
	const { gaps } = await ask(parsed.address, await printerOf(parsed.address));
	expect(gapSentences(gaps).join(' ')).toMatch(rest.incomplete);
	expect(exitCodeOf(gaps)).toBe(exitCodes.partly);
});
