import type { Labels } from '../../model/labels.ts';
import type { LogLevel } from '../../model/log-entry.ts';
import type { Milliseconds } from '../../model/time.ts';
import { faresRelease, operations, type ServiceName, services } from '../cast.ts';
import { mixed } from '../chance.ts';
import { grpcCodeName, pathOf } from '../span-attributes.ts';
import type { Visit } from '../story.ts';
import type { CaseFile } from './case-file.ts';
import type { Topic } from './remarks.ts';
import { detectedWhenUnread, isoOf, logfmt, severityNumber, springLine, tenths } from './wording.ts';

/** What is to be put into words. */
export type Occasion = {
	readonly topic: Topic;
	readonly level: LogLevel;
	readonly at: Milliseconds;
	readonly place: number;
	readonly visit: Visit;
	readonly file: CaseFile;
};

/** How a service writes its lines. */
export type Voice = {
	readonly say: (occasion: Occasion) => string;
	/** Structured metadata besides `detected_level`. */
	readonly metadata?: (occasion: Occasion) => Labels;
	/** What Loki makes of the level; the level itself when absent. */
	readonly detected?: (level: LogLevel) => LogLevel;
};

/** A signed token of the sort that should never be logged; the signature is noise. */
const tokenOf = ({ outline, passage }: CaseFile): string => {
	const part = (text: string): string => Buffer.from(text).toString('base64url');
	const noise = Array.from({ length: 4 }, (_, index) => mixed(outline.key + index).toString(16)).join('');
	return `${part('{"alg":"HS256"}')}.${part(`{"sub":"${passage.account}"}`)}.${part(noise)}`;
};

const stackOf = (error: string): string =>
	`Error: ${error}\n    at callErrorFromStatus (/srv/node_modules/@grpc/grpc-js/build/src/call.js:31:19)\n` +
	'    at Hold.onReceiveStatus (/srv/src/berths-client.js:88:22)\n    at async book (/srv/src/routes/bookings.js:57:16)';

const failedUpstream = (file: CaseFile): Readonly<Record<string, unknown>> => {
	const { visits, key } = file.outline;
	const failed = visits.find(({ status }, place) => place > 0 && (status >= 500 || status === 4));
	if (failed === undefined) return {};
	const { service, protocol } = operations[failed.operation];
	const told = protocol === 'grpc' ? `${failed.status} ${grpcCodeName(failed.status)}` : `HTTP ${failed.status}`;
	const error = `${service}: ${told}`;
	return {
		upstream: service,
		upstream_ms: tenths(failed.duration),
		error: { name: 'UpstreamError', message: error, stack: stackOf(error) },
		...(key % 3 === 0 ? { headers: { authorization: `Bearer ${tokenOf(file)}` } } : {}),
	};
};

const edgeMessages: Partial<Record<Topic, string>> = {
	'request done': 'request done',
	'upstream failed': 'upstream failed',
	'suspicious agent': 'suspicious user agent',
};

/** Node, winston: JSON with words for levels. */
const concierge: Voice = {
	say: ({ topic, level, at, place, visit, file }) => {
		const { method, route } = operations[file.story.operationOf(file.outline.turn)];
		const hostile = '\x1b]0;all is well\x07\x1b[2J\x1b[1;1Hnothing to see';
		return JSON.stringify({
			timestamp: isoOf(at),
			level,
			message: edgeMessages[topic],
			method,
			route,
			...(topic === 'request done'
				? { path: pathOf(visit.operation, file.passage), status: visit.status, duration_ms: tenths(visit.duration) }
				: { span_id: file.spanIdOf(place) }),
			...(topic === 'upstream failed' ? failedUpstream(file) : {}),
			request_id: file.ids.request,
			trace_id: file.ids.trace,
			account: file.passage.account,
			client: {
				ip: `198.51.100.${file.passage.berth}`,
				user_agent: topic === 'suspicious agent' ? hostile : 'NightlineApp/7.3',
			},
		});
	},
};

const traceback =
	'Traceback (most recent call last):\n  File "/srv/timetable/search.py", line 141, in search\n' +
	'    stops = await read_stops(connections)\n  File "/srv/timetable/stops.py", line 38, in read_stops\n' +
	'    raise StopsUnreadable(connection_id)\ntimetable.errors.StopsUnreadable';

/** Python, structlog: JSON whose message is `event`. */
const timetable: Voice = {
	say: ({ topic, level, at, visit, place, file }) =>
		JSON.stringify({
			event: topic === 'search failed' ? 'search failed' : 'journeys found',
			timestamp: isoOf(at),
			level,
			logger: 'timetable.search',
			origin: file.passage.from,
			destination: file.passage.to,
			took_ms: tenths(visit.duration),
			request_id: file.ids.request,
			trace_id: file.ids.trace,
			...(topic === 'search failed' ? { span_id: file.spanIdOf(place), exception: traceback } : {}),
		}),
};

/** Go, logfmt. */
const fares: Voice = {
	say: ({ topic, level, at, visit, file }) =>
		logfmt({
			time: isoOf(at),
			level,
			msg: { 'cache missed': 'tariff not in cache', 'quote failed': 'quote failed' }[topic as string] ?? 'quote made',
			req_id: file.ids.request,
			traceID: file.ids.trace,
			relation: `${file.passage.from}-${file.passage.to}`,
			...(topic === 'cache missed' ? { waited: `${tenths(visit.waited)}ms` } : { took: `${tenths(visit.duration)}ms` }),
			...(topic === 'quote failed' ? { err: 'no tariff for relation' } : {}),
			version: file.afterRelease ? faresRelease.version : services.fares.version,
		}),
};

const berthMessages: Partial<Record<Topic, readonly [message: string, caller: string]>> = {
	'hold made': ['berth held', 'holds/hold.go:96'],
	'hold refused': ['berth already taken', 'holds/hold.go:71'],
	'hold failed': ['hold failed', 'holds/hold.go:118'],
	'connection awaited': ['waited for a connection', 'pool/pool.go:203'],
	'booking missing': ['booking not found', 'bookings/find.go:44'],
	'hold released': ['berth released', 'holds/release.go:52'],
};

/** Go, zap: JSON with float seconds. */
const berths: Voice = {
	say: ({ topic, level, at, visit, place, file }) => {
		const [msg, caller] = berthMessages[topic] ?? ['', ''];
		const { train, coach, berth, reference } = file.passage;
		const failed = topic === 'hold failed';
		return JSON.stringify({
			level,
			ts: at / 1000,
			caller,
			msg,
			request_id: file.ids.request,
			trace_id: file.ids.trace,
			...(level === 'info' ? {} : { span_id: file.spanIdOf(place) }),
			booking: reference,
			...(topic === 'connection awaited'
				? { pool: 'berths', max: 40, waited: Math.round(visit.waited / 1e6) / 1000 }
				: { train, coach, berth, elapsed: Math.round(visit.duration / 1e6) / 1000 }),
			...(failed ? { error: 'PUT manifest:8080: context deadline exceeded' } : {}),
		});
	},
};

/** Java, Spring Boot: text, the trace in brackets. It has no fault to report, however late it is. */
const manifest: Voice = {
	detected: detectedWhenUnread,
	say: ({ level, at, place, file }) => {
		const { travellers, reference, train, coach } = file.passage;
		return springLine({
			at,
			level: level.toUpperCase(),
			application: 'manifest',
			ids: `${file.ids.trace},${file.spanIdOf(place)}`,
			thread: `nio-8080-exec-${(file.outline.key % 9) + 1}`,
			logger: 'example.nightline.manifest.PassengerList',
			message: `entered ${travellers} passenger(s) of ${reference} on ${train} coach ${coach}`,
		});
	},
};

/** Java, OTLP: the line is the body alone. The card number is the one that test systems of card schemes use. */
const till: Voice = {
	say: ({ topic, file }) => {
		const { price, account } = file.passage;
		const amount = `${(price / 100).toFixed(2)} EUR`;
		if (topic === 'charge declined')
			return `charge of ${amount} declined for card 4111-1111-1111-1111: insufficient funds`;
		return `${topic === 'refund settled' ? 'refund' : 'charge'} of ${amount} settled for account ${account}`;
	},
	metadata: ({ level, visit, place, file }) => ({
		amount_cents: String(file.passage.price),
		http_response_status_code: String(visit.status),
		request_id: file.ids.request,
		scope_name: 'example.nightline.till.Settlement',
		service_version: services.till.version,
		severity_number: severityNumber(level),
		severity_text: level.toUpperCase(),
		span_id: file.spanIdOf(place),
		trace_id: file.ids.trace,
	}),
};

/** Node, pino: JSON with numbers for levels and the epoch in milliseconds. */
const herald: Voice = {
	detected: detectedWhenUnread,
	say: ({ at, visit, place, file }) =>
		JSON.stringify({
			level: 30,
			time: Math.floor(at),
			pid: 1,
			hostname: services.herald.pod,
			name: 'herald',
			reqId: file.ids.request,
			traceId: file.ids.trace,
			spanId: file.spanIdOf(place),
			mail: file.outline.visits[0].operation === 'cancel' ? 'booking.cancelled' : 'booking.confirmed',
			to: `traveller.${file.passage.account}@mail.example`,
			responseTime: Math.round(visit.duration / 1e6),
			msg: 'mail sent',
		}),
};

/** Rust, tracing-subscriber: JSON with the message among `fields`; it knows of traces and not of request IDs. */
const trackside: Voice = {
	say: ({ level, at, visit, place, file }) => {
		const earlier = file.outline.visits.slice(0, place).filter(({ operation }) => operation === 'reading').length;
		return JSON.stringify({
			timestamp: isoOf(at),
			level: level.toUpperCase(),
			fields: {
				message: 'reading is stale, interpolating',
				segment: file.passage.segments[earlier],
				age_seconds: Math.round(visit.waited / 1e9),
			},
			target: 'trackside::readings',
			span: { name: 'reading', trace_id: file.ids.trace },
		});
	},
};

export const voices: Readonly<Record<ServiceName, Voice>> = {
	concierge,
	timetable,
	fares,
	berths,
	manifest,
	till,
	herald,
	trackside,
};
