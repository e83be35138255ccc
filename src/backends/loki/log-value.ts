/** Fields beside a line by where they come from; either half is omitted when empty. */
type Categories = {
	readonly structuredMetadata?: Readonly<Record<string, string>> | null;
	readonly parsed?: Readonly<Record<string, string>> | null;
};

/**
 * `["<ns>", "<line>"]`, with the categories as a third element when the answer is flagged `categorize-labels`. The instant is
 * text, because it exceeds 2^53.
 */
export type LogValue = readonly [at: string, line: string, categories?: Categories];

/** Where a value is not what it should be, and what that is. */
export type Wrong = { readonly path: PropertyKey[]; readonly expected: 'array' | 'string' | 'object' };

/**
 * The first place at which these are no `LogValue`s; `undefined` when they are. There are thousands in each answer, so this
 * is a loop by hand: a schema takes twenty times as long.
 */
export function firstWrong(values: readonly unknown[]): Wrong | undefined {
	for (let index = 0; index < values.length; index++) {
		const wrong = wrongIn(values[index]);
		if (wrong !== undefined) return { ...wrong, path: [index, ...wrong.path] };
	}
	return undefined;
}

const instant = /^\d{1,19}$/;

function wrongIn(value: unknown): Wrong | undefined {
	if (!Array.isArray(value)) return { path: [], expected: 'array' };
	const [at, line, categories]: readonly unknown[] = value;
	if (typeof at !== 'string' || !instant.test(at)) return { path: [0], expected: 'string' };
	if (typeof line !== 'string') return { path: [1], expected: 'string' };
	return categories === undefined ? undefined : wrongInCategories(categories);
}

function wrongInCategories(categories: unknown): Wrong | undefined {
	if (!isObject(categories)) return { path: [2], expected: 'object' };
	return wrongInHalf(categories, 'structuredMetadata') ?? wrongInHalf(categories, 'parsed');
}

function wrongInHalf(categories: Readonly<Record<string, unknown>>, half: keyof Categories): Wrong | undefined {
	const labels = categories[half];
	if (labels === undefined || labels === null) return undefined;
	if (!isObject(labels)) return { path: [2, half], expected: 'object' };
	for (const name in labels) {
		if (typeof labels[name] !== 'string') return { path: [2, half, name], expected: 'string' };
	}
	return undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
