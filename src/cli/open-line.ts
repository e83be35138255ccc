import { lazily } from '../analysis/lazily.ts';
import { maskEmailsToo } from '../analysis/redact.ts';
import { firstSetup } from '../app/profiles.ts';
import type { Opened, ProfilesPort } from '../app/profiles-port.ts';
import type { Banner, Start } from '../app/state.ts';
import type { OpenOptions } from './command-line.ts';
import { type Connected, connect, pathOfProfiles } from './connect.ts';
import { withoutUrls } from './connections.ts';

/** What everything is asked through; another profile takes its place while the interface runs. */
export type Line = { connected: Connected };

export type LineOptions = {
	readonly line: Line;
	readonly options: Pick<OpenOptions, 'redactEmails' | 'timeout'>;
	readonly env: NodeJS.ProcessEnv;
	/** Called when another one has taken its place. */
	readonly opened: () => void;
};

/** The saved profiles for the interface; what reads and writes them is loaded when it is needed. */
export function profilesOf({ line, options, env, opened }: LineOptions): ProfilesPort {
	const open = async (name: string): Promise<Opened> => {
		const { timeout } = options;
		// A profile is opened for what is in it: what the environment names stands alone.
		const wanted = { profile: name, urls: {}, env: withoutUrls(env) };
		const connected = await connect({ ...wanted, ...(timeout === undefined ? {} : { timeout }) });
		maskEmailsToo(options.redactEmails || connected.redactEmails);
		line.connected = connected;
		opened();
		const { endTunnelsBut } = await import('../backends/ways/tunnels.ts');
		endTunnelsBut(Object.values(connected.endpoints ?? {}));
		return openedOf(connected);
	};
	const port = lazily(async () => {
		const { profilesPort } = await import('./profiles/profile-port.ts');
		const { openProfileStore } = await import('./profiles/profile-store.ts');
		const store = openProfileStore(await pathOfProfiles(env));
		return profilesPort({ store, env, now: line.connected.now, open });
	});
	return {
		list: async () => (await port()).list(),
		save: async draft => (await port()).save(draft),
		copy: async (...names) => (await port()).copy(...names),
		rename: async (...names) => (await port()).rename(...names),
		remove: async name => (await port()).remove(name),
		open: async name => (await port()).open(name),
		check: async (...look) => (await port()).check(...look),
		rest: async (...wait) => (await port()).rest(...wait),
	};
}

/** With what the interface begins: where nothing is configured, with a form or with the profiles of which none is current. */
export async function startOf(
	connected: Connected,
	env: NodeJS.ProcessEnv,
): Promise<Pick<Start, 'banner' | 'lacks' | 'profile' | 'since' | 'setup'>> {
	const start = openedOf(connected);
	if (!connected.isUnconfigured) return start;
	const { readProfiles } = await import('./profiles/read-profiles.ts');
	const saved = readProfiles(await pathOfProfiles(env));
	return { ...start, setup: firstSetup(Object.keys(saved.profiles)) };
}

const openedOf = (connected: Connected): Opened => ({
	...(connected.profile === undefined ? {} : { profile: connected.profile }),
	banner: bannerOf(connected),
	lacks: connected.lacks,
	...(connected.since === undefined ? {} : { since: connected.since }),
});

/** A word of production is marked as such, unless the profile has chosen a colour for it. */
const bannerOf = ({ label, readOnly, unchecked, colour }: Connected): Banner => ({
	word: label,
	production: /prod/i.test(label),
	readOnly,
	unchecked,
	...(colour === undefined ? {} : { colour }),
});
