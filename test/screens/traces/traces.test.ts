import { describe, expect, test } from 'vitest';
import { searchAnswer } from '../../../src/backends/tempo/schema.ts';
import { summariesOf } from '../../../src/backends/tempo/to-model.ts';
import { noTracesFindings, type TracesFindings } from '../../../src/investigation/traces-findings.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { TracesPlace } from '../../../src/model/place.ts';
import { hour, live, toMilliseconds } from '../../../src/model/time.ts';
import type { TraceSummary } from '../../../src/model/trace.ts';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { traces as screen } from '../../../src/screens/traces/index.ts';
import { cursorOf, listedTraces, type TracesState } from '../../../src/screens/traces/state.ts';
import { paintTraces } from '../../../src/screens/traces/view.tsx';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { recordingOf } from '../../helpers/replay.ts';

const now = 1_795_336_600_000;
const recorded = summariesOf(searchAnswer.parse(recordingOf('tempo-3.0.3/search-errors').response.json));
const query = '{ status = error }';

const foundTraces = (traces: readonly TraceSummary[], limit = 50): TracesFindings['results'] =>
	loaded(
		{
			value: { traces, query, limit, parts: { searched: 1, all: 1, cut: traces.length < limit ? 0 : 1 } },
			notes: [],
		},
		now,
	);

function openTraces(pane: TracesFindings['results'], size: Size = { width: 80, height: 12 }, unicode = true) {
	const place: TracesPlace = { kind: 'traces', service: 'billing', errors: true, window: live(hour) };
	let state: TracesState = screen.initial(place);
	const shown = () => ({
		place,
		findings: { ...noTracesFindings, results: pane },
		state,
		range: { from: now - hour, to: now },
		now,
		size,
		timeFormat: 'utc' as const,
	});
	return {
		presses(...keys: readonly string[]): Outcome<TracesState> | undefined {
			let outcome: Outcome<TracesState> | undefined;
			for (const key of keys) {
				outcome = screen.keys.find(each => each.keys.includes(key))?.run(shown());
				if (outcome?.type === 'stay') state = outcome.state;
			}
			return outcome;
		},
		filters(text: string) {
			state = screen.search?.apply(text, shown()) ?? state;
		},
		selected: () => listedTraces(shown())[cursorOf(listedTraces(shown()), state)]?.id,
		headline: () => screen.headline(shown()),
		frame: () =>
			frameOf(size.width, size.height, surface =>
				paintTraces(surface, { ...shown(), theme: createTheme('none', unicode) }),
			).trimEnd(),
	};
}

describe('frames', () => {
	test('at 80 columns', () => {
		expect(`\n${openTraces(foundTraces(recorded)).frame()}`).toMatchInlineSnapshot(`
			"
			 1 service=billing  2 errors
			 began            took             began in                      spans  errors
			▌08:32:09.485   2.06 s ███████████ edge POST /checkout              11     6 ✗
			 08:32:06.448   2.06 s ███████████ edge POST /checkout              11     6 ✗
			 08:31:31.174   2.05 s ███████████ edge POST /checkout              11     6 ✗
			 08:31:23.460   2.05 s ██████████▉ edge POST /checkout              11     6 ✗
			 08:31:18.145   2.06 s ███████████ edge POST /checkout              11     6 ✗




			5 traces, newest first  { status = error }"
		`);
	});

	test('at 60 columns in plain ASCII', () => {
		const frame = openTraces(foundTraces(recorded, recorded.length), { width: 60, height: 8 }, false).frame();
		expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			 1 service=billing  2 errors
			 began            took began in              spans  errors
			>08:32:09.485   2.06 s edge POST /checkout      11     6 x
			 08:32:06.448   2.06 s edge POST /checkout      11     6 x
			 08:31:31.174   2.05 s edge POST /checkout      11     6 x
			 08:31:23.460   2.05 s edge POST /checkout      11     6 x

			5 of more traces, newest first  { status = error }"
		`);
	});

	test('at 160 columns', () => {
		expect(`\n${openTraces(foundTraces(recorded), { width: 160, height: 8 }).frame()}`).toMatchInlineSnapshot(`
			"
			 1 service=billing  2 errors                                                                                               backspace takes the last away, X any
			 began            took                         began in                                    went through                                          spans  errors
			▌08:32:09.485   2.06 s ██████████████████████▉ edge POST /checkout                         auth basket billing catalog edge                         11     6 ✗
			 08:32:06.448   2.06 s ███████████████████████ edge POST /checkout                         auth basket billing catalog edge                         11     6 ✗
			 08:31:31.174   2.05 s ██████████████████████▉ edge POST /checkout                         auth basket billing catalog edge                         11     6 ✗
			 08:31:23.460   2.05 s ██████████████████████▉ edge POST /checkout                         auth basket billing catalog edge                         11     6 ✗

			5 traces, newest first  { status = error }"
		`);
	});

	test('what Tempo had to say has a row of its own', () => {
		const text = 'These are the first 50 traces that Tempo found.';
		const results = foundTraces(recorded);
		const noted = { ...results, notes: [{ kind: 'partial', text }] } as TracesFindings['results'];
		expect(openTraces(noted).frame().split('\n').slice(-2)).toEqual([
			text,
			'5 traces, newest first  { status = error }',
		]);
	});

	test('a failure is told, waiting too', () => {
		const failure = { kind: 'timeout', what: 'Tempo did not answer in 30 s.', next: 'R asks again.' } as const;
		expect(openTraces({ status: 'failed', failure, at: now }).frame()).toContain(
			'did not answer in 30 s. R asks again.',
		);
		expect(openTraces({ status: 'waiting', since: now - 1000 }).frame()).toContain('asking for traces … 1 s');
	});
});

describe('keys', () => {
	const [newest, second] = recorded.toSorted((a, b) => Number(b.start - a.start));

	test('enter opens the trace under the cursor, in a window round it', () => {
		const screen = openTraces(foundTraces(recorded));
		const from = toMilliseconds(second?.start ?? 0n);
		expect(screen.presses('j', 'enter')).toMatchObject({
			type: 'go',
			to: { kind: 'trace', id: second?.id, window: { kind: 'fixed', from: from - 300_000 } },
		});
	});

	test('the cursor stays on its trace when the order changes', () => {
		const screen = openTraces(foundTraces(recorded));
		screen.presses('j', 's');
		expect(screen.selected()).toBe(second?.id);
		expect(screen.frame()).toContain('slowest first');
	});

	test('l, p, M and y take the trace along', () => {
		const screen = openTraces(foundTraces(recorded));
		expect(screen.presses('l')).toMatchObject({ type: 'go', to: { kind: 'logs', trace: newest?.id } });
		expect(screen.presses('p')).toMatchObject({ type: 'go', to: { kind: 'service', service: 'edge' } });
		const { rootName: operation, id: trace } = newest ?? { rootName: '', id: '' };
		const compared = { kind: 'compare', service: 'edge', operation, trace };
		expect(screen.presses('M')).toMatchObject({ type: 'go', to: compared });
		expect(screen.presses('y')).toMatchObject({ type: 'copy', text: newest?.id });
	});

	test('a root that has not arrived leads to no panels and to no comparison', () => {
		const rootless = recorded.map(each => ({ ...each, rootService: '<root span not yet received>' }));
		const screen = openTraces(foundTraces(rootless));
		const why = 'The root of this trace has not arrived, so that its service is not known.';
		expect(screen.presses('p')).toEqual({ type: 'refuse', why });
		expect(screen.frame()).toContain('root not arrived yet');
		expect(screen.frame()).not.toContain('<root');
		expect(screen.presses('M')).toEqual({ type: 'refuse', why });
	});

	test('e turns the place to all traces', () => {
		expect(openTraces(foundTraces(recorded)).presses('e')).toEqual({
			type: 'turn',
			to: { kind: 'traces', service: 'billing', window: live(hour) },
		});
	});

	test('a filter leaves what holds the text, and an empty list refuses', () => {
		const screen = openTraces(foundTraces(recorded));
		screen.filters('nowhere');
		expect(screen.frame()).toContain(`No trace (of ${recorded.length}) holds nowhere.`);
		expect(screen.presses('enter')).toEqual({ type: 'refuse', why: 'There is no trace under the cursor.' });
		screen.filters('edge');
		expect(screen.selected()).toBe(newest?.id);
		expect(screen.headline()).toBe('traces of billing  with errors  filter edge');
	});

	test('no key is bound twice', () => {
		const keys = screen.keys.flatMap(({ keys }) => keys);
		expect(new Set(keys).size).toBe(keys.length);
	});
});
