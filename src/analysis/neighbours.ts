import type { Labels } from '../model/labels.ts';
import type { Sample } from '../model/series.ts';
import { neighbourLimit } from './neighbours-queries.ts';
import type { CallDirection, CallView } from './neighbours-source.ts';
import { redactEvidenceField } from './redact-evidence.ts';

/**
 * What stands at the other end of a call. A `virtual` one sends no spans of its own: the world outside (`user`), or a
 * host that nobody instruments. An `address` is a host that was asked, an `operation` only the span that asked.
 */
export type NeighbourKind = 'service' | 'database' | 'messaging' | 'virtual' | 'address' | 'operation';

/** One neighbour with its RED. NaN where it is not known. */
export type Neighbour = {
	readonly direction: CallDirection;
	/** Empty for calls that do not say whom they ask. */
	readonly name: string;
	readonly kind: NeighbourKind;
	/** The service to go to; absent when what stands there is none, or none that is known. */
	readonly service?: string;
	/** Calls per second. */
	readonly rate: number;
	/** Failed calls per second. */
	readonly failures: number;
	/** Ratio from 0 to 1. */
	readonly errors: number;
	/** The p99 in seconds as who is asked measures it. */
	readonly server: number;
	/** The p99 in seconds as who asks measures it. */
	readonly client: number;
	/**
	 * `client` − `server` in seconds: the network and queues between. Below nothing the caller gave up before the
	 * answer was there.
	 */
	readonly gap: number;
};

/** The answers to `neighbourQueries`; absent what was not asked. */
export type NeighbourSamples = {
	readonly rate: readonly Sample[];
	readonly failed: readonly Sample[];
	readonly server?: readonly Sample[];
	readonly client?: readonly Sample[];
};

type Figures = { rate: number; failures: number; server: number; client: number };

/** The neighbours of one direction: most failures per second first, then the busiest. */
export function neighboursOf(
	direction: CallDirection,
	view: CallView,
	{ rate, failed, server = [], client = [] }: NeighbourSamples,
): readonly Neighbour[] {
	const found = new Map<string, { readonly labels: Labels; readonly figures: Figures }>();
	const figuresOf = (labels: Labels): Figures => {
		const key = `${kindOf(labels, view)} ${labels[view.nameLabel] ?? ''}`;
		const known = found.get(key)?.figures;
		const figures = known ?? { rate: Number.NaN, failures: Number.NaN, server: Number.NaN, client: Number.NaN };
		if (known === undefined) found.set(key, { labels, figures });
		return figures;
	};
	for (const { labels, value } of rate) add(figuresOf(labels), 'rate', value);
	for (const { labels, value } of failed) add(figuresOf(labels), 'failures', value);
	for (const { labels, value } of server) worsen(figuresOf(labels), 'server', value);
	for (const { labels, value } of client) worsen(figuresOf(labels), 'client', value);
	// Who is not among the failing has no failures, unless the list of the failing was cut.
	const unlisted = failed.length < neighbourLimit ? 0 : Number.NaN;
	return [...found.values()]
		.filter(({ figures }) => !Number.isNaN(figures.rate) || !Number.isNaN(figures.failures))
		.map(({ labels, figures }) => neighbourOf(direction, view, labels, figures, unlisted))
		.sort(
			(a, b) => known(b.failures) - known(a.failures) || known(b.rate) - known(a.rate) || (a.name < b.name ? -1 : 1),
		);
}

const add = (figures: Figures, name: 'rate' | 'failures', value: number): void => {
	figures[name] = Number.isNaN(figures[name]) ? value : figures[name] + value;
};

/** Quantiles cannot be added: of several the worst is told. */
const worsen = (figures: Figures, name: 'server' | 'client', value: number): void => {
	figures[name] = Number.isNaN(figures[name]) ? value : Math.max(figures[name], value);
};

const known = (value: number): number => (Number.isNaN(value) ? 0 : value);

/** Hosts by which Istio names what lies outside the mesh. */
const outside = new Set(['unknown', 'PassthroughCluster', 'BlackHoleCluster']);

function kindOf(labels: Labels, view: CallView): NeighbourKind {
	const { connection_type: connection, span_kind: kind, db_system_name: system, db_system: oldSystem } = labels;
	if (connection === 'database' || (system ?? oldSystem ?? '') !== '') return 'database';
	if (connection === 'messaging_system' || kind === 'SPAN_KIND_PRODUCER') return 'messaging';
	if (connection === 'virtual_node' || outside.has(labels[view.nameLabel] ?? '')) return 'virtual';
	return view.names;
}

function neighbourOf(
	direction: CallDirection,
	view: CallView,
	labels: Labels,
	figures: Readonly<Figures>,
	unlisted: number,
): Neighbour {
	const kind = kindOf(labels, view);
	const name = labels[view.nameLabel] ?? '';
	const service = serviceAt(name, kind, view);
	const failures = Number.isNaN(figures.failures) ? unlisted : figures.failures;
	const ends = endsOf(direction, kind, figures);
	return {
		direction,
		name: redactEvidenceField(view.nameLabel, name),
		kind,
		...(service === undefined ? {} : { service }),
		rate: figures.rate,
		failures,
		errors: failures / figures.rate,
		...ends,
		gap: kind === 'messaging' ? Number.NaN : ends.client - ends.server,
	};
}

/**
 * Of a call with one end that sends no spans the service graph has one duration only, and fills in the other: the same
 * once more for a database, nothing for the rest.
 */
function endsOf(
	direction: CallDirection,
	kind: NeighbourKind,
	{ server, client }: Readonly<Figures>,
): Pick<Neighbour, 'server' | 'client'> {
	if (kind === 'virtual' && direction === 'callers') return { server, client: Number.NaN };
	if (kind === 'virtual' || kind === 'database') return { server: Number.NaN, client };
	return { server, client };
}

/** A call through a broker has services at both ends in a service graph; span metrics know the queue only. */
function serviceAt(name: string, kind: NeighbourKind, view: CallView): string | undefined {
	if (name === '') return undefined;
	if (kind === 'service' || (kind === 'messaging' && view.names === 'service')) return name;
	return kind === 'address' ? serviceOfAddress(name) : undefined;
}

/** `ledger.shop.svc.cluster.local:8080` is the service `ledger` of Kubernetes; other hosts are called what they are. */
function serviceOfAddress(address: string): string {
	const host = address.replace(/:\d+$/, '');
	return /^([^.]+)\.[^.]+\.svc(?:\.|$)/.exec(host)?.[1] ?? host;
}
