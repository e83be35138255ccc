import { noSilencesFindings, type SilencesFindings } from '../../investigation/silences.ts';
import { lastOf } from '../../model/loadable.ts';
import type { SilencesPlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import { type Screen, stay } from '../screen.ts';
import { silencesKeys } from './keys.ts';
import { initialState, listedSilences, type SilencesState, settled } from './state.ts';
import { SilencesView } from './view.tsx';

/** Who silences what, why and until when; and the end of it. */
export const silences: Screen<SilencesPlace, SilencesFindings, SilencesState> = {
	title: () => 'silences',
	headline: shown => {
		if (lastOf(shown.findings.silences) === undefined) return 'silences';
		const states = listedSilences(shown).map(({ silence }) => silence.state);
		const pending = states.filter(state => state === 'pending').length;
		const { filter } = shown.state;
		return [
			`${states.length - pending} active`,
			...(pending === 0 ? [] : [`${pending} pending`]),
			...(filter === '' ? [] : [`filter ${filter}`]),
		].join('  ');
	},
	nothing: noSilencesFindings,
	initial: initialState,
	settle: settled,
	refreshEvery: 10 * second,
	keys: silencesKeys,
	rungs: ['escape'],
	search: {
		label: 'filter silences',
		current: ({ filter }) => filter,
		apply: (filter, { state }) => ({ ...state, filter }),
	},
	/** What was made narrower is made wide again before the place is left. */
	escape: ({ state }) => (state.filter === '' ? undefined : stay({ ...state, filter: '' })),
	View: SilencesView,
};
