import { expect, test } from 'vitest';
import { plainTraceSearch } from '../../../src/analysis/plain-trace-search.ts';
import { createHttp } from '../../../src/backends/http.ts';
import { createJaeger } from '../../../src/backends/jaeger/client.ts';
import { answering, askingNow, failureLine } from '../../helpers/replay.ts';
import { portTrace } from './wire.ts';

const many = Array.from({ length: 50 }, (_, at) => {
	const traceID = `${at + 1}`;
	return { ...portTrace, traceID, spans: portTrace.spans.map(span => ({ ...span, traceID })) };
});

/** Jaeger with many whole traces, behind a door for whose clock each step of reading them lasts a slice. */
function jaegerReadSlowly() {
	const { dispatcher } = answering(() => ({ status: 200, contentType: 'application/json', json: { data: many } }));
	const url = 'http://backend.example:9090';
	const endpoint = { backend: 'jaeger', url, origin: '--jaeger-url', authorize: async () => ({}) } as const;
	let clock = 0;
	const now = () => {
		clock += 10;
		return clock;
	};
	return createJaeger(createHttp(endpoint, { dispatcher, now, random: () => 0 }), plainTraceSearch);
}

const search = '{ resource.service.name = "harbour" }';
const range = { from: 1_795_335_000_000, to: 1_795_336_600_000 };

test('a search whose traces are still being read can be given up', async () => {
	const jaeger = jaegerReadSlowly();
	const { value } = await jaeger.search(search, range, many.length, askingNow());
	expect(value).toHaveLength(many.length);

	const stop = new AbortController();
	const asking = askingNow(stop.signal);
	const record = () => void setImmediate(() => stop.abort());
	const outcome = await jaeger.search(search, range, many.length, { ...asking, record }).catch(failureLine);
	expect(outcome).toMatch(/^cancelled/);
});
