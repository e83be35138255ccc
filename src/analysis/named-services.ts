import type { LogField, LogRecord } from '../model/log-entry.ts';
import { plainName } from './log-keys.ts';

/** A service that a line of another names. */
export type NamedService = {
	readonly service: string;
	/** The service whose line names it. */
	readonly by: string;
	/** As the line has it: `upstream`, or `calling` in its text. */
	readonly word: string;
	/** A field said so; a text may mean something else by the word. */
	readonly sure: boolean;
};

/** Fields that name whom a request was passed on to, without `_ - .` and in lower case (Envoy, Istio, OpenTelemetry, gRPC, habits). */
const peerFields = new Set([
	'upstream',
	'upstreamservice',
	'upstreamcluster',
	'upstreamhost',
	'peer',
	'peerservice',
	'netpeername',
	'serveraddress',
	'rpcpeer',
	'targetservice',
	'downstream',
	'downstreamservice',
	'destinationservice',
	'callee',
	'dependency',
	'remoteservice',
]);

const inText =
	/\b(calling|call to|called|request to|response from|reply from|waiting for|timed out on)\s+["'`]?([a-z][\w-]{2,60})\b/gi;

/** So many lines are read: a request that has more says who is in it in these. */
const mostRead = 400;

/** The services that the lines name as called, each once, what a field says before what a text seems to say. */
export function namedServices(records: readonly LogRecord[]): readonly NamedService[] {
	const found = new Map<string, NamedService>();
	const offer = (named: NamedService): void => {
		const before = found.get(named.service);
		if (named.service === named.by || (before !== undefined && (before.sure || !named.sure))) return;
		found.set(named.service, named);
	};
	for (const { fields, message, service: by } of records.slice(0, mostRead)) {
		for (const { name, value } of fields.filter(isPeer)) {
			const service = serviceInAddress(value);
			if (service !== undefined) offer({ service, by, word: name, sure: true });
		}
		for (const [, word = '', service = ''] of message.slice(0, 1000).matchAll(inText)) {
			offer({ service, by, word: word.toLowerCase(), sure: false });
		}
	}
	return [...found.values()];
}

/** Also within what wraps it: `attributes.peer.service`. */
const isPeer = ({ name }: LogField): boolean => {
	const parts = name.split('.');
	return parts.some((_, from) => peerFields.has(plainName(parts.slice(from).join('.'))));
};

/**
 * The service in what addresses it: `berths`, `berths:8080`, `http://berths.rail.svc:8080/hold`, Istio's
 * `outbound|8080||berths.rail.svc.cluster.local`. An IP address or a file names none.
 */
export function serviceInAddress(address: string): string | undefined {
	const istio = /^(?:in|out)bound\|\d*\|[^|]*\|(.+)$/.exec(address)?.[1];
	const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([^/:?#\s]+)/i.exec(istio ?? address.trim())?.[1];
	const name = host?.split('.')[0];
	const isAddress = host === undefined || /^[\d.]+$/.test(host) || /^localhost$/i.test(host);
	return isAddress || name === undefined || !/^[a-z][\w-]{1,60}$/i.test(name) ? undefined : name;
}
