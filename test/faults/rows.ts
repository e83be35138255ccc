import type { BackendName } from '../../src/model/failure.ts';

export type BrokenBackend = Exclude<BackendName, 'grafana' | 'jaeger'>;

/** One screen, one backend of it that breaks, and what it shows when that is well. */
export type Row = {
	readonly name: string;
	readonly at: string;
	readonly breaks: BrokenBackend;
	/** What stands there only when the backend that breaks is well. */
	readonly sound: RegExp;
	/** What stands there whatever that backend does: it comes from another one. */
	readonly lives?: RegExp;
	/** It is asked again by itself, now and then. */
	readonly refreshes?: true;
	/** What is still there when the backend breaks that was well before; what is sound when absent. */
	readonly keeps?: RegExp;
};

/** IDs of the demo's world as it is for the tests. */
export type Ids = { readonly request: string; readonly trace: string };

export const rowsOf = ({ request, trace }: Ids): readonly Row[] => [
	{
		name: 'alerts / prometheus',
		at: 'alerts',
		breaks: 'prometheus',
		refreshes: true,
		sound: /18\.4 % > 5 %/,
		lives: /ConciergeBookingEr/,
	},
	{
		name: 'alerts / alertmanager',
		at: 'alerts',
		breaks: 'alertmanager',
		refreshes: true,
		sound: /1 silenced/,
		lives: /HeraldOutboxBacklog/,
	},
	{ name: 'service', at: 'service concierge', breaks: 'prometheus', refreshes: true, sound: /p99 2\.23 s/ },
	{
		name: 'service, resources',
		at: 'service berths --view resources',
		breaks: 'prometheus',
		refreshes: true,
		sound: /100 % 4 of 4/,
	},
	{
		name: 'service, neighbours',
		at: 'service concierge --view neighbours',
		breaks: 'prometheus',
		refreshes: true,
		sound: /CALLEES concierge › 6/,
	},
	{ name: 'logs', at: 'logs --service concierge', breaks: 'loki', sound: /73\.2k lines/ },
	{ name: 'request / loki', at: `logs --request ${request}`, breaks: 'loki', sound: /upstream failed/ },
	{
		name: 'request / tempo',
		at: `logs --request ${request}`,
		breaks: 'tempo',
		sound: /spans? in the trace, no line|every service of the trace has a line here/,
		lives: /upstream failed/,
		keeps: /upstream failed/,
	},
	{
		name: 'trace',
		at: `trace ${trace}`,
		breaks: 'tempo',
		sound: /is self time of berths PUT/,
		keeps: /10 spans 3 services/,
	},
	{ name: 'traces', at: 'traces --service concierge', breaks: 'tempo', refreshes: true, sound: /240 of more traces/ },
	{ name: 'compare', at: 'compare concierge', breaks: 'tempo', sound: /Slow requests spend/ },
	{
		name: 'silences',
		at: 'silences',
		breaks: 'alertmanager',
		refreshes: true,
		sound: /Sensors between Eisholm/,
	},
	{ name: 'cardinality', at: 'cardinality', breaks: 'prometheus', refreshes: true, sound: /1 label without bound/ },
];
