import { profileNameOf, readPastedUrl } from '../../analysis/pasted-url.ts';
import type { BackendName } from '../../model/failure.ts';
import type { ProfileColour } from '../../model/profile-colour.ts';
import type { Checked, Credentials, DraftAuth, ListedProfile, ProfileDraft } from '../../model/profile-draft.ts';
import type { TextField } from '../../widgets/text-field.ts';

/** The lines that are typed. */
export type TextName = BackendName | 'ca' | 'user' | 'secret' | 'tenant' | 'name';
/** Every line of the form; in the others one of a few is chosen. */
export type FieldName = TextName | 'way' | 'auth' | 'colour' | 'silences';

/** What came of a look at a backend; `checked` is absent while it is under way. `of` says what was looked at. */
export type Check = { readonly of: string; readonly checked?: Checked };

/** Why the form is there: nothing is saved yet, another profile is wanted, or a saved one is to be changed. */
export type FormPurpose = 'first' | 'add' | 'edit';

/** A profile in the making. */
export type ProfileForm = {
	readonly kind: 'form';
	readonly purpose: FormPurpose;
	/** Names that are taken. */
	readonly taken: readonly string[];
	/** The saved profile that it began as. */
	readonly saved?: ListedProfile;
	/** Each backend at its own URL, or all behind one Grafana. */
	readonly way: 'backends' | 'grafana';
	/** Which store of traces has a line. */
	readonly traces: 'tempo' | 'jaeger';
	readonly texts: Readonly<Record<TextName, TextField>>;
	/** The file of the authorities has a line: it was asked for, or somebody's certificate is not trusted. */
	readonly asksForCa?: true;
	readonly auth: DraftAuth;
	readonly colour?: ProfileColour;
	readonly readOnly: boolean;
	/** The operator has given the name; until then it follows the first URL. */
	readonly isNamed: boolean;
	readonly focus: FieldName;
	/** What lets in, and the URLs, as they were when their lines were left: half a secret is sent to nobody, nor a whole one to half a host. */
	readonly left: Credentials & { readonly ca: string; readonly urls: Readonly<Record<BackendName, string>> };
	readonly checks: Partial<Readonly<Record<BackendName, Check>>>;
	/** What was made of what was pasted. */
	readonly note?: string;
	/** What is wrong, until the next key. */
	readonly problem?: string;
	/** `enter` was pressed: it is saved as soon as every backend has been looked at. */
	readonly entered?: true;
	/** What was said to be wrong when `enter` was pressed: once more with nothing changed saves it all the same. */
	readonly agreed?: string;
	/** It is being written. */
	readonly saving?: true;
};

export const fieldOf = (text: string): TextField => ({ text, cursor: text.length });

const noTexts = {
	prometheus: '',
	alertmanager: '',
	loki: '',
	tempo: '',
	jaeger: '',
	grafana: '',
	ca: '',
	user: '',
	secret: '',
	tenant: '',
	name: '',
} satisfies Record<TextName, string>;

const fieldsOf = (texts: Readonly<Record<TextName, string>>): ProfileForm['texts'] => ({
	prometheus: fieldOf(texts.prometheus),
	alertmanager: fieldOf(texts.alertmanager),
	loki: fieldOf(texts.loki),
	tempo: fieldOf(texts.tempo),
	jaeger: fieldOf(texts.jaeger),
	grafana: fieldOf(texts.grafana),
	ca: fieldOf(texts.ca),
	user: fieldOf(texts.user),
	secret: fieldOf(texts.secret),
	tenant: fieldOf(texts.tenant),
	name: fieldOf(texts.name),
});

/** An empty form, the first URL in focus. */
export const emptyForm = (purpose: 'first' | 'add', taken: readonly string[]): ProfileForm =>
	asLeft({
		kind: 'form',
		purpose,
		taken,
		way: 'backends',
		traces: 'tempo',
		texts: fieldsOf(noTexts),
		auth: 'none',
		readOnly: true,
		isNamed: false,
		focus: 'prometheus',
		left: { ca: '', auth: 'none', user: '', secret: '', tenant: '', urls: noTexts },
		checks: {},
	});

/** The form with what is saved in it, but for its secrets. */
export function formOfSaved(saved: ListedProfile, taken: readonly string[]): ProfileForm {
	const { urls, ca = '', auth, user, secret, tenant, name, colour, readOnly } = saved.draft;
	const hasGrafana = (urls.grafana ?? '') !== '';
	return asLeft({
		...emptyForm('add', taken),
		purpose: 'edit',
		saved,
		way: hasGrafana ? 'grafana' : 'backends',
		traces: (urls.tempo ?? '') === '' && (urls.jaeger ?? '') !== '' ? 'jaeger' : 'tempo',
		texts: fieldsOf({ ...noTexts, ...urls, ca, user, secret, tenant, name }),
		auth,
		...(colour === undefined ? {} : { colour }),
		readOnly,
		isNamed: true,
		focus: hasGrafana ? 'grafana' : 'prometheus',
	});
}

/** The backends that have a line, in its order. */
export const backendsOf = ({ way, traces }: ProfileForm): readonly BackendName[] =>
	way === 'grafana' ? ['grafana'] : ['prometheus', 'alertmanager', 'loki', traces];

/** The lines from top to bottom. */
export const linesOf = (form: ProfileForm): readonly FieldName[] => [
	'way',
	...backendsOf(form),
	...(form.asksForCa || form.texts.ca.text !== '' || form.focus === 'ca' ? (['ca'] as const) : []),
	'auth',
	...(form.auth === 'basic' ? (['user', 'secret'] as const) : form.auth === 'bearer' ? (['secret'] as const) : []),
	...(form.auth === 'kept' ? [] : (['tenant'] as const)),
	'name',
	'colour',
	'silences',
];

export const isText = (field: FieldName): field is TextName => Object.hasOwn(noTexts, field);

export const isBackend = (field: FieldName): field is BackendName =>
	Object.hasOwn(noTexts, field) && !others.has(field);
const others: ReadonlySet<FieldName> = new Set<FieldName>(['ca', 'user', 'secret', 'tenant', 'name']);

export const textOf = ({ texts }: ProfileForm, name: TextName): string => texts[name].text.trim();

/** The base URL in a line; empty where there is none, or none can be read. Several Alertmanagers stay as they are typed. */
export function urlOf(form: ProfileForm, backend: BackendName): string {
	const text = textOf(form, backend);
	if (text === '' || isSeveral(text, backend)) return text;
	const read = readPastedUrl(text, backend);
	return read.ok ? read.url : '';
}

export const isSeveral = (text: string, backend: BackendName): boolean =>
	backend === 'alertmanager' && /[\s,]/.test(text.trim());

/** The same form, all that was typed so far taken as whole. */
export const asLeft = (form: ProfileForm): ProfileForm => ({
	...form,
	left: {
		ca: textOf(form, 'ca'),
		auth: form.auth,
		user: textOf(form, 'user'),
		secret: textOf(form, 'secret'),
		tenant: textOf(form, 'tenant'),
		urls: {
			prometheus: urlOf(form, 'prometheus'),
			alertmanager: urlOf(form, 'alertmanager'),
			loki: urlOf(form, 'loki'),
			tempo: urlOf(form, 'tempo'),
			jaeger: urlOf(form, 'jaeger'),
			grafana: urlOf(form, 'grafana'),
		},
	},
});

/** The name as it stands, or the one that the first URL suggests. */
export function nameOf(form: ProfileForm): string {
	if (form.isNamed) return textOf(form, 'name');
	const [first = ''] = backendsOf(form)
		.map(backend => urlOf(form, backend))
		.filter(url => url !== '');
	return profileNameOf(first, form.taken);
}

/** What a draft says of the authorities: nothing while each backend keeps others of its own. */
export const caOf = ({ saved }: ProfileForm, ca: string): Pick<ProfileDraft, 'ca'> =>
	ca === '' && saved !== undefined && saved.draft.ca === undefined ? {} : { ca };

/** What is to be saved. The lines that are not on show stay as they are saved. */
export function draftOf(form: ProfileForm): ProfileDraft {
	const { auth, saved, colour, readOnly } = form;
	return {
		name: nameOf(form),
		...(saved === undefined ? {} : { was: saved.name }),
		urls: Object.fromEntries(backendsOf(form).map(backend => [backend, urlOf(form, backend)])),
		...caOf(form, textOf(form, 'ca')),
		auth,
		user: textOf(form, 'user'),
		secret: textOf(form, 'secret'),
		tenant: textOf(form, 'tenant'),
		...(colour === undefined ? {} : { colour }),
		readOnly,
	};
}
