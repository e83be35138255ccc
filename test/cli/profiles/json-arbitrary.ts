import fc, { type Arbitrary } from 'fast-check';

/** What of JSON Schema the schema of the profiles is made of. */
export type JsonSchema = {
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, JsonSchema>>;
	readonly type?: string;
	readonly description?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly JsonSchema[];
	readonly oneOf?: readonly JsonSchema[];
	readonly items?: JsonSchema;
	readonly minLength?: number;
	readonly minItems?: number;
	readonly pattern?: string;
	readonly format?: string;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: boolean | JsonSchema;
};

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Values that a schema accepts, with keys that it does not know wherever it lets them be. */
export function arbitraryOf(schema: JsonSchema, definitions: Definitions = schema.$defs ?? {}): Arbitrary<unknown> {
	const { $ref, anyOf, oneOf, type } = schema;
	if ($ref !== undefined) return arbitraryOf(definitions[$ref.replace('#/$defs/', '')] ?? {}, definitions);
	const choices = anyOf ?? oneOf;
	if (choices !== undefined) return fc.oneof(...choices.map(choice => arbitraryOf(choice, definitions)));
	if ('const' in schema) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	switch (type) {
		case 'string':
			return textOf(schema);
		case 'boolean':
			return fc.boolean();
		case 'integer':
			return fc.integer({ min: 1, max: 4 });
		case 'array':
			return fc.array(arbitraryOf(schema.items ?? {}, definitions), { minLength: schema.minItems ?? 0, maxLength: 3 });
		case 'object':
			return objectOf(schema, definitions);
		default:
			return fc.jsonValue({ maxDepth: 2 });
	}
}

function textOf({ pattern, format, minLength = 0 }: JsonSchema): Arbitrary<string> {
	if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
	if (format === 'uri') return fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true });
	return fc.string({ minLength, maxLength: 12 });
}

function objectOf(schema: JsonSchema, definitions: Definitions): Arbitrary<unknown> {
	const { properties = {}, required = [], additionalProperties = {} } = schema;
	const known = fc.record(
		Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, arbitraryOf(each, definitions)])),
		{ requiredKeys: [...required] },
	);
	if (additionalProperties === false) return known;
	const others = fc.dictionary(
		fc.string({ minLength: 1, maxLength: 8 }).filter(name => !(name in properties)),
		arbitraryOf(additionalProperties === true ? {} : additionalProperties, definitions),
		{ maxKeys: 2, noNullPrototype: true },
	);
	return fc.tuple(known, others).map(([mine, theirs]) => ({ ...theirs, ...mine }));
}
