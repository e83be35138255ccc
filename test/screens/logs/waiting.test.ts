import { describe, expect, test } from 'vitest';
import { noLogsFindings } from '../../../src/investigation/logs-findings.ts';
import { askedAgain, failedWith } from '../../../src/model/loadable.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { drawn, having, noon, redrawn } from './shown-logs.ts';

describe('before there is an answer', () => {
	test('it says whom it waits for, and not at once', async () => {
		const shown = await drawn();
		const waiting = (since: number) =>
			redrawn({ ...shown, findings: { ...noLogsFindings, target: askedAgain(noLogsFindings.target, since) } }).frame;
		expect(waiting(noon - 100).trim()).toBe('');
		expect(waiting(noon - 1100).trim()).toBe('asking Loki … 1.1 s');
	});

	test('it says that esc stops once it does, and not while esc closes something first', async () => {
		const target = askedAgain(noLogsFindings.target, noon - 2100);
		const lines = await drawn();
		const waiting = { findings: { ...noLogsFindings, target }, askedSince: noon - 2100 };
		const [stops, closes] = [lines, having(lines, 'tab')].map(shown => redrawn({ ...shown, ...waiting }));
		if (stops === undefined || closes === undefined) throw new Error('no screens');
		expect(stops.frame.trim()).toBe('asking Loki … 2.1 s  esc stops');
		expect(logs.escape?.(stops)).toMatchObject({ type: 'stop' });
		expect(closes.frame).not.toContain('esc stops');
		expect(logs.escape?.(closes)).toMatchObject({ type: 'stay' });
	});

	test('a failure is a sentence', async () => {
		const shown = await drawn();
		const failure = {
			kind: 'unauthorized',
			what: 'Loki refused the token (401).',
			next: 'Check the profile.',
		} as const;
		const target = failedWith(noLogsFindings.target, failure, noon);
		expect(redrawn({ ...shown, findings: { ...noLogsFindings, target } }).frame.trim()).toBe(
			'✗ Loki refused the token (401). Check the profile.',
		);
	});

	test('say that it is weighed first what they would read, and that the question was stopped', async () => {
		const shown = await drawn({ place: { service: 'pier' } });
		const { target } = shown.findings;
		const weighing = { ...noLogsFindings, target, cost: askedAgain(noLogsFindings.cost, noon - 5200) };
		expect(redrawn({ ...shown, findings: weighing, askedSince: noon - 5200 }).frame.trim()).toBe(
			'asking Loki what this would read … 5.2 s  esc stops',
		);
		const stopped = { kind: 'cancelled', what: 'You stopped the question.', next: 'R asks again.' } as const;
		const cost = failedWith(weighing.cost, stopped, noon);
		expect(redrawn({ ...shown, findings: { ...weighing, cost } }).frame.trim()).toBe(
			'✗ You stopped the question. R asks again.',
		);
	});

	test('the last good answer stays when asking again fails', async () => {
		const shown = await drawn({ place: { service: 'pier' } });
		const failure = { kind: 'timeout', what: 'Loki did not answer in 30 s.', next: 'Press R.' } as const;
		const records = failedWith(shown.findings.records, failure, noon + 60_000);
		const { frame } = redrawn({ ...shown, now: noon + 60_000, findings: { ...shown.findings, records } });
		expect(frame).toContain('60s old: Loki did');
		expect(frame).toContain('berth refused');
	});
});
