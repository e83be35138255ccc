import * as z from 'zod/mini';
import { parseBytes, parseSamples } from '../../analysis/log-cost.ts';
import { profileColours } from '../../model/profile-colour.ts';
import {
	connectionSchema,
	connectionsSchema,
	duration,
	field,
	grafanaSchema,
	text,
	tunnelSchema,
} from './connection-schema.ts';

export type { Auth, Connection, Connections, Secret, Tls } from './connection-schema.ts';

/** What the operator has said of this installation, where what is usual misleads. */
const conventionsSchema = z
	.looseObject({
		alertedServices: field(
			'Whom alerts are about; taken is the service that their expression and labels name, empty for none.',
			z.array(z.looseObject({ alert: text, taken: z.string(), service: text })),
		),
		logStreams: field(
			'In which streams of Loki the lines of services are, where that is not found: a selector or a LogQL log query.',
			z.array(z.looseObject({ service: text, selector: text })),
		),
	})
	.register(z.globalRegistry, { id: 'conventions' });

const bytes = z.string().check(
	z.regex(/^\s*\d{1,15}(?:\.\d{1,3})?\s*[kKmMgGtTpP]?[bB]\s*$/),
	z.refine(text => parseBytes(text) !== undefined, 'must be a number of bytes such as 10GB'),
);

/** How the logs are read. */
const logsSchema = z
	.looseObject({
		readUnasked: field('What a question may read without being asked for: 10GB, which it is when absent.', bytes),
	})
	.register(z.globalRegistry, { id: 'logs' });

const samples = z.string().check(
	z.regex(/^\s*\d{1,15}(?:\.\d{1,3})?\s*[kKmMgGtT]?\s*$/),
	z.refine(text => parseSamples(text) !== undefined, 'must be a number of samples such as 500M'),
);

/** What may be read for one incident, which is one run of the program. */
const budgetSchema = z
	.looseObject({
		lokiBytes: field('What Loki may read in all: 50GB. Then nothing more is asked of it; no bound when absent.', bytes),
		prometheusSamples: field(
			'The samples that Prometheus may read in all: 500M. Then nothing more is asked of it; no bound when absent.',
			samples,
		),
	})
	.register(z.globalRegistry, { id: 'budget' });

/** Keys that are not known here are kept: a newer version may have written them. */
export const profileSchema = z
	.looseObject({
		label: field('What the header of the screen calls it; its name when absent.', z.string()),
		colour: field('The colour of that word.', z.enum(profileColours)),
		since: field('How far back a place looks when it is not told: 3h; 1h when absent.', duration),
		tunnel: field('ssh -L for all connections that name none of their own.', tunnelSchema),
		readOnly: field('Nothing may be written through it; so it is when absent.', z.boolean()),
		redactEmails: field('E-mail addresses are masked as secrets are; they stay when absent.', z.boolean()),
		author: field("In whose name silences are made; the user's name when absent.", text),
		prometheus: field('Prometheus, Mimir, Thanos or VictoriaMetrics.', connectionSchema),
		alertmanager: field('One Alertmanager or several.', connectionsSchema),
		loki: field('Loki.', connectionSchema),
		tempo: field('Tempo.', connectionSchema),
		jaeger: field('In the place of Tempo; with both, asked for the traces that Tempo does not have.', connectionSchema),
		grafana: field('Grafana, through which all others are reached.', grafanaSchema),
		logs: field('How the logs are read.', logsSchema),
		budget: field('What may be read for one incident.', budgetSchema),
		conventions: field('What you said of this installation with c and S.', conventionsSchema),
	})
	.register(z.globalRegistry, { id: 'profile' });

/** The whole file. */
export const profilesSchema = z.looseObject({
	$schema: field('The JSON Schema of this file, which editors read.', z.string()),
	version: field('The layout of this file; the program writes it.', z.int().check(z.minimum(1))),
	current: field('The profile that is meant when none is named.', z.string()),
	profiles: z.record(z.string(), profileSchema).check(z.describe('Profiles by their names.')),
});

export type Profile = z.infer<typeof profileSchema>;

/** Names of profiles that a newer version wrote in a way that is not understood, each with the place that is not. */
export const notUnderstood: unique symbol = Symbol('not understood');

/** The file. What is under a symbol is known of it and not written. */
export type Profiles = z.infer<typeof profilesSchema> & {
	readonly [notUnderstood]?: Readonly<Record<string, string>>;
};
