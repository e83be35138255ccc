import type { BackendName } from '../model/failure.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import type { Checked, ProfileDraft } from '../model/profile-draft.ts';
import type { Milliseconds } from '../model/time.ts';
import type { ProfileDeed } from '../screens/profiles/setup-keys.ts';
import type { Opened, ProfilesPort } from './profiles-port.ts';
import type { Message } from './state.ts';

/** Does it, and tells what has come of it. */
export async function doWithProfile(deed: ProfileDeed, port: ProfilesPort, now: () => Milliseconds): Promise<Message> {
	try {
		const opened = await done(deed, port);
		return { type: 'profileDone', deed, now: now(), ...(opened === undefined ? {} : { opened }) };
	} catch (error) {
		return { type: 'profileFailed', deed, why: sentenceOf(failureOf(error)) };
	}
}

function done(deed: ProfileDeed, port: ProfilesPort): Promise<Opened | undefined> {
	switch (deed.kind) {
		case 'open':
			return port.open(deed.name);
		case 'save':
			return port.save(deed.draft).then(nothing);
		case 'remove':
			return port.remove(deed.name).then(nothing);
		case 'copy':
			return port.copy(deed.name, deed.to).then(nothing);
		case 'rename':
			return port.rename(deed.name, deed.to).then(nothing);
	}
}

const nothing = () => undefined;

/** Reads them, or tells why that cannot be. */
export async function profilesRead(port: ProfilesPort): Promise<Message> {
	try {
		return { type: 'profilesRead', profiles: await port.list() };
	} catch (error) {
		return { type: 'profilesRead', profiles: [], why: sentenceOf(failureOf(error)) };
	}
}

type Look = { readonly draft: ProfileDraft; readonly backend: BackendName; readonly rest: Milliseconds };

/** Looks at a backend once nobody types any more; `undefined` when somebody did. */
export async function lookAt(
	port: ProfilesPort,
	{ draft, backend, rest }: Look,
	signal: AbortSignal,
): Promise<Checked | undefined> {
	try {
		if (rest > 0) await port.rest(rest, signal);
		return await port.check(draft, backend, signal);
	} catch (error) {
		if (signal.aborted) return undefined;
		const { what, next } = failureOf(error);
		return { state: 'bad', words: what, next };
	}
}
