import type { BackendName } from '../../../src/model/failure.ts';
import type { Checked, ListedProfile, ProfileDraft } from '../../../src/model/profile-draft.ts';
import { emptyForm, type ProfileForm } from '../../../src/screens/profiles/form.ts';
import { openChecks } from '../../../src/screens/profiles/form-checks.ts';
import { checkedInForm, pastedInForm, pressedInForm } from '../../../src/screens/profiles/form-keys.ts';
import type { Setup } from '../../../src/screens/profiles/setup.ts';
import { pressedInSetup } from '../../../src/screens/profiles/setup.ts';
import type { SetupStep } from '../../../src/screens/profiles/setup-keys.ts';
import { paintSetup } from '../../../src/screens/profiles/setup-view.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';

export const firstForm = (): ProfileForm => emptyForm('first', []);

export function formIn(step: SetupStep): ProfileForm {
	if (step.type === 'leave' || step.type === 'help' || step.setup.kind !== 'form')
		throw new Error('The form was left.');
	return step.setup;
}

/** Keys one after the other; a word in quotes is typed, one after `paste ` is pasted. */
export function filledIn(form: ProfileForm, ...keys: readonly string[]): ProfileForm {
	let now = form;
	for (const key of keys) {
		if (key.startsWith('paste ')) now = pastedInForm(now, key.slice(6));
		else if (key.startsWith('"')) {
			for (const each of key.slice(1)) now = formIn(pressedInForm(now, each === ' ' ? 'space' : each, each));
		} else now = formIn(pressedInForm(now, key, undefined));
	}
	return now;
}

export const isWell: Checked = { state: 'good', words: 'Prometheus 3.5.3', roundTrip: 12 };
export const isOut: Checked = {
	state: 'bad',
	words: 'Prometheus at metrics.example refused the connection.',
	next: 'Check that Prometheus runs, and the port of the URL in profile main.',
};

/** Every look that is under way, answered alike or by the name of the backend. */
export function answered(form: ProfileForm, answer: Checked | ((backend: BackendName) => Checked)): SetupStep {
	let step: SetupStep = { type: 'stay', setup: form };
	for (const { backend, of } of openChecks(form)) {
		const checked = typeof answer === 'function' ? answer(backend) : answer;
		step = checkedInForm(formIn(step), backend, { of, checked });
	}
	return step;
}

export function drawn(setup: Setup, width = 80, height = 20, unicode = true): string {
	const theme = createTheme('none', unicode);
	return `\n${frameOf(width, height, surface => paintSetup(surface, setup, theme))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')}`;
}

/** The same without its rows: sentences go on in the next one. */
export const said = (setup: Setup): string => drawn(setup).replaceAll(/\s+/g, ' ');

const quayDraft: ProfileDraft = {
	name: 'quay',
	was: 'quay',
	urls: { prometheus: 'https://metrics.quay.example', loki: 'https://logs.quay.example' },
	auth: 'bearer',
	user: '',
	secret: '',
	tenant: 'harbour',
	colour: 'red',
	readOnly: true,
};

export const quay: ListedProfile = {
	name: 'quay',
	word: 'QUAY',
	isCurrent: true,
	reaches: [
		{ backend: 'prometheus', host: 'metrics.quay.example' },
		{ backend: 'loki', host: 'logs.quay.example' },
	],
	draft: quayDraft,
	keepsSecret: true,
};

export const mole: ListedProfile = {
	name: 'mole',
	word: 'mole',
	isCurrent: false,
	reaches: [{ backend: 'grafana', host: 'grafana.mole.example' }],
	draft: {
		name: 'mole',
		was: 'mole',
		urls: { grafana: 'https://grafana.mole.example' },
		auth: 'bearer',
		user: '',
		secret: 'env:MOLE_TOKEN',
		tenant: '',
		readOnly: false,
	},
};

/** Keys in whatever is open. */
export function pressed(setup: Setup, ...keys: readonly string[]): SetupStep {
	let step: SetupStep = { type: 'stay', setup };
	for (const key of keys) {
		if (step.type !== 'stay') throw new Error(`Something was done before ${key}.`);
		step = pressedInSetup(step.setup, key, key.length === 1 ? key : undefined);
	}
	return step;
}
