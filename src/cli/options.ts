import { type BackendName, backendNames } from '../model/failure.ts';

/** One option of the command line; without a `value` it is a switch. */
export type OptionForm = {
	readonly short?: string;
	/** What its value is called in the help. */
	readonly value?: string;
	readonly about: string;
};

export const urlOption = (backend: BackendName): string => `${backend}-url`;

export const aboutUrl = (backend: BackendName): string =>
	`base URL of ${backend}, its path prefix included${backend === 'alertmanager' ? '; several with commas between' : ''}`;

/** The options that are not part of an address, as a table: parser and help read it. */
export const optionForms: Readonly<Record<string, OptionForm>> = {
	profile: { short: 'p', value: 'NAME', about: 'a saved profile, or demo' },
	output: {
		short: 'o',
		value: 'FORMAT',
		about: 'print once and exit: text, json or markdown; a trace also as svg or otlp',
	},
	width: { value: 'N', about: 'columns of what is printed; those of the terminal when absent, 100 without one' },
	file: { value: 'PATH', about: 'a file of traces to look into first; - is standard input' },
	...Object.fromEntries(backendNames.map(backend => [urlOption(backend), { value: 'URL', about: aboutUrl(backend) }])),
	timeout: { value: 'LENGTH', about: 'how long one question may take; 30s when absent' },
	limit: { value: 'N', about: 'how many lines logs prints: the newest, of one request the first; 1000 when absent' },
	speed: { value: 'N', about: 'how many times as fast the time of the demo passes, from 1 to 1000; 1 when absent' },
	'slow-link': {
		about: 'fewer frames, fewer refreshes and ASCII, for a slow link to the terminal; --slow but with traces',
	},
	'no-slow-link': { about: 'never sends less, whatever is measured of the link' },
	'no-color': { about: 'no colours' },
	ascii: { about: 'plain ASCII only' },
	'no-bell': { about: 'no bell and no count in the window title when alerts fire or resolve' },
	'redact-emails': { about: 'mask e-mail addresses as secrets are masked; their domains stay' },
	'show-secrets': {
		about: 'leave secrets unmasked: the interface asks first; printed only on a terminal, or with --yes',
	},
	yes: { about: 'with --show-secrets: print secrets into a file or a pipe too' },
	utc: { about: 'times in UTC, as when absent' },
	local: { about: 'times in the zone of this machine' },
	help: { short: 'h', about: 'this help' },
	version: { short: 'V', about: 'the version' },
};
