import { correctedBy } from '../../analysis/corrected-by.ts';
import { chosenBy } from '../../analysis/stream-choices.ts';
import type { Correction } from '../../model/alert.ts';
import type { StreamChoice } from '../../model/stream-choice.ts';
import { paragraph, table, textOf } from '../print/document.ts';
import { UsageError } from '../usage-error.ts';
import type { Profile, Profiles } from './profile.ts';
import type { ProfileStore } from './profile-store.ts';
import { profileIn } from './read-profiles.ts';

type Conventions = NonNullable<Profile['conventions']>;

/**
 * Writes the correction into the profile as it stands in the file now: somebody else may have written since it was
 * opened. Rejects with a `UsageError` when the file cannot be read or written or has lost the profile, and leaves it as it is then.
 */
export const keepIn = (store: ProfileStore, name: string, correction: Correction): Promise<void> =>
	writeConventions(store, name, before => ({
		...before,
		alertedServices: [...correctedBy(before.alertedServices ?? [], correction)],
	}));

/** Writes the streams of a service likewise. */
export const keepStreamsIn = (store: ProfileStore, name: string, choice: StreamChoice): Promise<void> =>
	writeConventions(store, name, before => ({ ...before, logStreams: [...chosenBy(before.logStreams ?? [], choice)] }));

async function writeConventions(
	store: ProfileStore,
	name: string,
	change: (before: Conventions) => Conventions,
): Promise<void> {
	await store.write(saved => {
		const profile = profileIn(saved, name)?.profile;
		const after = { ...profile, conventions: change(profile?.conventions ?? {}) };
		return { ...saved, profiles: { ...saved.profiles, [name]: after } };
	});
}

const savedStreams = ({ profiles }: Profiles, name: string): readonly StreamChoice[] =>
	profiles[name]?.conventions?.logStreams ?? [];

const savedCorrections = ({ profiles }: Profiles, name: string): readonly Correction[] =>
	profiles[name]?.conventions?.alertedServices ?? [];

/** Nothing is cut: a name that is copied from here must be whole. */
const asWide = Number.MAX_SAFE_INTEGER;

/**
 * What the profile corrects, one in a row: whom alerts are about, then in which streams services are. Safe for a terminal, as
 * alerts and labels are named by others.
 */
export function correctionsText(store: ProfileStore, name: string): string {
	const profiles = store.read();
	const alerts = savedCorrections(profiles, name).map(each => [each.alert, each.taken || '(no service)', each.service]);
	const streams = savedStreams(profiles, name).map(({ service, selector }) => [service, selector]);
	if (alerts.length + streams.length === 0) {
		return `${name} corrects no alert and no streams of a service. In the list of alerts c does, among the lines of a service S.`;
	}
	const titled = (titles: readonly string[], rows: readonly (readonly string[])[]) =>
		rows.length === 0
			? []
			: [
					table(
						titles.map(title => ({ title })),
						rows,
					),
				];
	return textOf(
		[...titled(['alert', 'taken for', 'is about'], alerts), ...titled(['service', 'its lines are in'], streams)],
		asWide,
	);
}

/**
 * Takes the corrections of an alert back: that of those taken for one service (empty: of those that name none), or all
 * of them. Returns what was done; rejects with a `UsageError` when there is none.
 */
export async function takeBack(store: ProfileStore, name: string, alert: string, taken?: string): Promise<string> {
	const corrections = savedCorrections(store.read(), name);
	const isMeant = (each: Correction) => each.alert === alert && (taken === undefined || each.taken === taken);
	const gone = corrections.filter(isMeant);
	if (gone.length === 0) {
		const which =
			taken === undefined ? alert : `${alert} that ${taken === '' ? 'names no service' : `is taken for ${taken}`}`;
		throw new UsageError(
			`${name} does not correct ${which}.`,
			`smokejumper profile corrections ${name} lists what it does.`,
		);
	}
	await writeConventions(store, name, before => ({
		...before,
		alertedServices: (before.alertedServices ?? []).filter(each => !isMeant(each)),
	}));
	const count = gone.length > 1 ? `: ${gone.length} corrections` : '';
	return textOf([paragraph(`${name} corrects ${alert} no longer${count}.`)], asWide);
}

/** Forgets in which streams a service is, so that it is looked for again. Returns what was done; rejects as {@link takeBack}. */
export async function takeStreamsBack(store: ProfileStore, name: string, service: string): Promise<string> {
	if (savedStreams(store.read(), name).every(each => each.service !== service)) {
		throw new UsageError(
			`${name} does not say in which streams ${service} is.`,
			`smokejumper profile corrections ${name} lists what it does.`,
		);
	}
	await keepStreamsIn(store, name, { service, selector: '' });
	return textOf([paragraph(`${name} says no longer in which streams ${service} is.`)], asWide);
}
