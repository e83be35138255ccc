import type { Labels } from '../../model/labels.ts';
import {
	type GrpcOperation,
	type HttpOperation,
	namespace,
	type Operation,
	type OperationName,
	operations,
	type ServiceName,
} from '../cast.ts';
import { grpcCodeName, serverFailure } from '../span-attributes.ts';
import type { Story } from '../story.ts';
import { type Cell, cells } from './cells.ts';
import { counterSeries, histogramSeries } from './counters.ts';
import type { Shelf, StoredSeries } from './series.ts';
import type { Tally } from './tally.ts';

/** Where a service's metrics are scraped from. */
export const targetOf = (service: ServiceName): Labels => ({
	job: service === 'concierge' ? `${namespace}/concierge` : service,
	instance: `${service}:9464`,
	namespace,
});

type Book = { readonly story: Story; readonly tally: Tally };

/**
 * Every service's own request metrics, each in the convention of its framework, and Tempo's span metrics of all:
 * `concierge` OpenTelemetry, `berths` gRPC, `manifest` and `till` Micrometer, the others the client libraries' habit;
 * `herald`, which only consumes, has span metrics alone.
 */
export const requestShelves = (story: Story, tally: Tally): readonly Shelf[] => {
	const book = { story, tally };
	const names = Object.keys(operations).filter(isOperationName);
	return names.flatMap((name): readonly Shelf[] => {
		const own = cells.filter(cell => cell.operation === name);
		return [
			{ prefixes: prefixesOf(operations[name]), series: () => ownSeries(book, operations[name], own) },
			{ prefixes: ['traces_spanmetrics_'], series: () => spanSeries(book, operations[name], own) },
		];
	});
};

/** What the names of an operation's own metrics begin with. */
const prefixesOf = (operation: Operation): readonly string[] => {
	if (operation.protocol === 'message') return [];
	if (operation.protocol === 'grpc') return ['grpc_server_'];
	if (operation.service === 'concierge') return ['http_server_request_duration_'];
	return isMicrometer(operation) ? ['http_server_requests_'] : ['http_requests_', 'http_request_duration_'];
};

const isMicrometer = ({ service }: Operation): boolean => service === 'manifest' || service === 'till';

const isOperationName = (name: string): name is OperationName => name in operations;

const ownSeries = (book: Book, operation: Operation, own: readonly Cell[]): readonly StoredSeries[] => {
	switch (operation.protocol) {
		case 'message':
			return [];
		case 'grpc':
			return grpcSeries(book, operation, own);
		case 'http':
			if (operation.service === 'concierge') return otelSeries(book, operation, own);
			return isMicrometer(operation) ? micrometerSeries(book, operation, own) : librarySeries(book, operation, own);
	}
};

/** The cells of each key, in the order of their first. */
const grouped = (own: readonly Cell[], keyOf: (cell: Cell) => string): ReadonlyMap<string, readonly Cell[]> => {
	const groups = new Map<string, Cell[]>();
	for (const cell of own) {
		const key = keyOf(cell);
		const group = groups.get(key) ?? [];
		group.push(cell);
		groups.set(key, group);
	}
	return groups;
};

const byStatus = (own: readonly Cell[]): readonly (readonly [string, readonly Cell[]])[] => [
	...grouped(own, ({ status }) => String(status)),
];

/** OpenTelemetry semantic conventions, `service.name` promoted. */
const otelSeries = ({ story, tally }: Book, operation: HttpOperation, own: readonly Cell[]) =>
	byStatus(own).flatMap(([status, group]) =>
		histogramSeries(story, tally, {
			name: 'http_server_request_duration_seconds',
			labels: {
				...targetOf(operation.service),
				service_name: operation.service,
				http_request_method: operation.method,
				http_route: operation.route,
				http_response_status_code: status,
				url_scheme: 'http',
			},
			cells: group,
			of: 'own',
		}),
	);

/** The habit of the client libraries: the status is on the counter and not on the histogram. */
const librarySeries = ({ story, tally }: Book, operation: HttpOperation, own: readonly Cell[]) => {
	const labels = {
		...targetOf(operation.service),
		service: operation.service,
		method: operation.method,
		path: operation.route,
	};
	const counters = byStatus(own).map(([status, group]) =>
		counterSeries(story, tally, {
			labels: { ...labels, __name__: 'http_requests_total', status },
			cells: group,
			part: { kind: 'count', of: 'own' },
		}),
	);
	const name = 'http_request_duration_seconds';
	return [...counters, ...histogramSeries(story, tally, { name, labels, cells: own, of: 'own' })];
};

/** go-grpc-middleware with its handling-time histogram switched on. */
const grpcSeries = ({ story, tally }: Book, operation: GrpcOperation, own: readonly Cell[]) => {
	const labels = {
		...targetOf(operation.service),
		service: operation.service,
		grpc_type: 'unary',
		grpc_service: operation.rpcService,
		grpc_method: operation.rpcMethod,
	};
	const counters = byStatus(own).map(([status, group]) =>
		counterSeries(story, tally, {
			labels: { ...labels, __name__: 'grpc_server_handled_total', grpc_code: grpcCodeName(Number(status)) },
			cells: group,
			part: { kind: 'count', of: 'own' },
		}),
	);
	const name = 'grpc_server_handling_seconds';
	return [...counters, ...histogramSeries(story, tally, { name, labels, cells: own, of: 'own' })];
};

/** Spring Boot's names, with `application` as common tag. */
const micrometerSeries = ({ story, tally }: Book, operation: HttpOperation, own: readonly Cell[]) =>
	byStatus(own).flatMap(([status, group]) =>
		histogramSeries(story, tally, {
			name: 'http_server_requests_seconds',
			labels: {
				...targetOf(operation.service),
				application: operation.service,
				method: operation.method,
				uri: operation.route,
				status,
				outcome: Number(status) < 400 ? 'SUCCESS' : 'CLIENT_ERROR',
				exception: 'none',
				error: 'none',
			},
			cells: group,
			of: 'own',
		}),
	);

/** What Tempo's metrics generator makes of server and consumer spans; its filter leaves the others out. */
const spanSeries = ({ story, tally }: Book, operation: Operation, own: readonly Cell[]) => {
	const groups = grouped(own, ({ status }) =>
		serverFailure(operation, status) === undefined ? 'STATUS_CODE_UNSET' : 'STATUS_CODE_ERROR',
	);
	return [...groups].flatMap(([status, group]) => {
		const labels = {
			service: operation.service,
			span_name: operation.name,
			span_kind: operation.protocol === 'message' ? 'SPAN_KIND_CONSUMER' : 'SPAN_KIND_SERVER',
			status_code: status,
		};
		return [
			counterSeries(story, tally, {
				labels: { ...labels, __name__: 'traces_spanmetrics_calls_total' },
				cells: group,
				part: { kind: 'count', of: 'span' },
			}),
			...histogramSeries(story, tally, { name: 'traces_spanmetrics_latency', labels, cells: group, of: 'span' }),
		];
	});
};
