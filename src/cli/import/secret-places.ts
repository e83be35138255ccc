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

/** The environment variables in which secrets of a profile are. */
export function variablesIn(value: unknown): readonly string[] {
	if (!isRecord(value)) return [];
	const own = typeof value.env === 'string' ? [value.env] : [];
	return [...new Set([...own, ...Object.values(value).flatMap(variablesIn)])];
}

const fileKeys: readonly string[] = ['file', 'ca', 'cert', 'key'];

/** The files that a profile names. */
export function filesIn(value: unknown): readonly string[] {
	if (!isRecord(value)) return [];
	const files = Object.entries(value).flatMap(([key, each]) =>
		fileKeys.includes(key) && typeof each === 'string' ? [each] : filesIn(each),
	);
	return [...new Set(files)];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;
