import { expect } from 'vitest';

/*
 * Prometheus' remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec/): a snappy block of a protobuf
 * message, https://github.com/prometheus/prometheus/blob/main/prompb/types.proto. It is the one way to give a server
 * native histograms of the past.
 */

export type Written = {
	/** With `__name__`. */
	readonly labels: Readonly<Record<string, string>>;
	readonly points: readonly WrittenPoint[];
};

/** `at` in milliseconds. */
export type WrittenPoint = { readonly at: number } & (
	| { readonly value: number }
	/** Of schema 3, eight buckets for each doubling: counts by the index of the bucket, of which `2 ** (index / 8)` is the end. */
	| { readonly buckets: ReadonlyMap<number, number> }
);

export const schema = 3;

/** The bucket in which so many seconds are counted. */
export const bucketIndexOf = (seconds: number): number => Math.ceil(Math.log2(seconds) * 2 ** schema);

/** Needs `--web.enable-remote-write-receiver`, and for histograms `--enable-feature=native-histograms`. */
export async function remoteWrite(url: string, series: readonly Written[]): Promise<void> {
	const answer = await fetch(`${url}/api/v1/write`, {
		method: 'POST',
		headers: {
			'content-type': 'application/x-protobuf',
			'content-encoding': 'snappy',
			'x-prometheus-remote-write-version': '0.1.0',
		},
		body: new Uint8Array(snappyOf(Buffer.concat(series.map(each => bytesField(1, seriesOf(each)))))),
	});
	expect(await answer.text()).toBe('');
	expect(answer.status).toBe(204);
}

const seriesOf = ({ labels, points }: Written): Buffer =>
	Buffer.concat([
		...Object.entries(labels)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, value]) =>
				bytesField(1, Buffer.concat([bytesField(1, Buffer.from(name)), bytesField(2, Buffer.from(value))])),
			),
		...points.map(point =>
			'value' in point
				? bytesField(2, Buffer.concat([doubleField(1, point.value), varintField(2, point.at)]))
				: bytesField(4, histogramOf(point.buckets, point.at)),
		),
	]);

/** Every bucket is a span of its own; counts are written as differences from the one before. */
function histogramOf(buckets: ReadonlyMap<number, number>, at: number): Buffer {
	const filled = [...buckets].toSorted(([a], [b]) => a - b);
	const count = filled.reduce((sum, [, each]) => sum + each, 0);
	const seconds = filled.reduce((sum, [index, each]) => sum + each * 2 ** (index / 2 ** schema), 0);
	const spans = filled.map(([index], place) => {
		const offset = place === 0 ? index : index - (filled[place - 1]?.[0] ?? 0) - 1;
		return bytesField(11, Buffer.concat([varintField(1, zigzag(offset)), varintField(2, 1)]));
	});
	const deltas = filled.map(([, each], place) => varint(zigzag(each - (filled[place - 1]?.[1] ?? 0))));
	return Buffer.concat([
		varintField(1, count),
		doubleField(3, seconds),
		varintField(4, zigzag(schema)),
		doubleField(5, 1e-128),
		varintField(6, 0),
		...spans,
		bytesField(12, Buffer.concat(deltas)),
		varintField(15, at),
	]);
}

function varint(number: number): Buffer {
	const bytes: number[] = [];
	let rest = BigInt(number);
	for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	return Buffer.from([...bytes, Number(rest)]);
}

const zigzag = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number);

const varintField = (field: number, number: number): Buffer => Buffer.concat([varint(field << 3), varint(number)]);

const bytesField = (field: number, bytes: Buffer): Buffer =>
	Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);

function doubleField(field: number, number: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(number);
	return Buffer.concat([varint((field << 3) | 1), bytes]);
}

const longestLiteral = 65_536;

/** A block of literals alone, which packs nothing (https://github.com/google/snappy/blob/main/format_description.txt). */
function snappyOf(bytes: Buffer): Buffer {
	const literals = Array.from({ length: Math.ceil(bytes.length / longestLiteral) }, (_, index) => {
		const literal = bytes.subarray(index * longestLiteral, (index + 1) * longestLiteral);
		const length = Buffer.alloc(2);
		length.writeUInt16LE(literal.length - 1);
		return Buffer.concat([Buffer.from([61 << 2]), length, literal]);
	});
	return Buffer.concat([varint(bytes.length), ...literals]);
}
