import { formatBytes, formatDuration } from '../analysis/format.ts';
import { redact } from '../analysis/redact.ts';
import type { QueryRecord } from '../model/answer.ts';
import { second } from '../model/time.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { askedSince, type State, shownPlace, slotAt } from './state.ts';

/** The evidence behind the shown screen: every question, ready to paste, with what it took. */
export function queryLines(state: State): readonly (readonly Marked[])[] {
	const queries = slotAt(state, shownPlace(state))?.queries ?? [];
	const total = queries.reduce((sum, { bytes }) => sum + bytes, 0);
	const title = `${queries.length} ${queries.length === 1 ? 'question' : 'questions'}, ${formatBytes(total)} answered`;
	return [
		[{ text: title, role: 'strong' }, ...stillAsked(state)],
		...queries.flatMap(query => [[], ...linesOf(query, Math.max(1, state.size.width - indent.length))]),
	];
}

/** A question is told once it is answered: that one is not yet is worth knowing all the more. */
function stillAsked(state: State): readonly Marked[] {
	const since = askedSince(state);
	if (since === undefined) return [];
	const waited = formatDuration(Math.floor((state.now - since) / second) * second);
	return [{ text: `  more under way for ${waited}, told when answered`, role: 'warning' }];
}

const indent = '  ';

function linesOf(query: QueryRecord, width: number): readonly (readonly Marked[])[] {
	const { backend, outcome, took, bytes, cost } = query;
	const failed = typeof outcome === 'string' || outcome >= 400;
	const figures = [formatDuration(took), formatBytes(bytes), ...(cost === undefined ? [] : [cost])].join('  ');
	return [
		[
			{ text: `${backend} `, role: 'strong' },
			{ text: String(outcome), role: failed ? 'error' : 'ok' },
			{ text: `  ${figures}`, role: 'dim' },
		],
		...(query.query === undefined ? [] : wrapText(query.query, width).map(line => [{ text: indent + line }])),
		...wrapText(curlOf(query), width).map(line => [{ text: indent + line, role: 'dim' as const }]),
	];
}

/** The request as a `curl` command without credentials. */
export function curlOf({ method, url, parameters, body }: QueryRecord): string {
	const pairs = parameters.map(([name, value]) => ` --data-urlencode ${quoted(`${name}=${value}`)}`).join('');
	const get = method === 'GET' && parameters.length > 0 ? ' -G' : '';
	const json = body === undefined ? '' : ` --json ${quoted(redact(body))}`;
	return `curl -s${method === 'DELETE' ? ' -X DELETE' : get} ${quoted(url)}${pairs}${json}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
