import type { Labels, Matcher } from '../model/labels.ts';
import { selectorOf } from './logql.ts';
import { scanQuery } from './query-scan.ts';
import { escapeRegex } from './string-literal.ts';

/** A way to select a service's streams. */
export type StreamCandidate = { readonly matcher: Matcher; readonly selector: string };

const exact = [
	'service_name',
	'app',
	'service',
	'app_kubernetes_io_name',
	'application',
	'container',
	'k8s_deployment_name',
	'k8s_container_name',
	'container_name',
	'compose_service',
	'component',
];

/**
 * The labels under which shippers file a service, the surest first: what Loki and OpenTelemetry call the service, what
 * Kubernetes calls the app, its container, and `job`, which is `namespace/name` with Prometheus' conventions.
 */
export function streamCandidates(service: string): readonly StreamCandidate[] {
	const literal = escapeRegex(service);
	const matchers: readonly Matcher[] = [
		...exact.map((name): Matcher => ({ name, operator: '=', value: service })),
		{ name: 'job', operator: '=~', value: `(?:.+/)?${literal}` },
		{ name: 'unit', operator: '=', value: `${service}.service` },
		{ name: 'pod', operator: '=~', value: `${literal}-[0-9a-z].*` },
	];
	return matchers.map(matcher => ({ matcher, selector: selectorOf([matcher]) }));
}

/**
 * Which candidates the streams that answered belong to, in the order of the candidates. The test is made here again
 * because Loki answers the union.
 */
export const candidatesIn = (candidates: readonly StreamCandidate[], streams: readonly Labels[]) =>
	candidates
		.map(candidate => ({
			candidate,
			streams: streams.filter(labels => matchesStream(candidate.matcher, labels)),
		}))
		.filter(({ streams: found }) => found.length > 0);

function matchesStream({ name, operator, value }: Matcher, labels: Labels): boolean {
	const label = labels[name];
	if (label === undefined) return false;
	return operator === '=' ? label === value : new RegExp(`^(?:${value})$`).test(label);
}

/** What a service runs in, under the labels of shippers and of OpenTelemetry. */
const places = [
	{ word: 'cluster', names: ['cluster', 'cluster_name', 'k8s_cluster_name'] },
	{
		word: 'environment',
		names: ['env', 'environment', 'deployment_environment', 'deployment_environment_name', 'stage'],
	},
	{ word: 'region', names: ['region', 'cloud_region'] },
	{ word: 'namespace', names: ['namespace', 'k8s_namespace_name', 'service_namespace'] },
] as const;

/** `2 clusters`, `3 namespaces`: in how many places streams of one name run, where that is more than one. */
export function placesOf(streams: readonly Labels[]): readonly string[] {
	return places.flatMap(({ word, names }) => {
		const values = new Set(streams.flatMap(labels => names.map(name => labels[name]).find(Boolean) ?? []));
		return values.size > 1 ? [`${values.size} ${word}s`] : [];
	});
}

/** Labels of which every stream has one, in the usual set-ups, likeliest first. */
const everywhere = [
	'service_name',
	'job',
	'app',
	'namespace',
	'container',
	'filename',
	'host',
	'instance',
	'unit',
	'compose_service',
	'pod',
];

/** Selects every stream by a label that the server knows; Loki has no query for "all". */
export const allStreams = (labelNames: readonly string[]): { readonly selector: string; readonly label: string } => {
	const label = everywhere.find(name => labelNames.includes(name)) ?? labelNames[0] ?? 'service_name';
	return { label, selector: selectorOfThose([], label) };
};

/**
 * Selects the streams that `allStreams` leaves out, one selector for each other label that they may have. None where the label
 * is `service_name`, which Loki gives to every stream since 3.0.
 */
export const streamsWithout = (label: string, labelNames: readonly string[]): readonly string[] =>
	label === 'service_name'
		? []
		: everywhere
				.filter(name => name !== label && labelNames.includes(name))
				.map(name => selectorOfThose([label], name));

const selectorOfThose = (without: readonly string[], label: string): string =>
	selectorOf([
		...without.map((name): Matcher => ({ name, operator: '=', value: '' })),
		{ name: label, operator: '=~', value: '.+' },
	]);

/** Each selector more is a question more for all that is asked of the lines. */
const mostBeside = 3;

/** How streams that lack a label are selected. */
export type StreamsBeside = {
	/** No stream answers two of them. */
	readonly selectors: readonly string[];
	/** The label that each of them is by. */
	readonly labels: readonly string[];
	/** The streams that would need more selectors than are worth it. */
	readonly left: readonly Labels[];
};

/** Selects streams that lack a label by as few others as cover most of them. */
export function streamsBeside(label: string, streams: readonly Labels[]): StreamsBeside {
	const without = [label];
	const selectors: string[] = [];
	let left = streams;
	while (left.length > 0 && selectors.length < mostBeside) {
		const next = commonLabel(left);
		if (next === undefined) break;
		selectors.push(selectorOfThose(without, next));
		without.push(next);
		left = left.filter(labels => !labels[next]);
	}
	return { selectors, labels: without.slice(1), left };
}

/** The label that most of the streams have; of several the one that tells most of a stream. */
function commonLabel(streams: readonly Labels[]): string | undefined {
	const counts = new Map(everywhere.map(name => [name, 0]));
	for (const labels of streams)
		for (const [name, value] of Object.entries(labels)) if (value !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
	const most = Math.max(...counts.values());
	return most === 0 ? undefined : [...counts].find(([, count]) => count === most)?.[0];
}

/** The names nearest in spelling first: those that share a part, then by their letters. */
export function nearestNames(name: string, names: readonly string[], limit: number): readonly string[] {
	const lower = name.toLowerCase();
	const parts = lower.split(/[-_./]/).filter(part => part.length > 2);
	const score = (other: string): number => {
		const text = other.toLowerCase();
		if (text.includes(lower) || lower.includes(text)) return 0;
		return parts.some(part => text.includes(part)) ? 1 : 2;
	};
	return [...names].sort((a, b) => score(a) - score(b) || (a < b ? -1 : 1)).slice(0, limit);
}

/** The selector of a log query: Loki's index takes no stages behind it. `undefined` where there is none before them. */
export const streamsIn = (query: string): string | undefined =>
	/^\s*(\{(?:[^{}"`]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\})/.exec(query)?.[1];

/** What a log query demands of the labels of streams. */
export const matchersIn = (query: string): readonly Matcher[] =>
	scanQuery(streamsIn(query) ?? '').selectors.flatMap(({ matchers }) => matchers);
