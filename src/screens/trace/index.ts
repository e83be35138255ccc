import { formatId } from '../../analysis/format.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import { noTraceFindings, type TraceFindings } from '../../investigation/trace-findings.ts';
import { whyOld } from '../../model/loadable.ts';
import type { TracePlace } from '../../model/place.ts';
import { hour } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { errorWords } from './error-keys.ts';
import { escapeTrace, traceKeys } from './keys.ts';
import { linkPrompt } from './link-keys.ts';
import { awaitedIn, ladderIn } from './missing.ts';
import { alertsIn } from './pivot-keys.ts';
import { answerOf, initialState, lookAt, type TraceShown, type TraceState } from './state.ts';
import { TraceView } from './view.tsx';

/** One request through all services: its flame graph, waterfall and table. */
export const trace: Screen<TracePlace, TraceFindings, TraceState> = {
	title: ({ id, guessed }) => `${guessed === undefined ? '' : 'guessed '}trace ${formatId(id)}`,
	headline,
	nothing: noTraceFindings,
	initial: initialState,
	// A trace that is stored hardly changes; R asks for one that is still arriving.
	refreshEvery: hour,
	asides: shown => [...awaitedIn(shown), ...ladderIn(shown), ...alertsIn(shown)],
	keys: traceKeys,
	rungs: ['L', 'r', 'a', 'w'],
	prompts: { link: linkPrompt },
	search: {
		label: 'search spans',
		current: ({ search }) => search,
		apply: (search, { state }) => ({ ...state, search }),
	},
	escape: escapeTrace,
	escapeHelp: 'Go back from a stretch of time, leave the zoom, close the details; then go up the trail.',
	whyOld: ({ findings }) => whyOld(findings.trace),
	View: TraceView,
};

/** `2.07 s  11 spans  5 services  error 2 of 5`. */
function headline(shown: TraceShown): string {
	const answered = answerOf(shown);
	if (answered === undefined) return `trace ${shown.place.id}`;
	if (!answered.found) return `trace ${answered.id} not found`;
	const { spent, spans, services } = answered;
	const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
	const { guessed } = shown.place;
	const search = shown.state.search === '' ? [] : [`search ${shown.state.search} ${foundWords(shown)}`];
	return [
		...search,
		formatSpanTime(spent.total),
		count(spans.length, 'span'),
		count(services.length, 'service'),
		errorWords(shown),
		...(answered.fromLogs === true ? ['from logs'] : []),
		...(guessed === undefined ? [] : [guessed]),
	].join('  ');
}

/** `3 of 17`: the selected one among the spans that match; how many where it does not match itself. */
function foundWords(shown: TraceShown): string {
	const look = lookAt(shown);
	const matches = look?.matches;
	if (look === undefined || matches === undefined) return '';
	if (!matches.has(look.selected)) return `${matches.count} found`;
	return `${matches.within(0, look.selected.index + 1)} of ${matches.count}`;
}
