import type { LogLevel } from '../model/log-entry.ts';
import type { Place } from '../model/place.ts';
import { hour, live, type Window } from '../model/time.ts';

/** A place, or the printed walk from an alert to its cause. */
export type Address = Place | { readonly kind: 'report'; readonly alert: string; readonly window: Window };

/** The address grammar as a table: parser, printer, help and completion read it. */
export const addressForms = {
	alerts: { argument: '[FILTER]', options: [], about: 'firing, pending, silenced and inhibited alerts' },
	service: {
		argument: 'NAME',
		options: ['route', 'by', 'alert', 'view', 'family', 'compare', 'quantiles', 'rates', 'durations'],
		about: 'RED panels of a service',
	},
	logs: {
		argument: '[SELECTOR-or-LogQL]',
		options: [
			'service',
			'request',
			'trace',
			'span',
			'level',
			'where',
			'grep',
			'around',
			'route',
			'alert-began',
			'follow',
			'read-up-to',
		],
		about: 'log lines of a service, a request or a query',
	},
	trace: { argument: 'ID', options: ['span', 'guessed'], about: 'flame graph of one trace' },
	traces: {
		argument: '[TraceQL]',
		options: ['service', 'operation', 'slow', 'fast', 'errors', 'attribute'],
		about: 'search for traces',
	},
	compare: {
		argument: '[SERVICE]',
		options: ['operation', 'trace', 'attribute'],
		about: 'slow requests against usual ones of the same root',
	},
	silences: { argument: '[FILTER]', options: [], about: 'who silences what, why and until when' },
	cardinality: {
		argument: '[FILTER]',
		options: [],
		about: 'what makes the metrics many, and the labels without bound',
	},
	report: { argument: 'ALERT', options: [], about: 'the whole walk from an alert to its cause, printed' },
} as const satisfies Record<
	Address['kind'],
	{ readonly argument: string; readonly options: readonly string[]; readonly about: string }
>;

export const addressKinds = Object.keys(addressForms) as readonly Address['kind'][];
export const windowOptions = ['since', 'from', 'to'] as const;
export const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
export const defaultWindow: Window = live(hour);

/** Options that take no value. */
export const addressFlags: readonly string[] = ['errors', 'follow'];
/** Options that may be given more than once. */
export const addressLists: readonly string[] = ['where', 'grep', 'attribute'];
