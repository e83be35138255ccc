import { formatDuration } from '../analysis/format.ts';
import { redact } from '../analysis/redact.ts';
import { type Failure, failureOf } from '../model/failure.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import type { AnswerAside, Aside } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';
import { createIntake, type Intake, pauseAfter, type TailWork } from './tail-intake.ts';

/** To follow the lines of a place from the newest that is held. */
export type TailAside = Aside & {
	readonly kind: 'tail';
	/** The operator has paused: what comes waits. */
	readonly holds: boolean;
	/** The newest lines are what is being read: when too many are held, the oldest go. */
	readonly near: boolean;
};

/** Lines are shown at most so often. */
const publishEvery: Milliseconds = 100;
const pollEvery: Milliseconds = 2 * second;
/** A stream that was refused is tried again after so long: the second where the server says that there is none. */
const streamAgainAfter: readonly [Milliseconds, Milliseconds] = [minute, 10 * minute];
/** A stream that stood for less and brought nothing might as well have been refused. */
const shortest: Milliseconds = 5 * second;
/** So many refusals in a row, and the lines are asked for instead. */
const mostRefusals = 2;

/**
 * Shows lines as they are written until it is stopped. What was written before the stream stood, and while it was lost, is
 * read by queries, so that nothing is lost; where the server has no stream, all of it is. Ends by itself only when the query
 * does not do.
 */
export const followLogs: AnswerAside<LogsPlace, LogsFindings, TailAside> = async (
	{ place, range, aside, latest = () => aside },
	world,
	board,
	asking,
) => {
	const { sleep } = world;
	const { queries } = lastValueOf(board.findings().target) ?? { queries: [] };
	if (queries.length === 0 || lastValueOf(board.findings().records) === undefined || sleep === undefined) return;
	const stopped = new AbortController();
	const signal = AbortSignal.any([asking.signal, stopped.signal]);
	const work: TailWork = {
		place,
		range,
		queries,
		world: { ...world, sleep },
		board,
		asking: { ...asking, signal },
		latest,
	};
	const intake = createIntake(work);
	const ended = await Promise.allSettled(
		[listen(work, intake), publish(work, intake)].map(part =>
			part.catch(error => {
				stopped.abort();
				throw error;
			}),
		),
	);
	if (asking.signal.aborted) throw new DOMException('Nobody follows any more.', 'AbortError');
	const failures = ended.flatMap(part => (part.status === 'rejected' ? [failureOf(part.reason)] : []));
	const failure = failures.find(({ kind }) => kind !== 'cancelled');
	if (failure !== undefined) board.fail('tail', failure);
};

async function publish({ world, asking }: TailWork, intake: Intake): Promise<never> {
	for (;;) {
		await intake.flush();
		await world.sleep(publishEvery, asking.signal);
	}
}

/** By the stream, and when it is refused by asking, for a while. */
async function listen(work: TailWork, intake: Intake): Promise<never> {
	for (let earlier = 0; ; earlier = mostRefusals - 1) {
		const { why, isFinal } = await stream(work, intake, earlier);
		intake.tell({ kind: 'polling', why });
		const rest = streamAgainAfter[isFinal ? 1 : 0];
		for (let waited = 0; waited < rest; waited += pollEvery) {
			await work.world.sleep(pollEvery, work.asking.signal);
			intake.missed();
		}
	}
}

type Refused = { readonly why: string; readonly isFinal: boolean };

/** Keeps a stream until it is refused too often; then tells why. */
async function stream(work: TailWork, intake: Intake, earlier: number): Promise<Refused> {
	const { queries, world, asking } = work;
	const [logql, other] = queries;
	if (logql === undefined || other !== undefined) {
		return { why: 'Two questions together have no stream.', isFinal: true };
	}
	let refusals = earlier;
	let tries = 0;
	let lostAt: Milliseconds | undefined;
	for (;;) {
		if (lostAt === undefined && earlier === 0) intake.tell({ kind: 'connecting' });
		const { failure, stood, isGood, until } = await streamOnce(work, intake, logql, lostAt);
		if (isGood) [refusals, tries] = [0, 0];
		else refusals += refusalsIn(failure, stood);
		const why = redact([failure.what, failure.words ?? ''].join(' ').trim());
		if (refusals >= mostRefusals) return { why, isFinal: isFinal(failure) };
		lostAt = stood ? until : lostAt;
		tries++;
		const pause = pauseAfter(tries);
		intake.tell({ kind: 'lost', why, until: world.now() + pause });
		await world.sleep(pause, asking.signal);
	}
}

type Ended = {
	readonly failure: Failure;
	readonly stood: boolean;
	/** It brought lines, or stood for long. */
	readonly isGood: boolean;
	readonly until: Milliseconds;
};

async function streamOnce(
	{ world, asking }: TailWork,
	intake: Intake,
	logql: string,
	lostAt: Milliseconds | undefined,
): Promise<Ended> {
	let since: Milliseconds | undefined;
	let hasBrought = false;
	try {
		const batches = await world.sources.logs.tail({ logql, from: intake.newest() }, asking);
		since = world.now();
		intake.missed(lostAt === undefined ? undefined : reconnected(since - lostAt));
		intake.tell({ kind: 'streaming' });
		for await (const batch of batches) {
			hasBrought ||= batch.entries.length > 0;
			intake.take(batch);
		}
		throw new Error('The stream came to an end without a word.');
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		const until = world.now();
		const stood = since !== undefined;
		return { failure, stood, isGood: hasBrought || (since !== undefined && until - since >= shortest), until };
	}
}

const reconnected = (length: Milliseconds): string =>
	`reconnected, ${formatDuration(Math.max(second, Math.round(length / second) * second))} without the stream; read again by query`;

/**
 * A 4xx says that there will be no stream; a gateway that is in trouble, or closes at once, may think better of it. A server
 * that cannot be reached has refused nothing.
 */
function refusalsIn(failure: Failure, stood: boolean): number {
	if (stood) return 1;
	if (isFinal(failure)) return mostRefusals;
	const { status, kind } = failure;
	return status !== undefined || kind === 'refused' || kind === 'timeout' ? 1 : 0;
}

const isFinal = ({ status }: Failure): boolean => status !== undefined && status >= 400 && status < 500;
