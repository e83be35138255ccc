import { type Answer, answer, type Note } from '../../model/answer.ts';
import { failureOf } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';
import { type AttributeName, type AttributeScope, type AttributeText, attributeScopes } from '../../model/trace.ts';
import type { Asking, Http } from '../http.ts';
import { tagsRequest, tagValuesRequest } from './query.ts';
import { scopedTagsAnswer, tagsAnswer, typedValuesAnswer, valuesAnswer } from './schema.ts';

export type ValuesQuestion = {
	readonly attribute: AttributeName;
	readonly filter?: string;
	readonly range: TimeRange;
	readonly limit: number;
};

/** API v2 names the scopes (since 2.2); before that they are guessed, which is noted. */
export async function askTagNames(
	http: Http,
	range: TimeRange,
	limit: number,
	asking: Asking,
): Promise<Answer<readonly AttributeName[]>> {
	return orBefore(
		async () => {
			const { scopes } = await http.json(tagsRequest('v2', range, limit), scopedTagsAnswer, asking);
			const known = (scopes ?? []).flatMap(({ name: word, tags }) => {
				const scope = [...attributeScopes, 'intrinsic' as const].find(each => each === word);
				return scope === undefined ? [] : (tags ?? []).slice(0, limit).map(name => ({ scope, name }));
			});
			return answer(known);
		},
		async () => {
			const { tagNames } = await http.json(tagsRequest('v1', range, limit), tagsAnswer, asking);
			const names = (tagNames ?? []).slice(0, limit).map(name => ({ scope: likelyScope(name), name }));
			return answer(names, [scopesGuessed]);
		},
	);
}

/** API v2 tells the types (since 2.1); before that a figure is taken for a number. */
export async function askTagValues(
	http: Http,
	{ attribute, ...question }: ValuesQuestion,
	asking: Asking,
): Promise<Answer<readonly AttributeText[]>> {
	const { limit } = question;
	const { scope, name } = attribute;
	return orBefore(
		async () => {
			const tag = scope === 'intrinsic' ? name : `${scope}.${name}`;
			const { tagValues } = await http.json(tagValuesRequest('v2', tag, question), typedValuesAnswer, asking);
			const given = (tagValues ?? []).map(({ type, value }) => ({
				text: value ?? '',
				isQuoted: (type ?? 'string') === 'string',
			}));
			return answer(given.slice(0, limit), cutNotes(given.length, limit));
		},
		async () => {
			const { tagValues } = await http.json(tagValuesRequest('v1', name, question), valuesAnswer, asking);
			const given = (tagValues ?? []).map(text => ({ text, isQuoted: !/^-?\d+(\.\d+)?$/.test(text) }));
			return answer(given.slice(0, limit), cutNotes(given.length, limit));
		},
	);
}

/** Asks anew where the server does not know the path; Go and gateways answer 404 then. */
async function orBefore<Value>(ask: () => Promise<Value>, before: () => Promise<Value>): Promise<Value> {
	try {
		return await ask();
	} catch (thrown) {
		if (failureOf(thrown).kind !== 'not-found') throw thrown;
		return before();
	}
}

/** Attributes of what sends spans, by the names that OpenTelemetry's resource conventions begin with. */
const ofResources =
	/^(service|k8s|host|cloud|container|process|telemetry|deployment|os|faas|cluster|namespace|pod|job)\b/;

const likelyScope = (name: string): AttributeScope => (ofResources.test(name) ? 'resource' : 'span');

const scopesGuessed: Note = {
	kind: 'info',
	text: 'This Tempo (before 2.2) does not say whether an attribute is of the span or of its resource: that is a guess.',
};

const cutNotes = (count: number, limit: number): readonly Note[] =>
	count >= limit ? [{ kind: 'partial', text: `Only ${limit} values are told; there may be more.` }] : [];
