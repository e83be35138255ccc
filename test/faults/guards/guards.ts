/** A place in the source, and what stands there when the guard is taken out. The text stands there exactly once. */
export type Edit = { readonly file: string; readonly text: string; readonly instead: string };

/** What keeps a promise of the matrix: without it, each of its cells must fail, and in the way that is named. */
export type Guard = {
	readonly name: string;
	readonly edits: readonly Edit[];
	/** The screens and the faults that it guards; all when absent. */
	readonly rows?: readonly string[];
	readonly faults?: readonly string[];
	/** What its cells must say that is not as it should be. */
	readonly trouble: RegExp;
	/** It guards what was well before. */
	readonly full?: true;
};

const door = 'src/backends/http.ts';
const answers = 'src/backends/answer-failure.ts';

/** Screens that are asked again by themselves. */
const refreshing = [
	'alerts / prometheus',
	'alerts / alertmanager',
	'service',
	'service, resources',
	'service, neighbours',
	'traces',
	'silences',
	'cardinality',
];

/** What a fault comes to: who is ill, and with what. Together they guard every cell of the matrix. */
const ofFaults: readonly Guard[] = [
	{
		name: 'a broken connection is told',
		edits: [
			{
				file: 'src/backends/exchange.ts',
				text: '	asking.record({ ...evidence, outcome: failure.kind',
				instead:
					'	if (broken) await new Promise(() => undefined);\n	asking.record({ ...evidence, outcome: failure.kind',
			},
		],
		faults: [
			'refused',
			'reset before headers',
			'reset after headers',
			'truncated',
			'gzip that is none',
			'gzip cut off',
			'gzip bomb',
			'huge body',
		],
		trouble: /^at first: who/,
	},
	{
		name: 'a time-out ends a question',
		edits: [
			{ file: 'src/backends/deadline.ts', text: "		controller.abort(new Error('time is up'));\n", instead: '' },
		],
		faults: ['stalled before headers', 'stalled after headers', 'stalled in the body', 'trickle'],
		trouble: /^at first: who/,
	},
	{
		name: 'a status that is not good is told',
		edits: [
			{
				file: door,
				text: '		if (!isGood(response)) throw new FailureError(failureOf(response, request));\n',
				instead: '',
			},
			{
				file: 'src/backends/tempo/client.ts',
				text: '	if (failure.status !== 422) return thrown;',
				instead: '	if (failure.status !== 0) return thrown;',
			},
		],
		faults: ['401', '403', '404', '413', '422', '429', '429, Retry-After', '500', '502', '503', '504'],
		trouble: /^at first: wh/,
	},
	{
		name: 'a redirect is told',
		edits: [
			{
				file: answers,
				text: '	if (status >= 300 && status < 400) return redirectVerdict(answered);\n',
				instead: '',
			},
		],
		faults: ['redirect, same host', 'redirect, other host'],
		trouble: /^at first: wh/,
	},
	{
		name: 'damaged JSON is told',
		edits: [{ file: door, text: '	} catch {\n		return damaged;', instead: '	} catch {\n		return undefined;' }],
		faults: ['damaged JSON', 'JSON cut off', 'text as JSON', 'protobuf', 'gzip unannounced', 'login page'],
		trouble: /^at first: wh/,
	},
	{
		name: 'a login page is told for what it is',
		edits: [{ file: answers, text: '	if (isWebPage(body)) {', instead: '	if (isWebPage(body) && status === 0) {' }],
		faults: ['login page'],
		trouble: /^at first: what/,
	},
	{
		name: 'an answer with nothing in it is told',
		edits: [
			{
				file: door,
				text: "	if (body.trim() === '') return undefined;\n",
				instead: "	if (body.trim() === '') return damaged;\n",
			},
		],
		faults: ['empty 200', '204'],
		trouble: /^at first: what/,
	},
	{
		name: 'an answer that is too large is let go',
		edits: [{ file: 'src/backends/body.ts', text: '			if (bytes > cap) {', instead: '			if (bytes < 0) {' }],
		faults: ['gzip bomb', 'huge body'],
		trouble: /^at first: wh/,
	},
	{
		name: 'packed bytes that are damaged are told',
		edits: [
			{
				file: 'src/backends/transport-failure.ts',
				text: '	if (!/^(?:Z_|ERR_(?:_|BROTLI_))/.test(code)) return undefined;',
				instead: "	if (code !== '') return undefined;",
			},
		],
		faults: ['gzip that is none', 'gzip cut off'],
		trouble: /^at first: what/,
	},
	{
		name: 'what an answer calls itself is not believed',
		edits: [
			{
				file: 'src/backends/attempt.ts',
				text: "contentType: head('content-type'), body: text,",
				instead: "contentType: head('content-type'), body: /json/.test(head('content-type')) ? text : '',",
			},
		],
		faults: ['JSON as text', 'JSON as HTML'],
		trouble: /^at first: not/,
	},
	{
		name: 'a clock that is not ours is marked',
		edits: [
			{
				file: 'src/backends/exchange.ts',
				text: '	return Math.abs(ahead) > mostSkew ? { ahead } : {};',
				instead: '	return Math.abs(ahead) > mostSkew ? {} : {};',
			},
		],
		faults: ['clock 10 min ahead', 'clock 10 min behind'],
		trouble: /^at first: what/,
	},
	{
		name: 'what is told twice is there once',
		edits: [
			{
				file: 'src/backends/once.ts',
				text: 'if (items.length < 2) return items;',
				instead: 'if (items.length >= 0) return items;',
			},
			{ file: 'src/backends/distinct-names.ts', text: '[...new Set(names)]', instead: '[...(names ?? [])]' },
			{
				file: 'src/backends/tempo/span-identity.ts',
				text: '	if (shared.size === 0) return',
				instead: '	if (shared.size >= 0) return',
			},
			{
				file: 'src/investigation/trace-slices.ts',
				text: 'traces.set(summary.id, withoutSecrets(summary));',
				instead: 'traces.set(summary.id + traces.size, withoutSecrets(summary));',
			},
			{
				file: 'src/investigation/trace-slices.ts',
				text: 'const known = traces.get(summary.id);',
				instead: 'const known = traces.get(summary.id + traces.size);',
			},
			{
				file: 'src/investigation/compare-search.ts',
				text: 'traces.set(trace.id, trace);',
				instead: 'traces.set(trace.id + traces.size, trace);',
			},
		],
		faults: ['series twice'],
		trouble: /^at first: not/,
	},
	{
		name: 'the order is ours',
		edits: [
			{ file: 'src/analysis/alert-join.ts', text: '.sort(compareAlerts)', instead: '' },
			{ file: 'src/analysis/use-reading.ts', text: 'rows.sort(worstFirst)', instead: 'rows' },
			{ file: 'src/analysis/use-reading.ts', text: 'read.sort(byTrouble)', instead: 'read' },
			{
				file: 'src/analysis/neighbours.ts',
				text: '		.sort(\n			(a, b) => known',
				instead: '		.filter(\n			(a, b = a as never) => known',
			},
			{
				file: 'src/investigation/service-breakdown.ts',
				text: '		.sort((a, b) => failuresOf',
				instead: '		.filter((a, b = a as never) => 1 + failuresOf',
			},
			{ file: 'src/backends/distinct-names.ts', text: '.sort()', instead: '' },
			{
				file: 'src/backends/tempo/to-model.ts',
				text: '.toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0))',
				instead: '',
			},
			{
				file: 'src/investigation/trace-slices.ts',
				text: '.toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0))',
				instead: '',
			},
			{ file: 'src/analysis/sort-steps.ts', text: '		items.sort(compare);', instead: '' },
			{
				file: 'src/backends/loki/pages.ts',
				text: 'return written.toSorted((a, b) => byTime(a, b) || (a.at !== b.at ? 0 : compare(streamOf(a), streamOf(b))));',
				instead: 'return written;',
			},
			{
				file: 'src/backends/loki/pages.ts',
				text: "fresh.toSorted((a, b) => byTime(a, b) * (question.direction === 'backward' ? -1 : 1))",
				instead: 'fresh',
			},
			{
				file: 'src/analysis/log-stretch.ts',
				text: 'return merged.sort((a, b) => compare(a.entry.at, b.entry.at));',
				instead: 'return merged;',
			},
		],
		rows: [
			'alerts / alertmanager',
			'service',
			'service, neighbours',
			'logs',
			'request / loki',
			'trace',
			'traces',
			'compare',
			'cardinality',
		],
		faults: ['series reordered'],
		trouble: /^at first: not/,
	},
	{
		// Where lists are matched by what they say, or hold one thing, there is no order to be undone.
		name: 'what comes first is not taken for all',
		edits: [
			{
				file: 'src/backends/once.ts',
				text: 'if (items.length < 2) return items;',
				instead: 'if (items.length > 1) return items.slice(0, Math.ceil(items.length / 2));',
			},
			{
				file: 'src/backends/tempo/span-identity.ts',
				text: '	if (shared.size === 0) return { spans: sent, renamed: 0 };',
				instead: '	if (shared.size === 0) return { spans: sent.slice(0, Math.ceil(sent.length / 2)), renamed: 0 };',
			},
		],
		rows: ['alerts / prometheus', 'service, resources', 'request / tempo', 'silences'],
		faults: ['series reordered'],
		trouble: /^at first: not/,
	},
];

const told = ofFaults.flatMap(({ faults = [] }) => faults.filter(name => !/^(?:JSON as|clock|series)/.test(name)));
const quick = told.filter(name => !/^(?:stalled|trickle)/.test(name));

/** What is promised under every fault alike. */
const ofPromises: readonly Guard[] = [
	{
		name: 'keys are answered meanwhile',
		edits: [
			{
				file: 'src/app/update.ts',
				text: "		case 'pressed':\n",
				instead:
					"		case 'pressed':\n			if ([...state.slots.values()].some(({ doneAt, asking }) => doneAt === undefined || (asking?.size ?? 0) > 0)) return only(state);\n",
			},
		],
		trouble: /^keys are not answered while it waits/,
	},
	{
		name: 'leaving cancels',
		edits: [
			{
				file: 'src/app/store.ts',
				text: '			inFlight.delete(key);\n			controller.abort();\n',
				instead: '			inFlight.delete(key);\n',
			},
			{
				// Behind two questions to Alertmanager that are not cancelled that of `R` would wait, and nobody get as far as leaving.
				file: door,
				text: "endpoint.backend === 'alertmanager' ? 2 : 8",
				instead: '8',
			},
		],
		trouble: /^leaving cancels nothing/,
	},
	{
		name: 'the other panes stand alone',
		edits: [
			{
				file: 'src/investigation/board.ts',
				text: '	const set = (name: string, pane: Loadable<unknown>) => replace({ ...current(), [name]: pane });\n',
				instead:
					"	let fallen: Failure | undefined;\n	const set = (name: string, pane: Loadable<unknown>) =>\n		replace(fallen === undefined ? { ...current(), [name]: pane } : (Object.fromEntries(Object.keys(current()).map(each => [each, failedWith({ status: 'idle' }, fallen as Failure, world.now())])) as never));\n",
			},
			{
				file: 'src/investigation/board.ts',
				text: "				if (failure.kind === 'cancelled') throw error;\n",
				instead: "				if (failure.kind === 'cancelled') throw error;\n				fallen = failure;\n",
			},
			{
				file: 'src/investigation/missing-services.ts',
				text: "		const note = noteOf(error, 'Which services the trace names is not known.');\n",
				instead:
					"		const note = noteOf(error, 'Which services the trace names is not known.');\n		if (note !== undefined) throw error;\n",
			},
		],
		rows: ['alerts / prometheus', 'alerts / alertmanager', 'request / tempo'],
		faults: told,
		trouble: /^the other panes are gone/,
	},
	{
		name: 'a screen is asked again by itself',
		edits: [
			{
				file: 'src/app/wanted.ts',
				text: '	return state.now - slot.doneAt >= paceOf(state, place, slot).rest;',
				instead: '	return state.now - slot.doneAt < 0 && paceOf(state, place, slot).rest < 0;',
			},
			{
				file: 'src/app/wanted.ts',
				text: "	if (isProbeDue(state, slot)) return !state.paused && state.overlay?.kind !== 'queries';\n",
				instead: "	if (isProbeDue(state, slot)) return state.overlay?.kind === 'queries';\n",
			},
		],
		rows: refreshing,
		faults: quick,
		trouble: /^not well again by itself/,
	},
	{
		name: 'R asks again',
		edits: [
			{
				file: 'src/app/slots.ts',
				text: 'withSlot(state, placeKey(place), { ...slot, refresh: true, stopped: false });\n}\n\n/** Every place that shows',
				instead: 'withSlot(state, placeKey(place), { ...slot, stopped: false });\n}\n\n/** Every place that shows',
			},
		],
		// The alerts go on asking by themselves for a while.
		rows: [...refreshing.slice(1), 'logs', 'request / loki', 'request / tempo', 'trace', 'compare'],
		faults: quick,
		trouble: /^R asks nothing/,
	},
	{
		name: 'a backend that rests is tried again',
		edits: [
			{
				file: 'src/backends/breaker.ts',
				text: 'if (!insists && now() < open.until) throw',
				instead: 'if (!insists) throw',
			},
		],
		rows: refreshing,
		faults: ['429, Retry-After'],
		trouble: /^not well again by itself/,
	},
	{
		name: 'what was on show stays',
		edits: [
			{
				file: 'src/model/loadable.ts',
				text: "{ status: 'failed', failure, at, last: keep(last) };",
				instead: "{ status: 'failed', failure, at };",
			},
		],
		rows: [
			'service',
			'service, resources',
			'service, neighbours',
			'logs',
			'request / loki',
			'trace',
			'traces',
			'compare',
			'silences',
		],
		faults: ['refused', 'damaged JSON', '500', 'redirect, other host'],
		full: true,
		trouble: /^what was on show is gone/,
	},
];

export const guards: readonly Guard[] = [...ofFaults, ...ofPromises];

/** The guards that are about the fault of their cells rather than about all faults alike. */
export const isOfFault = (name: string): boolean => ofFaults.some(guard => guard.name === name);
