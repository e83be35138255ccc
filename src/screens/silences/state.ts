import { type ListedSilence, listSilences } from '../../analysis/silence-list.ts';
import type { SilencesFindings } from '../../investigation/silences.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { SilencesPlace } from '../../model/place.ts';
import { clampCursor } from '../../widgets/scroll.ts';
import type { Shown } from '../screen.ts';

export type SilencesState = {
	/** ID of the silence under the cursor. */
	readonly selected?: string;
	/** Where it stood: the cursor stays there when it has ended. */
	readonly row?: number;
	readonly filter: string;
};

export type SilencesShown = Shown<SilencesPlace, SilencesFindings, SilencesState>;

export const initialState = ({ filter = '' }: SilencesPlace): SilencesState => ({ filter });

export const listedSilences = ({
	findings,
	state,
}: Pick<SilencesShown, 'findings' | 'state'>): readonly ListedSilence[] =>
	listSilences(lastValueOf(findings.silences) ?? [], lastValueOf(findings.alertmanager), state.filter);

export function cursorOf(silences: readonly ListedSilence[], { selected, row = 0 }: SilencesState): number {
	const index = silences.findIndex(({ silence }) => silence.id === selected);
	return index >= 0 ? index : clampCursor(row, silences.length);
}

export function selectedSilence(shown: Pick<SilencesShown, 'findings' | 'state'>): ListedSilence | undefined {
	const silences = listedSilences(shown);
	return silences[cursorOf(silences, shown.state)];
}

/** The silence under the cursor, written down. */
export function settled(shown: Pick<SilencesShown, 'findings' | 'state'>): SilencesState {
	const { state } = shown;
	const silences = listedSilences(shown);
	const row = cursorOf(silences, state);
	const selected = silences[row]?.silence.id;
	return selected === undefined || (selected === state.selected && row === state.row)
		? state
		: { ...state, selected, row };
}
