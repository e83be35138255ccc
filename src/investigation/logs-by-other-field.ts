import { identityNames } from '../analysis/log-query.ts';
import { isSelectable, logQuery } from '../analysis/logql.ts';
import { escapeRegex } from '../analysis/string-literal.ts';
import { likelySpellings } from '../analysis/trace-id.ts';
import type { LogFilter, LogsPlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { logRange } from './log-reading.ts';
import { selectorsOf } from './log-target.ts';
import type { LadderAttempt, LogsTarget } from './logs-findings.ts';
import { unlessFailed } from './logs-of-span.ts';
import type { Asking } from './ports.ts';

/** Lines that tell which fields stand beside lines. */
const sampled = 100;
/** Names that one question asks for. */
const mostNames = 40;

/**
 * The ID of a request or a trace under a name that nobody takes for one: in a field beside the line, where no search of the
 * text finds it. Some lines of the same streams tell which fields there are; none is asked for that is known to have IDs.
 */
export async function attemptsByOtherField(
	{ place, range, target }: { readonly place: LogsPlace; readonly range: TimeRange; readonly target: LogsTarget },
	world: World,
	asking: Asking,
): Promise<readonly LadderAttempt[]> {
	const { request: _, trace: __, span: ___, ...others } = place;
	const id = place.trace ?? place.request;
	const [selector] = selectorsOf(target);
	if (id === undefined || selector === undefined) return [];
	const names = await otherNames(selector, range, world, asking);
	if (names.length === 0) return [];
	const values = place.trace === undefined ? [id] : likelySpellings(id);
	const anyOf = names.map(name => ({ name, operator: '=~' as const, value: values.map(escapeRegex).join('|') }));
	const query = logQuery({ selector, metadataFilters: [{ anyOf }] });
	const filtered = (filter: LogFilter): LogsPlace => ({ ...others, filters: [...(place.filters ?? []), filter] });
	return [
		{
			key: 'o',
			words: `with the ID in another field (of ${names.length})`,
			to: place,
			range,
			queries: [query],
			narrow: line => {
				const found = fieldWith(values, line);
				return found === undefined ? place : filtered({ test: { kind: 'field', ...found, origin: 'metadata' } });
			},
		},
	];
}

/** The fields beside the newest lines that are not known to have IDs. */
async function otherNames(
	selector: string,
	range: TimeRange,
	{ sources }: World,
	asking: Asking,
): Promise<readonly string[]> {
	const question = { logql: selector, range: logRange(range), limit: sampled, direction: 'backward' } as const;
	const page = await unlessFailed(sources.logs.logs(question, asking));
	const names = new Set((page?.entries ?? []).flatMap(({ metadata }) => Object.keys(metadata)));
	return [...names].filter(name => isSelectable(name) && !identityNames.has(name)).slice(0, mostNames);
}

/** Which field of the found line has one of the values: the line comes as JSON of its text and its fields. */
function fieldWith(
	values: readonly string[],
	found: string,
): { readonly name: string; readonly value: string } | undefined {
	const [, metadata]: readonly unknown[] = JSON.parse(found);
	const fields = Object.entries(metadata ?? {});
	const field = fields.find(([, value]) => typeof value === 'string' && values.includes(value));
	return field === undefined ? undefined : { name: field[0], value: String(field[1]) };
}
