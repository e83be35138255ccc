import { expect, test } from 'vitest';
import { textOf } from '../../../src/cli/print/document.ts';
import { tracesPrinter } from '../../../src/cli/print/traces.ts';
import { noTracesFindings, type TracesFindings } from '../../../src/investigation/traces-findings.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { TracesPlace } from '../../../src/model/place.ts';
import { hour, live, rangeOf } from '../../../src/model/time.ts';
import type { TraceSummary } from '../../../src/model/trace.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { tracesFromText } from '../../helpers/traces-from-text.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const place: TracesPlace = { kind: 'traces', service: 'pier', operation: 'GET /x', window: live(hour) };
const query = '{ resource.service.name = "pier" && name = "GET /x" }';

const printing = (traces: readonly TraceSummary[], more: Partial<TracesFindings> = {}) => ({
	place,
	findings: {
		...noTracesFindings,
		results: loaded({ value: { traces, query, limit: 20, parts: { searched: 12, all: 12, cut: 2 } }, notes: [] }, noon),
		...more,
	},
	range: rangeOf(place.window, noon),
	now: noon,
	timeFormat: 'utc' as const,
	width: 100,
	theme: createTheme('none', true),
});

const some = tracesFromText('1m 41ms 0/5 pier GET /x\n2m 2s100ms - pier GET /x', noon);

test('found traces are printed with what Tempo counts of them', () => {
	expect(`\n${textOf(tracesPrinter.blocks(printing(some)), 100)}`).toMatchInlineSnapshot(`
		"
		start     duration  root         spans  errors  trace
		11:59:00     41 ms  pier GET /x      5       0  00000000000000000000000000000001
		11:58:00     2.1 s  pier GET /x                 00000000000000000000000000000002
		"
	`);
});

test('JSON says in how many parts of the window the search was cut', () => {
	expect(tracesPrinter.json(printing(some))).toMatchObject({
		query,
		limit: 20,
		parts: { searched: 12, all: 12, cut: 2 },
		traces: [{ durationSeconds: 0.041 }, { durationSeconds: 2.1, services: [] }],
	});
});

test('nothing found says what would have found some, by its address', () => {
	const { operation: _, ...anyOperation } = place;
	const ladder: TracesFindings['ladder'] = loaded(
		{
			value: [
				{ key: 'o', found: '3 traces without the operation GET /x', query: '{}', to: anyOperation },
				{ key: undefined, found: '0 traces in 10h', query, to: place },
			],
			notes: [{ kind: 'info', text: 'No span of this window is of a service called pier.' }],
		},
		noon,
	);
	expect(`\n${textOf(tracesPrinter.blocks(printing([], { ladder })), 100)}`).toMatchInlineSnapshot(`
		"
		No trace matches { resource.service.name = "pier" && name = "GET /x" } in this window.

		3 traces without the operation GET /x: smokejumper traces --service pier --since 1h

		0 traces in 10h.

		No span of this window is of a service called pier.
		"
	`);
});
