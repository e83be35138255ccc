import { UsageError } from '../usage-error.ts';
import { notUnderstood, type Profile, type Profiles } from './profile.ts';
import { demoProfile } from './profile-name.ts';
import { profileIn } from './read-profiles.ts';

/** Throws a `UsageError` for what cannot name a profile. */
export function checkName(name: string): void {
	if (name === demoProfile) throw new UsageError('demo is the embedded incident.', 'Choose another name.');
	if (/^\w[\w.-]*$/.test(name) && name !== '__proto__') return;
	throw new UsageError(`${name} is no name for a profile.`, 'Use letters, digits, dots, dashes and underscores.');
}

/** The profile of that name. Throws a `UsageError` when it is not saved. */
export function savedIn(profiles: Profiles, name: string): Profile {
	if (name === demoProfile) {
		throw new UsageError('demo is the embedded incident and not saved.', 'It is always there: smokejumper demo.');
	}
	const profile = profileIn(profiles, name)?.profile;
	if (profile === undefined) throw new UsageError(`There is no profile called ${name}.`, 'Save it first.');
	return profile;
}

/** The profiles with one more under a name that is free. Throws a `UsageError` when it is not. */
export function withCopy(saved: Profiles, from: string, to: string): Profiles {
	const profile = savedIn(saved, from);
	checkFree(saved, to);
	return { ...saved, profiles: { ...saved.profiles, [to]: profile } };
}

/** The profiles with another name for one, which keeps its place among them. Throws a `UsageError` when it is not free. */
export function withName(saved: Profiles, from: string, to: string): Profiles {
	savedIn(saved, from);
	checkFree(saved, to);
	const entries = Object.entries(saved.profiles).map(
		([name, profile]) => [name === from ? to : name, profile] as const,
	);
	return {
		...saved,
		...(saved.current === from ? { current: to } : {}),
		profiles: Object.fromEntries(entries),
	};
}

/** The profiles without one; then none is current when it was. Throws a `UsageError` when it is not saved. */
export function without(saved: Profiles, name: string): Profiles {
	savedIn(saved, name);
	const { [name]: _, ...profiles } = saved.profiles;
	if (saved.current !== name) return { ...saved, profiles };
	const { current, ...rest } = saved;
	return { ...rest, profiles };
}

/**
 * The profiles with more in one. A backend that is added again is reached as it is said now: what let one in before is
 * not sent to another address. Only keys that this version does not know stay in it. The first profile is the current one.
 */
export function withAdded(saved: Profiles, name: string, added: Profile, known: readonly string[]): Profiles {
	checkName(name);
	const before = Object.hasOwn(saved.profiles, name) ? saved.profiles[name] : undefined;
	const merged = Object.fromEntries(
		Object.entries(added).map(([key, value]) => [key, mergedWith(before?.[key], value, key === 'logs' ? [] : known)]),
	);
	return {
		...saved,
		current: saved.current ?? name,
		profiles: { ...saved.profiles, [name]: { ...before, ...merged } },
	};
}

function mergedWith(before: unknown, value: unknown, known: readonly string[]): unknown {
	if (!isRecord(before) || !isRecord(value)) return value;
	const kept = Object.entries(before).filter(([key]) => !known.includes(key));
	return { ...Object.fromEntries(kept), ...value };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function checkFree(saved: Profiles, name: string): void {
	checkName(name);
	if (!Object.hasOwn(saved.profiles, name) && !Object.hasOwn(saved[notUnderstood] ?? {}, name)) return;
	throw new UsageError(`There is a profile called ${name} already.`, 'Choose another name, or remove that one first.');
}
