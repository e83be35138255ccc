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
	readonly height: number;
	readonly at: (row: number) => TableRow | undefined;
	/** The row of a span: its own, or that of its operation or service. */
	readonly rowOf: (node: SpanNode) => number | undefined;
};

export type TableFrame = { readonly by: TableBy; readonly order: TableOrder; readonly zoom: SpanNode | undefined };

/** Every span of a trace, or of the zoomed subtree, once: by itself or in a sum. Made-up parents are left out. */
export const spanTableOf: (reading: TraceReading, frame: TableFrame) => SpanTable = remembered(
	4,
	({ by, order, zoom }: TableFrame) => JSON.stringify([by, order, zoom?.key ?? '']),
	(reading, frame) => (frame.by === 'span' ? tableOfSpans(reading, frame) : tableOfSums(reading, frame)),
);

/** Only the rows that are looked at are made: there may be a hundred thousand. */
function tableOfSpans(reading: TraceReading, { order, zoom }: TableFrame): SpanTable {
	const { nodes } = reading.tree;
	const figure = figures[order];
	const sizes = new Float64Array(nodes.length);
	const shown: number[] = [];
	for (const node of nodes) {
		if (node.missing || (zoom !== undefined && !isWithin(node, zoom))) continue;
		sizes[node.index] = figure(rowOfSpan(node, reading));
		shown.push(node.index);
	}
	const sorted = Uint32Array.from(shown).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
	const rowByIndex = new Int32Array(nodes.length).fill(-1);
	for (let row = 0; row < sorted.length; row++) rowByIndex[sorted[row] ?? 0] = row;
	return {
		height: sorted.length,
		at: row => {
			const node = nodes[sorted[row] ?? -1];
			return node === undefined ? undefined : rowOfSpan(node, reading);
		},
		rowOf: ({ index }) => rowIn(rowByIndex, index),
	};
}

function tableOfSums(reading: TraceReading, { order, ...part }: TableFrame): SpanTable {
	const { rows, groups } = sumsOf(reading, part);
	const figure = figures[order];
	const sorted = rows.toSorted((a, b) => figure(b) - figure(a) || a.node.index - b.node.index);
	const rowByGroup = new Int32Array(reading.tree.nodes.length).fill(-1);
	for (const [row, { node }] of sorted.entries()) rowByGroup[groups[node.index] ?? 0] = row;
	return {
		height: sorted.length,
		at: row => sorted[row],
		rowOf: ({ index }) => rowIn(rowByGroup, groups[index] ?? 0),
	};
}

function rowIn(rows: Int32Array, at: number): number | undefined {
	const row = rows[at] ?? -1;
	return row < 0 ? undefined : row;
}

type Sums = { readonly rows: readonly TableRow[]; readonly groups: Int32Array };

/** The sums in no order, for all orders. */
const sumsOf: (reading: TraceReading, part: Omit<TableFrame, 'order'>) => Sums = remembered(
	3,
	({ by, zoom }: Omit<TableFrame, 'order'>) => JSON.stringify([by, zoom?.key ?? '']),
	(reading, { by, zoom }) => {
		const { services, operations } = reading.likeness;
		const groups = by === 'service' ? services : operations;
		const sums = new Map<number, Growing>();
		for (const node of reading.tree.nodes) {
			if (node.missing || (zoom !== undefined && !isWithin(node, zoom))) continue;
			const group = groups[node.index] ?? 0;
			const row = rowOfSpan(node, reading);
			const sum = sums.get(group);
			if (sum !== undefined) addTo(sum, row);
			else sums.set(group, { ...row, nodes: [node], operation: by === 'service' ? undefined : row.operation });
		}
		return { rows: [...sums.values()], groups };
	},
);

type Growing = { -readonly [Name in keyof TableRow]: TableRow[Name] } & { readonly nodes: SpanNode[] };

const rowOfSpan = (node: SpanNode, { selfTimes, criticalTimes }: TraceReading): TableRow => ({
	node,
	nodes: [node],
	operation: node.span.name,
	service: node.span.service,
	count: 1,
	longest: node.end - node.start,
	self: selfTimes[node.index] ?? 0,
	critical: criticalTimes[node.index] ?? 0,
	errors: node.span.status === 'error' ? 1 : 0,
});

function addTo(sum: Growing, { node, longest, self, critical, errors }: TableRow): void {
	if (longest > sum.longest) sum.node = node;
	sum.longest = Math.max(sum.longest, longest);
	sum.nodes.push(node);
	sum.count++;
	sum.self += self;
	sum.critical += critical;
	sum.errors += errors;
}

const figures: Readonly<Record<TableOrder, (row: TableRow) => number>> = {
	path: ({ critical }) => critical,
	self: ({ self }) => self,
	longest: ({ longest }) => longest,
	count: ({ count }) => count,
	errors: ({ errors }) => errors,
	start: ({ node }) => -node.start,
};
