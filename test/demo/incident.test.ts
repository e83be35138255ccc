import { describe, expect, it } from 'vitest';
import { operations } from '../../src/demo/cast.ts';
import { createIncident, type DemoRequest } from '../../src/demo/incident.ts';
import { longestRequest } from '../../src/demo/story.ts';
import { minute, second } from '../../src/model/time.ts';
import { morning } from './asked.ts';

const incident = createIncident({ now: morning });
const during = (from: number, to: number): readonly DemoRequest[] => [...incident.requestsIn({ from, to })];
const lastMinutes = during(morning - 3 * minute, morning);
const bookings = (requests: readonly DemoRequest[]): readonly DemoRequest[] =>
	requests.filter(({ method, route }) => method === 'POST' && route === '/bookings');
const failed = (requests: readonly DemoRequest[]): readonly DemoRequest[] =>
	requests.filter(({ status }) => status >= 500);

describe('the incident', () => {
	it('is the same whenever and in whatever order it is asked', () => {
		const again = createIncident({ now: morning });
		const whole = during(morning - 20 * second, morning - 1);
		const halves = [
			[...again.requestsIn({ from: morning - 10 * second, to: morning - 1 })],
			[...again.requestsIn({ from: morning - 20 * second, to: morning - 10 * second - 1 })],
		];
		expect(
			halves
				.toReversed()
				.flat()
				.map(({ id }) => id),
		).toEqual(whole.map(({ id }) => id));
		const [request] = whole;
		expect(request && again.requestOfId(request.id)?.spans).toEqual(request?.spans);
	});

	it('is another one for another seed', () => {
		const other = createIncident({ now: morning, seed: 2 });
		const ids = [...other.requestsIn({ from: morning - second, to: morning })].map(({ id }) => id);
		expect(during(morning - second, morning).some(({ id }) => ids.includes(id))).toBe(false);
	});

	it('lasts an hour so far, breaks at 25 minutes before now and goes on', () => {
		expect(morning - incident.beganAt).toBe(60 * minute);
		expect(morning - incident.brokeAt).toBe(25 * minute);
		expect(during(incident.beganAt - minute, incident.beganAt - 1)).toEqual([]);
		expect(during(morning + 60 * minute, morning + 61 * minute).length).toBeGreaterThan(1_000);
	});

	it('has about twenty requests a second, oldest first', () => {
		expect(lastMinutes.length / 180).toBeGreaterThan(18);
		expect(lastMinutes.length / 180).toBeLessThan(22);
		const times = lastMinutes.map(({ at }) => at);
		expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)));
	});

	it('fails a fifth of the bookings once broken and hardly any before', () => {
		const before = bookings(during(incident.brokeAt - 5 * minute, incident.brokeAt - 1));
		const after = bookings(during(incident.brokeAt + 5 * minute, incident.brokeAt + 10 * minute));
		expect(failed(before)).toEqual([]);
		expect(failed(after).length / after.length).toBeGreaterThan(0.12);
		expect(failed(after).length / after.length).toBeLessThan(0.32);
	});

	it('finds a request by its identifiers, and none that it never made', () => {
		for (const request of lastMinutes.slice(0, 50)) {
			expect(incident.requestOfTrace(request.traceId)?.at).toBe(request.at);
			expect(incident.requestOfId(request.id)?.traceId).toBe(request.traceId);
		}
		expect(incident.requestOfTrace('0123456789abcdef0123456789abcdef')).toBeUndefined();
	});
});

describe('the spans of a request', () => {
	it('are 8 to 40, with one root at the edge and no orphans', () => {
		for (const { spans, id } of lastMinutes) {
			expect(spans.length).toBeGreaterThanOrEqual(8);
			expect(spans.length).toBeLessThanOrEqual(40);
			const ids = new Set(spans.map(span => span.id));
			expect(ids.size).toBe(spans.length);
			const roots = spans.filter(({ parentId }) => parentId === undefined);
			expect(roots.map(({ service }) => service)).toEqual(['concierge']);
			expect(roots[0]?.attributes['request.id']).toBe(id);
			expect(spans.every(({ parentId }) => parentId === undefined || ids.has(parentId))).toBe(true);
			expect(spans.every(({ start, end }) => end >= start)).toBe(true);
		}
	});

	it('repeat the visits that the metrics count: operation, status and duration', () => {
		for (const { spans, outline } of lastMinutes.slice(0, 400)) {
			const told = spans
				.filter(({ kind }) => kind === 'server' || kind === 'consumer')
				.map(({ service, name, start, end, attributes }) => {
					const status = attributes['http.response.status_code'] ?? attributes['rpc.grpc.status_code'] ?? 0;
					return `${service} ${name} ${status} ${end - start}`;
				});
			const counted = outline.visits.map(({ operation, status, duration }) => {
				const { service, name } = operations[operation];
				return `${service} ${name} ${status} ${duration}`;
			});
			expect(told.toSorted()).toEqual(counted.toSorted());
		}
	});

	it('end before the longest request ends', () => {
		for (const { spans, at } of lastMinutes) {
			for (const { end } of spans) expect(Number(end - at) / 1e6).toBeLessThan(longestRequest);
		}
	});

	it('show the cause of a failed booking: a lock that another application holds', () => {
		const causes = failed(bookings(lastMinutes)).map(({ spans }) => {
			const longest = spans
				.filter(({ id }) => spans.every(({ parentId }) => parentId !== id))
				.toSorted((a, b) => Number(b.end - b.start - (a.end - a.start)))[0];
			return `${longest?.service} ${longest?.name} ${longest?.attributes['db.lock.holder.application']}`;
		});
		expect(new Set(causes)).toEqual(new Set(['manifest SELECT coaches FOR UPDATE crew-roster-export']));
		expect(causes.length).toBeGreaterThan(20);
	});

	it('leave the cause without an error of its own, so that errors lead only to the caller', () => {
		for (const { spans } of failed(bookings(lastMinutes))) {
			const erring = new Set(spans.filter(({ status }) => status === 'error').map(({ service }) => service));
			expect(erring).toEqual(new Set(['concierge', 'berths']));
		}
	});

	it('hold runs of equal queries, siblings at once, a consumer after its root and a clock that is late', () => {
		const some = (holds: (request: DemoRequest) => boolean): boolean => lastMinutes.some(holds);
		expect(some(({ spans }) => spans.filter(({ name }) => name === 'SELECT stop_times').length >= 6)).toBe(true);
		expect(
			some(({ spans }) => {
				const readings = spans.filter(({ name, kind }) => kind === 'server' && name.startsWith('GET /readings'));
				return readings.some(a => readings.some(b => a !== b && a.start < b.end && b.start < a.end));
			}),
		).toBe(true);
		const outlives = ({ spans }: DemoRequest): boolean =>
			spans.some(({ kind, start }) => kind === 'consumer' && start > (spans[0]?.end ?? 0n));
		expect(some(outlives)).toBe(true);
		expect(
			some(({ spans }) =>
				spans.some(({ service, kind, start, parentId }) => {
					const parent = spans.find(({ id }) => id === parentId);
					return service === 'trackside' && kind === 'server' && parent !== undefined && start < parent.start;
				}),
			),
		).toBe(true);
	});
});
