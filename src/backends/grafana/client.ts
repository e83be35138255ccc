import { type Answer, answer } from '../../model/answer.ts';
import type { Asking, Http } from '../http.ts';
import { unreadableNotes } from '../readable-items.ts';
import {
	type DataSource,
	type DataSourceDetail,
	dataSourceDetail,
	dataSourcesAnswer,
	type Settings,
	settingsAnswer,
} from './schema.ts';

/** What smokejumper asks of Grafana itself; the rest goes through it. */
export type Grafana = {
	/** All data sources that the token may see. Rejects with a `FailureError`. */
	dataSources(asking: Asking): Promise<Answer<readonly DataSource[]>>;
	/** All that is told of one, which viewers may not read. Rejects with a `FailureError`. */
	dataSource(uid: string, asking: Asking): Promise<DataSourceDetail>;
};

/** Grafana behind one HTTP door. Listing data sources needs `datasources:read`, which viewers lack: they get them from the settings. */
export function createGrafana(http: Http): Grafana {
	return {
		dataSources: async asking => {
			const request = { path: '/api/datasources' };
			const response = await http.send(request, asking);
			if (response.status === 403) {
				return answer(namedIn(await http.json({ path: '/api/frontend/settings' }, settingsAnswer, asking)));
			}
			const { items, unreadable } = http.parse(response, request, dataSourcesAnswer);
			return answer(items, unreadableNotes(unreadable, 'data source'));
		},
		dataSource: (uid, asking) =>
			http.json({ path: `/api/datasources/uid/${encodeURIComponent(uid)}` }, dataSourceDetail, asking),
	};
}

/** Grafana's own, `-- Mixed --` and its like, have no identifier that can be asked. */
const namedIn = ({ datasources, defaultDatasource }: Settings): readonly DataSource[] =>
	Object.entries(datasources).flatMap(([name, { uid, type }]) =>
		uid === undefined || uid.startsWith('-- ') ? [] : [{ uid, name, type, isDefault: name === defaultDatasource }],
	);
