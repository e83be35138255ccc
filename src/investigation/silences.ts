import type { ManagedAlert } from '../model/alert.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { SilencesPlace } from '../model/place.ts';
import type { Silence } from '../model/silence.ts';
import { askSilences } from './alert-silences.ts';
import { createBoard, type Investigate } from './board.ts';

/** What is known of the silences, and of the alerts that they mute. */
export type SilencesFindings = {
	/** Ended ones too, as long as Alertmanager keeps them. */
	readonly silences: Loadable<readonly Silence[]>;
	readonly alertmanager: Loadable<readonly ManagedAlert[]>;
};

export const noSilencesFindings: SilencesFindings = { silences: idle, alertmanager: idle };

export const investigateSilences: Investigate<SilencesPlace, SilencesFindings> = async (
	_,
	world,
	previous,
	publish,
	asking,
) => {
	const { alerts } = world.sources;
	const board = createBoard(previous, publish, world);
	await Promise.all([
		board.fill('silences', askSilences(alerts, asking)),
		board.fill('alertmanager', alerts.alerts(asking)),
	]);
};
