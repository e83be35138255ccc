import type { Investigator } from '../app/store.ts';
import { glanceAtAlerts, investigateAlerts } from '../investigation/alerts.ts';
import type { Panes, World } from '../investigation/board.ts';
import { investigateCardinality } from '../investigation/cardinality.ts';
import { investigateLogs } from '../investigation/logs.ts';
import type { Asking } from '../investigation/ports.ts';
import { investigateService } from '../investigation/service.ts';
import { investigateSilences } from '../investigation/silences.ts';
import { investigateTrace } from '../investigation/trace.ts';
import { investigateTraces } from '../investigation/traces.ts';
import type { PlaceKind, PlaceOf } from '../model/place.ts';

/** One investigation for each kind of place; the compiler refuses a place without one. */
const investigations = {
	alerts: investigateAlerts,
	service: investigateService,
	logs: investigateLogs,
	trace: investigateTrace,
	traces: investigateTraces,
	silences: investigateSilences,
	cardinality: investigateCardinality,
} satisfies {
	[Kind in PlaceKind]: (
		place: PlaceOf<Kind>,
		world: World,
		previous: never,
		publish: (findings: Panes) => void,
		asking: Asking,
	) => Promise<void>;
};

type AnyInvestigation = (
	place: unknown,
	world: World,
	previous: Panes,
	publish: (findings: Panes) => void,
	asking: Asking,
) => Promise<void>;

/** The investigations of one world as the store asks them: findings go back to the screen they came from. */
export const investigatorOf =
	(world: World): Investigator =>
	(place, previous, publish, asking) =>
		(investigations[place.kind] as unknown as AnyInvestigation)(place, world, previous, publish, asking);

/** Which alerts there are, as the store asks while another place is on show. */
export const glancerOf =
	(world: World): Investigator =>
	(place, previous, publish, asking) =>
		(glanceAtAlerts as unknown as AnyInvestigation)(place, world, previous, publish, asking);
