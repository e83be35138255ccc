import { describe, expect, test } from 'vitest';
import { noAlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import type { Alert } from '../../../src/model/alert.ts';
import { answer, type Note } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { hour, minute } from '../../../src/model/time.ts';
import { noticeOf } from '../../../src/screens/alerts/notice.ts';
import { alertOf, found, noon } from './shown-alerts.ts';

/** `Errors`, `Errors:silenced`; the state is firing without a word. */
const drawn = (text: string): readonly Alert[] =>
	text
		.split(' ')
		.filter(Boolean)
		.map(each => {
			const [name = '', state = 'firing'] = each.split(':');
			return alertOf(name, { state: state as Alert['state'], since: noon - 2 * hour });
		});

const looked = (text: string, notes: readonly Note[] = []) =>
	found([], { alerts: loaded(answer(drawn(text), notes), noon) });

describe('what is to be noticed', () => {
	test.each<[what: string, before: string, after: string, firing: number | undefined, rings: boolean]>([
		['another one fires', 'A', 'A B', 2, true],
		['the first one fires', '', 'A', 1, true],
		['one resolves', 'A B', 'A', 1, false],
		['one resolves and another fires', 'A', 'B', 1, true],
		['nothing changes', 'A B:silenced', 'A B:silenced', undefined, false],
		['a silenced one comes', 'A', 'A B:silenced', undefined, false],
		['an inhibited one comes', 'A', 'A B:inhibited', undefined, false],
		['a pending one comes', 'A', 'A B:pending', undefined, false],
		['a pending one fires', 'A:pending', 'A', 1, true],
		['a silence ends', 'A:silenced', 'A', 1, true],
		['one is silenced', 'A', 'A:silenced', 0, false],
		['a meta alert comes', 'A', 'A Watchdog', undefined, false],
	])('%s', (_, before, after, firing, rings) => {
		expect(noticeOf(looked(before), looked(after))).toEqual(firing === undefined ? undefined : { firing, rings });
	});

	test('at the first look only the count', () => {
		expect(noticeOf(noAlertsFindings, looked('A B'))).toEqual({ firing: 2, rings: false });
		expect(noticeOf(noAlertsFindings, looked(''))).toEqual({ firing: 0, rings: false });
	});

	test('nothing when nobody answered', () => {
		const failure = { kind: 'refused', what: 'Prometheus refused the connection.', next: 'Check it.' } as const;
		const failed = found([], { alerts: { status: 'failed', failure, at: noon } });
		expect(noticeOf(looked('A'), failed)).toBeUndefined();
	});

	test('no old alert that a backend kept to itself while it was away', () => {
		const partial = [{ kind: 'partial', text: 'Alertmanager did not answer.' }] as const;
		expect(noticeOf(looked('A', partial), looked('A B'))).toEqual({ firing: 2, rings: false });
		const began = alertOf('B', { since: noon - minute });
		const after = found([], { alerts: loaded(answer([...drawn('A'), began]), noon) });
		expect(noticeOf(looked('A', partial), after)).toEqual({ firing: 2, rings: true });
	});
});
