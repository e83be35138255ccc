import { formatDuration, formatId } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { instantAround } from '../../analysis/log-context.ts';
import { chipText } from '../../analysis/log-filters.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { type LogsFindings, noLogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf, whyOld } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { lengthInMilliseconds, toMilliseconds } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { asidesOf } from './asides.ts';
import { keepText, takeAway } from './filter-keys.ts';
import { rangeNow } from './followed-volume.ts';
import { logsHelpRows } from './help-rows.ts';
import { escapeLogs, logsKeys } from './keys.ts';
import { queryPrompt } from './query-prompt.ts';
import { savePrompt } from './save-prompt.ts';
import { lineSearch, settledSearch } from './search.ts';
import { initialStateAt, type LogsShown, type LogsState, recordsOf } from './state.ts';
import { streamsPrompt } from './stream-keys.ts';
import { tallyOf } from './tally.ts';
import { LogsView } from './view.tsx';
import { settledAtEnd } from './window-ends.ts';

/** What a service, a request or a query wrote. */
export const logs: Screen<LogsPlace, LogsFindings, LogsState> = {
	title: titleOf,
	headline: shown =>
		isRequestPlace(shown.place) ? requestHeadline(shown) : [...aroundOf(shown), streamsHeadline(shown)].join(' · '),
	nothing: noLogsFindings,
	initial: initialStateAt,
	/** Lines that are being read must not move away. */
	refreshEvery: Number.POSITIVE_INFINITY,
	rangeNow,
	asides: asidesOf,
	prompts: { keepText, takeAway, streams: streamsPrompt, query: queryPrompt, save: savePrompt },
	keys: logsKeys,
	helpRows: logsHelpRows,
	escape: escapeLogs,
	escapeHelp:
		'Close what was begun here, one after the other: the range, the field, the pane, long reading, the guessed trace, the details, the search; then go up the trail.',
	settle: shown => settledAtEnd({ ...shown, state: settledSearch(shown) }),
	search: lineSearch,
	whyOld: ({ findings: { records, volume } }) => whyOld(records) ?? whyOld(volume),
	View: LogsView,
};

function titleOf({ request, trace, around }: LogsPlace): string {
	if (around !== undefined) return 'context';
	if (request !== undefined) return `request ${formatId(request)}`;
	return trace === undefined ? 'logs' : `logs of trace ${formatId(trace)}`;
}

/** `request 7f3c…9a01 · 14 lines · 4 services · 2.07 s`. */
function requestHeadline(shown: LogsShown): string {
	const { place } = shown;
	const records = recordsOf(shown);
	const subject =
		place.request === undefined ? `trace ${formatId(place.trace ?? '')}` : `request ${formatId(place.request)}`;
	const [first, last] = [records[0], records.at(-1)];
	if (first === undefined || last === undefined) return [subject, ...limitsOf(place)].join(' · ');
	const { services } = tallyOf(records);
	return [
		subject,
		...limitsOf(place),
		`${records.length} ${records.length === 1 ? 'line' : 'lines'}`,
		`${services} ${services === 1 ? 'service' : 'services'}`,
		formatDuration(lengthInMilliseconds(last.entry.at - first.entry.at)),
	].join(' · ');
}

/** `{service_name="edge"} · error or worse`, `every stream · by job, app`. */
function streamsHeadline({ place, findings }: LogsShown): string {
	const target = lastValueOf(findings.target);
	const isSeveral = target?.beside !== undefined;
	if (place.filters !== undefined && place.level === undefined && !isSeveral)
		return target?.queries[0] ?? limitsOf(place).join(' · ');
	return [
		place.query ?? (isSeveral ? undefined : target?.selector) ?? place.service ?? 'every stream',
		...[target?.how ?? []].flat(),
		...limitsOf(place),
	].join(' · ');
}

/** `around 11:59:00.000`. */
function aroundOf({ place: { around }, timeFormat }: LogsShown): readonly string[] {
	const at = around === undefined ? undefined : instantAround(around);
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	return at === undefined ? [] : [`around ${formatClock(toMilliseconds(at), zone, 'milliseconds')}`];
}

const limitsOf = ({ span, level, filters = [] }: LogsPlace): readonly string[] => [
	...(span === undefined ? [] : [`span ${formatId(span)}`]),
	...(level === undefined ? [] : [`${level} or worse`]),
	...filters.map(chipText),
];
