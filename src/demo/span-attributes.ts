import type { Attributes } from '../model/trace.ts';
import { type Operation, type OperationName, operations, services } from './cast.ts';
import type { Passage } from './passage.ts';
import type { Failing } from './trace-sheet.ts';

/** gRPC codes by number, as they are written in metrics and messages. */
export const grpcCodeNames = [
	'OK',
	'Canceled',
	'Unknown',
	'InvalidArgument',
	'DeadlineExceeded',
	'NotFound',
	'AlreadyExists',
] as const;

export const grpcCodeName = (code: number): string => grpcCodeNames[code] ?? 'Unknown';

/** The path that was asked for: a route with its placeholders filled. */
export const pathOf = (operation: OperationName, passage: Passage, segment = 0): string => {
	const asked: Operation = operations[operation];
	if (asked.protocol !== 'http') return '';
	return asked.route
		.replace('{station}', encodeURIComponent(passage.from.toLowerCase()))
		.replace('{reference}', passage.reference)
		.replace('{train}', encodeURIComponent(passage.train))
		.replace('{segment}', passage.segments[segment] ?? passage.segments[0]);
};

/** HTTP, RPC and messaging semantic conventions of the answering side. */
export const serverAttributes = (operation: Operation, status: number, path: string): Attributes => {
	switch (operation.protocol) {
		case 'http':
			return {
				'http.request.method': operation.method,
				'http.route': operation.route,
				'url.path': path,
				'url.scheme': 'http',
				'http.response.status_code': status,
				...(status >= 500 ? { 'error.type': String(status) } : {}),
			};
		case 'grpc':
			return rpcAttributes(operation.rpcService, operation.rpcMethod, status);
		case 'message':
			return {
				'messaging.system': 'nats',
				'messaging.operation.name': 'process',
				'messaging.operation.type': 'process',
				'messaging.destination.name': operation.destination,
				'messaging.consumer.group.name': operation.service,
			};
	}
};

/** HTTP and RPC semantic conventions of the asking side; `status` is absent when no answer came. */
export const clientAttributes = (operation: Operation, status: number | undefined, path: string): Attributes => {
	const port = operation.protocol === 'grpc' ? 9090 : 8080;
	const server = { 'server.address': services[operation.service].name, 'server.port': port };
	if (operation.protocol === 'grpc') {
		return { ...rpcAttributes(operation.rpcService, operation.rpcMethod, status ?? 4), ...server };
	}
	if (operation.protocol === 'message') return server;
	return {
		'http.request.method': operation.method,
		'url.full': `http://${operation.service}:${port}${path}`,
		...server,
		...(status === undefined ? { 'error.type': 'timeout' } : { 'http.response.status_code': status }),
		...(status !== undefined && status >= 400 ? { 'error.type': String(status) } : {}),
	};
};

const rpcAttributes = (service: string, method: string, code: number): Attributes => ({
	'rpc.system': 'grpc',
	'rpc.service': service,
	'rpc.method': method,
	'rpc.grpc.status_code': code,
});

/** A server span fails for its own faults only: 5xx, and the gRPC codes that are the server's. */
export const serverFailure = (operation: Operation, status: number): Failing | undefined => {
	if (operation.protocol === 'http' && status >= 500) return { message: `HTTP ${status}` };
	if (operation.protocol === 'grpc' && status === 4) return { message: 'context deadline exceeded' };
	return undefined;
};

/** A client span fails for whatever it did not ask for: 4xx too, and every gRPC code but OK. */
export const clientFailure = (operation: Operation, status: number): Failing | undefined => {
	if (operation.protocol === 'http' && status >= 400) return { message: `HTTP ${status}` };
	if (operation.protocol !== 'grpc' || status === 0) return undefined;
	const message = `${status} ${grpcCodeName(status)}`;
	return { message, exception: { type: `grpc.${grpcCodeName(status)}`, message: `${operation.name}: ${message}` } };
};

/** Database semantic conventions. */
export const database = (system: string, namespace: string, operation: string, query: string): Attributes => ({
	'db.system.name': system,
	'db.namespace': namespace,
	'db.operation.name': operation,
	'db.query.text': query,
});
