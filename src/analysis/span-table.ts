import { remembered } from './remembered.ts';
import type { TraceReading } from './trace-reading.ts';
import { isWithin, type SpanNode } from './trace-tree.ts';

/** What a row of the table stands for. */
export type TableBy = 'span' | 'operation' | 'service';

/** By what the rows are sorted, the largest first; spans of the same rank come by their start. */
export type TableOrder = 'path' | 'self' | 'longest' | 'count' | 'errors' | 'start';

export const tableOrders: Readonly<Record<TableBy, readonly TableOrder[]>> = {
	span: ['path', 'self', 'longest', 'errors', 'start'],
	operation: ['path', 'self', 'longest', 'count', 'errors'],
	service: ['path', 'self', 'longest', 'count', 'errors'],
};

/** One span, or all of one operation or service. Lengths in nanoseconds. */
export type TableRow = {
	/** The span, or the slowest one of them. */
	readonly node: SpanNode;
	/** All that it stands for, by index in the tree. */
	readonly nodes: readonly SpanNode[];
	/** Absent in the sums by service. */
	readonly operation: string | undefined;
	readonly service: string;
	readonly count: number;
	readonly longest: number;
	/** Sum of their self times. */
	readonly self: number;
	/** Their part of the critical path. */
	readonly critical: number;
	readonly errors: number;
};

export type SpanTable = {
	readonly rows: readonly TableRow[];
	/** The row of a span: its own, or that of its operation or service. */
	readonly rowOf: (node: SpanNode) => number | undefined;
};

export type TableFrame = { readonly by: TableBy; readonly order: TableOrder; readonly zoom: SpanNode | undefined };

/** Every span of a trace, or of the zoomed subtree, once: by itself or in a sum. Made-up parents are left out. */
export const spanTableOf: (reading: TraceReading, frame: TableFrame) => SpanTable = remembered(
	4,
	({ by, order, zoom }: TableFrame) => JSON.stringify([by, order, zoom?.key ?? '']),
	tableOf,
);

type Growing = { -readonly [Name in keyof TableRow]: TableRow[Name] } & { readonly nodes: SpanNode[] };

function tableOf({ tree, selfTimes, criticalTimes }: TraceReading, { by, order, zoom }: TableFrame): SpanTable {
	const keyOf = keysBy[by];
	const sums = new Map<string, Growing>();
	for (const node of tree.nodes) {
		if (node.missing || (zoom !== undefined && !isWithin(node, zoom))) continue;
		const { service, name, status } = node.span;
		const length = node.end - node.start;
		const self = selfTimes[node.index] ?? 0;
		const critical = criticalTimes[node.index] ?? 0;
		const errors = status === 'error' ? 1 : 0;
		const key = keyOf(node);
		const sum = sums.get(key);
		if (sum === undefined) {
			const operation = by === 'service' ? undefined : name;
			sums.set(key, { node, nodes: [node], service, operation, count: 1, longest: length, self, critical, errors });
			continue;
		}
		if (length > sum.longest) sum.node = node;
		sum.longest = Math.max(sum.longest, length);
		sum.nodes.push(node);
		sum.count++;
		sum.self += self;
		sum.critical += critical;
		sum.errors += errors;
	}
	const figure = figures[order];
	const rows = [...sums.values()].sort((a, b) => figure(b) - figure(a) || a.node.index - b.node.index);
	const rowByKey = new Map(rows.map(({ node }, row) => [keyOf(node), row]));
	return { rows, rowOf: node => rowByKey.get(keyOf(node)) };
}

const keysBy: Readonly<Record<TableBy, (node: SpanNode) => string>> = {
	span: ({ key }) => key,
	operation: ({ span }) => `${span.service}\0${span.name}`,
	service: ({ span }) => span.service,
};

const figures: Readonly<Record<TableOrder, (row: TableRow) => number>> = {
	path: ({ critical }) => critical,
	self: ({ self }) => self,
	longest: ({ longest }) => longest,
	count: ({ count }) => count,
	errors: ({ errors }) => errors,
	start: ({ node }) => -node.start,
};
