import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import type { Grid } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';
import { matchesLabels } from './label-match.ts';
import { plainName, serviceLabels } from './label-roles.ts';
import { promLabel, promRange, promSelector } from './promql-build.ts';
import { serviceMatcher } from './red-services.ts';
import { escapeRegex } from './string-literal.ts';

/** A question whose answer tells of deploys or restarts; `kind` says how `marksOf` reads it. */
export type MarkQuery = {
	/**
	 * `version`: a series for each value of `label`, there as long as somebody runs it. `starts`: when processes started, in
	 * seconds since the epoch. `restarts`: above 0 where a container restarted. `generation`: a number that each change of
	 * the deployment raises.
	 */
	readonly kind: 'version' | 'starts' | 'restarts' | 'generation';
	readonly query: string;
	readonly label?: string;
};

/** A metric family that tells, and how. */
type Teller = {
	readonly name: RegExp;
	readonly kind: MarkQuery['kind'];
	/** Labels that tell one release from the next, the best first. */
	readonly labels?: readonly string[];
	/** Values of these are told apart: an image is one of a container. */
	readonly within?: string;
};

/**
 * Who tells of releases, the surest first: the program itself, its OpenTelemetry resource, then Kubernetes
 * (kube-state-metrics).
 */
const tellers: readonly Teller[] = [
	{ name: /^(?:.+_)?build_info$/, kind: 'version', labels: ['version', 'revision', 'commit'] },
	{ name: /^target_info$/, kind: 'version', labels: ['service_version', 'container_image_tag'] },
	{ name: /^kube_pod_container_info$/, kind: 'version', labels: ['image'], within: 'container' },
	{ name: /^kube_deployment_status_observed_generation$/, kind: 'generation' },
	{ name: /^process_start_time_seconds$/, kind: 'starts' },
	{ name: /^kube_pod_container_status_restarts_total$/, kind: 'restarts' },
];

const namePattern =
	'(.+_)?build_info|target_info|process_start_time_seconds|kube_pod_container_info|kube_pod_container_status_restarts_total|kube_deployment_status_observed_generation';

/** Label sets that discovery may bring, and questions that may follow it. */
export const mostMarkSeries = 500;
export const mostMarkQueries = 6;
/** Processes whose starts are told one by one. */
const mostProcesses = 20;

/** The pods of a deployment, a stateful set or a daemon set of that name, by Kubernetes' way to name them. */
const podMatcher = (service: string): Matcher =>
	matches('pod', `${escapeRegex(service)}-([a-z0-9]{5,10}-[a-z0-9]{5}|[a-z0-9]{5}|\\d+)`);

/** Who may be asked about this service: by each label that may name it, and by its pods. */
const namings = (service: string): readonly Matcher[] => [
	...serviceLabels.map(label => serviceMatcher(label, service)),
	podMatcher(service),
];

/** Only a namespace or a cluster is on the series of both the service and Kubernetes. */
const sharedBy = (matchers: readonly Matcher[]): readonly Matcher[] =>
	matchers.filter(({ name }) => name === 'namespace' || name === 'cluster');

/** Selectors that together find all series that tell of deploys and restarts of the service. */
export const markSelectors = (service: string, target: readonly Matcher[]): readonly string[] =>
	namings(service).map(naming =>
		promSelector(undefined, [matches('__name__', namePattern), naming, ...sharedBy(target)]),
	);

export type MarkScope = {
	readonly service: string;
	/** The matchers of the panels. */
	readonly target: readonly Matcher[];
	readonly grid: Grid;
	/** A range that holds two samples, and no less than a step. */
	readonly over: Milliseconds;
};

/**
 * What to ask of the series that were found. Of versions only those are asked about of which there were two: with one
 * there was no release.
 */
export function markQueries(found: readonly Labels[], scope: MarkScope): readonly MarkQuery[] {
	return tellers
		.flatMap(teller => {
			const series = found.filter(({ __name__ = '' }) => teller.name.test(plainName(__name__)));
			return [...new Set(series.map(({ __name__ = '' }) => __name__))].flatMap(name =>
				queriesOf(
					teller,
					series.filter(({ __name__ }) => __name__ === name),
					scope,
				),
			);
		})
		.slice(0, mostMarkQueries);
}

function queriesOf(teller: Teller, series: readonly Labels[], scope: MarkScope): readonly MarkQuery[] {
	const naming = namings(scope.service).find(matcher =>
		series.some(labels => (labels[matcher.name] ?? '') !== '' && matchesLabels(labels, [matcher])),
	);
	if (naming === undefined) return [];
	const named = series.filter(labels => matchesLabels(labels, [naming]));
	const [{ __name__: name } = {}] = named;
	const select = (...more: readonly Matcher[]) =>
		promSelector(name, [naming, ...sharedBy(scope.target), ...more.filter(each => each.name !== naming.name)]);
	switch (teller.kind) {
		case 'version':
			return versionQueries(teller, named, select);
		case 'generation':
			return [{ kind: 'generation', query: `max(${select()})` }];
		case 'starts':
			return [{ kind: 'starts', query: `topk(${mostProcesses}, ${select()} >= ${scope.grid.from / 1000})` }];
		case 'restarts': {
			const changed = `changes(${select()}[${promRange(scope.over)}])`;
			return [{ kind: 'restarts', query: `topk(${mostProcesses}, max by (pod) (${changed}) > 0)` }];
		}
	}
}

function versionQueries(
	{ labels = [], within }: Teller,
	series: readonly Labels[],
	select: (...more: readonly Matcher[]) => string,
): readonly MarkQuery[] {
	const parts = within === undefined ? [undefined] : [...new Set(series.map(each => each[within] ?? ''))];
	return parts.flatMap((part): readonly MarkQuery[] => {
		const members = within === undefined ? series : series.filter(each => (each[within] ?? '') === part);
		const label = labels.find(name => valuesOf(name, members).size > 1);
		if (label === undefined) return [];
		const more = within === undefined || part === undefined ? [] : [equals(within, part)];
		return [{ kind: 'version', label, query: `count by (${promLabel(label)}) (${select(...more)})` }];
	});
}

const valuesOf = (name: string, series: readonly Labels[]): ReadonlySet<string> =>
	new Set(series.map(labels => labels[name] ?? '').filter(value => value !== ''));
