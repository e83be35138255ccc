/**
 * Who plays in the demo: Nightline, which sells berths on sleeper trains.
 *
 *     concierge ─┬─▶ timetable ─▶ trackside (×3)
 *                ├─▶ fares (×1–3)
 *                ├─▶ berths ─▶ manifest
 *                ├─▶ till
 *                └┄▶ herald (through the broker, after the answer)
 */
export type ServiceName = 'concierge' | 'timetable' | 'fares' | 'berths' | 'manifest' | 'till' | 'herald' | 'trackside';

export type Service = {
	readonly name: ServiceName;
	readonly version: string;
	readonly pod: string;
	readonly language: 'nodejs' | 'python' | 'go' | 'java' | 'rust';
};

export const services: Readonly<Record<ServiceName, Service>> = {
	concierge: { name: 'concierge', version: '5.21.0', pod: 'concierge-6d9f7c8b54-t4xwq', language: 'nodejs' },
	timetable: { name: 'timetable', version: '3.4.2', pod: 'timetable-84c5d6f7b9-kq2mz', language: 'python' },
	fares: { name: 'fares', version: '2.13.4', pod: 'fares-5b7d9c4f68-h8vnj', language: 'go' },
	berths: { name: 'berths', version: '1.40.1', pod: 'berths-7f6b8d5c9-2lzrp', language: 'go' },
	manifest: { name: 'manifest', version: '4.2.0', pod: 'manifest-59c8f7d6b4-wd9sx', language: 'java' },
	till: { name: 'till', version: '8.0.3', pod: 'till-66f5b9d8c7-m5qgt', language: 'java' },
	herald: { name: 'herald', version: '1.9.7', pod: 'herald-7b4c6d9f85-zx7bc', language: 'nodejs' },
	trackside: { name: 'trackside', version: '0.31.5', pod: 'trackside-5d8c7b6f94-p6rhk', language: 'rust' },
};

/** The release of `fares` that went out shortly before the fault and has nothing to do with it. */
export const faresRelease = { version: '2.14.0', pod: 'fares-7c6f5d8b9d-n3ktw' } as const;

export const namespace = 'nightline';

type Doing = {
	readonly service: ServiceName;
	/** The name of its server (or consumer) span. */
	readonly name: string;
};

export type HttpOperation = Doing & { readonly protocol: 'http'; readonly method: string; readonly route: string };
export type GrpcOperation = Doing & {
	readonly protocol: 'grpc';
	readonly rpcService: string;
	readonly rpcMethod: string;
};
type MessageOperation = Doing & { readonly protocol: 'message'; readonly destination: string };

/** Something a service does when it is asked: what its request metrics count and its server spans are named after. */
export type Operation = HttpOperation | GrpcOperation | MessageOperation;

const http = (service: ServiceName, method: string, route: string): HttpOperation => ({
	service,
	name: `${method} ${route}`,
	protocol: 'http',
	method,
	route,
});

const grpc = (service: ServiceName, rpcService: string, rpcMethod: string): GrpcOperation => ({
	service,
	name: `${rpcService}/${rpcMethod}`,
	protocol: 'grpc',
	rpcService,
	rpcMethod,
});

export const operations = {
	searchJourneys: http('concierge', 'GET', '/journeys'),
	showDepartures: http('concierge', 'GET', '/departures/{station}'),
	book: http('concierge', 'POST', '/bookings'),
	showBooking: http('concierge', 'GET', '/bookings/{reference}'),
	cancel: http('concierge', 'DELETE', '/bookings/{reference}'),
	search: http('timetable', 'GET', '/search'),
	board: http('timetable', 'GET', '/board'),
	quote: http('fares', 'POST', '/quotes'),
	hold: grpc('berths', 'nightline.berths.v1.Berths', 'Hold'),
	find: grpc('berths', 'nightline.berths.v1.Berths', 'Find'),
	release: grpc('berths', 'nightline.berths.v1.Berths', 'Release'),
	register: http('manifest', 'PUT', '/manifests/{train}/passengers'),
	charge: http('till', 'POST', '/charges'),
	refund: http('till', 'POST', '/refunds'),
	notify: {
		service: 'herald',
		name: 'process booking-events',
		protocol: 'message',
		destination: 'booking-events',
	},
	reading: http('trackside', 'GET', '/readings/{segment}'),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;

/** What travellers ask of the edge, with the share of all requests. */
export const edgeRoutes = [
	{ operation: 'searchJourneys', share: 0.42 },
	{ operation: 'showDepartures', share: 0.24 },
	{ operation: 'book', share: 0.16 },
	{ operation: 'showBooking', share: 0.14 },
	{ operation: 'cancel', share: 0.04 },
] as const satisfies readonly { readonly operation: OperationName; readonly share: number }[];

export type EdgeOperation = (typeof edgeRoutes)[number]['operation'];
