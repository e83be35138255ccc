import { createSources } from '../src/cli/sources.ts';
import { InMemoryDispatcher } from '../src/demo/in-memory-dispatcher.ts';
import type { World } from '../src/investigation/board.ts';
import { readLines } from '../src/investigation/log-reading.ts';
import { findTrace } from '../src/investigation/trace.ts';
import { hour, live } from '../src/model/time.ts';
import { largeTraceJson } from './large-trace.ts';
import { answersOf, makeLines } from './lines-server.ts';
import { median } from './median.ts';

/** How many a second, of spans or lines: ours, and `JSON.parse` of the same bytes, which the answer needs in any case. */
export type Speed = { readonly ours: number; readonly parse: number };

const turns = 5;
const origin = 'http://backend.example.com';

/** Asks as a screen does, in this process; what is answered comes from memory. */
function worldThatAnswers(body: () => string): World {
	const dispatcher = new InMemoryDispatcher(() => ({ status: 200, contentType: 'application/json', body: body() }));
	const endpoint = { url: origin, origin: 'the bench', authorize: async () => ({}) };
	const now = Date.now;
	const endpoints = { loki: { ...endpoint, backend: 'loki' }, tempo: { ...endpoint, backend: 'tempo' } } as const;
	return { sources: createSources(endpoints, { now, dispatcher }), now };
}

const asking = { signal: new AbortController().signal, record: () => undefined };

/** From the answer of Tempo to the spans as they are laid out: checked, without secrets, with tree, critical path and lanes. */
export async function measureSpans(count: number): Promise<Speed> {
	const text = largeTraceJson(count);
	const world = worldThatAnswers(() => text);
	const place = { kind: 'trace', id: '73c80000000000000000000000000001', window: live(hour) } as const;
	return speedOf(count, [text], async () => {
		const { value } = await findTrace(place, world, asking);
		if (!value.found || value.spans.length !== count) throw new Error(`Not all of ${count} spans were laid out.`);
	});
}

/** As many as a screen reads on at once. */
const pageLength = 5000;

/** From the answers of Loki to the lines with their fields, levels and services, and without their secrets. */
export async function measureLines(count: number): Promise<Speed> {
	const pages = answersOf(makeLines(count, Date.now()), pageLength);
	let asked = 0;
	const world = worldThatAnswers(() => pages[asked++ % pages.length] ?? '');
	const question = { queries: ['{service_name="pier"}'], range: { from: 0n, to: 1n }, limit: pageLength } as const;
	return speedOf(count, pages, async () => {
		for (let page = 0; page < pages.length; page++) {
			const { value } = await readLines({ ...question, direction: 'backward' }, world, asking);
			if (value.records.length !== pageLength) throw new Error(`Not all of ${pageLength} lines were read.`);
		}
	});
}

/** Both take turns, so that a busy moment of the machine meets both; medians. */
async function speedOf(count: number, texts: readonly string[], read: () => Promise<void>): Promise<Speed> {
	const took = { ours: [] as number[], parse: [] as number[] };
	const bodies = texts.map(text => Buffer.from(text));
	for (let turn = 0; turn < turns; turn++) {
		took.ours.push(await timed(read));
		took.parse.push(await timed(async () => bodies.forEach(body => void JSON.parse(body.toString()))));
	}
	return { ours: (1000 * count) / median(took.ours), parse: (1000 * count) / median(took.parse) };
}

async function timed(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}
