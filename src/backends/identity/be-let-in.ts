import type { BackendName } from '../../model/failure.ts';
import { minute, type TimeRange } from '../../model/time.ts';
import { createGrafana } from '../grafana/client.ts';
import type { Asking, Http, HttpRequest } from '../http.ts';
import { servicesOf } from '../jaeger/names.ts';
import { lokiRequest, rangeParameters } from '../loki/query.ts';
import { namesAnswer } from '../loki/schema.ts';
import { queryAnswer } from '../prometheus/schema.ts';
import { searchRequest } from '../tempo/query.ts';
import { searchAnswer } from '../tempo/schema.ts';
import { greetings } from './greetings.ts';

/**
 * Asks the cheapest question that a server answers only to those whom it lets in: many tell anybody who they are, and
 * want credentials or a tenant for all else. Rejects with a `FailureError`.
 */
export async function beLetIn(
	http: Http,
	backend: BackendName,
	{ range, asking }: { readonly range: TimeRange; readonly asking: Asking },
): Promise<void> {
	switch (backend) {
		case 'prometheus':
			await http.json(oneAndOnly, queryAnswer, asking);
			return;
		case 'alertmanager': {
			const { request, productIn } = greetings.alertmanager;
			productIn(http, await http.send(request, asking));
			return;
		}
		case 'loki':
			await http.json(lokiRequest('/labels', rangeParameters(range)), namesAnswer, asking);
			return;
		case 'tempo':
			await http.json(searchRequest('{ }', { from: range.to - minute, to: range.to }, 1), searchAnswer, asking);
			return;
		case 'jaeger':
			await servicesOf(http, asking);
			return;
		case 'grafana':
			await createGrafana(http).dataSources(asking);
	}
}

const oneAndOnly: HttpRequest = { path: '/api/v1/query', parameters: [['query', 'vector(1)']], query: 'vector(1)' };
