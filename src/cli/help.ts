import { addressForms } from '../analysis/address.ts';
import { type OptionForm, optionForms } from './options.ts';
import { environmentForms, exitForms, type UsageForm, urlsStandAlone, usageForms } from './usage.ts';

/** What `smokejumper --help` says. */
export const helpText = (): string => `From the alert to the span that caused it, in one terminal.

Usage:
${columns(usageForms.map(({ form, about }) => ({ form: `smokejumper ${form}`, about }))).join('\n')}

Addresses:
${addressLines().join('\n')}
  All take --since 1h, or --from TIME --to TIME (RFC 3339, unix seconds, or relative as -2h).

Options:
${columns(Object.entries(optionForms).map(([name, form]) => ({ form: formOf(name, form), about: form.about }))).join('\n')}

${urlsStandAlone}

Environment:
${environmentForms.flatMap(({ form, about }) => [`  ${form}`, `      ${about}`]).join('\n')}

Exit codes: ${exitForms.map(({ form, about }) => `${form} ${about}`).join('; ')}.
`;

const addressLines = (): readonly string[] =>
	Object.entries(addressForms).flatMap(([kind, { argument, options, about }]) => [
		`  ${[kind, argument, ...options.map(name => `[--${name}]`)].join(' ')}`,
		`      ${about}`,
	]);

function columns(rows: readonly UsageForm[]): readonly string[] {
	const width = Math.max(...rows.map(({ form }) => form.length));
	return rows.map(({ form, about }) => `  ${form.padEnd(width)}  ${about}`);
}

const formOf = (name: string, { short, value }: OptionForm): string =>
	`${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
