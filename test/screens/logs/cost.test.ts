import { describe, expect, test } from 'vitest';
import { tooMuchFailure } from '../../../src/investigation/log-estimate.ts';
import { noLogsFindings } from '../../../src/investigation/logs-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { askedAgain, failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { initialState } from '../../../src/screens/logs/state.ts';
import { drawn, noon, pressed, redrawn } from './shown-logs.ts';

const cost = { value: { bytes: 42e9, streams: 310 }, bound: 10e9, asks: true };

/** The screen of a place that would read too much. */
async function asking() {
	const shown = await drawn({ place: { service: 'pier' }, size: { width: 80, height: 20 } });
	const findings = {
		...noLogsFindings,
		target: shown.findings.target,
		cost: loaded(answer(cost), noon),
		records: failedWith(idle, tooMuchFailure(cost), noon),
	};
	return redrawn({ ...shown, findings, state: initialState });
}

describe('a place that would read too much', () => {
	test('asks', async () => {
		expect((await asking()).frame).toMatchInlineSnapshot(`
			"


			 This would read about 42 GB in 310 streams, more than the 10 GB that are read
			 unasked. Nothing has been read yet.

			   enter  reads it all the same
			   +      takes a shorter window
			   Q      narrows the streams: the query as text
			   esc    leaves

			 How much is read unasked stands in the profile: logs.readUnasked.







			"
		`);
	});

	test('enter agrees to so much and a little more', async () => {
		const shown = await asking();
		expect(pressed(shown, 'enter')).toMatchObject({ type: 'turn', to: { service: 'pier', readUpTo: 51e9 } });
		const open = logs.keys.find(({ keys }) => keys.includes('enter'));
		expect(open?.labelNow?.(shown)).toBe('read it all the same');
		expect(open?.labelNow?.(await drawn({ place: { service: 'pier' } }))).not.toBe('read it all the same');
	});
});

test('while lines are waited for, why nobody knows what they cost is told', async () => {
	const shown = await drawn({ place: { service: 'pier' }, size: { width: 60, height: 8 } });
	const why = {
		kind: 'info',
		text: 'What this reads is not known: Loki (index/stats) did not say it within 2 s.',
	} as const;
	const findings = {
		...noLogsFindings,
		target: shown.findings.target,
		cost: loaded(answer({ bound: 10e9, asks: false }, [why]), noon),
		records: askedAgain(idle, noon - 1000),
	};
	expect(redrawn({ ...shown, findings }).frame).toMatchInlineSnapshot(`
		"

		asking Loki … 1 s  esc stops

		What this reads is not known: Loki (index/stats) did not say
		it within 2 s.

		"
	`);
});

describe('a long window of which the newest lines are there', () => {
	test('says what is being read, and esc goes up all the same', async () => {
		const shown = await drawn({ place: { service: 'pier' }, size: { width: 100, height: 20 } });
		const { records } = shown.findings;
		if (records.status !== 'loaded') throw new Error('no lines');
		const half = {
			...records,
			value: { ...records.value, unread: { older: records.value.records[0]?.entry.at ?? 0n } },
		};
		const waiting = { ...shown.findings, records: askedAgain(half, noon - 2000) };
		const reading = redrawn({ ...shown, findings: waiting });
		expect(reading.frame).toContain('reading older  space stops');
		expect(logs.escape?.(reading)).toBeUndefined();
	});
});
