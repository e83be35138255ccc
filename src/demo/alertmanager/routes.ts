import type { Matcher } from '../../model/labels.ts';
import { hour, type Milliseconds } from '../../model/time.ts';
import type { Alerting } from '../prometheus/alerting.ts';
import { labelsTest } from '../prometheus/label-test.ts';
import { type DemoReply, type DemoRequestLine, type DemoRoute, jsonReply, textReply } from '../route.ts';
import type { Story } from '../story.ts';
import { configuration } from './configuration.ts';
import { type GettableAlert, managedAlerts } from './managed-alerts.ts';
import { SilenceBook } from './silences.ts';

type World = { readonly story: Story; readonly alerting: Alerting; readonly now: () => Milliseconds };

/** Alertmanager's API v2 over the alerts that the rules fire: what the real 0.33 answers. */
export const alertmanagerRoutes = ({ story, alerting, now }: World): DemoRoute => {
	const silences = new SilenceBook(now, story.seed, story.beganAt);
	return request => {
		const { path, method, body, parameters } = request;
		const silenceId = /^\/api\/v2\/silence\/([^/]+)$/.exec(path)?.[1];
		if (silenceId !== undefined) return oneSilence(silences, silenceId, method);
		if (path === '/api/v2/silences' && method === 'POST') return silences.create(body);
		const read = {
			*'/api/v2/alerts'() {
				yield* alerting.catchUp();
				return alertsReply(parameters, managedAlerts(alerting, silences));
			},
			'/api/v2/silences': () => silences.list(),
			'/api/v2/status': () => statusReply(story),
			'/api/v2/receivers': () => jsonReply(['nobody', 'pager', 'chat'].map(name => ({ name, labels: { name } }))),
			'/-/ready': () => textReply(200, 'OK'),
			'/-/healthy': () => textReply(200, 'OK'),
		}[path];
		if (read === undefined) return path.startsWith('/api/v2/') ? unknownPath(request) : undefined;
		return method === 'GET' ? read() : wrongMethod(method);
	};
};

const wrongMethod = (method: string): DemoReply =>
	jsonReply({ code: 405, message: `method ${method} is not allowed, but [GET] are` }, 405);

const unknownPath = ({ path }: DemoRequestLine): DemoReply =>
	jsonReply({ code: 404, message: `path ${path} was not found` }, 404);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const oneSilence = (silences: SilenceBook, id: string, method: string): DemoReply => {
	if (!uuid.test(id)) {
		return jsonReply({ code: 601, message: `silenceID in path must be of type uuid: ${JSON.stringify(id)}` }, 422);
	}
	if (method === 'DELETE') return silences.expire(id);
	return method === 'GET' ? silences.get(id) : wrongMethod(method);
};

const alertsReply = (parameters: URLSearchParams, alerts: readonly GettableAlert[]): DemoReply => {
	for (const name of ['active', 'silenced', 'inhibited', 'unprocessed']) {
		const text = parameters.get(name);
		if (text !== null && !/^(true|false|1|0)$/i.test(text)) {
			return jsonReply(
				{ code: 601, message: `${name} in query must be of type boolean: ${JSON.stringify(text)}` },
				422,
			);
		}
	}
	const wanted = (name: string): boolean => !/^(false|0)$/i.test(parameters.get(name) ?? '');
	const matchers: Matcher[] = [];
	for (const text of parameters.getAll('filter')) {
		const matcher = matcherOf(text);
		if (matcher === undefined) return jsonReply(`bad matcher format: ${text}`, 400);
		matchers.push(matcher);
	}
	const passes = labelsTest(matchers);
	return jsonReply(
		alerts.filter(
			({ labels, status }) =>
				passes(labels) &&
				(wanted('active') || status.state !== 'active') &&
				(wanted('silenced') || status.silencedBy.length === 0) &&
				(wanted('inhibited') || status.inhibitedBy.length === 0),
		),
	);
};

/** `name="value"`, the quotes optional. */
const matcherOf = (text: string): Matcher | undefined => {
	const parts = /^\s*"?([^\s"=!~]+)"?\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^"{}]*))\s*$/.exec(text);
	const [, name, operator, quoted, bare] = parts ?? [];
	if (name === undefined || operator === undefined) return undefined;
	const value = quoted === undefined ? (bare ?? '').trim() : quoted.replace(/\\(["\\])/g, '$1').replaceAll('\\n', '\n');
	return { name, value, operator: operator === '=~' || operator === '!~' || operator === '!=' ? operator : '=' };
};

const statusReply = (story: Story): DemoReply =>
	jsonReply({
		cluster: { peers: [], status: 'disabled' },
		config: { original: configuration },
		uptime: new Date(story.beganAt - 48 * hour).toISOString(),
		versionInfo: {
			branch: 'demo',
			buildDate: '',
			buildUser: 'smokejumper demo',
			goVersion: '',
			revision: 'demo',
			version: '0.33.1',
		},
	});
