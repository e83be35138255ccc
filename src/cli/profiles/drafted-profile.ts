import { readPastedUrl } from '../../analysis/pasted-url.ts';
import { formatSecretWords, parseSecretWords } from '../../analysis/secret-words.ts';
import { type BackendName, backendNames } from '../../model/failure.ts';
import type { ProfileDraft } from '../../model/profile-draft.ts';
import { UsageError } from '../usage-error.ts';
import { type AnyConnection, authOf, connectionsOf, shownUrls, tenantText, wordsOf } from './listed-profile.ts';
import type { Auth, Connections, Profile, Secret, Tls } from './profile.ts';
import { absolutePath, secretFrom } from './secret-options.ts';

/**
 * The profile that a draft describes, over the one that it began as: of what the draft does not speak stays as it is, and so
 * do a secret that was not typed and a URL that was not touched. Throws a `UsageError` for what cannot be saved.
 */
export function draftedProfile(draft: ProfileDraft, before: Profile = {}): Profile {
	const { colour, readOnly, urls } = draft;
	const { colour: _, readOnly: __, ...kept } = before;
	const isGone = (name: string): boolean => urls[name as BackendName] === '';
	const backends = backendNames.flatMap(backend => {
		const url = urls[backend] ?? '';
		return url === '' ? [] : [[backend, connectionOf(backend, url, draft, before)] as const];
	});
	return {
		...Object.fromEntries(Object.entries(kept).filter(([name]) => !isGone(name))),
		...Object.fromEntries(backends),
		...(colour === undefined ? {} : { colour }),
		readOnly,
	};
}

function connectionOf(backend: BackendName, text: string, draft: ProfileDraft, profile: Profile): AnyConnection {
	const saved: AnyConnection | undefined = profile[backend];
	const url = urlsOf(backend, text, saved);
	const { tls: savedTls, ...untrusting } = saved ?? {};
	const tls = tlsOf([url].flat(), draft, savedTls);
	const before = { ...untrusting, url, ...(tls === undefined ? {} : { tls }) };
	if (draft.auth === 'kept') return before;
	const { auth: _, token: __, tenant: ___, ...kept } = before;
	const auth = authOfDraft(draft, saved ?? connectionsOf(profile)[0]?.[1]);
	const tenant = saved !== undefined && tenantText(saved) === draft.tenant ? saved.tenant : draft.tenant;
	return {
		...kept,
		...(auth === undefined ? {} : { auth }),
		...(tenant === undefined || tenant === '' ? {} : { tenant }),
	};
}

/** The authorities of the draft in the place of the saved ones, where the connection is of TLS at all; `~/` stays as it is. */
function tlsOf(urls: readonly string[], { ca }: ProfileDraft, saved: Tls | undefined): Tls | undefined {
	const isMeant = urls.some(url => url.startsWith('https:'));
	if (ca === undefined || ca === (saved?.ca ?? '') || (ca !== '' && !isMeant)) return saved;
	const { ca: _, ...kept } = saved ?? {};
	const tls = ca === '' ? kept : { ...kept, ca: ca.startsWith('~/') ? ca : absolutePath(ca) };
	return Object.keys(tls).length === 0 ? undefined : tls;
}

/** What was not touched is as it is saved: what a line does not show of it too. */
function urlsOf(backend: BackendName, text: string, saved: AnyConnection | undefined): Connections['url'] {
	if (saved !== undefined && shownUrls(saved.url, backend) === text) return saved.url;
	const [first = '', ...more] = text
		.split(/[\s,]+/)
		.filter(Boolean)
		.map(part => urlOf(backend, part));
	return more.length === 0 ? first : [first, ...more];
}

function urlOf(backend: BackendName, text: string): string {
	const read = readPastedUrl(text, backend);
	if (read.ok) return read.url;
	throw new UsageError(`One of the addresses of ${backend} is none.`, 'Write it as https://host/prefix.');
}

function authOfDraft(draft: ProfileDraft, saved: AnyConnection | undefined): Auth | undefined {
	const before = saved && authOf(saved);
	switch (draft.auth) {
		case 'bearer':
			return { ...keptOf(before, 'bearer'), type: 'bearer', token: secretOf(draft.secret, before) };
		case 'basic':
			return {
				...keptOf(before, 'basic'),
				type: 'basic',
				user: draft.user,
				password: secretOf(draft.secret, before),
			};
		default:
			return undefined;
	}
}

/** Keys that only a newer version knows. */
const keptOf = (auth: Auth | undefined, type: Auth['type']): object => (auth?.type === type ? auth : {});

/** What was typed; as it is saved where nothing was, or the very same. */
function secretOf(typed: string, before: Auth | undefined): Secret {
	const saved = before?.type === 'bearer' ? before.token : before?.type === 'basic' ? before.password : undefined;
	const words = saved === undefined ? undefined : wordsOf(saved);
	if (saved !== undefined && (typed === '' || (words !== undefined && formatSecretWords(words) === typed)))
		return saved;
	const { source, value } = parseSecretWords(typed);
	if (value === '')
		throw new UsageError('A secret is missing.', 'Type it, or where it is: env:NAME, file:PATH, cmd:COMMAND.');
	return source === 'literal' ? value : secretFrom(source, value, {});
}
