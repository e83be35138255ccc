import * as z from 'zod/mini';
import { readableItems } from '../readable-items.ts';

const dataSource = z.object({
	uid: z.string(),
	name: z.string(),
	type: z.string(),
	isDefault: z._default(z.boolean(), false),
});

/** `GET /api/datasources` (https://grafana.com/docs/grafana/latest/developers/http_api/data_source/): all of them, unpaged. */
export const dataSourcesAnswer = readableItems(dataSource);

/** `GET /api/frontend/settings`: what Grafana's own pages read, and all that a viewer may; by name. */
export const settingsAnswer = z.object({
	defaultDatasource: z.optional(z.string()),
	datasources: z.record(z.string(), z.object({ uid: z.optional(z.string()), type: z.string() })),
});

/** `GET /api/datasources/uid/UID`: one of them, with all but its secrets, of which only the names are told. */
export const dataSourceDetail = z.extend(dataSource, {
	url: z.nullish(z.string()),
	basicAuth: z.nullish(z.boolean()),
	basicAuthUser: z.nullish(z.string()),
	jsonData: z.nullish(z.record(z.string(), z.unknown())),
	secureJsonFields: z.nullish(z.record(z.string(), z.boolean())),
});

export type DataSource = z.infer<typeof dataSource>;
export type DataSourceDetail = z.infer<typeof dataSourceDetail>;
export type Settings = z.infer<typeof settingsAnswer>;
