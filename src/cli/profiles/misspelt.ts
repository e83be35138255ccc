import { toJSONSchema } from 'zod/mini';
import { sanitize } from '../../terminal/sanitize.ts';
import { type Profile, profileSchema } from './profile.ts';

/** What is used of a JSON Schema. */
type Schema = {
	readonly $ref?: string;
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly items?: Schema;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly const?: unknown;
};

/**
 * A sentence for each key of a profile that is not known but spelt nearly as one that is. Such keys are kept, as those of
 * newer versions are, and what was meant by them does not hold: `profile prod: loki.auth.accessKey is not known here;
 * accessKeyId is meant?`
 */
export function misspeltIn(name: string, profile: Profile): readonly string[] {
	const schema = toJSONSchema(profileSchema, { io: 'input' }) as Schema & { readonly $defs?: Definitions };
	return near(profile, schema, { defs: schema.$defs ?? {}, path: [] }).map(({ path, meant }) =>
		sanitize(`profile ${name}: ${path.join('.')} is not known here; ${meant} is meant?`),
	);
}

type Definitions = Readonly<Record<string, Schema>>;
type Place = { readonly defs: Definitions; readonly path: readonly string[] };
type Near = { readonly path: readonly string[]; readonly meant: string };

function near(value: unknown, schema: Schema, { defs, path }: Place): readonly Near[] {
	if (Array.isArray(value)) {
		const items = formsOf(schema, defs).flatMap(form => form.items ?? []);
		return value.flatMap((each, at) => items.flatMap(item => near(each, item, { defs, path: [...path, `${at}`] })));
	}
	if (!isRecord(value)) return [];
	const forms = formsOf(schema, defs).flatMap(({ properties }) => (properties === undefined ? [] : [properties]));
	const fitting = forms.filter(({ type }) => type?.const === undefined || type.const === value.type);
	const known = Object.fromEntries(fitting.flatMap(Object.entries<Schema>));
	return Object.entries(value).flatMap(([key, inner]) => {
		const here = [...path, key];
		const found = Object.hasOwn(known, key) ? known[key] : undefined;
		if (found !== undefined) return near(inner, found, { defs, path: here });
		const meant = Object.keys(known).find(each => !Object.hasOwn(value, each) && isNear(key, each));
		return meant === undefined ? [] : [{ path: here, meant }];
	});
}

/** What the value may be, each by itself. */
function formsOf(schema: Schema, defs: Definitions): readonly Schema[] {
	const named = schema.$ref === undefined ? undefined : defs[schema.$ref.replace(/^.*\//, '')];
	return [schema, ...(named === undefined ? [] : [named])].flatMap(each => {
		const several = each.anyOf ?? each.oneOf;
		return several === undefined ? [each] : several.flatMap(one => formsOf(one, defs));
	});
}

/** At most a third of the letters are others, in the other order, missing or too many; case does not count. */
const isNear = (typed: string, known: string): boolean => {
	const [left, right] = [typed.toLowerCase(), known.toLowerCase()];
	return editsBetween(left, right) <= Math.min(2, Math.floor(Math.max(left.length, right.length) / 3));
};

/** Edits of one letter, two that changed places counted as one (optimal string alignment). */
function editsBetween(left: string, right: string): number {
	let before: readonly number[] = [];
	let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, at) => at);
	for (let row = 1; row <= left.length; row++) {
		const next = [row];
		for (let at = 1; at <= right.length; at++) {
			const same = left[row - 1] === right[at - 1] ? 0 : 1;
			const [up = 0, across = 0, diagonal = 0] = [last[at], next[at - 1], last[at - 1]];
			const swapped = left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1];
			const swap = row > 1 && at > 1 && swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
			next.push(Math.min(up + 1, across + 1, diagonal + same, swap));
		}
		before = last;
		last = next;
	}
	return last[right.length] ?? 0;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
