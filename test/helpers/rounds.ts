import { setImmediate } from 'node:timers/promises';
import type { Sources } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';

/** Hand-made backends: what a test does not give is answered with nothing. */
export type GivenSources = { readonly [Name in keyof Sources]?: Partial<Sources[Name]> };

/** What was asked at the same time: `queryRange sum(rate(x[1m]))`. */
export type Round = readonly string[];

/**
 * Backends that answer in rounds: all that is asked is answered together when nobody has anything more to ask, as
 * servers with one and the same delay would. So the number of rounds is the number of sequential round trips.
 */
export function createRounds(given: GivenSources): {
	readonly sources: Sources;
	/** Answers round after round until the work is done. */
	readonly run: (work: Promise<void>) => Promise<readonly Round[]>;
} {
	const rounds: string[][] = [];
	let waiting: { readonly text: string; readonly answer: () => void }[] = [];
	const inRound = <Value>(text: string, make: () => Promise<Value>): Promise<Value> =>
		new Promise((resolve, reject) => {
			waiting.push({ text, answer: () => void make().then(resolve, reject) });
		});
	return {
		sources: sourcesIn(given, inRound),
		run: async work => {
			let working = true;
			const settled = Promise.allSettled([work]).then(() => {
				working = false;
			});
			while (working) {
				await setImmediate();
				const round = waiting;
				waiting = [];
				if (round.length > 0) rounds.push(round.map(({ text }) => text));
				for (const each of round) each.answer();
			}
			await settled;
			await work;
			return rounds;
		},
	};
}

type InRound = <Value>(text: string, make: () => Promise<Value>) => Promise<Value>;

const nothing = async () => answer([]);

function sourcesIn({ metrics, alerts, traces }: GivenSources, inRound: InRound): Sources {
	return {
		alerts: {
			alerts: asking => inRound('alerts', () => (alerts?.alerts ?? nothing)(asking)),
			silences: asking => inRound('silences', () => (alerts?.silences ?? nothing)(asking)),
			createSilence: unasked,
			expireSilence: unasked,
		},
		metrics: {
			rules: asking => inRound('rules', () => (metrics?.rules ?? nothing)(asking)),
			query: (promql, at, asking) => inRound(`query ${promql}`, () => (metrics?.query ?? nothing)(promql, at, asking)),
			queryRange: (promql, grid, asking) =>
				inRound(`queryRange ${promql}`, () => (metrics?.queryRange ?? nothing)(promql, grid, asking)),
			queryHistograms: (promql, grid, asking) =>
				inRound(`queryHistograms ${promql}`, () => (metrics?.queryHistograms ?? nothing)(promql, grid, asking)),
			series: (selectors, range, limit, asking) =>
				inRound('series', () => (metrics?.series ?? nothing)(selectors, range, limit, asking)),
			labelNames: (selectors, range, asking) =>
				inRound('labelNames', () => (metrics?.labelNames ?? nothing)(selectors, range, asking)),
			labelValues: (name, selectors, range, limit, asking) =>
				inRound(`labelValues ${name}`, () => (metrics?.labelValues ?? nothing)(name, selectors, range, limit, asking)),
			tsdbStatus: (limit, asking) => inRound('tsdbStatus', () => (metrics?.tsdbStatus ?? unasked)(limit, asking)),
			exemplars: (promql, range, asking) =>
				inRound(`exemplars ${promql}`, () => (metrics?.exemplars ?? nothing)(promql, range, asking)),
		},
		logs: {
			logs: unasked,
			tail: unasked,
			countRange: unasked,
			labelNames: unasked,
			labelValues: unasked,
			series: unasked,
			patterns: unasked,
			stats: unasked,
		},
		traces: {
			trace: unasked,
			search: (traceql, range, limit, asking) =>
				inRound(`search ${traceql}`, () => (traces?.search ?? nothing)(traceql, range, limit, asking)),
		},
	};
}

const unasked = () =>
	Promise.reject(
		new FailureError({ kind: 'internal', what: 'Nobody asks this here.', next: 'Give the test an answer.' }),
	);

/** A backend that refuses the connection. */
export const refused = (backend: 'prometheus' | 'alertmanager') => () =>
	Promise.reject(
		new FailureError({ kind: 'refused', backend, what: `${backend} refused the connection.`, next: 'Check its URL.' }),
	);

/** The rejection of a question whose place was left. */
export const cancelled = () =>
	Promise.reject(
		new FailureError({ kind: 'cancelled', what: 'The question was cancelled.', next: 'Press R to ask again.' }),
	);
