import { aboutOf, type ListedSilence } from '../../analysis/silence-list.ts';
import { countedNames } from '../../analysis/silence-preview.ts';
import { untilText } from '../../analysis/silence-words.ts';
import type { SilencesFindings } from '../../investigation/silences.ts';
import type { SilencesPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { confirm } from '../dialogs/confirm-dialog.ts';
import { ask, type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { listHeight } from './layout.ts';
import { cursorOf, listedSilences, type SilencesShown, type SilencesState, selectedSilence } from './state.ts';

type SilencesBinding = Binding<SilencesPlace, SilencesFindings, SilencesState>;

const move =
	(key: string) =>
	(shown: SilencesShown): Outcome<SilencesState> => {
		const silences = listedSilences(shown);
		const height = listHeight(shown.size, silences.length);
		const row = movedCursor(key, cursorOf(silences, shown.state), silences.length, height);
		const to = row === undefined ? undefined : silences[row];
		if (row === undefined || to === undefined) return refuse('There is no silence to move to.');
		return stay({ ...shown.state, selected: to.silence.id, row });
	};

/** What a key does with the silence under the cursor. */
const onSilence =
	(run: (listed: ListedSilence, shown: SilencesShown) => Outcome<SilencesState>) =>
	(shown: SilencesShown): Outcome<SilencesState> => {
		const listed = selectedSilence(shown);
		return listed === undefined ? refuse('There is no silence under the cursor.') : run(listed, shown);
	};

export const silencesKeys: readonly SilencesBinding[] = [
	{
		keys: ['enter'],
		label: 'alerts',
		help: 'Go to the alerts that the silence mutes.',
		footer: 1,
		run: onSilence(({ silence, muted }, { place }) => {
			const about = aboutOf(silence);
			if (muted === undefined) return refuse('Which alerts it mutes is not known.');
			const [first] = muted;
			if (first === undefined) return refuse(`The silence of ${about} mutes no alert now.`);
			const filter = ['silenced', ...(first.alertname === undefined ? [] : [first.alertname])].join(' ');
			return go({ kind: 'alerts', filter, window: place.window });
		}),
	},
	{
		keys: ['x'],
		label: 'end it',
		help: 'End the silence now, after a question.',
		footer: 2,
		changes: true,
		run: onSilence((listed, shown) => ask(endDialog(listed, shown))),
	},
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the ID of the silence.',
		run: onSilence(({ silence }) => copy(silence.id, 'the ID of the silence')),
	},
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
];

function endDialog({ silence, muted }: ListedSilence, { timeFormat, now }: SilencesShown) {
	const about = aboutOf(silence);
	const { createdBy, endsAt, id } = silence;
	const whose = createdBy === '' ? 'It' : `The silence of ${createdBy}`;
	return confirm({
		title: `End the silence of ${about}`,
		sentence: `${whose} would hold ${untilText(endsAt, timeFormat, now)}; it ends now, for everybody. ${loudText(muted)}`,
		verb: 'end it',
		change: { kind: 'expire', about, id },
	});
}

function loudText(muted: ListedSilence['muted']): string {
	if (muted === undefined) return 'Which alerts become loud by that is not known.';
	if (muted.length === 0) return 'No alert becomes loud by that.';
	return `${muted.length} ${muted.length === 1 ? 'alert becomes' : 'alerts become'} loud: ${countedNames(muted)}.`;
}
