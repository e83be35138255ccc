import { addressForms } from '../analysis/address.ts';
import { type OptionForm, optionForms } from './options.ts';

/** What `smokejumper --help` says. */
export const helpText = (): string => `From the alert to the span that caused it, in one terminal.

Usage:
  smokejumper                      the interface, on the current profile
  smokejumper ADDRESS              the interface, starting at that place
  smokejumper ADDRESS -o text      prints the place once; also when it runs outside a terminal
  smokejumper trace FILE           a saved trace, OTLP, Tempo, Jaeger or Zipkin JSON; - is standard input
  smokejumper demo [ADDRESS]       the embedded incident; nothing else is needed
  smokejumper profile --help       saved connections

Addresses:
${addressLines().join('\n')}
  All take --since 1h, or --from TIME --to TIME (RFC 3339, unix seconds, or relative as -2h).

Options:
${optionLines().join('\n')}

URLs that are given here or in the environment stand alone, unless --profile names what to fill them up from.

Environment:
  SMOKEJUMPER_PROFILE                                      the profile when --profile is absent
  SMOKEJUMPER_PROMETHEUS_URL, _ALERTMANAGER_URL, _LOKI_URL, _TEMPO_URL, _JAEGER_URL
  SMOKEJUMPER_CONFIG_DIR                                   the folder of the profiles
  NO_COLOR                                                 as --no-color

Exit codes: 0 answered; 2 wrong usage or configuration; 3 no backend could answer; 4 answered in part; 130 interrupted.
`;

const addressLines = (): readonly string[] =>
	Object.entries(addressForms).flatMap(([kind, { argument, options, about }]) => [
		`  ${[kind, argument, ...options.map(name => `[--${name}]`)].join(' ')}`,
		`      ${about}`,
	]);

function optionLines(): readonly string[] {
	const rows = Object.entries(optionForms).map(([name, form]) => ({ form: formOf(name, form), about: form.about }));
	const width = Math.max(...rows.map(({ form }) => form.length));
	return rows.map(({ form, about }) => `  ${form.padEnd(width)}  ${about}`);
}

const formOf = (name: string, { short, value }: OptionForm): string =>
	`${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
