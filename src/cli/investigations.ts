import type { AsideInvestigator, Investigator } from '../app/store.ts';
import { type AnswerAside, type Aside, boardOver, type Panes, type World } from '../investigation/board.ts';
import type { Asking } from '../investigation/ports.ts';
import type { PlaceKind, PlaceOf } from '../model/place.ts';
import { bounded } from './bounded.ts';

/** One investigation for each kind of place, loaded when it is first asked; the compiler refuses a place without one. */
const investigations = {
	alerts: async () => (await import('../investigation/alerts.ts')).investigateAlerts,
	service: async () => (await import('../investigation/service.ts')).investigateService,
	logs: async () => (await import('../investigation/logs.ts')).investigateLogs,
	trace: async () => (await import('../investigation/trace.ts')).investigateTrace,
	traces: async () => (await import('../investigation/traces.ts')).investigateTraces,
	compare: async () => (await import('../investigation/compare.ts')).investigateCompare,
	silences: async () => (await import('../investigation/silences.ts')).investigateSilences,
	cardinality: async () => (await import('../investigation/cardinality.ts')).investigateCardinality,
} satisfies {
	[Kind in PlaceKind]: () => Promise<
		(
			place: PlaceOf<Kind>,
			world: World,
			previous: never,
			publish: (findings: Panes) => void,
			asking: Asking,
		) => Promise<void>
	>;
};

type AnyInvestigation = (
	place: unknown,
	world: World,
	previous: Panes,
	publish: (findings: Panes) => void,
	asking: Asking,
) => Promise<void>;

/** The investigations of one world as the store asks them: findings go back to the screen they came from. */
export const investigatorOf =
	(world: World): Investigator =>
	async (place, previous, publish, asking) => {
		const investigate = (await investigations[place.kind]()) as unknown as AnyInvestigation;
		return investigate(place, world, previous, publish, asking);
	};

/** Which alerts there are, as the store asks while another place is on show. */
export const glancerOf =
	(world: World): Investigator =>
	async (place, previous, publish, asking) => {
		const { glanceAtAlerts } = await import('../investigation/alerts.ts');
		return (glanceAtAlerts as unknown as AnyInvestigation)(place, world, previous, publish, asking);
	};

/** Whoever answers what a screen asks beside the questions of its place; screens that ask nothing have no entry. */
const asides = {
	logs: async () => (await import('../investigation/logs-asides.ts')).answerLogsAside,
	trace: async () => (await import('../investigation/trace-asides.ts')).answerTraceAside,
	traces: async () => (await import('../investigation/traces-asides.ts')).answerTracesAside,
} satisfies { [Kind in PlaceKind]?: () => Promise<AnswerAside<PlaceOf<Kind>, never, never>> };

type AnyAnswerAside = AnswerAside<unknown, Panes, Aside>;

/** The answers to asides in one world; what is asked comes from the screen of the very place. */
export const asideInvestigatorOf =
	(world: World): AsideInvestigator =>
	async (question, findings, asking) => {
		const { kind } = question.place;
		if (kind !== 'logs' && kind !== 'trace' && kind !== 'traces') throw new Error(`Nobody answers asides of ${kind}.`);
		const answer = (await asides[kind]()) as unknown as AnyAnswerAside;
		return answer(question, { bounded, ...world }, boardOver(findings, world), asking);
	};
