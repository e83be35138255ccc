import { describe, expect, test } from 'vitest';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { recordedNames } from '../../../src/backends/prometheus/recordings.ts';
import { type Asked, answering, askingNow, httpOver, type Reply } from '../../helpers/replay.ts';

const firing = { state: 'firing', labels: {}, value: '1' };
const alerting = (query: string, alerts: readonly unknown[] = [firing]) => ({
	type: 'alerting',
	name: 'Unavailable',
	query,
	alerts,
});
const recording = (name: string, query: string, labels: object = {}) => ({ type: 'recording', name, query, labels });

const rulesReply = (rules: readonly unknown[]): Reply => ({
	status: 200,
	json: { status: 'success', data: { groups: [{ name: 'g', rules }] } },
});

/** What a client asked of `/api/v1/rules`, and what each of its rules reads of what is recorded, look by look. */
async function looks(count: number, answer: (asked: Asked, look: number) => Reply) {
	let look = 0;
	const { dispatcher, asked } = answering(question => answer(question, look));
	const prometheus = createPrometheus(httpOver('prometheus', dispatcher));
	const read: (readonly string[])[] = [];
	for (; look < count; look++) {
		const { value } = await prometheus.rules(askingNow());
		read.push(value.flatMap(({ recordings }) => [...(recordings ?? new Map()).keys()]));
	}
	const types = asked.map(({ parameters }) => parameters.get('type') ?? 'both');
	return { types, read };
}

const availability = recording('till:availability', '1 - sum(rate(errors_total[5m]))');
const unused = recording('job:up:sum', 'sum by (job) (up)');

describe('what is recorded', () => {
	test('is learnt with the first answer, kept, and handed to the rules that name it', async () => {
		const both = [availability, unused, alerting('till:availability < 0.95'), alerting('up == 0')];
		const alone = both.slice(2);
		const { types, read } = await looks(3, ({ parameters }) => rulesReply(parameters.has('type') ? alone : both));
		expect(types).toEqual(['both', 'alert', 'alert']);
		expect(read).toEqual(Array(3).fill(['till:availability', 'job:up:sum']));
	});

	test('is asked for again when an alert fires whose rule names something new, and once for what is nowhere', async () => {
		const rules = [alerting('new:ratio > 1'), alerting('elsewhere:ratio > 1')];
		const { types, read } = await looks(5, ({ parameters }, look) => {
			if (look === 0) return rulesReply([alerting('new:ratio > 1', []), unused]);
			return rulesReply(parameters.has('type') ? rules : [...rules, recording('new:ratio', 'a / b')]);
		});
		expect(types).toEqual(['both', 'alert', 'both', 'alert', 'alert']);
		expect(read).toEqual([[], [], ['new:ratio'], ['new:ratio'], ['new:ratio']]);
	});

	test('does without where all rules together are too much for one answer', async () => {
		const { types, read } = await looks(2, ({ parameters }) =>
			parameters.has('type') ? rulesReply([alerting('till:availability < 0.95')]) : { status: 413 },
		);
		expect(types).toEqual(['both', 'alert', 'alert']);
		expect(read).toEqual([[], []]);
	});
});

test.each([
	['till:availability < 0.95', ['till:availability']],
	['max(slo:burn:short{at="host:9090"}) > 1 and slo:burn:short > 2', ['slo:burn:short']],
	['x{a=\'b:c\', d=`e:f`, g="\\"h:i"}', []],
	['max_over_time(up[5m:1m]) == 0', []],
])('%s names %j', (expression, names) => {
	expect(recordedNames(expression)).toEqual(names);
});
