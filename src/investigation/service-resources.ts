import { patientRange } from '../analysis/red-queries.ts';
import { resourceSelectors } from '../analysis/use-identity.ts';
import { planResources, type UsePlan } from '../analysis/use-plan.ts';
import { figureBundles, figuresOf, limitBundles, type UseBundle } from '../analysis/use-queries.ts';
import { answeredPlan, type ResourceRow, type Resources, readResources, unbundled } from '../analysis/use-reading.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { type Loadable, lastValueOf } from '../model/loadable.ts';
import type { ServicePlace } from '../model/place.ts';
import type { Grid, Sample, Series } from '../model/series.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import { endedNotes, type Figure } from './ended-figures.ts';
import { inPool } from './in-pool.ts';
import type { Asking, MetricsSource } from './ports.ts';
import { type AlertLight, identityOf } from './service-target-search.ts';

/** What the resources of a service were found to be, and how to ask for them again without looking for them. */
export type FoundResources = Resources & {
	readonly plan: UsePlan;
	/** When it was last looked what there is. */
	readonly lookedAt: Milliseconds;
};

/** The last answer, while it may be built upon. */
export const knownResources = (
	{ resources }: { readonly resources: Loadable<FoundResources> },
	now: Milliseconds,
	holds: Milliseconds,
): FoundResources | undefined => {
	const last = lastValueOf(resources);
	return last !== undefined && last.rows.length > 0 && now - last.lookedAt < holds ? last : undefined;
};

type ResourcesQuestion = {
	readonly place: ServicePlace;
	readonly light: AlertLight | undefined;
	readonly range: TimeRange;
	readonly grid: Grid;
	readonly now: Milliseconds;
	readonly known: FoundResources | undefined;
	readonly metrics: Pick<MetricsSource, 'series' | 'query' | 'queryRange'>;
	readonly asking: Asking;
};

/** Label sets that are looked through to know what there is. */
const mostSeries = 4000;
/** Questions at a time: one for the limits, the others for the figures. */
const atOnce = 8;

/** What there is by one question, and then all figures in one batch. */
export async function askResources(question: ResourcesQuestion): Promise<Answer<FoundResources>> {
	const { range, grid, metrics, asking, known, now } = question;
	const identity = identityOf(question.place, question.light);
	const over = Math.max(patientRange, grid.step);
	const looked =
		known === undefined ? await metrics.series(resourceSelectors(identity), range, mostSeries, asking) : undefined;
	const plan = known?.plan ?? planResources(identity, looked?.value ?? [], over);
	const { series, limits, notes } = await askFigures(plan, question);
	const value = {
		...readResources(plan, series, limits, grid),
		plan: answeredPlan(plan, series),
		lookedAt: known?.lookedAt ?? now,
	};
	const ended = endedNotes(value.rows.flatMap(figuresOfRow), grid, question.place.window);
	return answer(value, [...(looked?.notes ?? []), ...distinctNotes(notes), ...ended]);
}

/** Each figure with all its instances: one that has gone, while others are there, is no gap. */
const figuresOfRow = ({ name, figures }: ResourceRow): readonly Figure[] =>
	Object.values(figures).map(figure => ({ name, series: figure.lines.map(({ series }) => series) }));

type Figures = {
	readonly series: Map<string, readonly Series[]>;
	readonly limits: Map<string, readonly Sample[]>;
	readonly notes: Note[];
};

async function askFigures(plan: UsePlan, question: ResourcesQuestion): Promise<Figures> {
	const { metrics, grid, asking } = question;
	const figures: Figures = { series: new Map(), limits: new Map(), notes: [] };
	const limits = limitBundles(plan.questions);
	const askLimits = async (bundle: UseBundle) => {
		const { value, notes } = await metrics.query(bundle.query, grid.to, asking);
		for (const [key, samples] of unbundled(bundle, value)) figures.limits.set(key, samples);
		figures.notes.push(...notes);
	};
	const askSeries = async (bundle: UseBundle) => {
		const { value, notes } = await metrics.queryRange(bundle.query, grid, asking);
		for (const [key, series] of unbundled(bundle, value)) figures.series.set(key, series);
		figures.notes.push(...notes);
	};
	const bundles = figureBundles(plan.questions, Math.max(1, atOnce - limits.length));
	const refused: UseBundle[] = [];
	const first = [
		...limits.map(bundle => () => orRefused(askLimits(bundle), figures.notes)),
		...bundles.map(bundle => () => orElse(askSeries(bundle), () => refused.push(bundle))),
	];
	await inPool(first, atOnce, ask => ask());
	const single = refused.flatMap(bundle => figuresOf(bundle, plan.questions));
	let refusal: unknown;
	const alone = (bundle: UseBundle) =>
		askSeries(bundle).catch(error => {
			refusal = error;
			throw error;
		});
	await inPool(single, atOnce, bundle => orRefused(alone(bundle), figures.notes, bundle));
	// A server that refuses every figure tells of no resource, which is not to say that there is none.
	if (figures.series.size === 0 && refusal !== undefined) throw refusal;
	return figures;
}

/** What the server cannot evaluate fails alone; what keeps it from answering at all fails the whole. */
async function orElse(asked: Promise<void>, otherwise: (sentence: string) => void): Promise<void> {
	try {
		await asked;
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind !== 'bad-query') throw error;
		otherwise(sentenceOf(failure));
	}
}

const orRefused = (asked: Promise<void>, notes: Note[], bundle?: UseBundle): Promise<void> =>
	orElse(asked, sentence => {
		const what = bundle === undefined ? 'The limits' : `The figure ${bundle.keys[0]}`;
		notes.push({ kind: 'partial', text: `${what} could not be asked for. ${sentence}` });
	});

const distinctNotes = (notes: readonly Note[]): readonly Note[] => [
	...new Map(notes.map(note => [note.text, note])).values(),
];
