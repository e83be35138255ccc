import type { Matcher } from '../model/labels.ts';
import { containerResources } from './use-containers.ts';
import { hostResources } from './use-hosts.ts';
import { jobResources } from './use-jobs.ts';
import { poolResources } from './use-pools.ts';
import { probeResources } from './use-probes.ts';
import { queueResources } from './use-queues.ts';
import { requestResources } from './use-requests.ts';
import { type UseFigure, type UseResource, useAspects } from './use-resource.ts';
import { runtimeResources } from './use-runtimes.ts';
import { storeResources } from './use-stores.ts';
import { windowsResources } from './use-windows.ts';

/** All resources that are known, in the order in which those without trouble are listed. */
export const useResources: readonly UseResource[] = [
	...containerResources,
	...jobResources,
	...poolResources,
	...requestResources,
	...queueResources,
	...runtimeResources,
	...storeResources,
	...probeResources,
	...hostResources,
	...windowsResources,
];

/** A metric that a template reads, and the matchers by which it reads only a part of it. */
export type Need = { readonly metric: string; readonly matchers: readonly Matcher[] };

/** What a template of `UseFigure` reads. */
export const needsOf = (template: string): readonly Need[] =>
	[...template.matchAll(/([a-zA-Z_:][\w:]*)\{\$S([^}]*)\}/g)].map(([, metric = '', more = '']) => ({
		metric,
		matchers: matchersIn(more),
	}));

const matchersIn = (text: string): readonly Matcher[] =>
	[...text.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].flatMap(([, name = '', operator = '', value = '']) =>
		operator === '=' || operator === '!=' || operator === '=~' || operator === '!~' ? [{ name, operator, value }] : [],
	);

/** All templates of a resource: of its figures and of their limits. */
const templatesOf = (resource: UseResource): readonly string[] =>
	useAspects.flatMap(aspect => (resource[aspect] ?? []).flatMap(templatesOfFigure));

const templatesOfFigure = ({ query, limits = [] }: UseFigure): readonly string[] => [
	query,
	...limits.map(limit => limit.query),
];

/** The names of all metrics that tell of a resource, each once. */
export const metricsOf = (resource: UseResource): readonly string[] => [
	...new Set(templatesOf(resource).flatMap(template => needsOf(template).map(({ metric }) => metric))),
];
