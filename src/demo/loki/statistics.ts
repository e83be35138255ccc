/** What a query read and gave, for the figures that the answer carries. */
export type Work = {
	readonly lines: number;
	readonly bytes: number;
	readonly passed: number;
	readonly returned: number;
};

/**
 * The `stats` block of Loki 3.4. What was read is counted; the demo has neither chunks nor caches, and does not time
 * itself, so those figures are zero.
 */
export const statisticsOf = ({ lines, bytes, passed, returned }: Work): object => ({
	summary: {
		bytesProcessedPerSecond: 0,
		linesProcessedPerSecond: 0,
		totalBytesProcessed: bytes,
		totalLinesProcessed: lines,
		execTime: 0,
		queueTime: 0,
		subqueries: 0,
		totalEntriesReturned: returned,
		splits: 0,
		shards: 1,
		totalPostFilterLines: passed,
		totalStructuredMetadataBytesProcessed: 0,
	},
	querier: { store: storeOf(0, 0, 0) },
	ingester: {
		totalReached: 1,
		totalChunksMatched: 0,
		totalBatches: 1,
		totalLinesSent: returned,
		store: storeOf(lines, bytes, passed),
	},
	cache: Object.fromEntries(caches.map(name => [name, unusedCache])),
	index: { totalChunks: 0, postFilterChunks: 0, shardsDuration: 0, usedBloomFilters: false },
});

const storeOf = (lines: number, bytes: number, passed: number): object => ({
	totalChunksRef: 0,
	totalChunksDownloaded: 0,
	chunksDownloadTime: 0,
	queryReferencedStructuredMetadata: false,
	chunk: {
		headChunkBytes: bytes,
		headChunkLines: lines,
		decompressedBytes: 0,
		decompressedLines: 0,
		compressedBytes: 0,
		totalDuplicates: 0,
		postFilterLines: passed,
		headChunkStructuredMetadataBytes: 0,
		decompressedStructuredMetadataBytes: 0,
	},
	chunkRefsFetchTime: 0,
	congestionControlLatency: 0,
	pipelineWrapperFilteredLines: 0,
});

const caches = [
	'chunk',
	'index',
	'result',
	'statsResult',
	'volumeResult',
	'seriesResult',
	'labelResult',
	'instantMetricResult',
] as const;

const unusedCache = {
	entriesFound: 0,
	entriesRequested: 0,
	entriesStored: 0,
	bytesReceived: 0,
	bytesSent: 0,
	requests: 0,
	downloadTime: 0,
	queryLengthServed: 0,
};
