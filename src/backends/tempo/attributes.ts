import type { Attributes, AttributeValue } from '../../model/trace.ts';

/** How deep values may be nested before the rest is left out; instrumentation stays below five. */
const deepest = 16;

/** OTLP's list of `{ key, value }`; an entry without a key is left out, the last of equal keys counts. */
export const attributesOf = (list: unknown, depth = 0): Attributes =>
	Object.fromEntries(
		itemsOf(list).flatMap(item => {
			const key = fieldOf(item, 'key');
			return typeof key === 'string' ? [[key, attributeValueOf(fieldOf(item, 'value'), depth)]] : [];
		}),
	);

/**
 * OTLP's `AnyValue`: an object with one field that names its type, or none at all for null. Integers come as text,
 * because they may exceed 2^53, and stay text where they do; NaN and the infinities come as text as well.
 */
export function attributeValueOf(value: unknown, depth = 0): AttributeValue {
	if (depth > deepest) return '…';
	const [type, content] = Object.entries(isRecord(value) ? value : {})[0] ?? [];
	switch (type) {
		case 'stringValue':
		case 'bytesValue':
			return textOf(content);
		case 'boolValue':
			return content === true;
		case 'intValue':
			return integerOf(content);
		case 'doubleValue':
			return Number(textOf(content));
		case 'arrayValue':
			return itemsOf(fieldOf(content, 'values')).map(item => attributeValueOf(item, depth + 1));
		case 'kvlistValue':
			return attributesOf(fieldOf(content, 'values'), depth + 1);
		default:
			return null;
	}
}

const integerOf = (content: unknown): number | string => {
	const number = Number(textOf(content));
	return Number.isSafeInteger(number) ? number : textOf(content);
};

/** An object where a text should be may have a `toString` that is none, and one such value must not hide its trace. */
const textOf = (content: unknown): string => (isRecord(content) ? '…' : String(content));

const itemsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);

const fieldOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;
