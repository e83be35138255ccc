import type { $ZodType } from 'zod/v4/core';

/** A place in a profile that may hold a secret: `loki.auth.oauth2.clientSecret`, `loki.headers.*`, `loki.url`. */
export type SecretPlace = string;

type Shaped = Readonly<Record<string, $ZodType>>;

/** What of Zod's definitions is walked; any other kind of schema holds nothing that could be a secret. */
type Definition = {
	readonly type: string;
	readonly format?: string;
	readonly shape?: Shaped;
	readonly innerType?: $ZodType;
	readonly valueType?: $ZodType;
	readonly element?: $ZodType;
	readonly options?: readonly $ZodType[];
	readonly values?: readonly unknown[];
};

const definitionOf = (schema: $ZodType): Definition => schema._zod.def as unknown as Definition;

/** A secret is known by its shape: a text, or where it is: `env`, `file`, … */
const isSecret = ({ type, options = [] }: Definition): boolean =>
	type === 'union' && options.some(option => 'env' in (definitionOf(option).shape ?? {}));

/** Every place in the schema that may hold a secret: the secrets themselves, and URLs, whose user info and query may. */
export function secretPlaces(schema: $ZodType, place: readonly string[] = []): readonly SecretPlace[] {
	const definition = definitionOf(schema);
	if (isSecret(definition) || definition.format === 'url') return [place.join('.')];
	const { shape = {}, options = [], innerType, valueType, element } = definition;
	return [
		...Object.entries(shape).flatMap(([key, inner]) => secretPlaces(inner, [...place, key])),
		...options.flatMap(option => secretPlaces(option, [...place, ...kindOf(option)])),
		...(valueType === undefined ? [] : secretPlaces(valueType, [...place, '*'])),
		...[innerType, element].flatMap(inner => (inner === undefined ? [] : secretPlaces(inner, place))),
	];
}

/** `oauth2`, of an option of a discriminated union. */
function kindOf(option: $ZodType): readonly string[] {
	const { type } = definitionOf(option).shape ?? {};
	return type === undefined ? [] : (definitionOf(type).values ?? []).map(String);
}

/** The places of a profile that hold a canary, named alike. */
export function canaryPlaces(value: unknown, canary: RegExp, place: readonly string[] = []): readonly SecretPlace[] {
	if (typeof value === 'string') return canary.test(value) ? [place.join('.')] : [];
	if (Array.isArray(value)) return value.flatMap(each => canaryPlaces(each, canary, place));
	if (typeof value !== 'object' || value === null) return [];
	const kind = 'type' in value ? [String(value.type)] : [];
	return Object.entries(value).flatMap(([key, inner]) =>
		canaryPlaces(inner, canary, [...place, ...kind, place.at(-1) === 'headers' ? '*' : key]),
	);
}
