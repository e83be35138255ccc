import type { TraceResults, TracesFindings } from '../../../src/investigation/traces-findings.ts';
import { noTracesFindings } from '../../../src/investigation/traces-findings.ts';
import type { Note } from '../../../src/model/answer.ts';
import { type Loadable, loaded } from '../../../src/model/loadable.ts';
import type { TracesPlace } from '../../../src/model/place.ts';
import { hour, live, rangeOf } from '../../../src/model/time.ts';
import type { TraceSummary } from '../../../src/model/trace.ts';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { traces as screen } from '../../../src/screens/traces/index.ts';
import { selectedTrace, type TracesShown, type TracesState } from '../../../src/screens/traces/state.ts';
import { paintTraces } from '../../../src/screens/traces/view.tsx';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { tracesFromText } from '../../helpers/traces-from-text.ts';

export const noon = Date.UTC(2026, 4, 4, 12);
export const query = '{ resource.service.name = "pier" }';

/** An hour at a pier: fast ones, two that failed slowly, and one that nobody counted. */
export const hourAtThePier = tracesFromText(
	`
	1m   41ms     0/5   pier GET /berths
	2m   2s100ms  3/14  pier POST /berths
	9m   38ms     0/5   pier GET /berths
	15m  420ms    0/9   pier POST /berths
	31m  12ms     0/5   pier GET /berths
	44m  1s900ms  2/14  quay POST /moorings
	58m  7ms      0/3   pier GET /tides
`,
	noon,
);

export const resultsOf = (
	traces: readonly TraceSummary[],
	parts: Partial<TraceResults['parts']> = {},
	notes: readonly Note[] = [],
): Loadable<TraceResults> =>
	loaded({ value: { traces, query, limit: 50, parts: { searched: 1, all: 1, cut: 0, ...parts } }, notes }, noon);

type Scene = {
	readonly place?: Partial<TracesPlace>;
	readonly findings?: Partial<TracesFindings>;
	readonly state?: Partial<TracesState>;
	readonly size?: Size;
	readonly theme?: Theme;
};

/** Somebody at the screen of a search, without a shell round it. */
export function atTraces({ place, findings, state: begun, size = { width: 80, height: 20 }, theme }: Scene = {}) {
	const whole: TracesPlace = { kind: 'traces', window: live(hour), ...place };
	let found: TracesFindings = { ...noTracesFindings, results: resultsOf(hourAtThePier), ...findings };
	let state: TracesState = { ...screen.initial(whole), ...begun };
	const shown = (): TracesShown => ({
		place: whole,
		findings: found,
		state,
		range: rangeOf(whole.window, noon),
		now: noon,
		size,
		timeFormat: 'utc',
	});
	const binding = (key: string) => screen.keys.find(each => each.keys.includes(key));
	return {
		shown,
		/** Presses keys; the last one's outcome. */
		presses(...keys: readonly string[]): Outcome<TracesState> | undefined {
			let outcome: Outcome<TracesState> | undefined;
			for (const key of keys) {
				outcome = key === 'escape' ? screen.escape?.(shown()) : binding(key)?.run(shown());
				if (outcome !== undefined && 'state' in outcome && outcome.state !== undefined) state = outcome.state;
			}
			return outcome;
		},
		filters(text: string) {
			state = screen.search?.apply(text, shown()) ?? state;
		},
		learns(more: Partial<TracesFindings>) {
			found = { ...found, ...more };
		},
		label: (key: string) => binding(key)?.labelNow?.(shown()) ?? binding(key)?.label,
		idle: (key: string) => binding(key)?.idle?.(shown()),
		selected: () => selectedTrace(shown())?.id,
		headline: () => screen.headline(shown()),
		asides: () => screen.asides?.(shown()) ?? [],
		frame: () =>
			frameOf(size.width, size.height, surface =>
				paintTraces(surface, { ...shown(), theme: theme ?? createTheme('none', true) }),
			),
	};
}
