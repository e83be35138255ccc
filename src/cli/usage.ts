/** One line of the usage: the words behind the program's name, and what they do. */
export type UsageForm = { readonly form: string; readonly about: string };

/** The ways to call the program, as a table: help, manual and completion read it. */
export const usageForms: readonly UsageForm[] = [
	{ form: '', about: 'the interface, on the current profile; the first time it asks for addresses' },
	{ form: 'ADDRESS', about: 'the interface, starting at that place' },
	{ form: 'ADDRESS -o text', about: 'prints the place once; also when it runs outside a terminal' },
	{ form: 'trace FILE', about: 'a saved trace, OTLP, Tempo, Jaeger or Zipkin JSON; - is standard input' },
	{ form: 'demo [ADDRESS]', about: 'the embedded incident; nothing else is needed' },
	{ form: 'profile --help', about: 'saved connections' },
	{ form: 'doctor', about: 'looks at every backend: reachable, let in, fresh, what it lacks, what to mend; -o json' },
	{ form: 'completion SHELL', about: 'what bash, zsh or fish read to complete words with tab' },
	{ form: 'man', about: 'this help and all keys as a page: smokejumper man | man -l -' },
];

/** The words that stand in the place of an address: `demo`, `profile`, … */
export const commandNames: readonly string[] = [
	...new Set(usageForms.flatMap(({ form }) => /^[a-z]+/.exec(form)?.[0] ?? [])),
];

export const urlsStandAlone =
	'URLs that are given here or in the environment stand alone, unless --profile names what to fill them up from.';

/** What the program reads of its environment. */
export const environmentForms: readonly UsageForm[] = [
	{ form: 'SMOKEJUMPER_PROFILE', about: 'the profile when --profile is absent' },
	{
		form: 'SMOKEJUMPER_PROMETHEUS_URL, _ALERTMANAGER_URL, _LOKI_URL, _TEMPO_URL, _JAEGER_URL, _GRAFANA_URL',
		about: 'as the options of the same names',
	},
	{ form: 'TERM', about: 'dumb, unknown or nothing: places are printed, with numbers to choose by' },
	{ form: 'SMOKEJUMPER_SLOW', about: '1 as --slow-link, 0 as --no-slow-link' },
	{ form: 'SMOKEJUMPER_CONFIG_DIR', about: 'the folder of the profiles' },
	{
		form: 'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY',
		about: 'the proxies, and the hosts that are reached without',
	},
	{ form: 'SSL_CERT_FILE', about: 'the authorities that are trusted in the place of the usual ones' },
	{ form: 'VISUAL, EDITOR', about: 'what profile edit opens' },
	{ form: 'XDG_CACHE_HOME', about: 'where completion keeps names for some minutes' },
	{ form: 'XDG_STATE_HOME', about: 'where the report is put if the program breaks' },
	{ form: 'NO_COLOR', about: 'as --no-color' },
];

/** Exit codes and what they mean. */
export const exitForms: readonly UsageForm[] = [
	{ form: '0', about: 'answered' },
	{ form: '1', about: 'smokejumper itself broke' },
	{ form: '2', about: 'wrong usage or configuration' },
	{ form: '3', about: 'no backend could answer' },
	{ form: '4', about: 'answered in part' },
	{ form: '130', about: 'interrupted' },
];
