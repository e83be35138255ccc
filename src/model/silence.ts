import type { Matcher } from './labels.ts';
import type { Milliseconds } from './time.ts';

/** A silence as Alertmanager holds it (`/api/v2/silences`): alerts that satisfy every matcher are not told to anybody. */
export type Silence = {
	readonly id: string;
	readonly state: 'active' | 'pending' | 'expired' | string;
	readonly matchers: readonly Matcher[];
	readonly startsAt: Milliseconds;
	readonly endsAt: Milliseconds;
	readonly createdBy: string;
	readonly comment: string;
};

/** A silence that is to be made. Alertmanager moves a start in the past to now. */
export type NewSilence = Omit<Silence, 'id' | 'state'>;
