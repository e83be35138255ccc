import { expect, test } from 'vitest';
import { createIncident } from '../../../src/demo/incident.ts';
import { finished } from '../../../src/demo/piecework.ts';
import { evaluate } from '../../../src/demo/prometheus/evaluate.ts';
import { parsePromql } from '../../../src/demo/prometheus/parse.ts';
import { storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { equals } from '../../../src/model/labels.ts';
import { day, hour, minute } from '../../../src/model/time.ts';
import { morning } from '../asked.ts';

const incident = createIncident({ now: morning });
const storage = storyStorage(incident.story, () => morning);

const valuesAt = (query: string, at: number): readonly number[] => {
	const value = finished(evaluate(parsePromql(query), [at], storage));
	return value.type === 'instant vector' ? value.columns.flatMap(({ values }) => values[0] ?? []) : [];
};

const bookings = 'http_server_request_duration_seconds_count{http_route="/bookings"';
const rate = `sum(rate(${bookings}}[5m]))`;
const failed = `sum(rate(${bookings},http_response_status_code="504"}[5m]))`;

test('the day before is as busy, and nothing fails', () => {
	const [now = Number.NaN] = valuesAt(rate, morning);
	const [before = Number.NaN] = valuesAt(rate, morning - day);
	expect(before / now).toBeGreaterThan(0.7);
	expect(before / now).toBeLessThan(1.4);
	expect(valuesAt(failed, morning - day)).toEqual([0]);
	expect(valuesAt(failed, morning)[0]).toBeGreaterThan(0.1);
});

test('each series is one, whichever day it is looked at', () => {
	const selector = `${bookings},http_response_status_code="201"}`;
	expect(valuesAt(selector, morning)).toHaveLength(1);
	expect(valuesAt(selector, morning - day)).toHaveLength(1);
});

test('of the hours between, and of a week ago, nothing is known', () => {
	expect(valuesAt(rate, morning - 12 * hour)).toEqual([]);
	expect(valuesAt(rate, morning - hour - 10 * minute)).toEqual([]);
	expect(valuesAt(rate, morning - 7 * day)).toEqual([]);
	const [first] = storage.select([equals('__name__', 'http_server_request_duration_seconds_count')]);
	const isAt = (at: number) => first?.isIn(at - minute, at);
	expect([morning, morning - day, morning - 12 * hour, morning - 7 * day].map(isAt)).toEqual([
		true,
		true,
		false,
		false,
	]);
});
