import type { Place } from '../model/place.ts';
import { hour, live, type Milliseconds } from '../model/time.ts';
import { entered, type Frame, type History, pushed, trailOf } from './history.ts';
import { screenAt } from './screens.ts';

/** The trail over the backends of another profile, and whether some of it was left behind. */
export type CarriedOver = { readonly history: History; readonly isCut: boolean };

/**
 * The places of the trail that make sense over another installation: services and alerts go by names that many share; a
 * trace, a request or a line is of one installation alone, and what was reached through it is left behind with it.
 */
export function carriedOver(before: History, since: Milliseconds = hour): CarriedOver {
	const trail = trailOf(before);
	const end = trail.findIndex(({ place }) => isOfOneInstallation(place));
	const kept = end === -1 ? trail : trail.slice(0, end);
	const [root = beginning(since), ...rest] = kept.map(asShared);
	const history = rest.reduce((so, { place, state }) => pushed(so, place, state), entered(root.place, root.state));
	return { history, isCut: end !== -1 };
}

/** The alerts, as far back as the other profile looks. */
function beginning(since: Milliseconds): Pick<Frame, 'place' | 'state'> {
	const place: Place = { kind: 'alerts', window: live(since) };
	return { place, state: screenAt(place).initial(place) };
}

function isOfOneInstallation(place: Place): boolean {
	switch (place.kind) {
		case 'trace':
			return true;
		case 'compare':
			return place.trace !== undefined;
		case 'logs':
			return [place.request, place.trace, place.span, place.around].some(name => name !== undefined);
		default:
			return false;
	}
}

/** An alert goes by its name alone: what follows the name in its `Alert.id` is of its labels. */
const asShared = ({ place, state }: Frame): Pick<Frame, 'place' | 'state'> =>
	place.kind === 'service' && place.alert !== undefined
		? { place: { ...place, alert: place.alert.replace(/@.*$/, '') }, state }
		: { place, state };
