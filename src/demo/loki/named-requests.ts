import type { Turn } from '../identifiers.ts';
import type { Incident } from '../incident.ts';
import type { Condition, Stage } from './logql.ts';

/**
 * The only requests whose lines can pass these stages, when one stage asks for a request or trace ID; `undefined`
 * when none does. An ID stands in the lines of its own request and in no others, so this is an index and changes no
 * answer: an ID that the incident does not know gives the empty list.
 */
export function requestsNamedBy(stages: readonly Stage[], incident: Incident): readonly Turn[] | undefined {
	for (const stage of stages) {
		const wanted = idsWantedBy(stage)?.map(id => turnsOf(id, incident));
		if (wanted?.every(turns => turns !== undefined)) return distinct(wanted.flat());
	}
	return undefined;
}

/**
 * A trace ID may be spelled without its leading zeros; but 16 digits that are no trace's are perhaps a span's, about
 * which nothing is known without reading.
 */
function turnsOf(id: string, incident: Incident): readonly Turn[] | undefined {
	const request = id.includes('-') ? incident.requestOfId(id) : incident.requestOfTrace(id);
	if (request !== undefined) return [request.outline.turn];
	return id.length < 32 ? undefined : [];
}

const distinct = (turns: readonly Turn[]): readonly Turn[] => [
	...new Map(turns.map(turn => [`${turn.second}/${turn.index}`, turn])).values(),
];

/** A line that passes the stage holds at least one of these; `undefined` when that cannot be said. */
function idsWantedBy(stage: Stage): readonly string[] | undefined {
	if (stage.kind === 'filter') return idsInCondition(stage.condition);
	if (stage.kind !== 'line') return undefined;
	if (stage.operator === '|=') return allIds(stage.texts);
	return stage.operator === '|~' ? allIds(stage.texts.flatMap(alternativesOf)) : undefined;
}

function idsInCondition(condition: Condition): readonly string[] | undefined {
	switch (condition.kind) {
		case 'text':
			if (condition.operator === '=') return allIds([condition.value]);
			return condition.operator === '=~' ? allIds(alternativesOf(condition.value)) : undefined;
		case 'and':
			return idsInCondition(condition.left) ?? idsInCondition(condition.right);
		case 'or': {
			const left = idsInCondition(condition.left);
			const right = idsInCondition(condition.right);
			return left === undefined || right === undefined ? undefined : [...left, ...right];
		}
		default:
			return undefined;
	}
}

/** `(?i)(?:a|b)` is a or b; whatever else a pattern has in it is no ID. */
const alternativesOf = (pattern: string): readonly string[] =>
	pattern
		.replace(/^\(\?i\)/, '')
		.replace(/^\((?:\?:)?([^()]*)\)$/, '$1')
		.split('|');

const id = /(?<![0-9a-f-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,32})(?![0-9a-f-])/i;

/** IDs in quotes or after a key are IDs still: `"trace_id":"…"`. */
function allIds(texts: readonly string[]): readonly string[] | undefined {
	const ids = texts.map(text => id.exec(text)?.[0]);
	return ids.every(each => each !== undefined) ? ids : undefined;
}
