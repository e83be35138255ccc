import type { TraceAttribute, TracesPlace } from '../model/place.ts';
import { formatLength } from './format.ts';
import { formatAttribute, withAttribute } from './trace-attributes.ts';

/** A condition of a search as it is read, and the same search without it. */
export type TraceChip = { readonly text: string; readonly without: TracesPlace };

/** Every condition of a search, the query that was written first. */
export function traceChips(place: TracesPlace): readonly TraceChip[] {
	const { query, service, operation, errors, slowerThan, fasterThan, attributes = [] } = place;
	return [
		...(query === undefined ? [] : [chip(query, place, 'query')]),
		...(service === undefined ? [] : [chip(`service=${service}`, place, 'service')]),
		...(operation === undefined ? [] : [chip(`operation=${operation}`, place, 'operation')]),
		...(errors === true ? [chip('errors', place, 'errors')] : []),
		...(slowerThan === undefined ? [] : [chip(`slower than ${formatLength(slowerThan)}`, place, 'slowerThan')]),
		...(fasterThan === undefined ? [] : [chip(`faster than ${formatLength(fasterThan)}`, place, 'fasterThan')]),
		...attributes.map(attribute => ({
			text: formatAttribute(attribute),
			without: withAttributes(
				place,
				attributes.filter(each => each !== attribute),
			),
		})),
	];
}

/** A condition of which there is one at most. */
export type TraceCondition = 'query' | 'service' | 'operation' | 'errors' | 'slowerThan' | 'fasterThan';

const chip = (text: string, place: TracesPlace, name: TraceCondition): TraceChip => ({
	text,
	without: withCondition(place, name, undefined),
});

/** The search with a condition in place of the one of its kind; `undefined` takes it away. */
export function withCondition<Name extends TraceCondition>(
	place: TracesPlace,
	name: Name,
	value: TracesPlace[Name] | undefined,
): TracesPlace {
	// Every condition is optional: without one of them a place is a place.
	const { [name]: _, ...rest } = place;
	return { ...(rest as TracesPlace), ...(value === undefined ? {} : { [name]: value }) };
}

/** The search with an attribute more. */
export const withAttributeOf = (place: TracesPlace, attribute: TraceAttribute): TracesPlace =>
	withAttributes(place, withAttribute(place.attributes, attribute));

function withAttributes(place: TracesPlace, attributes: readonly TraceAttribute[]): TracesPlace {
	const { attributes: _, ...rest } = place;
	return attributes.length === 0 ? rest : { ...rest, attributes };
}
