import type { Span } from '../model/trace.ts';

/**
 * Whether whoever began the span went on without it: a message that is consumed, or what OpenTracing says only follows
 * from its parent (`opentracing.ref_type`, https://opentelemetry.io/docs/specs/semconv/registry/attributes/opentracing/).
 */
export const isHandedOn = ({ kind, attributes }: Span): boolean =>
	kind === 'consumer' || attributes['opentracing.ref_type'] === 'follows_from';
