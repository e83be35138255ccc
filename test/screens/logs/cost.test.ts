import { describe, expect, test } from 'vitest';
import { tooMuchFailure } from '../../../src/investigation/log-estimate.ts';
import { noLogsFindings } from '../../../src/investigation/logs-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { askedAgain, failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { initialState } from '../../../src/screens/logs/state.ts';
import { drawn, having, noon, pressed, redrawn } from './shown-logs.ts';

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

		asking Loki … 1 s

		What this reads is not known: Loki (index/stats) did not say
		it within 2 s.

		"
	`);
});

describe('a long window of which the newest lines are there', () => {
	test('says what is being read, and that esc stops it', async () => {
		const shown = await drawn({ place: { service: 'pier' }, size: { width: 100, height: 20 } });
		const { records } = shown.findings;
		if (records.status !== 'loaded') throw new Error('no lines');
		const half = {
			...records,
			value: { ...records.value, unread: { older: records.value.records[0]?.entry.at ?? 0n } },
		};
		const waiting = { ...shown.findings, records: askedAgain(half, noon - 2000) };
		expect(logs.escape?.(redrawn({ ...shown, findings: waiting }))).toBeUndefined();
		const reading = redrawn({ ...shown, findings: waiting, askedSince: noon - 2000 });
		expect(reading.frame).toContain('reading older  esc stops');
		const text = 'Stopped reading. m reads on, R asks again.';
		expect(logs.escape?.(reading)).toEqual({ type: 'stop', text, state: shown.state });
		expect(
			logs.escape?.({ ...reading, state: { ...shown.state, side: { pane: 'fields', focused: false, open: [] } } }),
		).toMatchObject({
			type: 'stay',
		});
	});

	describe('that was stopped', () => {
		const stop: Failure = { kind: 'cancelled', what: 'You stopped the question.', next: 'R asks again.' };

		async function stopped() {
			const shown = await drawn({ place: { service: 'pier' }, size: { width: 100, height: 20 } });
			const { records } = shown.findings;
			if (records.status !== 'loaded') throw new Error('no lines');
			const older = records.value.records[0]?.entry.at ?? 0n;
			const half = { ...records, value: { ...records.value, unread: { older } } };
			return redrawn({ ...shown, findings: { ...shown.findings, records: failedWith(half, stop, noon) } });
		}

		test('says how far it got and what reads on, which nothing else does', async () => {
			const shown = await stopped();
			expect(shown.frame).toContain('the newest 5 read');
			expect(shown.frame).toContain('stopped at 11:58:30  m reads on');
			expect(shown.frame).not.toContain('R asks again');
			const top = having(shown, 'k', 'k');
			expect(asidesOf(top)).toEqual([]);
			const on = having(top, 'm');
			expect(asidesOf(on)).toMatchObject([{ kind: 'older' }]);
			expect(logs.keys.find(({ keys }) => keys.includes('m'))?.labelNow?.(shown)).toBe('read on');
		});

		test('is read on until it is stopped again, and then rests where it got', async () => {
			const on = having(await stopped(), 'm');
			const [page] = asidesOf(on);
			const reading = redrawn({ ...on, asking: new Map([[page?.key ?? '', noon]]) });
			expect(reading.frame).toContain('reading older  esc stops');
			const outcome = logs.escape?.(reading);
			expect(outcome).toMatchObject({ type: 'stop', text: 'Stopped reading. m reads on.' });
			if (outcome?.type !== 'stop' || reading.findings.records.status !== 'failed') throw new Error('not stopped');
			const records = loaded(reading.findings.records.last ?? never(), noon);
			const again = redrawn({ ...reading, findings: { ...reading.findings, records }, state: outcome.state });
			expect(again.frame).toContain('stopped at 11:58:30  m reads on');
			expect(asidesOf(again)).toEqual([]);
			expect(logs.escape?.(again)).toBeUndefined();
		});
	});

	test('a page that the cursor has asked for is stopped when it takes long, an end of the window likewise', async () => {
		const shown = await drawn({ place: { service: 'pier' }, size: { width: 100, height: 20 } });
		const { records } = shown.findings;
		if (records.status !== 'loaded') throw new Error('no lines');
		const older = records.value.records[0]?.entry.at ?? 0n;
		const half = { ...records, value: { ...records.value, unread: { older } } };
		const cut = redrawn({ ...shown, findings: { ...shown.findings, records: half } });
		for (const [key, text] of [
			['k', 'Stopped reading. m reads on.'],
			['g', 'Stopped reading. g and G ask again.'],
		] as const) {
			const near = having(cut, key);
			const since = (at: number) => ({ ...near, asking: new Map([[asidesOf(near)[0]?.key ?? '', at]]) });
			expect(logs.escape?.(since(noon - 1000))).toBeUndefined();
			const outcome = logs.escape?.(since(noon - 2000));
			expect(outcome).toMatchObject({ type: 'stop', text });
			if (outcome?.type !== 'stop') throw new Error('not stopped');
			expect(outcome.state.goes).toBeUndefined();
			expect(outcome.state.restsAt).toBe(key === 'k' ? older : undefined);
		}
	});
});

const never = (): never => {
	throw new Error('nothing was read');
};
