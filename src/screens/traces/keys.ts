import type { TraceRungKey, TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import { fixed, minute, toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, copy, go, type Outcome, refuse, stay, turn } from '../screen.ts';
import { formKeys, leftForm, orInForm } from './form-keys.ts';
import { layoutOf, listHeight } from './layout.ts';
import { queryKeys } from './query-prompt.ts';
import { orInScatter, scatterKeys, withoutChoice } from './scatter-range.ts';
import { cursorOf, hasRoot, listedTraces, type TracesShown, type TracesState } from './state.ts';

type TracesBinding = Binding<TracesPlace, TracesFindings, TracesState>;

/** Air round a trace for what is looked at next: its logs, its services. */
const traceSlack = 5 * minute;

const move =
	(key: string) =>
	(shown: TracesShown): Outcome<TracesState> => {
		const traces = listedTraces(shown);
		const cursor = movedCursor(key, cursorOf(traces, shown.state), traces.length, listHeight(shown));
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

const noRoot = 'The root of this trace has not arrived, so that its service is not known.';

/** A rung of the ladder, when nothing was found. */
const rung =
	(key: TraceRungKey) =>
	(shown: TracesShown): Outcome<TracesState> => {
		const found = lastValueOf(shown.findings.ladder)?.find(each => each.key === key);
		return found === undefined ? refuse('That would find nothing either.') : turn(found.to, shown.state);
	};

const onlyWhenEmpty = 'This key is for when nothing was found; there are traces here.';
const idleAmongTraces = (shown: TracesShown): string | undefined =>
	(lastValueOf(shown.findings.results)?.traces.length ?? 0) > 0 ? onlyWhenEmpty : undefined;

const rungKeys: readonly TracesBinding[] = (
	[
		['w', 'wider window', 'When nothing was found: in a wider window.'],
		['v', 'any status', 'When nothing was found: traces of any status.'],
		['o', 'any operation', 'When nothing was found: without the operation.'],
		['d', 'any duration', 'When nothing was found: of any duration.'],
		['x', 'any attribute', 'When nothing was found: without the attributes.'],
	] as const
).map(([key, label, help]) => ({ keys: [key], label, help, idle: idleAmongTraces, run: rung(key) }));

const among: readonly TracesBinding[] = [
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
		footer: 6,
		run: onTrace(({ rootService }, { place }) =>
			hasRoot(rootService) ? go({ kind: 'service', service: rootService, window: place.window }) : refuse(noRoot),
		),
	},
	{
		keys: ['M'],
		label: 'compare',
		help: 'Compare slow requests of its root with usual ones in this window, by where they spend their time.',
		footer: 6.5,
		run: onTrace(({ id, rootService, rootName }, { place }) =>
			hasRoot(rootService)
				? go({
						kind: 'compare',
						service: rootService,
						operation: rootName,
						trace: id,
						window: place.window,
						// Attributes hold of the service that was asked for: elsewhere its root need not have them.
						...(place.service === rootService && place.attributes ? { attributes: place.attributes } : {}),
					})
				: refuse(noRoot),
		),
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

/** What is about the traces of the list does nothing while the choices of a form lie over it. */
const seen = (binding: TracesBinding): TracesBinding => ({
	...binding,
	idle: shown => {
		const isCovered = shown.state.form !== undefined && layoutOf(shown).list.height === 0;
		return isCovered ? 'The choices lie over the traces. esc goes back to them.' : binding.idle?.(shown);
	},
});

export const tracesKeys: readonly TracesBinding[] = [
	...among.map(seen),
	...formKeys,
	...queryKeys,
	...scatterKeys,
	...rungKeys,
]
	.map(orInForm)
	.map(orInScatter);

/** `esc` takes back what was begun here, the nearest first: the choice of a range, a condition level by level, the filter. */
export const escapeTraces = (shown: TracesShown): Outcome<TracesState> | undefined => {
	const { state } = shown;
	if (state.choosing !== undefined) return stay(withoutChoice(state));
	if (state.form !== undefined) return leftForm(shown);
	return state.filter === '' ? undefined : stay({ ...state, filter: '' });
};
