import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import { matchesLabels } from './label-match.ts';
import { promMatcher, promRange, promSelector } from './promql-build.ts';
import { escapeRegex } from './string-literal.ts';
import { podsOf, resourceClauses, type UseClause, type UseIdentity } from './use-identity.ts';
import {
	type UseAspect,
	type UseFigure,
	type UseGroup,
	type UseLimit,
	type UseResource,
	useAspects,
} from './use-resource.ts';
import { metricsOf, needsOf, useResources } from './use-resources.ts';
import {
	aggregatedByUsualNames,
	isSameSpelling,
	type Spelling,
	spelled,
	spellingOf,
	withUsualNames,
} from './use-spelling.ts';

/** One figure of one resource that exists, ready to be asked. */
export type UseQuestion = {
	/** `container-cpu utilization`: unique in a plan. */
	readonly key: string;
	readonly resource: UseResource;
	readonly aspect: UseAspect;
	readonly figure: UseFigure;
	/** PromQL without a bound on its series. */
	readonly query: string;
	readonly limits: readonly UseLimit[];
	/** Labels that tell the instances apart, of those that the series have. */
	readonly by: readonly string[];
	/** How many there are; absent when that cannot be told before they are asked for. */
	readonly instances?: number;
	/** Its metrics were seen; otherwise it is only known where they would be. */
	readonly seen: boolean;
};

/** A resource of which nothing was found. */
export type LookedFor = { readonly name: string; readonly group: UseGroup; readonly metrics: readonly string[] };

export type UsePlan = {
	readonly questions: readonly UseQuestion[];
	readonly missing: readonly LookedFor[];
	/** What restricts the metrics to the service, each once: `{service="berths"}`. */
	readonly restrictions: readonly string[];
};

/** What selects a metric's series of the service, and which series that were. */
type Selected = {
	readonly matchers: readonly Matcher[];
	readonly series: readonly Labels[];
	/** How these series spell the labels that the matchers of the templates and `by` have by their usual names. */
	readonly spelling?: Spelling;
	/** Of metrics that were not seen: at how many machines they would be. */
	readonly places?: number;
};

/** Chooses for every resource the first figures whose metrics are among the `series` that `resourceSelectors` found. */
export function planResources(identity: UseIdentity, series: readonly Labels[], over: Milliseconds): UsePlan {
	const found = createFound(identity, series);
	const perResource = useResources.map(resource => ({ resource, questions: questionsOf(resource, found, over) }));
	const matchers = new Map(
		perResource.flatMap(({ questions }) =>
			questions.flatMap(({ figure }) =>
				needsOf(figure.query).flatMap(({ metric }) => {
					const selected = found.select(metric);
					return selected === undefined ? [] : [[promSelector(undefined, selected.matchers), true] as const];
				}),
			),
		),
	);
	return {
		questions: perResource.flatMap(({ questions }) => questions),
		missing: perResource.filter(({ questions }) => questions.length === 0).map(({ resource }) => lookedFor(resource)),
		restrictions: [...matchers.keys()],
	};
}

export const lookedFor = (resource: UseResource): LookedFor => ({
	name: resource.name,
	group: resource.group,
	metrics: metricsOf(resource),
});

const questionsOf = (resource: UseResource, found: Found, over: Milliseconds): readonly UseQuestion[] =>
	useAspects.flatMap(aspect => {
		const figures = resource[aspect] ?? [];
		const figure =
			figures.find(({ query }) => found.has(query)) ?? figures.slice(0, 1).find(() => found.hopes(resource));
		return figure === undefined ? [] : [questionOf(resource, aspect, figure, { found, over })];
	});

function questionOf(
	resource: UseResource,
	aspect: UseAspect,
	figure: UseFigure,
	{ found, over }: { readonly found: Found; readonly over: Milliseconds },
): UseQuestion {
	const seen = found.has(figure.query);
	const labels = seen ? found.labelsOf(figure.query) : [];
	const present = resource.by.filter(name => labels.some(each => (each[name] ?? '') !== ''));
	const by = seen && present.length > 0 ? present : resource.by;
	const fill = (template: string) => filled(template, by, over, found);
	const limits = (figure.limits ?? []).filter(({ query }) => !seen || found.has(query));
	return {
		key: `${resource.key} ${aspect}`,
		resource,
		aspect,
		figure,
		query: fill(figure.query),
		limits: limits.map(limit => ({ ...limit, query: fill(limit.query) })),
		by,
		...instancesOf(by, labels, seen ? undefined : found.places(resource)),
		seen,
	};
}

const instancesOf = (
	by: readonly string[],
	labels: readonly Labels[],
	places: number | undefined,
): { readonly instances?: number } => {
	if (labels.length > 0)
		return { instances: new Set(labels.map(each => by.map(name => each[name] ?? '').join('\n'))).size };
	return places !== undefined && by.length === 1 ? { instances: places } : {};
};

/** The template with everything in its place; see `UseFigure`. */
function filled(template: string, by: readonly string[], over: Milliseconds, found: Found): string {
	const spellingIn = (inner: string): Spelling => {
		const [own = {}] = needsOf(inner).map(({ metric }) => found.select(metric)?.spelling ?? {});
		return Object.fromEntries(Object.entries(own).filter(([usual]) => by.includes(usual)));
	};
	return aggregatedByUsualNames(template, spellingIn)
		.replaceAll('$by', by.join(', '))
		.replaceAll('$R', promRange(over))
		.replaceAll(/([a-zA-Z_:][\w:]*)\{\$S([^}]*)\}/g, (_, metric: string, more: string) => {
			const { matchers = [], spelling = {} } = found.select(metric) ?? {};
			const own = more.replaceAll(/\w+(?==|!=|=~|!~)/g, name => spelling[name] ?? name);
			return `${metric}{${matchers.map(promMatcher).join(',')}${own}}`;
		});
}

type Found = {
	/** Whether everything that the template reads is there. */
	readonly has: (template: string) => boolean;
	/** Label sets of the first metric that the template reads. */
	readonly labelsOf: (template: string) => readonly Labels[];
	readonly select: (metric: string) => Selected | undefined;
	/** It has not been seen, as nothing on it names the service, but it is known where it would be. */
	readonly hopes: (resource: UseResource) => boolean;
	/** At how many machines that would be. */
	readonly places: (resource: UseResource) => number | undefined;
};

function createFound(identity: UseIdentity, asFound: readonly Labels[]): Found {
	const spellings = new Map(
		asFound.map(labels => [withUsualNames(labels, spellingOf(labels)), spellingOf(labels)] as const),
	);
	const series = [...spellings.keys()];
	const clauses = resourceClauses(identity);
	const byName = new Map<string, Labels[]>();
	for (const labels of series) {
		const name = labels.__name__ ?? '';
		const named = byName.get(name) ?? [];
		named.push(labels);
		byName.set(name, named);
	}
	const home = homeOf(clauses, series);
	const selected = new Map(
		[...byName].flatMap(([metric, labels]) => {
			const chosen = selectedOf(metric, labels, clauses, home, each => spellings.get(each) ?? {});
			return chosen === undefined ? [] : [[metric, chosen] as const];
		}),
	);
	const labelsFor = ({ metric, matchers }: { readonly metric: string; readonly matchers: readonly Matcher[] }) =>
		(selected.get(metric)?.series ?? []).filter(labels => matchesLabels(labels, withoutRare(matchers)));
	const has = (template: string) => needsOf(template).every(need => labelsFor(need).length > 0);
	const hopes = hopesOf(identity, series, home, name => selected.has(name));
	return {
		has,
		labelsOf: template => needsOf(template).slice(0, 1).flatMap(labelsFor),
		select: metric => selected.get(metric) ?? hopes(metric),
		hopes: resource => hopes(metricsOf(resource)[0] ?? '') !== undefined,
		places: resource => hopes(metricsOf(resource)[0] ?? '')?.places,
	};
}

/** Labels of which a state that is wrong today may not have been seen yet: asking for it costs nothing. */
const rare = ['reason', 'condition', 'status', 'phase', 'failure_type'];
const withoutRare = (matchers: readonly Matcher[]): readonly Matcher[] =>
	matchers.filter(({ name }) => !rare.includes(name));

/** The namespace in which the service says it runs, or else in which its workload does; absent when there are several. */
function homeOf(clauses: readonly UseClause[], series: readonly Labels[]): string | undefined {
	for (const kind of ['service', 'workload'] as const) {
		const own = series.filter(labels =>
			clauses.some(
				clause =>
					clause.kind === kind &&
					clause.metrics.includes(labels.__name__ ?? '') &&
					matchesLabels(labels, clause.matchers),
			),
		);
		const namespaces = new Set(own.map(labels => labels.namespace ?? '').filter(name => name !== ''));
		if (namespaces.size > 0) return namespaces.size === 1 ? [...namespaces][0] : undefined;
	}
	return undefined;
}

function selectedOf(
	metric: string,
	series: readonly Labels[],
	clauses: readonly UseClause[],
	home: string | undefined,
	spellingIn: (labels: Labels) => Spelling,
): Selected | undefined {
	for (const { kind, matchers, metrics } of clauses) {
		if (!metrics.includes(metric)) continue;
		const at = kind === 'workload' && home !== undefined ? [equals('namespace', home)] : [];
		const matching = series.filter(labels => matchesLabels(labels, [...at, ...matchers]));
		const [first] = matching;
		if (first === undefined) continue;
		const spelling = spellingIn(first);
		const all = matching.filter(labels => isSameSpelling(spellingIn(labels), spelling));
		const exact = [...at, ...matchers.map(matcher => exactly(matcher, all))];
		const once = oneView(metric, all);
		return {
			matchers: spelled([...exact, ...once], spelling),
			series: all.filter(labels => matchesLabels(labels, once)),
			spelling,
		};
	}
	return undefined;
}

/** A pattern for a `job` that turned out to have one value only, as that value. */
function exactly(matcher: Matcher, series: readonly Labels[]): Matcher {
	const values = new Set(series.map(labels => labels[matcher.name] ?? ''));
	const [only = ''] = values;
	return matcher.name.endsWith('job') && values.size === 1 ? equals(matcher.name, only) : matcher;
}

/**
 * Where a container is told of by cgroups without an image as well, or by two scrapers, the one view of it that counts it
 * once.
 */
function oneView(metric: string, series: readonly Labels[]): readonly Matcher[] {
	if (!/^(?:container|kube)_/.test(metric)) return [];
	const withImage = series.filter(({ image = '' }) => image !== '');
	const image: readonly Matcher[] =
		withImage.length === 0 || withImage.length === series.length ? [] : [{ name: 'image', operator: '!=', value: '' }];
	const jobs = [...new Set((withImage.length === 0 ? series : withImage).map(({ job = '' }) => job))].sort();
	const [first = ''] = jobs;
	return jobs.length > 1 && first !== '' ? [...image, equals('job', first)] : image;
}

/** More nodes than this are a cluster, not the place of a service. */
const mostPlaces = 20;

/**
 * Where metrics of the service's nodes and of pods with other names would be, as its own series tell it: they say nothing
 * of the service themselves. Nodes are scraped by their name or by their address.
 */
function hopesOf(
	{ service, labels: alert }: UseIdentity,
	series: readonly Labels[],
	home: string | undefined,
	isKnown: (metric: string) => boolean,
): (metric: string) => Selected | undefined {
	const valuesOf = (names: readonly string[], all: readonly Labels[] = series) =>
		[...new Set(all.flatMap(labels => names.map(name => labels[name] ?? '')))].filter(value => value !== '').sort();
	const nodes = valuesOf(['node', 'k8s_node_name', 'exported_node'], [...series, alert]).slice(0, mostPlaces);
	const machines = [...nodes, ...valuesOf(['host_ip', 'host_name']).slice(0, mostPlaces)];
	const pods = valuesOf(['pod', 'k8s_pod_name'])
		.filter(pod => !matchesLabels({ pod }, [podsOf(service)]))
		.slice(0, mostPlaces);
	const hoped = (matchers: readonly Matcher[], places?: number): Selected => ({
		matchers,
		series: [],
		...(places === undefined ? {} : { places }),
	});
	return metric => {
		if (metric.startsWith('kube_node_')) {
			return nodes.length === 0 ? undefined : hoped([matches('node', nodes.map(escapeRegex).join('|'))]);
		}
		if (/^node_(?!namespace)/.test(metric) && machines.length > 0) {
			return hoped([matches('instance', `(${machines.map(escapeRegex).join('|')})(:[0-9]+)?`)], nodes.length);
		}
		if (/^(?:container|kube_pod)_/.test(metric) && pods.length > 0 && !isKnown('container_cpu_usage_seconds_total')) {
			const place = home === undefined ? [] : [equals('namespace', home)];
			return hoped([...place, matches('pod', pods.map(escapeRegex).join('|'))]);
		}
		return undefined;
	};
}
