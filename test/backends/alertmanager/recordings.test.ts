import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createAlertmanager } from '../../../src/backends/alertmanager/client.ts';
import type { ManagedAlert } from '../../../src/model/alert.ts';
import type { Silence } from '../../../src/model/silence.ts';
import { outcomeOf, type Question, recordingsIn } from '../../helpers/replay.ts';

const alerts: Question = async (http, asking) => {
	const { value, notes } = await createAlertmanager(http).alerts(asking);
	return [...value.map(alertText), ...notes.map(({ kind, text }) => `(${kind}: ${text})`)].join('\n');
};

const cluster: Question = async (http, asking) =>
	(await createAlertmanager(http).cluster(asking)).value?.status ?? 'none';

/** An endpoint that the client does not ask: the door still reads it. */
const raw =
	(path: string): Question =>
	async (http, asking) =>
		JSON.stringify(await http.json({ path }, z.optional(z.unknown()), asking))?.slice(0, 60) ?? 'empty';

const alertText = ({
	fingerprint,
	labels,
	startsAt,
	state,
	silencedBy,
	receivers,
	generatorUrl,
}: ManagedAlert): string =>
	[
		fingerprint,
		labels.alertname,
		labels.severity,
		new Date(startsAt).toISOString().slice(11),
		state,
		...silencedBy.map(id => `silenced by ${id.slice(0, 8)}`),
		`→ ${receivers.join(' ')}`,
		new URL(generatorUrl ?? '').searchParams.get('g0.expr')?.slice(0, 30),
	].join(' ');

const clockOf = (at: number): string => new Date(at).toISOString().slice(11);

const silenceText = ({ id, state, startsAt, endsAt, createdBy, comment, matchers }: Silence): string => {
	const drawn = matchers.map(({ name, operator, value }) => `${name}${operator}${value}`).join(' ');
	return `${id.slice(0, 8)} ${state} ${clockOf(startsAt)}–${clockOf(endsAt)} ${createdBy}: ${comment} {${drawn}}`;
};

const silences: Question = async (http, asking) =>
	(await createAlertmanager(http).silences(asking)).value.map(silenceText).join('\n');

const create: Question = async (http, asking) => {
	const silence = { matchers: [], startsAt: 0, endsAt: 1, createdBy: 'mira', comment: 'known' };
	return (await createAlertmanager(http).createSilence(silence, asking)).value;
};

const expiring =
	(id: string): Question =>
	async (http, asking) => {
		await createAlertmanager(http).expireSilence(id, asking);
		return 'ended';
	};

const expire = expiring('302673b6-d352-4662-b3c9-b8b7624d6c60');
const expireUnknown = expiring('00000000-0000-0000-0000-000000000000');

const cases: readonly (readonly [recording: string, question: Question, drawing: readonly string[]])[] = [
	[
		'alerts',
		alerts,
		[
			'04244403eb0e7666 Watchdog none 08:32:44.597Z active → nobody vector(1)',
			'59df842d90ee82a8 EdgeHighErrorRate critical 08:33:44.597Z active → nobody sum by (service_name, http_rou',
			'72797a2a13d67621 DbPoolSaturated critical 08:33:59.597Z active → nobody db_connections_in_use / db_poo',
			'8ff500d4209b876b BillingLatencyP99 warning 08:33:44.597Z active → nobody histogram_quantile(0.99, sum b',
			'd28b1569cbf31e37 DbPoolSaturated critical 08:33:39.597Z active → nobody db_connections_in_use / db_poo',
			'[GET 200]',
		],
	],
	[
		'alerts-silenced',
		alerts,
		[
			'04244403eb0e7666 Watchdog none 08:32:44.597Z active → nobody vector(1)',
			'59df842d90ee82a8 EdgeHighErrorRate critical 08:33:44.597Z active → nobody sum by (service_name, http_rou',
			'72797a2a13d67621 DbPoolSaturated critical 08:33:59.597Z suppressed silenced by 302673b6 → nobody db_connections_in_use / db_poo',
			'8ff500d4209b876b BillingLatencyP99 warning 08:33:44.597Z active → nobody histogram_quantile(0.99, sum b',
			'd28b1569cbf31e37 DbPoolSaturated critical 08:33:39.597Z suppressed silenced by 302673b6 → nobody db_connections_in_use / db_poo',
			'[GET 200]',
		],
	],
	['error-filter', alerts, ['', '[GET 200]']],
	[
		'error-no-silence',
		expireUnknown,
		[
			'not-found: Alertmanager at backend.example:9090 does not know this silence (404). It may be gone for long: look in the list (:silences).',
			'[DELETE 404]',
		],
	],
	[
		'error-silence',
		create,
		[
			'bad-query: Alertmanager at backend.example:9090 did not accept the silence (422). It said: matchers in body should have at least 1 items. Mend it and try again.',
			'[POST 422]',
		],
	],
	[
		'filter',
		alerts,
		[
			'59df842d90ee82a8 EdgeHighErrorRate critical 08:33:44.597Z active → nobody sum by (service_name, http_rou',
			'72797a2a13d67621 DbPoolSaturated critical 08:33:59.597Z active → nobody db_connections_in_use / db_poo',
			'd28b1569cbf31e37 DbPoolSaturated critical 08:33:39.597Z active → nobody db_connections_in_use / db_poo',
			'[GET 200]',
		],
	],
	[
		'groups',
		raw('/api/v2/alerts/groups'),
		['[{"alerts":[{"annotations":{"runbook_url":"https://runbooks.', '[GET 200]'],
	],
	['receivers', raw('/api/v2/receivers'), ['[{"labels":{"name":"nobody"},"name":"nobody"}]', '[GET 200]']],
	['silence-created', create, ['302673b6-d352-4662-b3c9-b8b7624d6c60', '[POST 200]']],
	['silence-expired', expire, ['ended', '[DELETE 200]']],
	[
		'silences',
		silences,
		[
			'302673b6 active 08:36:09.615Z–09:36:09.000Z oncall: known: pool of billing {alertname=DbPoolSaturated service=billing}',
			'274c6ac9 expired 08:35:44.736Z–08:35:46.255Z oncall: known: pool of billing {alertname=DbPoolSaturated service=billing}',
			'[GET 200]',
		],
	],
	['status', cluster, ['disabled', '[GET 200]']],
];

test('every recording is asked for', () => {
	expect(cases.map(([name]) => name).sort()).toEqual(recordingsIn('alertmanager-0.33.1'));
});

test.each(cases)('%s', async (name, question, lines) => {
	expect(await outcomeOf('alertmanager', `alertmanager-0.33.1/${name}`, question)).toEqual(lines);
});
