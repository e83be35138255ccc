import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { type Asked, answering, askingNow, httpOver, type Reply } from '../../helpers/replay.ts';

type Line = { readonly at: bigint; readonly app: string; readonly text: string; readonly trace: string };

const start = 1_795_335_969_000_000_000n;
const range = { from: start, to: start + 100n };

/** Loki over HTTP: streams apart, the first `limit` lines from the given end, and a refusal above `most`. */
const lokiWith =
	(lines: readonly Line[], most: number) =>
	({ parameters }: Asked): Reply => {
		const limit = Number(parameters.get('limit'));
		if (limit > most) {
			const text = `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${most})`;
			return { status: 400, contentType: 'text/plain; charset=utf-8', text };
		}
		const [from, to] = [BigInt(parameters.get('start') ?? 0), BigInt(parameters.get('end') ?? 0)];
		const forward = lines.filter(({ at }) => at >= from && at < to).toSorted((a, b) => Number(a.at - b.at));
		const sent = (parameters.get('direction') === 'backward' ? forward.toReversed() : forward).slice(0, limit);
		const result = ['edge', 'cart'].map(app => ({
			stream: { app },
			values: sent
				.filter(line => line.app === app)
				.map(({ at, text, trace }) => [String(at), text, { structuredMetadata: { trace_id: trace } }]),
		}));
		return { status: 200, json: { data: { resultType: 'streams', encodingFlags: ['categorize-labels'], result } } };
	};

const anyLines = fc.uniqueArray(
	fc.record({
		at: fc.nat(6).map(offset => start + BigInt(offset)),
		app: fc.constantFrom('edge', 'cart'),
		text: fc.constantFrom('one', 'two', ''),
		trace: fc.constantFrom('a', 'b'),
	}),
	{ maxLength: 60, size: 'max', selector: ({ at, app, text, trace }) => `${at} ${app} ${text} ${trace}` },
);

const keyOf = ({ at, app, text, trace }: Line): string => `${at} ${app} ${text} ${trace}`;

test('through HTTP, every line comes exactly once and in order, however few the server allows at once', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyLines,
			fc.constantFrom('forward' as const, 'backward' as const),
			// Twelve lines can share an instant, and one more shows that there are no others.
			fc.integer({ min: 13, max: 20 }),
			async (lines, direction, most) => {
				const { dispatcher } = answering(lokiWith(lines, most));
				const loki = createLoki(httpOver('loki', dispatcher));
				const { value, notes } = await loki.logs({ logql: '{app=~".+"}', range, limit: 5000, direction }, askingNow());
				const got = value.entries.map(({ at, labels, line, metadata }) =>
					keyOf({ at, app: labels.app ?? '', text: line, trace: metadata.trace_id ?? '' }),
				);
				expect(got.toSorted()).toEqual(lines.map(keyOf).toSorted());
				expect(value.entries.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => Number(a - b)));
				expect([value.more, notes]).toEqual([false, []]);
			},
		),
		{ numRuns: 60 },
	);
});
