import { readPastedUrl } from '../../analysis/pasted-url.ts';
import { type BackendName, backendNames } from '../../model/failure.ts';
import { profileColours } from '../../model/profile-colour.ts';
import type { DraftAuth } from '../../model/profile-draft.ts';
import {
	asLeft,
	backendsOf,
	type FieldName,
	fieldOf,
	isBackend,
	isSeveral,
	linesOf,
	type ProfileForm,
	type TextName,
	textOf,
} from './form.ts';

/** One of the few that a line offers. */
export type Choice = {
	readonly word: string;
	readonly isChosen: boolean;
	readonly choose: (form: ProfileForm) => ProfileForm;
};

/** What a line offers to choose from; nothing where it is typed. */
export function choicesOf(form: ProfileForm, field: FieldName): readonly Choice[] {
	switch (field) {
		case 'way':
			return [
				{ word: 'each by itself', isChosen: form.way === 'backends', choose: byThemselves },
				{ word: 'through one Grafana', isChosen: form.way === 'grafana', choose: throughGrafana },
			];
		case 'auth':
			return authsOf(form).map(auth => ({
				word: auth === 'kept' ? 'as saved' : auth,
				isChosen: form.auth === auth,
				choose: before => ({ ...before, auth }),
			}));
		case 'colour':
			return [
				{ word: 'none', isChosen: form.colour === undefined, choose: ({ colour: _, ...before }) => before },
				...profileColours.map(colour => ({
					word: colour,
					isChosen: form.colour === colour,
					choose: (before: ProfileForm) => ({ ...before, colour }),
				})),
			];
		case 'silences':
			return [
				{ word: 'refused', isChosen: form.readOnly, choose: before => ({ ...before, readOnly: true }) },
				{ word: 'allowed', isChosen: !form.readOnly, choose: before => ({ ...before, readOnly: false }) },
			];
		default:
			return [];
	}
}

/** What no line can say is only offered where it is saved. */
const authsOf = ({ saved }: ProfileForm): readonly DraftAuth[] =>
	saved?.draft.auth === 'kept' ? ['kept', 'none', 'bearer', 'basic'] : ['none', 'bearer', 'basic'];

/** A Grafana lets nobody in without the token of a service account. */
const throughGrafana = (form: ProfileForm): ProfileForm => ({
	...form,
	way: 'grafana',
	auth: form.auth === 'none' ? 'bearer' : form.auth,
});

const byThemselves = (form: ProfileForm): ProfileForm => ({
	...form,
	way: 'backends',
	auth: form.auth === 'bearer' && textOf(form, 'secret') === '' && form.saved === undefined ? 'none' : form.auth,
});

/** The next or the last of the choices in focus, round again. */
export function turned(form: ProfileForm, by: 1 | -1): ProfileForm {
	const choices = choicesOf(form, form.focus);
	const now = choices.findIndex(({ isChosen }) => isChosen);
	return choices.at((now + by) % choices.length)?.choose(form) ?? form;
}

/** The line above or below has the focus, round again; the one that is left is taken as whole. */
export function moved(before: ProfileForm, by: 1 | -1): ProfileForm {
	const form = left(before);
	const lines = linesOf(form);
	return { ...form, focus: lines.at((lines.indexOf(form.focus) + by) % lines.length) ?? 'way' };
}

/** The form once the line in focus is left. */
export const left = (form: ProfileForm): ProfileForm => asLeft(isBackend(form.focus) ? tidied(form, form.focus) : form);

export const withText = (form: ProfileForm, name: TextName, text: string): ProfileForm => ({
	...form,
	texts: { ...form.texts, [name]: fieldOf(text) },
});

/** The base URL in the place of what was typed or pasted; what else stood in it goes to its own line. */
function tidied(form: ProfileForm, backend: BackendName): ProfileForm {
	const text = textOf(form, backend);
	if (text === '' || isSeveral(text, backend)) return form;
	const read = readPastedUrl(text, backend);
	if (!read.ok) return form;
	const isMoved = read.backend === 'grafana' && form.way !== 'grafana';
	const placed = isMoved
		? { ...throughGrafana(withText(withText(form, backend, ''), 'grafana', read.url)), focus: 'grafana' as const }
		: withText(form, backend, read.url);
	const { user = '', password = '' } = read;
	if (user !== '' || password !== '') {
		const letIn = withText(withText({ ...placed, auth: 'basic' }, 'user', user), 'secret', password);
		return { ...letIn, note: 'The user and password of the address are in the lines of auth.' };
	}
	if (isMoved)
		return { ...placed, note: 'That is an address of Grafana, which stands before all of them. It wants a token.' };
	return placed;
}

/** The other store of traces has the line. */
export const withOtherTraces = (before: ProfileForm): ProfileForm => {
	const form = left(before);
	const traces = form.traces === 'tempo' ? 'jaeger' : 'tempo';
	return { ...form, traces, focus: traces };
};

/** The words before a line. */
export function labelOf(form: ProfileForm, field: FieldName): string {
	switch (field) {
		case 'way':
			return 'Ask';
		case 'secret':
			return form.auth === 'basic' ? 'Password' : 'Token';
		case 'ca':
			return 'CA file';
		case 'silences':
			return 'Silencing';
		case 'auth':
		case 'user':
		case 'tenant':
		case 'name':
		case 'colour':
			return `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
		default:
			return backendNames.includes(field) ? `${field.charAt(0).toUpperCase()}${field.slice(1)}` : field;
	}
}

/** What may stand in the line of a backend: the ports are those that each has of itself. */
export const exampleOf = (backend: BackendName): string => examples[backend];

const examples: Readonly<Record<BackendName, string>> = {
	prometheus: 'metrics.example:9090',
	alertmanager: 'alerts.example:9093',
	loki: 'logs.example:3100',
	tempo: 'traces.example:3200',
	jaeger: 'traces.example:16686',
	grafana: 'https://grafana.example',
};

/** Whether anything was typed at all. */
export const hasUrl = (form: ProfileForm): boolean => backendsOf(form).some(backend => textOf(form, backend) !== '');
