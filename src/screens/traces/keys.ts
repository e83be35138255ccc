import type { TracesFindings } from '../../investigation/traces-findings.ts';
import type { TracesPlace } from '../../model/place.ts';
import { fixed, minute, toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { listHeight } from './layout.ts';
import { cursorOf, listedTraces, type TracesShown, type TracesState } from './state.ts';

type TracesBinding = Binding<TracesPlace, TracesFindings, TracesState>;

/** Air round a trace for what is looked at next: its logs, its services. */
const traceSlack = 5 * minute;

const move =
	(key: string) =>
	(shown: TracesShown): Outcome<TracesState> => {
		const traces = listedTraces(shown);
		const cursor = movedCursor(key, cursorOf(traces, shown.state), traces.length, listHeight(shown.size));
		const to = cursor === undefined ? undefined : traces[cursor];
		return to === undefined ? refuse('There is no trace to move to.') : stay({ ...shown.state, selected: to.id });
	};

/** What a key does with the trace under the cursor. */
const onTrace =
	(run: (summary: TraceSummary, shown: TracesShown) => Outcome<TracesState>) =>
	(shown: TracesShown): Outcome<TracesState> => {
		const traces = listedTraces(shown);
		const summary = traces[cursorOf(traces, shown.state)];
		return summary === undefined ? refuse('There is no trace under the cursor.') : run(summary, shown);
	};

const windowOf = ({ start, duration }: TraceSummary) => {
	const from = toMilliseconds(start);
	return fixed(from - traceSlack, Math.max(from, toMilliseconds(start + duration)) + traceSlack);
};

export const tracesKeys: readonly TracesBinding[] = [
	{
		keys: ['enter'],
		label: 'flame graph',
		help: 'Open the flame graph of the trace.',
		footer: 1,
		run: onTrace(summary => go({ kind: 'trace', id: summary.id, window: windowOf(summary) })),
	},
	{
		keys: ['l'],
		label: 'logs',
		help: 'Open the log lines of the trace, 5 minutes round it.',
		footer: 2,
		run: onTrace(summary => go({ kind: 'logs', trace: summary.id, window: windowOf(summary) })),
	},
	{
		keys: ['p'],
		label: 'panels',
		help: 'Open the RED panels of the service in which the trace began.',
		footer: 3,
		run: onTrace(({ rootService }, { place }) => go({ kind: 'service', service: rootService, window: place.window })),
	},
	{
		keys: ['s'],
		label: 'sort',
		help: 'Sort by time or by duration.',
		footer: 4,
		run: ({ state }) => stay({ ...state, order: state.order === 'newest' ? 'slowest' : 'newest' }),
	},
	{
		keys: ['e'],
		label: 'errors only',
		help: 'Search only for traces with errors, or for all again.',
		footer: 5,
		run: ({ place: { errors, ...place } }) => ({
			type: 'turn',
			to: errors === true ? place : { ...place, errors: true },
		}),
	},
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the ID of the trace.',
		run: onTrace(({ id }) => copy(id, `the trace ID ${id}`)),
	},
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
];
