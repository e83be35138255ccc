import type { Panes } from '../investigation/board.ts';
import type { Place, PlaceKind, PlaceOf } from '../model/place.ts';
import { alerts } from '../screens/alerts/index.ts';
import { cardinality } from '../screens/cardinality/index.ts';
import { compare } from '../screens/compare/index.ts';
import { isFollowed } from '../screens/logs/follow.ts';
import { logs } from '../screens/logs/index.ts';
import type { Screen } from '../screens/screen.ts';
import { service } from '../screens/service/index.ts';
import { silences } from '../screens/silences/index.ts';
import { trace } from '../screens/trace/index.ts';
import { traces } from '../screens/traces/index.ts';

/** One screen for each kind of place; the compiler refuses a place without one. */
const screens = { alerts, service, logs, trace, traces, compare, silences, cardinality } satisfies {
	[Kind in PlaceKind]: ScreenOf<Kind>;
};

/** A registry cannot name each screen's own findings and state: `never` is what every one of them accepts. */
type ScreenOf<Kind extends PlaceKind> = Pick<Screen<PlaceOf<Kind>, Panes, never>, 'nothing' | 'refreshEvery'>;

/** Any screen, as the shell sees it: what its findings and state are is its own affair. */
export type AnyScreen = Screen<Place, Panes, unknown>;

/** The one place where the shell forgets a screen's types; it only ever hands a screen what that screen gave it. */
export const screenAt = (place: Place): AnyScreen => screens[place.kind] as unknown as AnyScreen;

/** Whether a place, although its window may be live, is asked again only when the operator wants it. */
export const isAskedOnce = (place: Place): boolean =>
	screenAt(place).refreshEvery === Number.POSITIVE_INFINITY && !(place.kind === 'logs' && isFollowed(place));
