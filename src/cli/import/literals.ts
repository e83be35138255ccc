import type { Profile } from '../profiles/profile.ts';
import { shownProfile } from '../profiles/shown-profile.ts';

/** The places of a profile in which a secret itself stands: `loki.auth.password`. They are those that are not shown. */
export const literalsIn = (profile: Profile): readonly string[] => hiddenIn(JSON.parse(shownProfile(profile)), profile);

function hiddenIn(shown: unknown, saved: unknown): readonly string[] {
	if (typeof shown === 'string') return shown !== saved && /hidden/.test(shown) ? [''] : [];
	if (!isRecord(shown) || !isRecord(saved)) return [];
	return Object.entries(shown).flatMap(([key, value]) =>
		hiddenIn(value, saved[key]).map(place => (place === '' ? key : `${key}.${place}`)),
	);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;
