import { formatLength } from '../../analysis/format.ts';
import { noTracesFindings, type TracesFindings } from '../../investigation/traces-findings.ts';
import type { TracesPlace } from '../../model/place.ts';
import { minute } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { tracesKeys } from './keys.ts';
import { initialState, type TracesState } from './state.ts';
import { TracesView } from './view.tsx';

/** A search for traces; enter opens one. */
export const traces: Screen<TracesPlace, TracesFindings, TracesState> = {
	title: ({ service }) => (service === undefined ? 'traces' : `traces of ${service}`),
	headline: ({ place: { service, slowerThan, errors, query }, state: { filter } }) =>
		[
			`traces${service === undefined ? '' : ` of ${service}`}`,
			...(errors === true ? ['with errors'] : []),
			...(slowerThan === undefined ? [] : [`slower than ${formatLength(slowerThan)}`]),
			...(query === undefined ? [] : [query]),
			...(filter === '' ? [] : [`filter ${filter}`]),
		].join('  '),
	nothing: noTracesFindings,
	initial: initialState,
	// A search reads many blocks: often enough to see what is new, seldom enough to do no harm.
	refreshEvery: minute,
	keys: tracesKeys,
	search: {
		label: 'filter traces',
		current: ({ filter }) => filter,
		apply: (filter, { state }) => ({ ...state, filter }),
	},
	View: TracesView,
};
