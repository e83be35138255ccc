import { traceSearchQuery } from '../../analysis/traceql.ts';
import { attributeWord } from '../../analysis/traceql-syntax.ts';
import type { TracesAside } from '../../investigation/traces-asides.ts';
import type { AttributeName } from '../../model/trace.ts';
import { attributeOfChoice } from './form.ts';
import type { TracesShown } from './state.ts';

/** What the form and the editor of the query want to know beside what the search found. */
export function asidesOf({ state: { edits, naming, form }, place }: TracesShown): readonly TracesAside[] {
	const chosen = attributeOfChoice(form);
	const wanted = [
		...(edits === true || form !== undefined ? [{ key: 'attributes', kind: 'attributes' } as const] : []),
		...(naming === undefined || !hasWords(naming) ? [] : [valuesOf(naming, undefined)]),
		...(chosen === undefined ? [] : [valuesOf(chosen, place.service)]),
	];
	return [...new Map(wanted.map(aside => [aside.key, aside])).values()];
}

function valuesOf(attribute: AttributeName, service: string | undefined): TracesAside {
	const key = valuesKey(attribute, service);
	const isService = attributeWord(attribute) === 'resource.service.name';
	return service === undefined || isService
		? { key, kind: 'values', attribute }
		: { key, kind: 'values', attribute, filter: traceSearchQuery({ service }) };
}

/** Under which the values of an attribute are found: those of the spans of a service, or of all. */
export const valuesKey = (attribute: AttributeName, service: string | undefined): string => {
	const word = attributeWord(attribute);
	return service === undefined || word === 'resource.service.name' ? `values ${word}` : `values ${word} of ${service}`;
};

/** Of lengths and identifiers nobody lists the values. */
const hasWords = ({ scope, name }: AttributeName): boolean =>
	scope !== 'intrinsic' || !/duration|id$|childcount|timesincestart/i.test(name);
