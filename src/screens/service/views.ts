import { neighboursView } from './neighbours.ts';
import { panelsView } from './panels.ts';
import { resourcesView } from './resources.ts';
import type { ServiceViewPart } from './service-view.ts';
import type { ServiceShown } from './state.ts';

/** In the order in which `tab` comes by. */
export const serviceViews: readonly ServiceViewPart[] = [panelsView, resourcesView, neighboursView];

export const viewAt = ({ place }: Pick<ServiceShown, 'place'>): ServiceViewPart =>
	serviceViews.find(({ name }) => name === place.view) ?? panelsView;

/** The view after this one, or before it; round at the ends. */
export function nextView(current: ServiceViewPart, by: 1 | -1): ServiceViewPart {
	const at = serviceViews.indexOf(current) + by + serviceViews.length;
	return serviceViews[at % serviceViews.length] ?? panelsView;
}
