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

/** The figures over time, in at most `most` queries unless these are too long. */
export const figureBundles = (questions: readonly UseQuestion[], most: number): readonly UseBundle[] =>
	inBundles(
		questions.map(question => ({ key: question.key, query: boundedQuery(question) })),
		most,
	);

/** All limits for one instant, in one query unless that is too long. The keys have the limit's place behind them. */
export const limitBundles = (questions: readonly UseQuestion[]): readonly UseBundle[] =>
	inBundles(
		questions.flatMap(question =>
			boundedLimits(question).map((query, place) => ({ key: limitKey(question, place), query })),
		),
		1,
	);

export const limitKey = ({ key }: UseQuestion, place: number): string => `${key} ${place}`;

type Named = { readonly key: string; readonly query: string };

/** VictoriaMetrics refuses queries of more than 16 KiB unless it is told otherwise (`-search.maxQueryLen`). */
const mostCharacters = 12_000;

/** Neighbours stay together, so that a bundle that fails takes things of one kind with it. */
function inBundles(all: readonly Named[], most: number): readonly UseBundle[] {
	const size = Math.max(1, Math.ceil(all.length / most));
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		all.slice(index * size, (index + 1) * size),
	).flatMap(figures => shortEnough(figures).map(bundleOf));
}

/** The figures in as many parts as keep each query short. */
function shortEnough(figures: readonly Named[]): readonly (readonly Named[])[] {
	const parts: Named[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const figure of figures) {
		length += partOf(figure).length;
		if (length > mostCharacters) {
			parts.push([]);
			length = partOf(figure).length;
		}
		parts.at(-1)?.push(figure);
	}
	return parts;
}

const partOf = ({ key, query }: Named): string => `label_replace(${query}, "${figureLabel}", "${key}", "", "")`;

function bundleOf(figures: readonly Named[]): UseBundle {
	const keys = figures.map(({ key }) => key);
	const [only] = figures;
	if (only !== undefined && figures.length === 1) return { keys, query: only.query };
	return { keys, query: figures.map(partOf).join(' or ') };
}

/** Each figure of a bundle by itself, to find out which of them the server refuses. */
export const figuresOf = (bundle: UseBundle, questions: readonly UseQuestion[]): readonly UseBundle[] =>
	questions
		.filter(({ key }) => bundle.keys.includes(key))
		.map(question => ({ keys: [question.key], query: boundedQuery(question) }));
