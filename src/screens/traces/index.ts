import { formatLength } from '../../analysis/format.ts';
import { formatAttribute } from '../../analysis/trace-attributes.ts';
import { noTracesFindings, type TracesFindings } from '../../investigation/traces-findings.ts';
import { whyOld } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import { minute } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { asidesOf } from './asides.ts';
import { takeAway } from './form-keys.ts';
import { tracesHelpRows } from './help-rows.ts';
import { escapeTraces, tracesKeys } from './keys.ts';
import { queryPrompt } from './query-prompt.ts';
import { initialState, type TracesState } from './state.ts';
import { TracesView } from './view.tsx';

/** A search for traces; enter opens one. */
export const traces: Screen<TracesPlace, TracesFindings, TracesState> = {
	title: ({ service }) => (service === undefined ? 'traces' : `traces of ${service}`),
	headline: ({
		place: { service, operation, slowerThan, fasterThan, errors, attributes = [], query },
		state: { filter },
	}) =>
		[
			`traces${service === undefined ? '' : ` of ${service}`}`,
			...(operation === undefined ? [] : [operation]),
			...(errors === true ? ['with errors'] : []),
			...(slowerThan === undefined ? [] : [`slower than ${formatLength(slowerThan)}`]),
			...(fasterThan === undefined ? [] : [`faster than ${formatLength(fasterThan)}`]),
			...attributes.map(formatAttribute),
			...(query === undefined ? [] : [query]),
			...(filter === '' ? [] : [`filter ${filter}`]),
		].join('  '),
	nothing: noTracesFindings,
	initial: initialState,
	// A search reads many blocks: often enough to see what is new, seldom enough to do no harm.
	refreshEvery: minute,
	keys: tracesKeys,
	rungs: ['w', 'v', 'o', 'd', 'x'],
	helpRows: tracesHelpRows,
	asides: asidesOf,
	prompts: { query: queryPrompt, takeAway },
	escape: escapeTraces,
	escapeHelp:
		'Close what was begun here, one after the other: the range, the condition, the filter; then go up the trail.',
	search: {
		label: 'filter',
		current: ({ filter, form }) => form?.filter ?? filter,
		apply: (filter, { state }) =>
			state.form === undefined ? { ...state, filter } : { ...state, form: { ...state.form, filter } },
	},
	whyOld: ({ findings }) => whyOld(findings.results),
	View: TracesView,
};
