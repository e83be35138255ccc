import type { Examined } from './examined.ts';

/** What a server can lack, and what it would take to have it; nothing helps where the product has no such thing. */
export type Lack = { readonly name: string; readonly without: string; readonly next?: string };

const exemplars: Lack = {
	name: 'exemplars',
	without: 'no point of a chart leads to a trace',
	next: 'Start Prometheus with --enable-feature=exemplar-storage, and let services send exemplars.',
};

const nativeHistograms: Lack = {
	name: 'native histograms',
	without: 'durations are as coarse as their buckets',
	next: 'Let services expose native histograms, and Prometheus scrape them (scrape_native_histograms).',
};

const patterns: Lack = {
	name: 'patterns',
	without: 'patterns are found in the lines that were read',
	next: 'Set pattern_ingester.enabled in Loki.',
};

const structuredMetadata: Lack = {
	name: 'structured metadata',
	without: 'IDs are looked for in the lines themselves',
	next: 'Send logs by OTLP, or set limits_config.allow_structured_metadata in Loki.',
};

const tail: Lack = {
	name: 'tail',
	without: 'new lines are asked for every few seconds',
	next: 'Let the gateway before Loki pass websockets on to /loki/api/v1/tail.',
};

const traceqlMetrics: Lack = {
	name: 'TraceQL metrics',
	without: 'traces are found and not counted',
	next: 'Switch on the local-blocks processor of the metrics generator of Tempo.',
};

/** VictoriaMetrics keeps neither, and has histograms of its own (https://docs.victoriametrics.com/#prometheus-querying-api-usage). */
const withoutRemedy = ({ next: _, ...lack }: Lack): Lack => lack;

/** Only what was told to be missing; what could not be told is not missing. */
export function lacksOf({ vitals, knocked }: Pick<Examined, 'vitals' | 'knocked'>): readonly Lack[] {
	const missing = (lack: Lack, has: boolean | undefined): readonly Lack[] => (has === false ? [lack] : []);
	switch (vitals?.kind) {
		case 'metrics': {
			const lacks = [...missing(exemplars, vitals.exemplars), ...missing(nativeHistograms, vitals.nativeHistograms)];
			return knocked.product?.name === 'VictoriaMetrics' ? lacks.map(withoutRemedy) : lacks;
		}
		case 'logs':
			return [
				...missing(patterns, vitals.patterns),
				...missing(structuredMetadata, vitals.structuredMetadata),
				...missing(tail, vitals.tail),
			];
		case 'traces':
			return missing(traceqlMetrics, vitals.traceqlMetrics);
		default:
			return [];
	}
}
