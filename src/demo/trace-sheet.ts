import { second, toNanoseconds } from '../model/time.ts';
import type { Attributes, Span, SpanEvent, SpanKind, SpanLink } from '../model/trace.ts';
import { faresRelease, namespace, type ServiceName, services } from './cast.ts';
import { mixedOf } from './chance.ts';
import { hexOf } from './identifiers.ts';
import type { Outline, Plot } from './story.ts';

/** A span to be written down; instants are nanoseconds since the request began. */
export type Note = {
	readonly service: ServiceName;
	readonly name: string;
	readonly kind: SpanKind;
	readonly start: number;
	readonly end: number;
	readonly parentId?: string | undefined;
	readonly attributes?: Attributes;
	/** Present on a span that failed. */
	readonly failure?: Failing | undefined;
	readonly events?: readonly Happening[];
	readonly links?: readonly SpanLink[];
};

export type Failing = {
	/** The span's status message. */
	readonly message: string;
	/** With a type, an `exception` event is written at the end of the span (OTel semantic conventions for exceptions). */
	readonly exception?: { readonly type: string; readonly message: string };
};

type Happening = { readonly name: string; readonly at: number; readonly attributes: Attributes };

/** What a request's spans are written on. */
export type Sheet = {
	/** Writes a span down and returns its ID. */
	readonly write: (note: Note) => string;
};

/** The clock of `trackside`'s machine is late by this much, as clocks are; in nanoseconds. */
export const skewOf = (service: ServiceName): number => (service === 'trackside' ? -3_200_000 : 0);

const resources = new Map<string, Attributes>();

/** Resource attributes of a service before or after the release, made once: every span of the service has them. */
const resourceOf = (name: ServiceName, released: boolean): Attributes => {
	const key = `${name} ${released}`;
	const resource = resources.get(key) ?? makeResource(name, released);
	resources.set(key, resource);
	return resource;
};

/** OTel's conventions for service, k8s and telemetry. */
const makeResource = (name: ServiceName, released: boolean): Attributes => {
	const { version, pod, language } =
		name === 'fares' && released ? { ...services.fares, ...faresRelease } : services[name];
	return {
		'service.name': name,
		'service.namespace': namespace,
		'service.version': version,
		'k8s.pod.name': pod,
		'k8s.namespace.name': namespace,
		'deployment.environment.name': 'production',
		'telemetry.sdk.name': 'opentelemetry',
		'telemetry.sdk.language': language,
	};
};

/** When a request began, to the nanosecond. */
export const beginningOf = ({ turn, offset }: Outline): bigint => toNanoseconds(turn.second * second) + BigInt(offset);

/** The growing list of one trace's spans. */
export class TraceSheet implements Sheet {
	readonly spans: Span[] = [];
	readonly #outline: Outline;
	readonly #beginning: bigint;
	readonly #released: boolean;

	constructor(outline: Outline, { releasedAt }: Plot) {
		this.#outline = outline;
		this.#beginning = beginningOf(outline);
		this.#released = this.#beginning >= toNanoseconds(releasedAt);
	}

	/** Writes a span down and returns its ID. */
	write(note: Note): string {
		const id = this.#nextId();
		const skew = skewOf(note.service);
		const instant = (offset: number): bigint => this.#beginning + BigInt(Math.round(offset + skew));
		const { failure, parentId, attributes = {}, events = [], links = [] } = note;
		this.spans.push({
			id,
			...(parentId === undefined ? {} : { parentId }),
			service: note.service,
			name: note.name,
			kind: note.kind,
			start: instant(note.start),
			end: instant(note.end),
			status: failure === undefined ? 'unset' : 'error',
			statusMessage: failure?.message ?? '',
			attributes,
			resource: resourceOf(note.service, this.#released),
			events: [
				...events.map((event): SpanEvent => ({ ...event, at: instant(event.at) })),
				...exceptionEvents(failure, instant(note.end)),
			],
			links,
		});
		return id;
	}

	#nextId(): string {
		const number = this.spans.length;
		const left = mixedOf(this.#outline.key, number, 0x51d);
		const right = mixedOf(left, this.#outline.turn.second, this.#outline.turn.index);
		return hexOf((left | 1) >>> 0) + hexOf(right);
	}
}

const exceptionEvents = (failure: Failing | undefined, at: bigint): readonly SpanEvent[] =>
	failure?.exception === undefined
		? []
		: [
				{
					name: 'exception',
					at,
					attributes: {
						'exception.type': failure.exception.type,
						'exception.message': failure.exception.message,
					},
				},
			];
