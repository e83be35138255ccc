import type { ManagedAlert } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import type { Asking, Http } from '../http.ts';
import { alertsAnswer, statusAnswer } from './schema.ts';
import { alertsOf } from './to-model.ts';

/** The questions smokejumper has for Alertmanager. Each rejects with a `FailureError`. */
export type Alertmanager = {
	/** All alerts that have not ended, also silenced, inhibited and muted ones: the API has neither pages nor a limit. */
	alerts(asking: Asking): Promise<Answer<readonly ManagedAlert[]>>;
	/** Grafana, which speaks this API, names no version: `N/A`. */
	buildInfo(asking: Asking): Promise<Answer<{ readonly version: string }>>;
};

/** Alertmanager behind one HTTP door. */
export const createAlertmanager = (http: Http): Alertmanager => ({
	alerts: async asking => alertsOf(await http.json({ path: '/api/v2/alerts' }, alertsAnswer, asking)),
	buildInfo: async asking => {
		const { versionInfo } = await http.json({ path: '/api/v2/status' }, statusAnswer, asking);
		return answer(versionInfo);
	},
});
