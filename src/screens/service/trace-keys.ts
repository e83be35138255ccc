import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { ServicePlace } from '../../model/place.ts';
import { fixed, hour, minute, type Window } from '../../model/time.ts';
import { type Binding, go } from '../screen.ts';
import { type ServiceShown, selectedRequest } from './state.ts';

/** Where traces of the service are searched: the minute round the time cursor, or all of the window. */
const searched = ({ place, state: { cursor } }: ServiceShown): Window =>
	cursor === undefined ? place.window : fixed(cursor - minute, cursor + minute);

/** Before a spike under the time cursor lie the usual requests that its slow ones are compared with. */
const compared = ({ place, state: { cursor }, now }: ServiceShown): Window =>
	cursor === undefined ? place.window : fixed(cursor - hour, Math.max(cursor, Math.min(cursor + 5 * minute, now)));

/** From the panels to the traces behind them. */
export const traceKeys: readonly Binding<ServicePlace, ServiceFindings, ServiceShown['state']>[] = [
	{
		keys: ['T'],
		label: 'traces',
		help: 'Search for traces of the service in this window, or a minute round the time cursor.',
		run: shown => go({ kind: 'traces', service: shown.place.service, window: searched(shown) }),
	},
	{
		keys: ['M'],
		label: 'compare',
		help: 'Compare slow requests through the service with usual ones: those like the selected exemplar, else beyond p95.',
		run: shown => {
			const request = selectedRequest(shown);
			const { service } = shown.place;
			const trace = request === undefined ? {} : { trace: request.traceId };
			return go({ kind: 'compare', service, ...trace, window: compared(shown) });
		},
	},
];
