import { afterEach, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { showSecrets } from '../../src/analysis/redact-evidence.ts';
import { boardOver } from '../../src/investigation/board.ts';
import { answerDigestAside, type DigestAside } from '../../src/investigation/logs-digest.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { lastValueOf, loaded } from '../../src/model/loadable.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, minute, rangeOf } from '../../src/model/time.ts';
import { logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const place: LogsPlace = { kind: 'logs', service: 'pier', window: fixed(noon - minute, noon) };

const records = Array.from({ length: 6000 }, (_, index) =>
	recordOf({
		at: BigInt(noon - 60_000 + index * 10) * 1_000_000n,
		line: index % 10 === 0 ? 'level=error msg="lamp is out"' : `level=info msg="berth ${index} given"`,
		labels: { service_name: 'pier' },
		metadata: {},
		parsed: {},
	}),
);

/** Somebody who answers an aside, with a clock that moves on by a millisecond at each look, and keeps what is published. */
function answering(selector = '{service_name="pier"}', sources = logStore([]).source) {
	let at = noon;
	const published: LogsFindings[] = [];
	let findings: LogsFindings = {
		...noLogsFindings,
		records: loaded(answer({ records, unread: {}, hidden: { lower: 0, unknown: 0, other: 0 } }), noon),
		target: loaded(answer({ selector, queries: [selector], reason: '', others: [], near: [] }), noon),
	};
	const replace = (found: LogsFindings) => {
		findings = found;
		published.push(found);
	};
	const world = { sources: logsOnly(sources), now: () => at++ };
	const board = boardOver({ current: () => findings, replace }, world);
	const controller = new AbortController();
	const asking = { signal: controller.signal, record: () => {} };
	const ask = (aside: DigestAside) =>
		answerDigestAside({ place, range: rangeOf(place.window, noon), aside }, world, board, asking);
	return { ask, published, controller, findings: () => findings };
}

test('lines are taken apart in slices, and what is known so far is shown', async () => {
	const { ask, published, findings } = answering();
	let turns = 0;
	const beat = () => {
		turns++;
		beating = setImmediate(beat);
	};
	let beating = setImmediate(beat);
	await ask({ key: 'digest', kind: 'digest' });
	clearImmediate(beating);
	expect(turns).toBeGreaterThan(50);
	expect(published.map(each => lastValueOf(each.digest)?.lines)).toEqual([1000, 5000, 6000]);
	expect(lastValueOf(findings().digest)).toMatchObject({ lines: 6000, planned: 6000, held: 6000 });
	expect(lastValueOf(findings().digest)?.patterns.map(({ text, lines }) => `${lines} ${text}`)).toEqual([
		'5400 berth <num> given',
		'600 lamp is out',
	]);
});

test('who closes the pane stops it', async () => {
	const { ask, published, controller } = answering();
	const asked = ask({ key: 'digest', kind: 'digest' });
	controller.abort();
	await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
	expect(published).toEqual([]);
});

afterEach(() => showSecrets(false));

test.each([
	[false, 'login password=[redacted password] <_>'],
	[true, 'login password=hunter2hunter2 <_>'],
])(
	'Loki is asked for the patterns of the streams, whatever stands behind them in the query; secrets shown: %j',
	async (isShown, pattern) => {
		showSecrets(isShown);
		const asked: string[] = [];
		const source = {
			...logStore([]).source,
			patterns: async (selector: string) => {
				asked.push(selector);
				return answer([{ pattern: 'login password=hunter2hunter2 <_>', times: [0], counts: [3] }]);
			},
		};
		const { ask, findings } = answering('{app="p}ier", pod=~`a}`} |= "x" | json', source);
		await ask({ key: 'patterns', kind: 'patterns' });
		expect(asked).toEqual(['{app="p}ier", pod=~`a}`}']);
		expect(lastValueOf(findings().serverPatterns)).toMatchObject({ patterns: [{ pattern }] });
	},
);

test('a Loki that clusters nothing says nothing', async () => {
	const { ask, findings } = answering();
	await ask({ key: 'patterns', kind: 'patterns' });
	expect(findings().serverPatterns).toMatchObject({ status: 'loaded', value: {} });
});
