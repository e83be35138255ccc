import type { SpanNode } from '../../analysis/trace-tree.ts';
import type { TraceAside } from '../../investigation/trace-asides.ts';
import type { TraceAlert } from '../../investigation/trace-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import { fixed, hour, type Milliseconds, minute, toMilliseconds, type Window, wholeSeconds } from '../../model/time.ts';
import { go, type Outcome, refuse } from '../screen.ts';
import { onSpan, type Run, type TraceBinding } from './select.ts';
import { type Look, lookAt, readingOf, type TraceShown, type TraceState } from './state.ts';

/** Log lines of a span may be stamped late, and what led to it lies before it. */
const logSlack = 5 * minute;
/** Round a trace in panels: that minute, and enough before and after it to see what was different. */
const panelSlack = 5 * minute;
/** How far before a trace usual ones of its kind are looked for, and how far after it. */
const before = hour;
const after = 15 * minute;

/** The span's own time and some air, as a window that does not move. */
const windowOf = ({ span }: SpanNode): Window => {
	const start = toMilliseconds(span.start);
	const end = Math.max(start, toMilliseconds(span.end));
	const { from, to } = wholeSeconds({ from: start - logSlack, to: end + logSlack });
	return fixed(from, to);
};

const toLogs: Run = shown => {
	const look = lookAt(shown);
	if (look === undefined) return go({ kind: 'logs', trace: shown.place.id, window: shown.place.window });
	const { selected, reading } = look;
	const span = selected.missing || readingOf(shown)?.fromLogs === true ? {} : { span: selected.span.id };
	return go({ kind: 'logs', trace: reading.id, ...span, window: windowOf(selected) });
};

const unsent = 'Nobody sent this span, so its service is not known.';

const toPanels: Run = onSpan(({ selected }, { place, now }) =>
	selected.missing
		? refuse(unsent)
		: go({ kind: 'service', service: selected.span.service, window: untilNow(place.window, now) }),
);

/** Lines and spans are looked for a while after their time, but figures of what is still to come would all be missing. */
const untilNow = (window: Window, now: Milliseconds): Window =>
	window.kind === 'fixed' && window.from < now && now < window.to ? fixed(window.from, now) : window;

/** From the first span of the trace to the last one that is not skewed, in milliseconds. */
function traceTime({ reading: { tree, lanes } }: Look): { readonly from: Milliseconds; readonly to: Milliseconds } {
	const origin = toMilliseconds(tree.origin);
	return { from: Math.floor(origin + lanes.from / 1e6), to: Math.ceil(origin + lanes.to / 1e6) };
}

/** A window round the trace that does not reach beyond now. */
function roundTrace(look: Look, now: Milliseconds, [early, late]: readonly [Milliseconds, Milliseconds]): Window {
	const { from, to } = traceTime(look);
	return fixed(from - early, Math.max(to, Math.min(to + late, now)));
}

const toMetrics: Run = onSpan((look, { now }) => {
	const { selected } = look;
	if (selected.missing) return refuse(unsent);
	const window = roundTrace(look, now, [panelSlack, panelSlack]);
	return go({ kind: 'service', service: selected.span.service, window });
});

const toComparison: Run = onSpan((look, shown) => {
	const { tree, id } = look.reading;
	if (readingOf(shown)?.fromLogs === true)
		return refuse('This is made of log lines: without a trace there is none like it to compare.');
	if (tree.main === undefined || tree.main.missing) {
		return refuse('The root of this trace is not there, so it is not known which requests are like it.');
	}
	const { service, name } = tree.main.span;
	const window = roundTrace(look, shown.now, [before, after]);
	return go({ kind: 'compare', service, operation: name, trace: id, window });
});

/** Of the alerts about services of the trace, that of the selected span's service, else the worst. */
function alertFor(shown: TraceShown): TraceAlert | undefined {
	const alerts = lastValueOf(shown.findings.alerts) ?? [];
	const service = lookAt(shown)?.selected.span.service;
	return alerts.find(alert => alert.service === service) ?? alerts[0];
}

const toAlert = onSpan((look, shown): Outcome<TraceState> => {
	const alert = alertFor(shown);
	if (alert === undefined) return refuse(whyNoAlert(shown));
	const { service, id, route } = alert;
	const window = roundTrace(look, shown.now, [before, after]);
	return go({ kind: 'service', service, ...(route === undefined ? {} : { route }), alert: id, window });
});

function whyNoAlert({ findings }: TraceShown): string {
	const { alerts, trace } = findings;
	if (alerts.status === 'failed') return sentenceOf(alerts.failure);
	const said = lastOf(alerts);
	if (said === undefined) {
		return trace.status === 'loaded' ? 'Prometheus and Alertmanager are still being asked for alerts.' : unasked;
	}
	const [note] = said.notes;
	const services = (readingOf({ findings })?.services ?? []).join(', ');
	return `No alert is firing, or fired at the time of this trace, for ${services}.${note === undefined ? '' : ` ${note.text}`}`;
}

const unasked = 'Alerts are asked for when the trace is there.';

/** Which alerts are about services of the trace is asked for as soon as it is there. */
export const alertsIn = (shown: TraceShown): readonly TraceAside[] =>
	readingOf(shown) === undefined ? [] : [{ key: 'alerts', kind: 'alerts' }];

/** The one pivot that needs no trace: its ID alone leads to its lines. */
export const logsKey: TraceBinding = {
	keys: ['L'],
	label: 'logs',
	help: 'Open the log lines of this span, 5 minutes round it.',
	footer: 2,
	run: toLogs,
};

export const pivotKeys: readonly TraceBinding[] = [
	logsKey,
	{ keys: ['p'], label: 'panels', help: "Open the RED panels of the span's service.", footer: 3, run: toPanels },
	{
		keys: ['M'],
		label: 'compare',
		help: 'Compare slow requests like this one with usual ones of the same root.',
		footer: 3.5,
		run: toComparison,
	},
	{
		keys: ['m'],
		label: 'metrics then',
		help: "Open the panels of the span's service in the 10 minutes round the trace.",
		run: toMetrics,
	},
	{
		keys: ['A'],
		label: 'alert',
		help: 'Open the alert that fires, or fired at the time of the trace, for a service of it.',
		footerNow: shown => (alertFor(shown) === undefined ? undefined : 3.6),
		run: toAlert,
	},
];
