import type { Attributes, AttributeValue } from '../model/trace.ts';

/** Attributes that belong together, the telling ones first. */
export type AttributeGroup = { readonly title: string; readonly attributes: readonly GroupedAttribute[] };

export type GroupedAttribute = {
	readonly name: string;
	readonly value: AttributeValue;
	/** The name before the present conventions, where an instrumentation writes both with one value. */
	readonly alsoAs: string | undefined;
};

/**
 * Groups by the namespaces of the OpenTelemetry semantic conventions, old and new; in a group first what says what was
 * done, then the rest by name.
 */
export function attributeGroupsOf(attributes: Attributes): readonly AttributeGroup[] {
	const groups = new Map<string, GroupedAttribute[]>(titles.map(title => [title, []]));
	for (const [name, value] of Object.entries(attributes)) {
		const newName = newNames.get(name);
		if (newName !== undefined && sameValue(attributes[newName], value)) continue;
		const old = oldNames.get(name);
		const alsoAs = old !== undefined && sameValue(attributes[old], value) ? old : undefined;
		groups.get(titleOf(name))?.push({ name, value, alsoAs });
	}
	return [...groups]
		.filter(([, members]) => members.length > 0)
		.map(([title, members]) => ({ title, attributes: members.sort(compareAttributes) }));
}

/** First those that say what the span did. */
const namespaces: readonly (readonly [title: string, prefix: RegExp])[] = [
	['http', /^(?:http|url|user_agent|graphql)\b/],
	['database', /^db\b/],
	['rpc', /^(?:rpc|grpc)\b/],
	['messaging', /^(?:messaging|message|message_bus)\b/],
	['exception', /^(?:exception|error)\b/],
	['cloud', /^(?:aws|gcp|azure|az|cloud|faas)\b/],
	['network', /^(?:net|network|server|client|peer|source|destination|tls|dns|service\.peer)\b/],
	['code', /^(?:code|thread)\b/],
];

const others = 'attributes';
const titles = [...namespaces.map(([title]) => title), others];

const titleOf = (name: string): string => namespaces.find(([, prefix]) => prefix.test(name))?.[0] ?? others;

/** What is read first in its group: the names as they are now, each before the one that it had. */
const telling: readonly (readonly [name: string, old?: string])[] = [
	['http.request.method', 'http.method'],
	['http.route'],
	['url.full', 'http.url'],
	['url.path', 'http.target'],
	['http.response.status_code', 'http.status_code'],
	['db.system.name', 'db.system'],
	['db.namespace', 'db.name'],
	['db.collection.name', 'db.sql.table'],
	['db.operation.name', 'db.operation'],
	['db.query.summary'],
	['db.query.text', 'db.statement'],
	['db.response.status_code'],
	['rpc.system.name', 'rpc.system'],
	['rpc.service'],
	['rpc.method'],
	['rpc.response.status_code', 'rpc.grpc.status_code'],
	['messaging.system'],
	['messaging.operation.type', 'messaging.operation'],
	['messaging.destination.name', 'messaging.destination'],
	['exception.type'],
	['exception.message'],
	['error.type'],
	['server.address', 'net.peer.name'],
	['server.port', 'net.peer.port'],
	['network.protocol.version', 'http.flavor'],
	['user_agent.original', 'http.user_agent'],
	['code.function.name', 'code.function'],
	['code.file.path', 'code.filepath'],
	['code.line.number', 'code.lineno'],
];

const oldNames = new Map(telling.flatMap(([name, old]) => (old === undefined ? [] : [[name, old] as const])));
const newNames = new Map([...oldNames].map(([name, old]) => [old, name]));
const ranks = new Map(telling.flat().map((name, rank) => [name, rank]));

const compareAttributes = (a: GroupedAttribute, b: GroupedAttribute): number =>
	(ranks.get(a.name) ?? ranks.size) - (ranks.get(b.name) ?? ranks.size) ||
	(a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Of texts, numbers and truth values; a port may be a text in one of the two. */
const sameValue = (a: AttributeValue | undefined, b: AttributeValue): boolean =>
	a !== undefined &&
	a !== null &&
	typeof a !== 'object' &&
	b !== null &&
	typeof b !== 'object' &&
	String(a) === String(b);
