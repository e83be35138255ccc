import type { Attributes, AttributeValue, Span, Trace } from '../model/trace.ts';
import { redactEvidence, redactEvidenceField } from './redact-evidence.ts';
import { isSecretOption } from './secret-key.ts';

/**
 * A trace without secrets: attributes of spans, resources, events and links, status messages, and names of spans and
 * services (routes carry tokens in their query). A value that occurs on thousands of spans is looked at once.
 */
export function redactTrace(trace: Trace): Trace {
	const seen = new Map<string, string>();
	const once = (key: string, clean: () => string): string => {
		const known = seen.get(key);
		if (known !== undefined) return known;
		const cleaned = clean();
		seen.set(key, cleaned);
		return cleaned;
	};
	const text = (value: string) => once(value, () => redactEvidence(value));
	const field: RedactField = (name, value) => once(`${name}\u0000${value}`, () => redactEvidenceField(name, value));
	const attributes = (values: Attributes) => redactedAttributes(values, field);
	const redactSpan = (span: Span): Span => ({
		...span,
		service: text(span.service),
		name: text(span.name),
		statusMessage: text(span.statusMessage),
		attributes: attributes(span.attributes),
		resource: attributes(span.resource),
		events: span.events.map(event => ({
			...event,
			name: text(event.name),
			attributes: attributes(event.attributes),
		})),
		links: span.links.map(link => ({ ...link, attributes: attributes(link.attributes) })),
	});
	return { id: trace.id, spans: trace.spans.map(redactSpan) };
}

type RedactField = (name: string, value: string) => string;

const redactedAttributes = (attributes: Attributes, field: RedactField): Attributes =>
	Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, redacted(name, value, field)]));

function redacted(name: string, value: AttributeValue, field: RedactField): AttributeValue {
	if (typeof value === 'string') return field(name, value);
	if (typeof value === 'number') {
		const text = String(value);
		const clean = field(name, text);
		return clean === text ? value : clean;
	}
	if (value === null || typeof value === 'boolean') return value;
	if (isList(value)) return value.map((item, index) => redacted(optionIn(value[index - 1]) ?? name, item, field));
	return redactedAttributes(value, field);
}

/** The option whose value follows, in a command line that is a list. */
const optionIn = (item: AttributeValue | undefined): string | undefined =>
	typeof item === 'string' && isSecretOption(item) ? item : undefined;

const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);
