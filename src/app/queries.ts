import { formatBytes, formatDuration } from '../analysis/format.ts';
import { redact, redactField } from '../analysis/redact.ts';
import type { OpenQuery, QueryRecord } from '../model/answer.ts';
import { type Milliseconds, second } from '../model/time.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { budgetLines } from './budget.ts';
import { askedSince, type State, shownPlace, slotAt } from './state.ts';

/** The evidence behind the shown screen: every question, ready to paste, with what it took. */
export function queryLines(state: State): readonly (readonly Marked[])[] {
	const { queries, open } = askedAt(state);
	const width = Math.max(1, state.size.width - indent.length);
	const total = queries.reduce((sum, { bytes }) => sum + bytes, 0);
	const read = queries.reduce((sum, query) => sum + (query.read ?? 0), 0);
	const title = [
		`${queries.length} ${queries.length === 1 ? 'question' : 'questions'}`,
		`${formatBytes(total)} answered`,
		...(read === 0 ? [] : [`${formatBytes(read)} read by the servers`]),
	].join(', ');
	return [
		[{ text: title, role: 'strong' }, ...stillAsked(state)],
		...budgetLines(state).map(text => [{ text }]),
		...open.flatMap(query => [[], ...openLines(query, state.now, width)]),
		...queries.flatMap(query => [[], ...linesOf(query, width)]),
	];
}

/** The questions of the place on show. Where secrets are shown, a filter by one may have put it in a question. */
function askedAt(state: State): { readonly queries: readonly QueryRecord[]; readonly open: readonly OpenQuery[] } {
	const { queries = [], open = [] } = slotAt(state, shownPlace(state)) ?? {};
	return state.secretsShown
		? { queries: queries.map(withoutSecrets), open: open.map(withoutSecrets) }
		: { queries, open };
}

const withoutSecrets = <Asked extends Question>(asked: Asked): Asked => ({
	...asked,
	url: redact(asked.url),
	parameters: asked.parameters.map(([name, value]) => [name, redactField(name, value)]),
	...(asked.query === undefined ? {} : { query: redact(asked.query) }),
});

/** What hangs comes first: whether the server or the way to it is slow is tried by hand. */
const openLines = (query: OpenQuery, now: Milliseconds, width: number): readonly (readonly Marked[])[] => [
	[
		{ text: `${query.backend} `, role: 'strong' },
		{
			text: `under way for ${formatDuration(Math.max(0, Math.floor((now - query.since) / second) * second))}`,
			role: 'warning',
		},
	],
	...questionLines(query, width),
];

/** That not all is answered yet is worth knowing, whether or not a question is out just now. */
function stillAsked(state: State): readonly Marked[] {
	const since = askedSince(state);
	if (since === undefined) return [];
	const waited = formatDuration(Math.floor((state.now - since) / second) * second);
	return [{ text: `  still asking, for ${waited}`, role: 'warning' }];
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
		...questionLines(query, width),
	];
}

const questionLines = (question: Question, width: number): readonly (readonly Marked[])[] => [
	...(question.query === undefined ? [] : wrapText(question.query, width).map(line => [{ text: indent + line }])),
	...wrapText(curlOf(question), width).map(line => [{ text: indent + line, role: 'dim' as const }]),
];

type Question = Omit<OpenQuery, 'since'>;

/** The request as a `curl` command without credentials. */
export function curlOf({ method, url, parameters, body }: Question): string {
	const pairs = parameters.map(([name, value]) => ` --data-urlencode ${quoted(`${name}=${value}`)}`).join('');
	const get = method === 'GET' && parameters.length > 0 ? ' -G' : '';
	const json = body === undefined ? '' : ` --json ${quoted(redact(body))}`;
	return `curl -s${method === 'DELETE' ? ' -X DELETE' : get} ${quoted(url)}${pairs}${json}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
