import { isRequestPlace, requestPlaceOf, tracePlaceOf } from '../../analysis/log-pivots.ts';
import { sameRequestTest } from '../../analysis/same-request.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, go, type Outcome, refuse } from '../screen.ts';
import { narrowByPicked } from './filter-keys.ts';
import { jump, noRow } from './jump.ts';
import { type LogsShown, type LogsState, recordsOf, selectedRecord } from './state.ts';

/** The next step of the walk: from a line to its request, from a request to its trace. */
function open(shown: LogsShown): Outcome<LogsState> {
	if (shown.state.picked !== undefined) return narrowByPicked(shown, false);
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	if (isRequestPlace(shown.place)) return openTrace(shown);
	const to = requestPlaceOf(record);
	return to === undefined
		? refuse('This line carries no request ID and no trace ID. e goes to the next error.')
		: go(to);
}

/** The trace of this line; in a request any line's will do. */
function openTrace(shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	const own = tracePlaceOf(record);
	if (own !== undefined) return go(own);
	if (!isRequestPlace(shown.place)) return refuse('This line carries no trace ID.');
	const other = recordsOf(shown).find(({ traceId }) => traceId !== undefined);
	const to = other === undefined ? undefined : tracePlaceOf(other);
	return to === undefined ? refuse('No line of this request carries a trace ID.') : go(to);
}

const noOtherOfRequest = 'No other line here belongs to the same request. enter looks for them in every service.';

export const requestKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['enter'],
		label: 'request, trace',
		labelNow: ({ state }) => (state.picked === undefined ? 'request, trace' : 'keep this value'),
		help: 'From a line to the lines of its request in every service; from there to its trace.',
		footer: 1,
		run: open,
	},
	{ keys: ['T'], label: 'trace', help: 'Go straight to the trace of this line.', footer: 3, run: openTrace },
	{
		keys: ['o'],
		label: 'same request',
		help: 'Next line of the same request.',
		run: jump(1, sameRequestTest, noOtherOfRequest),
	},
	{
		keys: ['O'],
		label: 'same request back',
		help: 'Previous line of the same request.',
		run: jump(-1, sameRequestTest, noOtherOfRequest),
	},
];
