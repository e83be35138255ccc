import { promLabel } from './promql-build.ts';
import type { UseQuestion } from './use-plan.ts';

/** How many instances of a resource are asked for: the worst of them. */
export const mostInstances = 8;

/** Several figures in one query are told apart by this label. */
export const figureLabel = 'figure';

/** One query and the keys of the figures in it; with one figure alone it is that figure's own query. */
export type UseBundle = { readonly query: string; readonly keys: readonly string[] };

/** A query for each figure, bounded to the worst instances where there may be more than are shown. */
export const boundedQuery = (question: UseQuestion): string =>
	!mayBeMany(question)
		? question.query
		: question.limits.length === 0
			? worstOf(question)
			: `(${question.query}) and on (${byOf(question)}) ${worstOf(question)}`;

/** The limits of the instances that `boundedQuery` asks for, the first of the limits first. */
export const boundedLimits = (question: UseQuestion): readonly string[] =>
	question.limits.map(({ query }) =>
		mayBeMany(question) ? `(${query}) and on (${byOf(question)}) ${worstOf(question)}` : query,
	);

const mayBeMany = ({ instances }: UseQuestion): boolean => instances === undefined || instances > mostInstances;

const byOf = ({ by }: UseQuestion): string => by.map(promLabel).join(', ');

/** By the share of their limit, where they have one: a small pool may be full while a large one is half empty. */
function worstOf(question: UseQuestion): string {
	const { query, limits } = question;
	if (limits.length === 0) return `topk(${mostInstances}, ${query})`;
	const limit = limits.map(each => `(${each.query}) > 0`).join(' or ');
	return `topk(${mostInstances}, (${query}) / on (${byOf(question)}) (${limit}) or (${query}) * 0)`;
}

/** The figures over time, in at most `most` queries. */
export const figureBundles = (questions: readonly UseQuestion[], most: number): readonly UseBundle[] =>
	inBundles(
		questions.map(question => ({ key: question.key, query: boundedQuery(question) })),
		most,
	);

/** All limits in one query for one instant; `undefined` when there is none. The keys have the limit's place behind them. */
export const limitBundle = (questions: readonly UseQuestion[]): UseBundle | undefined =>
	inBundles(
		questions.flatMap(question =>
			boundedLimits(question).map((query, place) => ({ key: limitKey(question, place), query })),
		),
		1,
	)[0];

export const limitKey = ({ key }: UseQuestion, place: number): string => `${key} ${place}`;

type Named = { readonly key: string; readonly query: string };

/** Neighbours stay together, so that a bundle that fails takes things of one kind with it. */
function inBundles(all: readonly Named[], most: number): readonly UseBundle[] {
	const size = Math.max(1, Math.ceil(all.length / most));
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		bundleOf(all.slice(index * size, (index + 1) * size)),
	);
}

function bundleOf(figures: readonly Named[]): UseBundle {
	const keys = figures.map(({ key }) => key);
	const [only] = figures;
	if (only !== undefined && figures.length === 1) return { keys, query: only.query };
	const parts = figures.map(({ key, query }) => `label_replace(${query}, "${figureLabel}", "${key}", "", "")`);
	return { keys, query: parts.join(' or ') };
}

/** Each figure of a bundle by itself, to find out which of them the server refuses. */
export const figuresOf = (bundle: UseBundle, questions: readonly UseQuestion[]): readonly UseBundle[] =>
	questions
		.filter(({ key }) => bundle.keys.includes(key))
		.map(question => ({ keys: [question.key], query: boundedQuery(question) }));
