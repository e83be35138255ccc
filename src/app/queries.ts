import { formatBytes, formatDuration } from '../analysis/format.ts';
import { redact } from '../analysis/redact.ts';
import type { QueryRecord } from '../model/answer.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { type State, shownPlace, slotAt } from './state.ts';

/** The evidence behind the shown screen: every question, ready to paste, with what it took. */
export function queryLines(state: State): readonly (readonly Marked[])[] {
	const queries = slotAt(state, shownPlace(state))?.queries ?? [];
	const total = queries.reduce((sum, { bytes }) => sum + bytes, 0);
	const read = queries.reduce((sum, query) => sum + (query.read ?? 0), 0);
	const title = [
		`${queries.length} ${queries.length === 1 ? 'question' : 'questions'}`,
		`${formatBytes(total)} answered`,
		...(read === 0 ? [] : [`${formatBytes(read)} read by the servers`]),
	].join(', ');
	return [
		[{ text: title, role: 'strong' }],
		...queries.flatMap(query => [[], ...linesOf(query, Math.max(1, state.size.width - indent.length))]),
	];
}

const indent = '  ';

function linesOf(query: QueryRecord, width: number): readonly (readonly Marked[])[] {
	const { backend, outcome, took, bytes, cost, absent } = query;
	const failed = typeof outcome === 'string' || (outcome >= 400 && absent !== true);
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
