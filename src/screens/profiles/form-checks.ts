import { readPastedUrl } from '../../analysis/pasted-url.ts';
import type { BackendName } from '../../model/failure.ts';
import type { Checked, Credentials, ProfileDraft } from '../../model/profile-draft.ts';
import { backendsOf, type Check, caOf, draftOf, type ProfileForm, textOf, urlOf } from './form.ts';

/** A backend that is to be looked at, and as what. */
export type CheckWanted = {
	readonly backend: BackendName;
	readonly draft: ProfileDraft;
	/** The same text for the same look. */
	readonly of: string;
	/** The line is still being typed: the next key may make another of it. */
	readonly isTyped: boolean;
};

/**
 * What is to be looked at just now. A line that is being typed is looked at without what lets in: half a host's name may
 * be the name of another host.
 */
export function wantedChecks(form: ProfileForm): readonly CheckWanted[] {
	return backendsOf(form).flatMap(backend => {
		const url = urlOf(form, backend);
		if (url === '') return [];
		const isTyped = url !== form.left.urls[backend];
		const { was, ca: _, ...now } = draftOf(form);
		const bare: ProfileDraft = { ...now, urls: { [backend]: url }, ...caOf(form, form.left.ca), ...nothing };
		const draft = isTyped ? bare : { ...bare, ...lettingIn(form), ...(was === undefined ? {} : { was }) };
		const { ca, auth, user, secret, tenant } = draft;
		return [{ backend, draft, of: JSON.stringify([url, ca, auth, user, secret, tenant, draft.was]), isTyped }];
	});
}

/** What lets in, as far as it is there: who is asked without it says that it is wanted. */
function lettingIn({ left: { urls: _, ca: __, ...credentials }, saved }: ProfileForm): Credentials {
	const { auth, secret, tenant } = credentials;
	const isKept = saved?.keepsSecret === true && saved.draft.auth === auth;
	const isLacking = (auth === 'bearer' || auth === 'basic') && secret === '' && !isKept;
	return isLacking ? { ...nothing, tenant } : credentials;
}

const nothing: Credentials = { auth: 'none', user: '', secret: '', tenant: '' };

/** Those that nobody has answered yet. */
export const openChecks = (form: ProfileForm): readonly CheckWanted[] =>
	wantedChecks(form).filter(({ backend, of }) => {
		const check = form.checks[backend];
		return check?.of !== of || check.checked === undefined;
	});

/** What is known of a backend as its line stands; `testing` while it is being looked at. */
export function stateOfCheck(form: ProfileForm, backend: BackendName): Checked | 'testing' | undefined {
	const wanted = wantedChecks(form).find(each => each.backend === backend);
	if (wanted === undefined) return undefined;
	const check = form.checks[backend];
	return check?.of === wanted.of ? (check.checked ?? 'testing') : 'testing';
}

/** The form after news of a look; what was looked at since has its own news. Whoever is not trusted is asked about. */
export const withCheck = (form: ProfileForm, backend: BackendName, check: Check): ProfileForm =>
	wantedChecks(form).some(wanted => wanted.backend === backend && wanted.of === check.of)
		? {
				...form,
				checks: { ...form.checks, [backend]: check },
				...(check.checked?.isUntrusted ? { asksForCa: true } : {}),
			}
		: form;

/** The first backend that is not well, with what is wrong. */
export function firstBad(form: ProfileForm): { readonly backend: BackendName; readonly checked: Checked } | undefined {
	for (const backend of backendsOf(form)) {
		const checked = stateOfCheck(form, backend);
		if (checked !== undefined && checked !== 'testing' && checked.state === 'bad') return { backend, checked };
	}
	return undefined;
}

/** A line with something in it that is no address, and why it is none. */
export function unreadable(form: ProfileForm): { readonly backend: BackendName; readonly problem: string } | undefined {
	for (const backend of backendsOf(form)) {
		const text = textOf(form, backend);
		if (text === '' || urlOf(form, backend) !== '') continue;
		const read = readPastedUrl(text, backend);
		if (!read.ok) return { backend, problem: read.problem };
	}
	return undefined;
}
