import type { Milliseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { type DemoReply, type DemoRequestLine, type DemoRoute, jsonReply, textReply } from '../route.ts';
import type { Story } from '../story.ts';
import type { Alerting } from './alerting.ts';
import { ExemplarBook } from './exemplar-book.ts';
import { exemplarsOf, selectorsIn } from './exemplars.ts';
import { ExecutionError, ParseError } from './expression.ts';
import { BadData, expressionOf, timeOf } from './parameters.ts';
import { type Handled, instantQuery, rangeQuery } from './query-routes.ts';
import { alertsQuery, rulesQuery } from './rule-routes.ts';
import { labelNamesQuery, labelValuesQuery, metadataQuery, seriesQuery } from './series-routes.ts';
import { headLength, tsdbStatusQuery } from './tsdb-status.ts';

type World = { readonly story: Story; readonly alerting: Alerting; readonly now: () => Milliseconds };

type Handler = (parameters: URLSearchParams) => Answered | Piecework<Answered>;
type Answered = Handled | DemoReply;

/** Prometheus' HTTP API over the story: what the real 3.5 answers, for the part of PromQL that `evaluate` knows. */
export const prometheusRoutes = (world: World): DemoRoute => {
	const both = queryHandlers(world);
	const getOnly = readHandlers(world);
	return request => {
		const { path, method } = request;
		const handler = both[path] ?? getOnly[path] ?? labelHandler(path, world);
		if (handler === undefined) return path.startsWith('/-/') ? probe(path) : undefined;
		if (method !== 'GET' && (method !== 'POST' || both[path] === undefined)) {
			return textReply(405, 'Method Not Allowed\n');
		}
		return answered(handler, request);
	};
};

const queryHandlers = (
	{ story, alerting, now }: World,
	book = new ExemplarBook(story, now),
): Readonly<Record<string, Handler>> => ({
	'/api/v1/query': parameters => instantQuery(parameters, alerting.storage, now()),
	'/api/v1/query_range': parameters => rangeQuery(parameters, alerting.storage),
	'/api/v1/series': parameters => seriesQuery(parameters, alerting.storage, now()),
	'/api/v1/labels': parameters => labelNamesQuery(parameters, alerting.storage, now()),
	*'/api/v1/query_exemplars'(parameters) {
		const expression = expressionOf(parameters);
		if (selectorsIn(expression).length === 0) return { status: 204, contentType: undefined, body: '' };
		const from = timeOf(parameters, 'start', story.beganAt);
		const to = Math.min(timeOf(parameters, 'end', now()), now());
		return { data: yield* exemplarsOf(expression, { from, to }, { book, storage: alerting.storage }) };
	},
});

const readHandlers = ({ story, alerting, now }: World): Readonly<Record<string, Handler>> => ({
	'/api/v1/rules': parameters => rulesQuery(parameters, alerting),
	'/api/v1/alerts': () => alertsQuery(alerting),
	'/api/v1/metadata': metadataQuery,
	'/api/v1/status/buildinfo': () => ({ data: buildinfo }),
	'/api/v1/status/tsdb': parameters =>
		tsdbStatusQuery(parameters, alerting.storage, { from: Math.max(story.beganAt, now() - headLength), to: now() }),
});

const labelHandler = (path: string, { alerting, now }: World): Handler | undefined => {
	const name = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
	if (name === undefined) return undefined;
	return parameters => labelValuesQuery(decoded(name), parameters, alerting.storage, now());
};

const decoded = (segment: string): string => {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw new BadData(`invalid label name: ${JSON.stringify(segment)}`);
	}
};

const probe = (path: string): DemoReply | undefined => {
	if (path === '/-/ready') return textReply(200, 'Prometheus Server is Ready.\n');
	return path === '/-/healthy' ? textReply(200, 'Prometheus Server is Healthy.\n') : undefined;
};

/** The version whose API is spoken. */
const buildinfo = {
	version: '3.5.3',
	revision: 'demo',
	branch: 'demo',
	buildUser: 'smokejumper demo',
	buildDate: '',
	goVersion: '',
};

const failed = (status: number, errorType: string, error: string): DemoReply =>
	jsonReply({ status: 'error', errorType, error }, status);

function* answered(handler: Handler, { parameters }: DemoRequestLine): Piecework<DemoReply> {
	try {
		const given = handler(parameters);
		const handled = 'next' in given ? yield* given : given;
		return 'status' in handled ? handled : jsonReply({ status: 'success', ...handled });
	} catch (error) {
		if (error instanceof BadData || error instanceof ParseError) return failed(400, 'bad_data', error.message);
		if (error instanceof ExecutionError) return failed(422, 'execution', error.message);
		throw error;
	}
}
