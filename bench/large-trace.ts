/** What Tempo's API v2 answers for a trace of a run that goes through many calls: OTLP as JSON, a batch for each service. */

const services = ['pier', 'ledger', 'crane', 'tides', 'customs', 'yard'] as const;

/** One nanosecond count for all: 2026-11-22 03:11:00 UTC. */
const epoch = 1_795_317_060_000_000_000n;
/** Length of the root: one minute. */
const length = 60_000_000_000;

type Draft = {
	readonly id: number;
	readonly parent: number;
	readonly start: number;
	readonly end: number;
	readonly depth: number;
};

/** So many spans as one answer, about 450 bytes each: requests of a handful of calls, many side by side, runs of like queries. */
export function largeTraceJson(count: number): string {
	const spans = drafts(count);
	const batches = services.map((service, at) => {
		const own = spans.filter(({ id }) => id % services.length === at).map(spanJson);
		const resource = attributesJson({
			'service.name': service,
			'k8s.pod.name': `${service}-7d9f6c-x2x`,
			'telemetry.sdk.language': 'go',
			'host.name': `node-${at}.example.com`,
		});
		return `{"resource":{"attributes":${resource}},"scopeSpans":[{"scope":{"name":"otelhttp"},"spans":[${own.join(',')}]}]}`;
	});
	return `{"trace":{"resourceSpans":[${batches.join(',')}]},"metrics":{"inspectedBytes":"1234567"}}`;
}

/** Each span has up to eight children; of nine families one runs side by side, the rest one after the other. */
function drafts(count: number): readonly Draft[] {
	const made: Draft[] = [{ id: 1, parent: 0, start: 0, end: length, depth: 0 }];
	for (let at = 0; made.length < count && at < made.length; at++) {
		const parent = made[at];
		if (parent === undefined) break;
		const children = Math.min(parent.depth === 0 ? 400 : 1 + ((at * 7) % 12), count - made.length);
		const room = parent.end - parent.start;
		const isSideBySide = at % 9 === 1;
		for (let child = 0; child < children; child++) {
			const start = parent.start + Math.floor((room * (isSideBySide ? 0.05 : child + 0.05)) / children);
			const took = Math.floor((room * (isSideBySide ? (children - child) * 0.9 : 0.8)) / children);
			made.push({ id: made.length + 1, parent: parent.id, start, end: start + took, depth: parent.depth + 1 });
		}
	}
	return made;
}

const base64 = (id: number): string => {
	const bytes = Buffer.alloc(8);
	bytes.writeUInt32BE(0x5eed0000, 0);
	bytes.writeUInt32BE(id, 4);
	return bytes.toString('base64');
};

const traceId = Buffer.from('73c80000000000000000000000000001', 'hex').toString('base64');
const operations = [
	'GET /berths/{berth}',
	'SELECT berths',
	'hold',
	'POST /quays',
	'publish tide',
	'SELECT tides',
] as const;
const kinds = ['SERVER', 'CLIENT', 'INTERNAL', 'CLIENT', 'PRODUCER', 'CLIENT'] as const;

function spanJson({ id, parent, start, end }: Draft): string {
	const kind = (id * 13) % operations.length;
	const failed = id % 997 === 0;
	return JSON.stringify({
		traceId,
		spanId: base64(id),
		...(parent === 0 ? {} : { parentSpanId: base64(parent) }),
		name: operations[kind],
		kind: `SPAN_KIND_${kinds[kind]}`,
		startTimeUnixNano: String(epoch + BigInt(start)),
		endTimeUnixNano: String(epoch + BigInt(end)),
		attributes: attributesOf(id, kind),
		...(failed ? { status: { message: 'berth could not be held', code: 'STATUS_CODE_ERROR' } } : { status: {} }),
	});
}

type Value = string | number;

function attributesOf(id: number, kind: number): readonly unknown[] {
	const isQuery = operations[kind]?.startsWith('SELECT') ?? false;
	return attributeList(
		isQuery
			? {
					'db.system': 'postgresql',
					'db.statement': 'SELECT id, quay, length FROM berths WHERE quay = $1 AND length >= $2',
					'net.peer.name': 'berths-db.example.com',
					'db.rows': id % 40,
				}
			: {
					'http.request.method': 'GET',
					'url.path': `/berths/${id % 5000}`,
					'http.response.status_code': 200,
					'server.address': 'pier.example.com',
				},
	);
}

const attributeList = (values: Readonly<Record<string, Value>>): readonly unknown[] =>
	Object.entries(values).map(([key, value]) => ({
		key,
		value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
	}));

const attributesJson = (values: Readonly<Record<string, Value>>): string => JSON.stringify(attributeList(values));
