import type { Attributes, AttributeValue } from '../../model/trace.ts';

/** How deep values may be nested before the rest is left out; instrumentation stays below five. */
const deepest = 16;

/** OTLP's list of `{ key, value }`; an entry without a key is left out, the last of equal keys counts. */
export function attributesOf(list: unknown, depth = 0): Attributes {
	const attributes: Record<string, AttributeValue> = {};
	for (const item of itemsOf(list)) {
		if (!isRecord(item) || typeof item.key !== 'string') continue;
		const { key } = item;
		const value = attributeValueOf(item.value, depth);
		if (key === '__proto__') Object.defineProperty(attributes, key, { value, enumerable: true });
		else attributes[key] = value;
	}
	return attributes;
}

/**
 * OTLP's `AnyValue`: an object with one field that names its type, or none at all for null. Integers come as text,
 * because they may exceed 2^53, and stay text where they do; NaN and the infinities come as text as well.
 */
export function attributeValueOf(value: unknown, depth = 0): AttributeValue {
	if (depth > deepest) return '…';
	if (!isRecord(value)) return null;
	// Looked at first: of three attributes two are texts, and a large trace has half a million.
	if (typeof value.stringValue === 'string') return value.stringValue;
	for (const type in value) return contentOf(type, value[type], depth);
	return null;
}

function contentOf(type: string, content: unknown, depth: number): AttributeValue {
	switch (type) {
		case 'stringValue':
		case 'bytesValue':
			return textOf(content);
		case 'intValue':
			return integerOf(content);
		case 'boolValue':
			return content === true;
		case 'doubleValue':
			return Number(textOf(content));
		case 'arrayValue':
			return itemsOf(valuesIn(content)).map(item => attributeValueOf(item, depth + 1));
		case 'kvlistValue':
			return attributesOf(valuesIn(content), depth + 1);
		default:
			return null;
	}
}

const integerOf = (content: unknown): number | string => {
	const number = Number(textOf(content));
	return Number.isSafeInteger(number) ? number : textOf(content);
};

/** An object where a text should be may have a `toString` that is none, and one such value must not hide its trace. */
const textOf = (content: unknown): string =>
	typeof content === 'string' ? content : isRecord(content) ? '…' : String(content);

const itemsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);

const valuesIn = (content: unknown): unknown => (isRecord(content) ? content.values : undefined);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;
