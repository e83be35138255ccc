import { formatCount } from '../../analysis/format.ts';
import { lineSearchOf } from '../../analysis/line-search.ts';
import { isSearched, type LogMatches, matchNumber, soughtMatch } from '../../analysis/log-matches.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { SearchAside } from '../../investigation/logs-search.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { fit } from '../../terminal/width.ts';
import { type Binding, type Outcome, refuse, type Screen, stay } from '../screen.ts';
import { layoutOf } from './layout.ts';
import { cursorOf, type LogsShown, type LogsState, matchesOf, movedTo, recordsOf } from './state.ts';

/** Key `/`. What is found first from the cursor on is gone to when it is found: nothing waits for the search. */
export const lineSearch: NonNullable<Screen<LogsPlace, LogsFindings, LogsState>['search']> = {
	label: 'search the lines',
	footer: 2.5,
	current: state => state.search,
	apply: (text, { state }) => {
		if (text === '') return withoutSearch(state);
		return text === state.search ? state : { ...state, search: text, seek: { direction: 1, here: true } };
	},
	remark: text => lineSearchOf(text).plain,
};

export const withoutSearch = ({ seek: _, ...state }: LogsState): LogsState => ({ ...state, search: '' });

/** The cursor where the search has taken it by now. */
export function settledSearch(shown: LogsShown): LogsState {
	const { seek, ...state } = shown.state;
	if (seek === undefined) return shown.state;
	const at = cursorOf(shown);
	return at === cursorOf({ ...shown, state }) ? state : movedTo(shown, at, layoutOf(shown).list.height);
}

/** What the lines on show have not been searched for yet. */
export function searchOf(shown: LogsShown): readonly SearchAside[] {
	const { state, findings } = shown;
	const records = recordsOf(shown);
	if (state.search === '' || records.length === 0) return [];
	const found = lastValueOf(findings.matches);
	const serial = matchesOf(shown) === undefined ? (found?.serial ?? 0) + 1 : (found?.serial ?? 0);
	return [{ key: `search ${serial} ${state.search}`, kind: 'search', text: state.search, from: cursorOf(shown) }];
}

/** More of what is searched for would leave no room for what was found. */
const longestText = 14;

/** `/timeout 12 of 345  n N`, for the summary. */
export function searchText(shown: LogsShown, ellipsis: string): string {
	const { search } = shown.state;
	const { plain } = lineSearchOf(search);
	const subject = `/${fit(sanitize(search), longestText, { ellipsis })}${plain === undefined ? '' : ' as text'}`;
	const matches = matchesOf(shown);
	return matches === undefined ? subject : `${subject} ${countText(matches, cursorOf(shown))}`;
}

function countText(matches: LogMatches, cursor: number): string {
	const { positions, searched, records, skipped } = matches;
	const number = matchNumber(matches, cursor);
	const none = `none in ${formatCount(records.length)} ${records.length === 1 ? 'line' : 'lines'}`;
	const count = positions.length === 0 ? none : `${number === 0 ? '' : `${number} of `}${positions.length}`;
	const left = isSearched(matches) ? '' : `, ${Math.floor((100 * searched) / records.length)} % read`;
	const passed = skipped === 0 ? '' : `, ${skipped} too slow`;
	return `${count}${left}${passed}${positions.length === 0 ? '' : '  n N'}`;
}

const noneRead = 'No line that was read matches. & asks Loki for the lines with a text.';

/** To the next match round the ends; while the search goes on, to the nearest that is known, or to the first to be found. */
const toMatch =
	(direction: 1 | -1) =>
	(shown: LogsShown): Outcome<LogsState> => {
		if (shown.state.search === '') return refuse('Nothing is searched for. / searches.');
		const matches = matchesOf(shown);
		const to = matches && soughtMatch(matches, cursorOf(shown), { direction });
		if (to !== undefined) return stay(movedTo(shown, to, layoutOf(shown).list.height));
		return matches !== undefined && isSearched(matches)
			? refuse(matches.positions.length === 0 ? noneRead : 'No other line matches. / searches.')
			: stay({ ...shown.state, seek: { direction } });
	};

export const searchKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{ keys: ['n'], label: 'match', help: 'Next line that matches the search.', run: toMatch(1) },
	{ keys: ['N'], label: 'match back', help: 'Previous line that matches the search.', run: toMatch(-1) },
];
