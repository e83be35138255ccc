import { describe, expect, test } from 'vitest';
import { boardOver } from '../../src/investigation/board.ts';
import type { LabelsAside } from '../../src/investigation/known-labels.ts';
import { answerLogsAside } from '../../src/investigation/logs-asides.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, rangeOf } from '../../src/model/time.ts';
import { asking, logStore, logsOnly } from '../helpers/log-store.ts';

const place: LogsPlace = { kind: 'logs', service: 'pier', window: fixed(0, 1000) };
const range = rangeOf(place.window, 1000);

type Asked = Parameters<ReturnType<typeof logStore>['source']['labelValues']>;

/** The findings after these labels were asked for, of a server that has these values of every label. */
async function asked(values: readonly string[] | undefined, ...labels: readonly string[]) {
	let findings = noLogsFindings;
	const replace = (found: LogsFindings) => {
		findings = found;
	};
	const questions: Asked[] = [];
	const labelValues = async (...question: Asked) => {
		questions.push(question);
		if (values !== undefined) return answer(values);
		throw new FailureError({ kind: 'server', what: 'Loki failed (500).', next: 'Press R.' });
	};
	const world = { sources: logsOnly({ ...logStore([]).source, labelValues }), now: () => 1000 };
	const board = boardOver({ current: () => findings, replace }, world);
	for (const label of labels) {
		const aside: LabelsAside = { key: `values ${label}`, kind: 'label values', label };
		await answerLogsAside({ place, range, aside }, world, board, asking);
	}
	return { findings, questions };
}

describe('the values of a label', () => {
	test('are asked for over the window, and kept beside those of other labels', async () => {
		const { findings, questions } = await asked(['a', 'b'], 'zone', 'pod');
		expect(questions.map(([label, selector, over]) => [label, selector, over])).toEqual([
			['zone', undefined, range],
			['pod', undefined, range],
		]);
		expect(lastValueOf(findings.labelValues)).toEqual(
			new Map([
				['zone', ['a', 'b']],
				['pod', ['a', 'b']],
			]),
		);
	});

	test('are bounded in number, and hold no secret', async () => {
		const many = Array.from({ length: 20_000 }, (_, index) => `v${index}`);
		const { findings } = await asked(['glpat-AbCdEfGhIjKlMnOpQrSt', ...many], 'zone');
		const values = lastValueOf(findings.labelValues)?.get('zone');
		expect(values).toHaveLength(4999);
		expect(values?.[0]).toBe('v0');
	});

	test('that cannot be had leave the lines alone', async () => {
		const { findings } = await asked(undefined, 'zone');
		expect(findings.labelValues.status).toBe('failed');
		expect(findings.records).toBe(noLogsFindings.records);
	});
});
