import { finished, type Steps } from '../model/steps.ts';
import type { Attributes, AttributeValue, Span, Trace } from '../model/trace.ts';
import { redactEvidence, redactEvidenceField } from './redact-evidence.ts';
import { isSecretOption } from './secret-key.ts';

/**
 * A trace without secrets: attributes of spans, resources, events and links, status messages, and names of spans and
 * services (routes carry tokens in their query). A value that occurs on thousands of spans is looked at once, and what
 * holds no secret is taken over as it is.
 */
export const redactTrace = (trace: Trace): Trace => finished(redactSteps(trace));

/** The same in steps. */
export function* redactSteps(trace: Trace): Steps<Trace> {
	const clean = cleaning();
	const spans: Span[] = [];
	for (const span of trace.spans) {
		if (spans.length % 64 === 63) yield;
		spans.push(redactedSpan(span, clean));
	}
	return { id: trace.id, spans };
}

/** How texts and lists of attributes are cleaned. What comes back is what went in, where there was no secret in it. */
type Cleaning = {
	readonly text: (value: string) => string;
	readonly attributes: (values: Attributes) => Attributes;
	/** The same for what many spans share. */
	readonly shared: (values: Attributes) => Attributes;
};

/** Values of one name that are kept in mind; of a name with more, such as an ID, hardly any comes twice. */
const mostKnown = 2000;

function cleaning(): Cleaning {
	const known = new Map<string, Map<string | number, AttributeValue>>();
	const field: RedactField = (name, value) => {
		let values = known.get(name);
		const before = values?.get(value);
		if (before !== undefined) return before;
		const text = String(value);
		const clean = redactEvidenceField(name, text);
		const cleaned = clean === text ? value : clean;
		if (values === undefined) {
			values = new Map();
			known.set(name, values);
		}
		if (values.size < mostKnown) values.set(value, cleaned);
		return cleaned;
	};
	const attributes = (values: Attributes) => redactedAttributes(values, field);
	const resources = new Map<Attributes, Attributes>();
	const texts = new Map<string, string>();
	return {
		text: value => {
			const before = texts.get(value);
			if (before !== undefined) return before;
			const cleaned = redactEvidence(value);
			if (texts.size < mostKnown) texts.set(value, cleaned);
			return cleaned;
		},
		attributes,
		shared: values => {
			const before = resources.get(values);
			if (before !== undefined) return before;
			const cleaned = attributes(values);
			resources.set(values, cleaned);
			return cleaned;
		},
	};
}

function redactedSpan(span: Span, { text, attributes, shared }: Cleaning): Span {
	const clean = {
		service: text(span.service),
		name: text(span.name),
		statusMessage: text(span.statusMessage),
		attributes: attributes(span.attributes),
		resource: shared(span.resource),
	};
	const isClean =
		span.events.length === 0 &&
		span.links.length === 0 &&
		clean.service === span.service &&
		clean.name === span.name &&
		clean.statusMessage === span.statusMessage &&
		clean.attributes === span.attributes &&
		clean.resource === span.resource;
	if (isClean) return span;
	return {
		...span,
		...clean,
		events: span.events.map(event => ({
			...event,
			name: text(event.name),
			attributes: attributes(event.attributes),
		})),
		links: span.links.map(link => ({ ...link, attributes: attributes(link.attributes) })),
	};
}

type RedactField = (name: string, value: string | number) => AttributeValue;

function redactedAttributes(attributes: Attributes, field: RedactField): Attributes {
	let isClean = true;
	for (const name in attributes) {
		const value = attributes[name] ?? null;
		if (redacted(name, value, field) !== value) isClean = false;
	}
	if (isClean) return attributes;
	return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, redacted(name, value, field)]));
}

function redacted(name: string, value: AttributeValue, field: RedactField): AttributeValue {
	if (typeof value === 'string' || typeof value === 'number') return field(name, value);
	if (value === null || typeof value === 'boolean') return value;
	if (!isList(value)) return redactedAttributes(value, field);
	const items = value.map((item, index) => redacted(optionIn(value[index - 1]) ?? name, item, field));
	return items.every((item, index) => item === value[index]) ? value : items;
}

/** The option whose value follows, in a command line that is a list. */
const optionIn = (item: AttributeValue | undefined): string | undefined =>
	typeof item === 'string' && isSecretOption(item) ? item : undefined;

const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);
