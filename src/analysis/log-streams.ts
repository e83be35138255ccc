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
			streams: streams.filter(labels => matchesStream(candidate.matcher, labels)).length,
		}))
		.filter(({ streams: count }) => count > 0);

function matchesStream({ name, operator, value }: Matcher, labels: Labels): boolean {
	const label = labels[name];
	if (label === undefined) return false;
	return operator === '=' ? label === value : new RegExp(`^(?:${value})$`).test(label);
}

/** Labels of which every stream has one, in the usual set-ups, likeliest first. */
const everywhere = ['service_name', 'job', 'app', 'namespace', 'container', 'filename', 'host', 'instance'];

/** Selects every stream by a label that the server knows; Loki has no query for "all". */
export const allStreams = (labelNames: readonly string[]): { readonly selector: string; readonly label: string } => {
	const label = everywhere.find(name => labelNames.includes(name)) ?? labelNames[0] ?? 'service_name';
	return { label, selector: selectorOf([{ name: label, operator: '=~', value: '.+' }]) };
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
				.map(name =>
					selectorOf([
						{ name: label, operator: '=', value: '' },
						{ name, operator: '=~', value: '.+' },
					]),
				);

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
