import type { TraceAttribute } from '../model/place.ts';
import { type AttributeScope, attributeScopes } from '../model/trace.ts';

const plainName = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const pair = /^(\w+)\.("(?:[^"\\]|\\.)*"|[^="]*)=(.*)$/s;

/**
 * An attribute as it is typed and read: `span.http.route=/pay`, `span.http.response.status_code=500`,
 * `span."my attr"="500"`. What would be read as a number or a truth value stands in quotes when it is a text.
 */
export function formatAttribute({ scope, name, value }: TraceAttribute): string {
	const written =
		typeof value === 'string' && (valueIn(value) !== value || value === '') ? JSON.stringify(value) : value;
	return `${scope}.${plainName.test(name) ? name : JSON.stringify(name)}=${written}`;
}

/** Reads what `formatAttribute` writes; `undefined` for anything else. */
export function parseAttribute(text: string): TraceAttribute | undefined {
	const [, word, written = '', rest = ''] = pair.exec(text) ?? [];
	const scope = attributeScopes.find((each): each is AttributeScope => each === word);
	const name = written.startsWith('"') ? unquoted(written) : written;
	const value = valueIn(rest);
	return scope === undefined || name === undefined || name === '' || value === undefined
		? undefined
		: { scope, name, value };
}

/** A quoted text, a number, a truth value, or the text as it stands; `undefined` for a quote that is none. */
function valueIn(text: string): TraceAttribute['value'] | undefined {
	if (text.startsWith('"')) return unquoted(text);
	if (text === 'true' || text === 'false') return text === 'true';
	return Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : text;
}

function unquoted(text: string): string | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'string' ? value : undefined;
	} catch {
		return undefined;
	}
}

/** The attributes with one more; another value of the same one gives way, for no span has both. */
export const withAttribute = (
	attributes: readonly TraceAttribute[] = [],
	added: TraceAttribute,
): readonly TraceAttribute[] => [
	...attributes.filter(({ scope, name }) => scope !== added.scope || name !== added.name),
	added,
];
