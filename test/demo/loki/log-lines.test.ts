import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/demo/cast.ts';
import type { DemoRequest } from '../../../src/demo/incident.ts';
import { CaseFile } from '../../../src/demo/loki/case-file.ts';
import { createLogBook, instantOf, type LogLine } from '../../../src/demo/loki/log-book.ts';
import { streams } from '../../../src/demo/loki/streams.ts';
import { createTallies, levels } from '../../../src/demo/loki/tallies.ts';
import { skewOf } from '../../../src/demo/trace-sheet.ts';
import { minute, second } from '../../../src/model/time.ts';
import type { Span } from '../../../src/model/trace.ts';
import { incident, now } from '../served.ts';

const book = createLogBook(incident.story);
const requests = [...incident.requestsIn({ from: incident.brokeAt + 4 * minute, to: incident.brokeAt + 5 * minute })];

const linesOf = (request: DemoRequest, service: string): readonly LogLine[] =>
	book.linesOf(request.outline.turn).filter(({ stream }) => stream.service === service);
const served = (request: DemoRequest, service: string): readonly Span[] =>
	request.spans.filter(span => span.service === service && (span.kind === 'server' || span.kind === 'consumer'));

describe('what a service writes about a request agrees with the trace', () => {
	test('every line lies within the trace and is written while its service works', () => {
		const outside = requests.flatMap(request =>
			book.linesOf(request.outline.turn).filter(line => {
				const at = instantOf(line);
				return !served(request, line.stream.service).some(({ start, end }) => start <= at && at <= end);
			}),
		);
		expect(outside.map(line => line.text())).toEqual([]);
	});

	test('the edge says status, duration, route and IDs of its span', () => {
		for (const request of requests) {
			const [root] = request.spans;
			const said = JSON.parse(linesOf(request, 'concierge').at(-1)?.text() ?? '{}');
			expect(said).toMatchObject({
				message: 'request done',
				status: root?.attributes['http.response.status_code'],
				route: root?.attributes['http.route'],
				path: root?.attributes['url.path'],
				request_id: request.id,
				trace_id: request.traceId,
			});
			expect(said.duration_ms).toBeCloseTo(Number((root?.end ?? 0n) - (root?.start ?? 0n)) / 1e6, 0);
			expect(said.level).toBe(said.status >= 500 ? 'error' : said.status >= 400 ? 'warn' : 'info');
		}
	});

	test('a span ID in a line is the ID of a span of that service', () => {
		const named = requests.flatMap(request =>
			book.linesOf(request.outline.turn).flatMap(line => {
				const text = `${line.text()} ${line.metadata().span_id ?? ''}`;
				const id = [...text.matchAll(/(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])/g)].at(-1)?.[0];
				return id === undefined ? [] : [{ id, service: line.stream.service, request }];
			}),
		);
		expect(new Set(named.map(({ service }) => service))).toEqual(
			new Set(['concierge', 'berths', 'manifest', 'till', 'herald']),
		);
		for (const { id, service, request } of named) {
			expect(request.spans.find(span => span.id === id)?.service).toBe(service);
		}
	});

	test('each visit knows the span that answered it', () => {
		const wrong = requests.flatMap(({ outline, at, spans }) => {
			const file = new CaseFile(outline, incident.story);
			return outline.visits.filter(({ operation, start }, place) => {
				const { service, name } = operations[operation];
				const begun = at + BigInt(start + skewOf(service));
				const span = spans.find(({ id }) => id === file.spanIdOf(place));
				return span?.name !== name || span.service !== service || span.start !== begun;
			});
		});
		expect(wrong).toEqual([]);
	});

	test('a hold that was given up is told by berths and the edge, and by manifest as a success', () => {
		const failed = requests.filter(({ status }) => status === 504);
		expect(failed.length).toBeGreaterThan(10);
		for (const request of failed) {
			const levelsOf = (service: string) => linesOf(request, service).map(({ level }) => level);
			expect(levelsOf('concierge')).toEqual(['error', 'error']);
			expect(levelsOf('berths').at(-1)).toBe('error');
			expect(linesOf(request, 'manifest').map(line => line.text())).toEqual([expect.stringContaining('INFO')]);
		}
	});
});

const sampleOf = (service: string): LogLine => {
	const line = requests.flatMap(request => linesOf(request, service)).at(-1);
	if (line === undefined) throw new Error(`${service} said nothing`);
	return line;
};

describe('how they write', () => {
	test.each([
		[
			'concierge',
			/^\{"timestamp":"[^"]+Z","level":"\w+","message":"request done",.*"request_id":"[-0-9a-f]{36}","trace_id":"[0-9a-f]{32}"/,
		],
		['timetable', /^\{"event":"journeys found","timestamp":"/],
		['fares', /^time=\S+Z level=\w+ msg="[^"]+" req_id=[-0-9a-f]{36} traceID=[0-9a-f]{32} .*version=2\.14\.0$/],
		['berths', /^\{"level":"\w+","ts":\d+\.\d+,"caller":"/],
		['manifest', /^\d{4}-\d\d-\d\d [\d:.]{12} {2}INFO \[manifest,[0-9a-f]{32},[0-9a-f]{16}\] 1 --- \[/],
		['till', /^(?:charge|refund) of \d+\.90 EUR/],
		['herald', /^\{"level":30,"time":\d{13},.*"reqId":"[-0-9a-f]{36}","traceId":"[0-9a-f]{32}"/],
		['trackside', /^\{"timestamp":"[^"]+","level":"WARN","fields":\{"message":"reading is stale/],
	])('%s', (service, pattern) => {
		expect(sampleOf(service).text()).toMatch(pattern);
	});

	test('till’s identifiers stand beside the line', () => {
		const line = sampleOf('till');
		expect(line.text()).not.toMatch(/[0-9a-f]{16}/);
		expect(line.metadata()).toMatchObject({
			trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			severity_text: expect.stringMatching(/^(?:INFO|WARN)$/),
			detected_level: line.level,
		});
	});

	/** All but the noisy and the many. */
	const quiet = new Set(streams.filter(({ service }) => service !== 'trackside' && service !== 'fares'));
	const someMinutes = (): string[] => {
		const texts: string[] = [];
		for (let at = now - 11 * minute; at < now - minute; at += second) {
			const lines = book.linesIn(Math.floor(at / second), quiet).filter(({ level }) => level !== 'info');
			texts.push(...lines.map(line => line.text()));
		}
		return texts;
	};

	test('within ten minutes everything comes that a screen must withstand, and what it must hide', () => {
		const texts = someMinutes();
		const wanted = [
			/\n\tat .*\n\tat /,
			/\x1b\]52;c;/,
			/\u202e/,
			/^.{20000}/,
			/Bearer ey[\w-]+\.ey[\w-]+\.[\w-]+/,
			/4111-1111-1111-1111/,
			/traveller\.\d+@mail\.example/,
		];
		expect(wanted.filter(pattern => !texts.some(text => pattern.test(text)))).toEqual([]);
	});
});

test('lines are counted without words as they are with them', () => {
	const tallies = createTallies(incident.story);
	const spanEnd = Math.ceil((incident.brokeAt + 10 * minute) / second / 64) * 64;
	const released = Math.floor(incident.story.releasedAt / second);
	const seconds = [-4, -3, -2, -1, 0, 1, 2, 3].flatMap(step => [spanEnd + step, released + step]);
	for (const at of seconds) {
		const lines = book.linesIn(at, new Set(streams)).filter(({ nanos }) => nanos > 0);
		for (const stream of streams) {
			const counted = levels.map(level => tallies.count({ first: at + 1, last: at + 1 }, stream, level));
			const worded = levels.map(level => lines.filter(line => line.stream === stream && line.level === level).length);
			expect(counted).toEqual(worded);
		}
	}
});

test('nothing is known before the story begins', () => {
	const before = incident.beganAt / second - 1;
	expect(book.linesIn(before, new Set(streams))).toEqual([]);
});
