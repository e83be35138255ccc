import { describe, expect, test } from 'vitest';
import { breakdownLabels, otherBreakdowns } from '../../src/analysis/breakdown-labels.ts';
import { equals } from '../../src/model/labels.ts';
import { target } from '../screens/service/shown-service.ts';

const textOf = (labels: ReturnType<typeof breakdownLabels>) => labels.map(({ label, word }) => `${word} ${label}`);

/** What the labels of a rate metric offer, when its route label and what marks errors are these. */
const offered = (labels: string, routeLabel?: string, status?: string) =>
	textOf(
		breakdownLabels({
			labels: labels.split(' '),
			routeLabel,
			errorMatcher: status === undefined ? undefined : equals(status, '500'),
		}),
	);

describe('what a service can be broken down by', () => {
	test.each<[what: string, offer: readonly string[], expected: readonly string[]]>([
		[
			'everything, in order, without what tells nothing of requests',
			offered(
				'cluster http_request_method http_response_status_code http_route instance job k8s_pod_name service_version url_scheme zone',
				'http_route',
				'http_response_status_code',
			),
			[
				'route http_route',
				'method http_request_method',
				'pod k8s_pod_name',
				'version service_version',
				'status http_response_status_code',
				'zone zone',
				'cluster cluster',
			],
		],
		[
			'instances where there are no pods',
			offered('code handler instance job method', 'handler', 'code'),
			['route handler', 'method method', 'status code', 'instance instance'],
		],
		[
			'the method of a proxy that knows no routes',
			offered('method status', 'method'),
			['route method', 'status status'],
		],
		[
			'a mesh: by version and by caller',
			offered('destination_version response_code source_app source_workload', undefined, 'response_code'),
			['version destination_version', 'status response_code', 'caller source_workload'],
		],
		[
			'names with dots',
			offered('http.request.method k8s.pod.name', undefined),
			['method http.request.method', 'pod k8s.pod.name'],
		],
		[
			'the status that marks errors before another',
			offered('code grpc_code grpc_method', 'grpc_method', 'grpc_code'),
			['route grpc_method', 'status grpc_code'],
		],
		['no label that marks errors on another metric', offered('path', 'path', 'status'), ['route path']],
		['nothing', offered('job'), []],
	])('%s', (_, offer, expected) => expect(offer).toEqual(expected));

	test('the route alone, when nothing is known of other labels', () => {
		expect(textOf(breakdownLabels(target))).toEqual(['route http_route']);
	});
});

test('the labels to go on to begin with the next one, and go round', () => {
	const known = { ...target, labels: ['http_route', 'method', 'pod', 'version'] };
	const words = (by?: string) => otherBreakdowns(known, by).map(({ word }) => word);
	expect(words()).toEqual(['method', 'pod', 'version']);
	expect(words('pod')).toEqual(['version', 'route', 'method']);
	expect(words('version')).toEqual(['route', 'method', 'pod']);
	expect(words('tenant')).toEqual(['route', 'method', 'pod', 'version']);
});
