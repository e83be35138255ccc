import { describe, expect, test } from 'vitest';
import { createLoki } from '../../../src/backends/loki/client.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import { answering, askingNow, failureLine, httpOver, type Reply, replaying } from '../../helpers/replay.ts';

const range: TimeRange = { from: 1_795_335_969_000, to: 1_795_336_569_000 };
const selector = '{job="billing"}';

const asked = async (reply: Reply) => {
	const { dispatcher } = answering(() => reply);
	const asking = askingNow();
	return { ...(await createLoki(httpOver('loki', dispatcher)).patterns(selector, range, asking)), asking };
};

test('recorded patterns', async () => {
	const { dispatcher, asked } = replaying('loki-3.4.6/patterns');
	const { value } = await createLoki(httpOver('loki', dispatcher)).patterns(selector, range, askingNow());
	expect(asked.map(({ path }) => path)).toEqual(['/loki/api/v1/patterns']);
	expect(value?.map(({ pattern, times, counts }) => [pattern.slice(0, 48), times[0], counts.length])).toEqual([
		['ts=<_> level=warn msg="slow pool acquire" req_id', 1_795_335_970_000, 56],
		['ts=<_> level=error msg="charge failed" req_id=<_', 1_795_335_970_000, 57],
		['ts=<_> level=info msg="charge ok" req_id=<_> tra', 1_795_335_990_000, 38],
	]);
});

describe('a server that does not cluster', () => {
	test.each([
		['switched off', ''],
		['older', '404 page not found\n'],
	])('%s is no failure', async (_, text) => {
		const { value, asking } = await asked({ status: 404, contentType: 'text/plain', text });
		expect(value).toBeUndefined();
		expect(asking.records).toMatchObject([{ outcome: 404, absent: true, query: selector }]);
	});

	test('nothing clustered', async () => {
		const { value } = await asked({ status: 200, contentType: 'application/json', json: { status: 'success' } });
		expect(value).toEqual([]);
	});
});

test('any other refusal is one', async () => {
	const reply = { status: 400, contentType: 'text/plain', text: 'only label matchers are supported' };
	const thrown = await asked(reply).then(() => undefined, failureLine);
	expect(thrown).toContain('only label matchers are supported');
});
