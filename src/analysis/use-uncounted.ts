import type { Labels } from '../model/labels.ts';
import { minute } from '../model/time.ts';
import { lazily } from './lazily.ts';
import { resourceSelectors, type UseIdentity } from './use-identity.ts';
import { planResources } from './use-plan.ts';
import type { UseResource } from './use-resource.ts';
import { useResources } from './use-resources.ts';

/** These tell of requests and of jobs without counting them: how many wait or are in flight, or that nobody answers. */
const isUncounted = ({ group }: Pick<UseResource, 'group'>): boolean =>
	group === 'requests' || group === 'queue' || group === 'scrape';

const uncountedResources = lazily(() => useResources.filter(isUncounted));

/** Selectors that find what tells of a service's requests without counting them. */
export const uncountedSelectors = (identity: UseIdentity): readonly string[] =>
	resourceSelectors(identity, uncountedResources());

/** The names of the resources that tell of it, each once, as the view of the resources has them. */
export const uncountedNames = (identity: UseIdentity, series: readonly Labels[]): readonly string[] => [
	...new Set(
		planResources(identity, series, minute)
			.questions.filter(({ resource, seen }) => seen && isUncounted(resource))
			.map(({ resource }) => resource.name),
	),
];
