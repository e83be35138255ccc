import { type IdentifierShares, identifierSharesIn } from '../analysis/identifier-shares.ts';
import { serviceLabels } from '../analysis/log-service.ts';
import { allStreams } from '../analysis/log-streams.ts';
import { answer } from '../model/answer.ts';
import { hour, type Milliseconds, minute, type TimeRange, toMilliseconds, toNanoseconds } from '../model/time.ts';
import { logRange, readEntries } from './log-reading.ts';
import type { Asking, LogPage, LogsSource } from './ports.ts';
import { can, firstTold, type Told, told } from './vitals.ts';

/** How a store of logs is, and what it holds. */
export type LogsVitals = {
	/** When its newest line was written, of the last hours. */
	readonly newest: Told<Milliseconds | 'none'>;
	/** The labels that streams are selected by. */
	readonly labels: Told<readonly string[]>;
	/** The label that names services, and how many there are. */
	readonly services: Told<{ readonly label: string; readonly count: number }>;
	/** In which fields the newest lines name requests and traces. */
	readonly identifiers: Told<IdentifierShares>;
	/** Whether any of the newest lines has fields beside it. */
	readonly structuredMetadata: Told<boolean>;
	readonly patterns: Told<boolean>;
	readonly tail: Told<boolean>;
};

/** The newest lines are looked for in ever longer windows: most often the first is enough. */
const windows: readonly Milliseconds[] = [5 * minute, hour, 24 * hour];
const sampledLines = 300;

const nothing: LogsVitals = {
	newest: undefined,
	labels: undefined,
	services: undefined,
	identifiers: undefined,
	structuredMetadata: undefined,
	patterns: undefined,
	tail: undefined,
};

/** Asks little, and nearly all at once. Never rejects. */
export async function lookAtLogs(logs: LogsSource, now: () => Milliseconds, asking: Asking): Promise<LogsVitals> {
	const at = now();
	const since = (length: Milliseconds): TimeRange => ({ from: at - length, to: at });
	const labels = await told(logs.labelNames(since(hour), asking));
	if (labels === undefined) return nothing;
	const { selector } = allStreams(labels);
	const label = serviceLabels.find(name => labels.includes(name));
	const newestLines = firstTold(windows, async length => {
		const page = await logs.logs(
			{ logql: selector, range: logRange(since(length)), limit: sampledLines, direction: 'backward' },
			asking,
		);
		return page.value.entries.length > 0 ? page.value : undefined;
	});
	const [lines, services, patterns, tail] = await Promise.all([
		told(newestLines),
		label && told(logs.labelValues(label, undefined, since(hour), asking)),
		told(logs.patterns(selector, since(5 * minute), asking).then(({ value }) => answer(value !== undefined))),
		can(openTail(logs, { logql: selector, at }, asking)),
	]);
	return {
		...linesVitals(lines),
		labels,
		services: label === undefined || typeof services !== 'object' ? undefined : { label, count: services.length },
		patterns,
		tail,
	};
}

function linesVitals(lines: Told<LogPage | 'none'>): Pick<LogsVitals, 'newest' | 'identifiers' | 'structuredMetadata'> {
	if (lines === undefined || lines === 'none') {
		return { newest: lines, identifiers: undefined, structuredMetadata: undefined };
	}
	const { entries } = lines;
	return {
		newest: toMilliseconds(entries.at(-1)?.at ?? 0n),
		identifiers: identifierSharesIn(readEntries(entries)),
		structuredMetadata: entries.some(({ metadata }) => Object.keys(metadata).length > 0),
	};
}

/** Opens the stream of new lines and lets it go again. */
async function openTail(
	logs: LogsSource,
	{ logql, at }: { readonly logql: string; readonly at: Milliseconds },
	asking: Asking,
): Promise<void> {
	const leaving = new AbortController();
	const signal = AbortSignal.any([asking.signal, leaving.signal]);
	const batches = await logs.tail({ logql, from: toNanoseconds(at) }, { ...asking, signal });
	leaving.abort();
	await batches[Symbol.asyncIterator]()
		.next()
		.catch(() => undefined);
}
