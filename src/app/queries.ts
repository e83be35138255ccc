import { formatBytes, formatDuration } from '../analysis/format.ts';
import type { QueryRecord } from '../model/answer.ts';
import { type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { wrapText } from '../widgets/wrap.ts';
import { type State, shownPlace, slotAt } from './state.ts';

/** The evidence behind the shown screen: every question, ready to paste, with what it took. */
export function queryLines(state: State, theme: Theme): readonly (readonly Segment[])[] {
	const queries = slotAt(state, shownPlace(state))?.queries ?? [];
	const total = queries.reduce((sum, { bytes }) => sum + bytes, 0);
	const title = `${queries.length} ${queries.length === 1 ? 'question' : 'questions'}, ${formatBytes(total)} answered`;
	return [
		[segment(title, theme.style('strong'))],
		...queries.flatMap(query => [[], ...linesOf(query, theme, state.size.width)]),
	];
}

function linesOf(query: QueryRecord, theme: Theme, width: number): readonly (readonly Segment[])[] {
	const { backend, outcome, took, bytes, cost } = query;
	const failed = typeof outcome === 'string' || outcome >= 400;
	const figures = [formatDuration(took), formatBytes(bytes), ...(cost === undefined ? [] : [cost])].join('  ');
	return [
		[
			segment(`${backend} `, theme.style('strong')),
			segment(String(outcome), theme.style(failed ? 'error' : 'ok')),
			segment(`  ${figures}`, theme.style('dim')),
		],
		...(query.query === undefined ? [] : wrapText(query.query, width - 2).map(line => [segment(`  ${line}`)])),
		...wrapText(curlOf(query), width - 2).map(line => [segment(`  ${line}`, theme.style('dim'))]),
	];
}

/** The request as a `curl` command without credentials. */
export function curlOf({ method, url, parameters }: QueryRecord): string {
	const pairs = parameters.map(([name, value]) => ` --data-urlencode ${quoted(`${name}=${value}`)}`).join('');
	return `curl -s${method === 'GET' && parameters.length > 0 ? ' -G' : ''} ${quoted(url)}${pairs}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
