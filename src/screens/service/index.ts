import { noServiceFindings, type ServiceFindings } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { escapeService, serviceKeys } from './keys.ts';
import { initialState, type ServiceState } from './state.ts';
import { ServiceView } from './view.tsx';
import { viewAt } from './views.ts';

/** Whether a service is well: rate, errors and duration over the window, found without a dashboard. */
export const service: Screen<ServicePlace, ServiceFindings, ServiceState> = {
	title: place => [place.service, place.route].filter(Boolean).join(' '),
	headline: ({ place, findings }) => {
		const alert = lastValueOf(findings.alert);
		const target = lastValueOf(findings.target);
		const convention = target?.kind === 'found' ? target.convention : (place.view ?? '');
		const about = alert === undefined ? [place.service] : [alert.name, alert.state === 'firing' ? '' : alert.state];
		return [...about, convention].filter(Boolean).join('  ');
	},
	nothing: noServiceFindings,
	initial: initialState,
	settle: shown => viewAt(shown).settle?.(shown) ?? shown.state,
	refreshEvery: 10 * second,
	keys: serviceKeys,
	escape: escapeService,
	search: {
		label: 'filter the break-down',
		current: state => state.filter,
		apply: (text, { state }) => ({ ...state, filter: text }),
	},
	whyOld: shown => viewAt(shown).whyOld?.(shown),
	View: ServiceView,
};
