import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import { traceAnswer, traceV1Answer } from '../../../src/backends/tempo/schema.ts';
import { traceSteps } from '../../../src/backends/tempo/to-model.ts';
import type { TraceFindings } from '../../../src/investigation/trace-findings.ts';
import type { Note } from '../../../src/model/answer.ts';
import { type Loadable, loaded } from '../../../src/model/loadable.ts';
import type { TracePlace } from '../../../src/model/place.ts';
import { finished } from '../../../src/model/steps.ts';
import { fixed } from '../../../src/model/time.ts';
import type { Trace } from '../../../src/model/trace.ts';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { trace as screen } from '../../../src/screens/trace/index.ts';
import { lookAt, type TraceState } from '../../../src/screens/trace/state.ts';
import { paintTrace } from '../../../src/screens/trace/view.tsx';
import { createGrid, textOf } from '../../../src/terminal/grid.ts';
import { surfaceOf } from '../../../src/terminal/grid-surface.ts';
import { styleOf } from '../../../src/terminal/pen.ts';
import type { ColorLevel, Style } from '../../../src/terminal/style.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { recordingOf } from '../../helpers/replay.ts';

export const openedAt = 1_795_336_400_000;

/** A recorded answer of Tempo, as its client understands it. */
export function recordedTrace(name: string): Trace {
	const { json } = recordingOf(`tempo-3.0.3/${name}`).response;
	const wire = traceAnswer.parse(json).trace ?? traceV1Answer.parse(json);
	return finished(traceSteps('73c8000000000000000000000000000a', wire)).trace;
}

export const loadedTrace = (trace: Trace, notes: readonly Note[] = []): TraceFindings['trace'] =>
	loaded({ value: { ...traceReadingOf(trace), found: true }, notes }, openedAt);

/** A trace screen in somebody's hands: it takes keys and draws frames. */
export type OpenTrace = ReturnType<typeof openTrace>;

export type OpenOptions = {
	readonly size?: Size;
	readonly span?: string;
	readonly unicode?: boolean;
	readonly level?: ColorLevel;
};

export function openTrace(pane: TraceFindings['trace'], options: OpenOptions = {}) {
	const { size = { width: 80, height: 20 }, span, unicode = true, level = 'none' } = options;
	const window = fixed(openedAt - 60_000, openedAt);
	const place: TracePlace = {
		kind: 'trace',
		id: '73c8000000000000000000000000000a',
		window,
		...(span ? { span } : {}),
	};
	let state: TraceState = screen.initial(place);
	const shown = (found: Loadable<unknown> = pane) => ({
		place,
		findings: { ...screen.nothing, trace: found as TraceFindings['trace'] },
		state,
		range: { from: openedAt - 60_000, to: openedAt },
		now: openedAt,
		size,
		timeFormat: 'utc' as const,
	});
	const take = (outcome: Outcome<TraceState> | undefined) => {
		if (outcome?.type === 'stay') state = outcome.state;
		return outcome;
	};
	return {
		/** Presses keys one after another; gives what the last one did. */
		presses(...keys: readonly string[]): Outcome<TraceState> | undefined {
			let outcome: Outcome<TraceState> | undefined;
			for (const key of keys) {
				const binding = screen.keys.find(each => each.keys.includes(key));
				outcome = take(key === 'escape' ? screen.escape?.(shown()) : binding?.run(shown()));
			}
			return outcome;
		},
		searches(text: string) {
			state = screen.search?.apply(text, shown()) ?? state;
		},
		/** `service operation` of the selected span. */
		selected(): string | undefined {
			const span = lookAt(shown())?.selected.span;
			return span && `${span.service} ${span.name}`;
		},
		frame: () =>
			frameOf(size.width, size.height, surface =>
				paintTrace(surface, { ...shown(), theme: createTheme(level, unicode) }),
			),
		/** How the first place of the frame that reads so is painted. */
		styleOf(text: string): Style {
			const grid = createGrid(size.width, size.height);
			paintTrace(surfaceOf(grid), { ...shown(), theme: createTheme(level, unicode) });
			const lines = textOf(grid);
			const row = lines.findIndex(line => line.includes(text));
			const column = lines[row]?.indexOf(text) ?? -1;
			if (column < 0) throw new Error(`${text} is not on show`);
			const cell = row * size.width + column;
			return styleOf({ ink: grid.inks[cell] ?? 0, ground: grid.grounds[cell] ?? 0 });
		},
		/** What the footer says of a key just now. */
		labelOf(key: string): string | undefined {
			const binding = screen.keys.find(each => each.keys.includes(key));
			return binding?.labelNow?.(shown()) ?? binding?.label;
		},
		headline: () => screen.headline(shown()),
		shown: () => ({ ...shown(), findings: { ...screen.nothing, trace: pane } }),
	};
}
