import { traceSearchQuery } from '../../analysis/traceql.ts';
import type { TracesAside } from '../../investigation/traces-asides.ts';
import type { AttributeName } from '../../model/trace.ts';
import { attributeOfChoice } from './form.ts';
import type { TracesShown } from './state.ts';
import { isService, valuesKey } from './values-key.ts';

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
	return service === undefined || isService(attribute)
		? { key, kind: 'values', attribute }
		: { key, kind: 'values', attribute, filter: traceSearchQuery({ service }) };
}

/** Of lengths and identifiers nobody lists the values. */
const hasWords = ({ scope, name }: AttributeName): boolean =>
	scope !== 'intrinsic' || !/duration|id$|childcount|timesincestart/i.test(name);
