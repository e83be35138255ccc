import { type Labels, labelsKey } from '../model/labels.ts';
import type { Grid, Sample, Series } from '../model/series.ts';
import { type LookedFor, lookedFor, type UsePlan, type UseQuestion } from './use-plan.ts';
import { boundedLimits, boundedQuery, figureLabel, limitKey, mostInstances, type UseBundle } from './use-queries.ts';
import { type UseAspect, type UseGroup, type UseUnit, useAspects } from './use-resource.ts';

/** What a series is a part of, and who says so: `limit`, `request`. */
export type ReadLimit = { readonly value: number; readonly of: string; readonly soft: boolean };

/** One instance of a resource over time: a pod, a device, a pool. */
export type ResourceLine = {
	/** What tells it from the others: `berths-7f6b8d5c9-2lzrp api`; empty when nothing does. */
	readonly name: string;
	readonly series: Series;
	/** At the end of the window; NaN when there is no sample there any more. */
	readonly now: number;
	readonly limit?: ReadLimit;
	/** Whoever could set a limit says that there is none. */
	readonly unlimited?: true;
	/** `now` as a share of the limit; NaN without one. */
	readonly share: number;
	/** Worth a mark. */
	readonly beyond: boolean;
};

export type ResourceFigure = {
	readonly name: string;
	readonly unit: UseUnit;
	/** The PromQL of this figure alone, and of its limits. */
	readonly query: string;
	readonly limitQueries: readonly string[];
	/** The worst first; at least one, at most `mostInstances`. */
	readonly lines: readonly [ResourceLine, ...ResourceLine[]];
	/** How many instances there are; more than there are lines when only the worst were asked for. */
	readonly total: number;
	/** From where on a line is `beyond`: of a utilization a share of its limit. */
	readonly worry: number;
};

export type ResourceRow = {
	readonly key: string;
	readonly name: string;
	readonly group: UseGroup;
	readonly figures: { readonly [Aspect in UseAspect]?: ResourceFigure };
	/** The aspects with a line beyond what is good, in the order of `useAspects`. */
	readonly trouble: readonly UseAspect[];
};

/** The resources of a service: those that exist, the worst first, and those that were looked for and not found. */
export type Resources = {
	readonly rows: readonly ResourceRow[];
	readonly missing: readonly LookedFor[];
	/** What restricts the metrics to the service. */
	readonly restrictions: readonly string[];
	readonly grid: Grid;
};

/** What a bundle was answered, figure by figure. */
export type UseAnswers = ReadonlyMap<string, readonly Series[]>;

/** The series of a bundle's answer under the keys of their figures, without the label that told them apart. */
export function unbundled<Item extends { readonly labels: Labels }>(
	{ keys }: UseBundle,
	items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
	const [only = ''] = keys;
	const found = new Map<string, Item[]>();
	for (const item of items) {
		const { [figureLabel]: key = only, ...labels } = item.labels;
		const list = found.get(key) ?? [];
		list.push({ ...item, labels });
		found.set(key, list);
	}
	return found;
}

/** Makes the rows of what the plan's questions were answered. */
export function readResources(
	plan: UsePlan,
	series: UseAnswers,
	limits: ReadonlyMap<string, readonly Sample[]>,
	grid: Grid,
): Resources {
	const byResource = new Map<string, UseQuestion[]>();
	for (const question of plan.questions) {
		const questions = byResource.get(question.resource.key) ?? [];
		questions.push(question);
		byResource.set(question.resource.key, questions);
	}
	const empty: LookedFor[] = [];
	const rows = [...byResource.values()].flatMap(questions => {
		const figures = questions.flatMap(question => {
			const figure = figureOf(question, series.get(question.key) ?? [], limits, grid);
			return figure === undefined ? [] : [[question.aspect, figure] as const];
		});
		const [first] = questions;
		if (first !== undefined && figures.length === 0) empty.push(lookedFor(first.resource));
		return first === undefined || figures.length === 0 ? [] : [rowOf(first, figures)];
	});
	return { rows: rows.sort(worstFirst), missing: [...empty, ...plan.missing], restrictions: plan.restrictions, grid };
}

/** The plan without what turned out not to be there, for asking again soon. */
export const answeredPlan = (plan: UsePlan, series: UseAnswers): UsePlan => {
	const kept = plan.questions.filter(({ key, seen }) => seen || series.has(key));
	const gone = plan.questions.filter(({ resource }) => !kept.some(other => other.resource.key === resource.key));
	const lost = new Map(gone.map(({ resource }) => [resource.key, lookedFor(resource)]));
	return { ...plan, questions: kept, missing: [...lost.values(), ...plan.missing] };
};

function rowOf(
	{ resource: { key, name, group } }: UseQuestion,
	figures: readonly (readonly [UseAspect, ResourceFigure])[],
): ResourceRow {
	const trouble = figures.filter(([, { lines }]) => lines.some(({ beyond }) => beyond)).map(([aspect]) => aspect);
	return { key, name, group, figures: Object.fromEntries(figures), trouble };
}

function figureOf(
	question: UseQuestion,
	series: readonly Series[],
	limits: ReadonlyMap<string, readonly Sample[]>,
	grid: Grid,
): ResourceFigure | undefined {
	const { figure, aspect } = question;
	const worry = figure.worry ?? (aspect === 'utilization' ? 0.9 : 0);
	const read = series.map(each => lineOf(each, question, { limits, grid, worry }));
	const [worst, ...others] = read.sort(byTrouble).slice(0, mostInstances);
	if (worst === undefined) return undefined;
	return {
		name: figure.name,
		unit: figure.unit,
		query: boundedQuery(question),
		limitQueries: boundedLimits(question),
		lines: [worst, ...others],
		total: Math.max(question.instances ?? 0, read.length),
		worry,
	};
}

function lineOf(
	series: Series,
	question: UseQuestion,
	{
		limits,
		grid,
		worry,
	}: { readonly limits: ReadonlyMap<string, readonly Sample[]>; readonly grid: Grid; readonly worry: number },
): ResourceLine {
	const now = nowOf(series, grid);
	const found = question.aspect === 'utilization' ? limitOf(series.labels, question, limits) : undefined;
	const isUnlimited = found === 'none';
	const limit = isUnlimited ? undefined : found;
	const share = limit === undefined ? Number.NaN : now / limit.value;
	return {
		name: nameOf(series.labels, question.by),
		series,
		now,
		...(limit === undefined ? {} : { limit }),
		...(isUnlimited ? { unlimited: true } : {}),
		share,
		beyond: question.aspect === 'utilization' ? limit?.soft === false && share > worry : now > worry,
	};
}

/** The last sample, unless the series ended before the window did: then there is none now. */
function nowOf({ times, values }: Series, { to, step }: Grid): number {
	const last = times.at(-1) ?? Number.NEGATIVE_INFINITY;
	return last >= to - 2 * step ? (values.at(-1) ?? Number.NaN) : Number.NaN;
}

/** Nothing has so much: it stands for no limit (2⁶³ − 4096 of cgroups, 2⁶⁴ of processes). */
const unlimited = 2 ** 60;
/** Pools of Java without bounds are as large as an int. */
const unlimitedCount = 2 ** 31 - 1;

/** The first limit that the instance has. 0 and what is larger than any machine is none. */
function limitOf(
	labels: Labels,
	question: UseQuestion,
	limits: ReadonlyMap<string, readonly Sample[]>,
): ReadLimit | 'none' | undefined {
	let isToldNone = false;
	for (const [place, { of, soft = false }] of question.limits.entries()) {
		const wanted = labelsKey(labels);
		const value =
			limits.get(limitKey(question, place))?.find(sample => labelsKey(sample.labels) === wanted)?.value ?? Number.NaN;
		const isNone = value >= unlimited || (question.figure.unit === 'count' && value >= unlimitedCount);
		if (value > 0 && !isNone) return { value, of, soft };
		isToldNone ||= value === 0 || isNone;
	}
	if (question.figure.unit === 'ratio') return { value: 1, of: 'all', soft: false };
	return isToldNone ? 'none' : undefined;
}

/** Without the namespace, and without the address where the pod is named. */
const nameOf = (labels: Labels, by: readonly string[]): string =>
	by
		.filter(name => name !== 'namespace' && !(name === 'instance' && (labels.pod ?? '') !== ''))
		.map(name => labels[name] ?? '')
		.filter((value, index, all) => value !== '' && all.indexOf(value) === index)
		.join(' ');

/** Lines beyond what is good first, then the fuller, then the larger; what is no longer there last. */
const byTrouble = (a: ResourceLine, b: ResourceLine): number =>
	Number(b.beyond) - Number(a.beyond) || descending(a.share, b.share) || descending(a.now, b.now);

const descending = (a: number, b: number): number =>
	Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : b - a;

/** What is full before what fails before what waits, and the fuller of two; rows without trouble in the table's order. */
const aspectWeight: Readonly<Record<UseAspect, number>> = { utilization: 4, errors: 3, saturation: 2 };

const worstFirst = (a: ResourceRow, b: ResourceRow): number =>
	weightOf(b) - weightOf(a) || (a.trouble.length === 0 ? 0 : descending(shareOf(a), shareOf(b)));

const weightOf = ({ trouble }: ResourceRow): number => trouble.reduce((sum, aspect) => sum + aspectWeight[aspect], 0);

const shareOf = ({ figures }: ResourceRow): number => figures.utilization?.lines[0].share ?? Number.NaN;

/** The aspects that a row has, in the order in which they are told. */
export const aspectsOf = ({ figures }: ResourceRow): readonly UseAspect[] =>
	useAspects.filter(aspect => figures[aspect] !== undefined);
