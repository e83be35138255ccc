import * as z from 'zod/mini';
import { readableItems } from '../readable-items.ts';

/*
 * The answers of Alertmanager's API v2 (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml), which has no
 * envelope. Grafana answers in the same shape with more in it.
 */

const labels = z.record(z.string(), z.string());

const instant = z.string().check(z.refine(text => !Number.isNaN(Date.parse(text))));

const alert = z.object({
	fingerprint: z.string(),
	labels,
	annotations: z._default(labels, {}),
	startsAt: instant,
	updatedAt: z.optional(instant),
	generatorURL: z.optional(z.string()),
	receivers: z._default(z.array(z.object({ name: z.string() })), []),
	status: z.object({
		state: z.string(),
		silencedBy: z.nullish(z.array(z.string())),
		inhibitedBy: z.nullish(z.array(z.string())),
		/** Since Alertmanager 0.28. */
		mutedBy: z.nullish(z.array(z.string())),
	}),
});

export type WireAlert = z.infer<typeof alert>;

export const alertsAnswer = readableItems(alert);

const silence = z.object({
	id: z.string(),
	status: z.object({ state: z.string() }),
	matchers: z.array(
		z.object({
			name: z.string(),
			value: z.string(),
			isRegex: z.boolean(),
			/** Absent before Alertmanager 0.22, which knew no inequality. */
			isEqual: z._default(z.boolean(), true),
		}),
	),
	startsAt: instant,
	endsAt: instant,
	createdBy: z._default(z.string(), ''),
	comment: z._default(z.string(), ''),
});

export type WireSilence = z.infer<typeof silence>;

export const silencesAnswer = readableItems(silence);

export const createdAnswer = z.object({ silenceID: z.string().check(z.minLength(1)) });

/** Of the status the version (Grafana: `N/A`) and the cluster are read; the configuration in it is none of our business. */
export const statusAnswer = z.object({
	versionInfo: z.object({ version: z.string() }),
	/** Grafana and Mimir leave parts of it out. */
	cluster: z.nullish(z.object({ status: z.nullish(z.string()), peers: z.nullish(z.array(z.unknown())) })),
});
