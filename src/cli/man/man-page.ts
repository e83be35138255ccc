import { addressForms } from '../../analysis/address.ts';
import { formatKeys } from '../../app/key-names.ts';
import { keyTables } from '../../app/key-tables.ts';
import { type OptionForm, optionForms } from '../options.ts';
import { environmentForms, exitForms, urlsStandAlone, usageForms } from '../usage.ts';
import { argument, type Item, macro, paragraph, section, terms } from './mdoc.ts';

/** The manual, smokejumper(1), in mdoc(7): from the tables that help, keys and command line are made of. */
export const manPage = (version: string): string =>
	[
		`.Dd ${revised}`,
		'.Dt SMOKEJUMPER 1',
		`.Os smokejumper ${version}`,
		...section('NAME', ['.Nm smokejumper', '.Nd from the alert to the span that caused it, in one terminal']),
		...section('SYNOPSIS', usageForms.flatMap(usageLines)),
		...section('DESCRIPTION', paragraph(description), terms(usageForms.map(usageItem))),
		...section('ADDRESSES', paragraph(aboutAddresses), terms(Object.entries(addressForms).map(addressItem))),
		...section('OPTIONS', terms(Object.entries(optionForms).map(optionItem)), ['.Pp'], paragraph(urlsStandAlone)),
		...section('KEYS', paragraph(aboutKeys), keyTables.flatMap(keyLines)),
		...section(
			'ENVIRONMENT',
			terms(environmentForms.map(({ form, about }) => ({ head: variables(form), text: about }))),
		),
		...section('FILES', terms(files)),
		...section('EXIT STATUS', terms(exitForms.map(({ form, about }) => ({ head: argument(form), text: about })))),
		...section('COMPLETION', paragraph(aboutCompletion), terms(startFiles)),
		...section('EXAMPLES', examples.flatMap(exampleLines).slice(1)),
		'',
	].join('\n');

/** When the words of this file last changed. */
const revised = 'November 23, 2026';

const description = `An on-call engineer's way from a firing alert over the RED panels of a service and the log lines of \
one request to the flame graph of its trace. It asks Prometheus, Alertmanager, Loki, Tempo and Jaeger, or the Grafana \
before them, and writes nothing unless a profile allows it.`;

const aboutAddresses = `An address names a place in the interface. It is what : reads inside the program and what Y \
copies there. All take --since 1h, or --from TIME --to TIME (RFC 3339, unix seconds, or relative as -2h).`;

const aboutKeys = 'The help inside the program, on the key ?, lists those of the place that is on show.';

const aboutCompletion = `The key tab completes places, options, profiles, services, alerts, labels and their values. \
Names come from the servers of the profile within half a second, or else from what they said before; no program is started \
for them.`;

const startFiles: readonly Item[] = [
	{ head: 'Pa ~/.bashrc', text: 'source <(smokejumper completion bash)' },
	{ head: 'Pa ~/.zshrc', text: 'source <(smokejumper completion zsh), below compinit' },
	{ head: 'Pa ~/.config/fish/config.fish', text: 'smokejumper completion fish | source' },
];

const files: readonly Item[] = [
	{
		head: 'Pa ~/.config/smokejumper/profiles.json',
		text: 'The profiles. smokejumper profile path tells where they are.',
	},
	{
		head: 'Pa ~/.cache/smokejumper/completion.json',
		text: 'Names that completion has seen in the last minutes. It may be removed at any time.',
	},
];

const examples = [
	{ about: 'An incident to try it on:', command: 'smokejumper demo' },
	{
		about: 'One Prometheus and one Loki, without a profile:',
		command: 'smokejumper --prometheus-url https://prometheus.example --loki-url https://loki.example',
	},
	{
		about: 'The errors of a service in the last 15 minutes, as lines of JSON:',
		command: 'smokejumper logs --service orders --level error --since 15m -o json',
	},
] as const;

/** A paragraph begins with each; that of the first is begun by its section. */
const exampleLines = ({ about, command }: (typeof examples)[number]): readonly string[] => [
	'.Pp',
	...paragraph(about),
	macro('Dl', argument(command)),
];

const usageLines = ({ form }: (typeof usageForms)[number]): readonly string[] => [
	'.Nm',
	...(form === '' ? [] : [formWords(form)]),
];

/** `trace FILE` and `demo [ADDRESS]` as macros: what is typed as it stands, and what stands for something else. */
const formWords = (form: string): string =>
	macro(
		...form.split(' ').flatMap(word => {
			const [, optional] = /^\[(.+)\]$/.exec(word) ?? [];
			return optional === undefined ? wordMacro(word) : ['Oo', ...wordMacro(optional), 'Oc'];
		}),
	);

function wordMacro(word: string): readonly string[] {
	if (word.startsWith('-')) return ['Fl', argument(word.slice(1))];
	return [word === word.toUpperCase() ? 'Ar' : 'Cm', argument(word)];
}

const usageItem = ({ form, about }: (typeof usageForms)[number]): Item => ({
	head: `Nm${form === '' ? '' : ` ${formWords(form).slice(1)}`}`,
	text: about,
});

const addressItem = ([kind, { argument: words, options, about }]: [
	string,
	(typeof addressForms)[keyof typeof addressForms],
]): Item => ({
	head: [
		`Cm ${argument(kind)}`,
		`Ar ${argument(words)}`,
		...options.map(name => `Oo Fl ${argument(`-${name}`)} Oc`),
	].join(' '),
	text: about,
});

const optionItem = ([name, { short, value, about }]: [string, OptionForm]): Item => ({
	head: [
		...(short === undefined ? [] : [`Fl ${argument(short)} ,`]),
		`Fl ${argument(`-${name}`)}`,
		...(value === undefined ? [] : [`Ar ${argument(value)}`]),
	].join(' '),
	text: about,
});

const variables = (form: string): string => `Ev ${argument(form)}`;

const keyLines = ({ title, rows }: (typeof keyTables)[number]): readonly string[] => [
	macro('Ss', argument(title)),
	...terms(rows.map(({ keys, help }) => ({ head: `Ic ${argument(formatKeys(keys))}`, text: help }))),
];
