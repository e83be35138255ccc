import { formatDuration, formatLength } from '../../analysis/format.ts';
import { formatAttribute, parseAttribute } from '../../analysis/trace-attributes.ts';
import { withAttributeOf, withCondition } from '../../analysis/trace-conditions.ts';
import { attributeWord } from '../../analysis/traceql-syntax.ts';
import { type Loadable, lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import { minute, second } from '../../model/time.ts';
import type { AttributeName, AttributeText, TraceSummary } from '../../model/trace.ts';
import { durationOf } from './durations.ts';
import { listedTraces, selectedTrace, type TracesShown } from './state.ts';
import { valuesKey } from './values-key.ts';

/** What a condition is about. */
export type FormField = 'service' | 'operation' | 'errors' | 'slowerThan' | 'fasterThan' | 'attribute';

/**
 * Conditions made without typing: first what they are about, then what is known of it. `picked` is the row under the
 * cursor by its text, for answers that arrive put others before it.
 */
export type FormState = {
	/** Absent while the fields themselves are on show. */
	readonly field?: Exclude<FormField, 'errors'>;
	/** The attribute whose value is chosen. */
	readonly attribute?: AttributeName;
	readonly picked?: string;
	readonly filter: string;
};

/** A row of the form: what it says, what it is now or how much of it there is, and what choosing it leads to. */
export type FormRow = {
	readonly text: string;
	readonly aside: string;
	readonly leadsTo: { readonly place: TracesPlace } | { readonly form: FormState };
};

const fieldNames: readonly (readonly [FormField, string])[] = [
	['service', 'service'],
	['operation', 'operation'],
	['errors', 'errors only'],
	['slowerThan', 'slower than'],
	['fasterThan', 'faster than'],
	['attribute', 'attribute'],
];

/** Takes the condition of a field away. */
export const anyText = 'any';

/** The rows that pass what was typed behind `/`. */
export function formRows(shown: TracesShown, form: FormState): readonly FormRow[] {
	const text = form.filter.toLowerCase();
	return allRows(shown, form).filter(row => row.text.toLowerCase().includes(text));
}

function allRows(shown: TracesShown, { field, attribute }: FormState): readonly FormRow[] {
	switch (field) {
		case 'service':
		case 'operation':
			return nameRows(field, shown);
		case 'slowerThan':
		case 'fasterThan':
			return lengthRows(field, shown);
		case 'attribute':
			return attribute === undefined ? attributeRows(shown) : valueRows(attribute, shown);
		default:
			return fieldNames.map(([name, text]) => fieldRow(name, text, shown.place));
	}
}

function fieldRow(field: FormField, text: string, place: TracesPlace): FormRow {
	const { service, operation, errors, slowerThan, fasterThan, attributes = [] } = place;
	const now: Readonly<Record<FormField, string | undefined>> = {
		service,
		operation,
		errors: errors === true ? 'yes' : 'no',
		slowerThan: slowerThan === undefined ? undefined : formatLength(slowerThan),
		fasterThan: fasterThan === undefined ? undefined : formatLength(fasterThan),
		attribute: attributes.length === 0 ? undefined : attributes.map(formatAttribute).join(', '),
	};
	const leadsTo =
		field === 'errors'
			? { place: withCondition(place, 'errors', errors === true ? undefined : true) }
			: { form: { field, filter: '' } };
	return { text, aside: now[field] ?? anyText, leadsTo };
}

const plural = (count: number): string => `${count} here`;

/** Those of the traces on show, and all that Tempo has in the window. */
function nameRows(field: 'service' | 'operation', shown: TracesShown): readonly FormRow[] {
	const { place, findings } = shown;
	const counts = new Map<string, number>();
	for (const summary of listedTraces(shown)) {
		for (const name of namesIn(field, summary, place)) counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	const known = lastValueOf(findings.values)?.get(valuesKey(nameAttributes[field], place.service)) ?? [];
	const names = [...new Set([...counts.keys(), ...known.map(({ text }) => text)])].sort();
	return [
		{ text: anyText, aside: '', leadsTo: { place: withCondition(place, field, undefined) } },
		...names.map(name => ({
			text: name,
			aside: counts.has(name) ? plural(counts.get(name) ?? 0) : '',
			leadsTo: { place: withCondition(place, field, name) },
		})),
	];
}

/** What a summary tells: of operations the root's alone, which is one of the service asked for only where it began there. */
function namesIn(
	field: 'service' | 'operation',
	{ rootService, rootName, services }: TraceSummary,
	{ service = rootService }: TracesPlace,
): readonly string[] {
	if (field === 'operation') return rootName === '' || rootService !== service ? [] : [rootName];
	const names = new Set([rootService, ...services.map(({ name }) => name)]);
	return [...names].filter(name => name !== '' && !name.startsWith('<'));
}

const nameAttributes = {
	service: { scope: 'resource', name: 'service.name' },
	operation: { scope: 'intrinsic', name: 'name' },
} as const satisfies Record<string, AttributeName>;

const lengths = [5, 10, 25, 50, 100, 250, 500, ...[1, 2, 5, 10, 30].map(count => count * second), minute];

/** Round lengths, and that of the trace under the cursor; with how many of the traces on show each would leave. */
function lengthRows(field: 'slowerThan' | 'fasterThan', shown: TracesShown): readonly FormRow[] {
	const { place } = shown;
	const durations = listedTraces(shown).map(durationOf);
	const leaves = (length: number) =>
		durations.filter(each => (field === 'slowerThan' ? each >= length : each <= length)).length;
	const selected = selectedTrace(shown);
	const own = selected === undefined ? 0 : Math.floor(durationOf(selected)) + (field === 'fasterThan' ? 1 : 0);
	const row = (length: number, text: string): FormRow => ({
		text,
		aside: plural(leaves(length)),
		leadsTo: { place: withCondition(place, field, length) },
	});
	return [
		{ text: anyText, aside: '', leadsTo: { place: withCondition(place, field, undefined) } },
		...(own <= 0 ? [] : [row(own, `${formatDuration(own)}, as the trace under the cursor`)]),
		...lengths.map(length => row(length, formatDuration(length))),
	];
}

/** The attributes of spans first: what sends them is less often the question. */
function attributeRows({ findings }: TracesShown): readonly FormRow[] {
	const order = ['span', 'resource', 'event', 'link', 'instrumentation'];
	return (lastValueOf(findings.attributes) ?? [])
		.filter(({ scope }) => scope !== 'intrinsic')
		.map(attribute => ({ attribute, word: attributeWord(attribute) }))
		.toSorted(
			(a, b) => order.indexOf(a.attribute.scope) - order.indexOf(b.attribute.scope) || (a.word < b.word ? -1 : 1),
		)
		.map(({ attribute, word }) => ({
			text: word,
			aside: '',
			leadsTo: { form: { field: 'attribute', attribute, filter: '' } },
		}));
}

function valueRows(attribute: AttributeName, { place, findings }: TracesShown): readonly FormRow[] {
	const { scope, name } = attribute;
	if (scope === 'intrinsic') return [];
	const known = lastValueOf(findings.values)?.get(valuesKey(attribute, place.service)) ?? [];
	return [...known]
		.sort((a, b) => (a.text < b.text ? -1 : 1))
		.map(value => ({
			text: value.text,
			aside: '',
			leadsTo: { place: withAttributeOf(place, { scope, name, value: typedValue(value) }) },
		}));
}

/** Numbers and truth values are told without quotes, as an address has them. */
function typedValue({ text, isQuoted }: AttributeText): string | number | boolean {
	if (isQuoted) return text;
	return parseAttribute(`span.a=${text}`)?.value ?? text;
}

/** Where the cursor stands: on what was picked, else on what the condition is already. */
export function formCursor(rows: readonly FormRow[], { picked, field }: FormState, { place }: TracesShown): number {
	const now = picked ?? (field === 'service' ? place.service : field === 'operation' ? place.operation : undefined);
	return Math.max(
		0,
		rows.findIndex(({ text }) => text === now),
	);
}

/** The attribute whose values the form shows. */
export const attributeOfChoice = (form: FormState | undefined): AttributeName | undefined => {
	if (form?.field === 'service' || form?.field === 'operation') return nameAttributes[form.field];
	return form?.attribute;
};

/** Whether choosing a row leads to further choices. */
export const leadsOn = ({ field, attribute }: FormState): boolean =>
	field === undefined || (field === 'attribute' && attribute === undefined);

/** What the form is about, for its first row. */
export function formTitle({ field, attribute }: FormState): string {
	if (field === undefined) return 'condition';
	const name = fieldNames.find(([each]) => each === field)?.[1] ?? field;
	return attribute === undefined ? name : `${attributeWord(attribute)} =`;
}

/** What the rows wait for, beside the traces on show. */
export const formPane = ({ findings }: TracesShown, form: FormState): Loadable<unknown> | undefined => {
	if (attributeOfChoice(form) !== undefined) return findings.values;
	return form.field === 'attribute' ? findings.attributes : undefined;
};

/** One level up; `undefined` closes it. */
export const formAbove = ({ field, attribute }: FormState): FormState | undefined => {
	if (field === undefined) return undefined;
	if (attribute !== undefined) return { field, filter: '', picked: attributeWord(attribute) };
	const text = fieldNames.find(([each]) => each === field)?.[1];
	return { filter: '', ...(text === undefined ? {} : { picked: text }) };
};
