/** A place in the source, and what stands there when the guard is taken out. The text stands there exactly once. */
export type Edit = { readonly file: string; readonly text: string; readonly instead: string };

/** What keeps a promise of the matrix: without it, each of its cells must fail, and in the way that is named. */
export type Guard = {
	readonly name: string;
	readonly edits: readonly Edit[];
	/** The screens and the faults that it guards; all when absent. */
	readonly rows?: readonly string[];
	readonly faults?: readonly string[];
	/** Other screens that are not touched by it, with the fault where it is not all of them. */
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
];

const told = ofFaults.flatMap(({ faults = [] }) => faults.filter(name => !/^(?:JSON as|clock)/.test(name)));
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
					"		case 'pressed':\n			if ([...state.slots.values()].some(({ doneAt }) => doneAt === undefined)) return only(state);\n",
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
		],
		trouble: /^leaving cancels nothing/,
	},
	{
		name: 'the other panes stand alone',
		edits: [
			{
				file: 'src/investigation/board.ts',
				text: '				set(name, failedWith(paneOf(name), redactedFailure(failure), world.now()));\n				return undefined;',
				instead:
					'				replace(Object.fromEntries(Object.keys(current()).map(each => [each, failedWith(paneOf(each), failure, world.now())])) as never);\n				throw error;',
			},
		],
		rows: ['alerts / prometheus', 'alerts / alertmanager'],
		faults: quick,
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
		faults: quick,
		trouble: /^R asks nothing/,
	},
	{
		name: 'the breaker closes again',
		edits: [
			{
				file: 'src/backends/breaker.ts',
				text: "		if (sign.kind === 'well') {\n			failed = [];\n			open = undefined;\n",
				instead: "		if (sign.kind === 'well') {\n			failed = [];\n",
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
		faults: ['refused', 'damaged JSON', '500', 'redirect, other host'],
		full: true,
		trouble: /^what was on show is gone/,
	},
];

export const guards: readonly Guard[] = [...ofFaults, ...ofPromises];

/** The guards that are about the fault of their cells rather than about all faults alike. */
export const isOfFault = (name: string): boolean => ofFaults.some(guard => guard.name === name);
