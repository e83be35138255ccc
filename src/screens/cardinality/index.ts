import { formatCount } from '../../analysis/format.ts';
import { type CardinalityFindings, noCardinalityFindings } from '../../investigation/cardinality.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { CardinalityPlace } from '../../model/place.ts';
import { minute } from '../../model/time.ts';
import { type Screen, stay } from '../screen.ts';
import { cardinalityKeys } from './keys.ts';
import { type CardinalityState, initialState, settled } from './state.ts';
import { CardinalityView } from './view.tsx';

/** What makes the metrics of a server many, and the labels that have no bound. */
export const cardinality: Screen<CardinalityPlace, CardinalityFindings, CardinalityState> = {
	title: () => 'cardinality',
	headline: ({ findings, state: { filter } }) => {
		const status = lastValueOf(findings.status);
		const labels = lastValueOf(findings.labels);
		const flagged = labels?.filter(({ unbounded }) => unbounded).length;
		return [
			...(status === undefined ? ['cardinality'] : [`${formatCount(status.series)} series`]),
			...(flagged === undefined ? [] : [`${flagged} ${flagged === 1 ? 'label' : 'labels'} without bound`]),
			...(filter === '' ? [] : [`filter ${filter}`]),
		].join('  ');
	},
	nothing: noCardinalityFindings,
	initial: initialState,
	settle: settled,
	// It changes slowly, and is dear to count.
	refreshEvery: 5 * minute,
	keys: cardinalityKeys,
	rungs: ['escape', 'tab'],
	search: {
		label: 'filter names',
		current: ({ filter }) => filter,
		apply: (filter, { state }) => ({ ...state, filter }),
	},
	escape: ({ state }) => (state.filter === '' ? undefined : stay({ ...state, filter: '' })),
	View: CardinalityView,
};
