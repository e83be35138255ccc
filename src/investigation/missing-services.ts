import { candidatesIn, streamCandidates } from '../analysis/log-streams.ts';
import { type NamedService, namedServices } from '../analysis/named-services.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import { minute, type TimeRange, toMilliseconds } from '../model/time.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Wants to know who took part in the request of a place and is silent. */
export type MissingAside = Aside & { readonly kind: 'missing' };

/** A service that took part in a request and has no line among those of the request. */
export type MissingService = {
	readonly service: string;
	/** How many spans of the request's trace are its own; 0 when only a line names it. */
	readonly spans: number;
	/** The line that names it, where the trace does not. */
	readonly named?: NamedService;
	/** Whether it wrote any line in the window; `undefined` when that could not be asked. */
	readonly logs?: boolean;
};

export type MissingServices = {
	readonly services: readonly MissingService[];
	/** What was heard: spans of the trace, or that nobody has it. */
	readonly trace: 'read' | 'unknown' | 'absent' | 'failed';
};

/** More of them are no finding any more. */
const mostAsked = 12;

type Request = { readonly place: LogsPlace; readonly range: TimeRange; readonly records: readonly LogRecord[] };

/**
 * Which services should have lines of a request and have none: those that its trace names, for which Tempo is asked once
 * and only where the request's lines lie, and those that the lines of the others name. Whether they log at all is asked
 * once for all of them. What cannot be asked is a note.
 */
export async function findMissingServices(
	{ place, range, records }: Request,
	world: World,
	asking: Asking,
): Promise<Answer<MissingServices>> {
	const { value: spans, notes } = await spansByService({ place, range, records }, world, asking);
	const present = new Set(records.map(({ service }) => service.toLowerCase()));
	const inTrace = [...(spans.services ?? [])].map(([service, count]): MissingService => ({ service, spans: count }));
	const named = namedServices(records).filter(({ service }) => !(spans.services?.has(service) ?? false));
	const inLines = named.map((each): MissingService => ({ service: each.service, spans: 0, named: each }));
	const missing = [...inTrace, ...inLines]
		.filter(({ service }) => !present.has(service.toLowerCase()))
		.slice(0, mostAsked);
	const logging = await loggingAmong(missing, range, world, asking);
	const services = missing
		.map(each => (logging.value === undefined ? each : { ...each, logs: logging.value.has(each.service) }))
		.filter(({ named, logs }) => named === undefined || named.sure || logs === true);
	return answer({ services, trace: spans.trace }, [...notes, ...logging.notes]);
}

export const answerMissingAside: AnswerAside<LogsPlace, LogsFindings, MissingAside> = async (
	{ place, range },
	world,
	board,
	asking,
) => {
	const records = lastValueOf(board.findings().records)?.records ?? [];
	await board.fill('missing', findMissingServices({ place, range, records }, world, asking));
};

type Spans = { readonly trace: MissingServices['trace']; readonly services?: ReadonlyMap<string, number> };

async function spansByService(request: Request, world: World, asking: Asking): Promise<Answer<Spans>> {
	const id = request.place.trace ?? request.records.find(({ traceId }) => traceId !== undefined)?.traceId?.value;
	if (id === undefined) return answer({ trace: 'unknown' });
	try {
		const { value: trace } = await world.sources.traces.trace(id, hintOf(request), asking);
		if (trace === undefined || trace.spans.length === 0) return answer({ trace: 'absent' });
		const services = new Map<string, number>();
		for (const { service } of trace.spans)
			services.set(redactEvidence(service), (services.get(redactEvidence(service)) ?? 0) + 1);
		return answer({ trace: 'read', services });
	} catch (error) {
		const note = noteOf(error, 'Which services the trace names is not known.');
		// Nobody expects a trace where no Tempo was ever configured: it would be told of every request.
		return answer({ trace: 'failed' }, failureOf(error).kind === 'not-configured' ? [] : [note]);
	}
}

/** Where the lines lie, with the room that spans may need before and after them. */
function hintOf({ records, range }: Request): TimeRange {
	const [first, last] = [records[0], records.at(-1)];
	if (first === undefined || last === undefined) return range;
	return { from: toMilliseconds(first.entry.at) - 15 * minute, to: toMilliseconds(last.entry.at) + 15 * minute };
}

async function loggingAmong(
	missing: readonly MissingService[],
	range: TimeRange,
	{ sources }: World,
	asking: Asking,
): Promise<Answer<ReadonlySet<string> | undefined>> {
	if (missing.length === 0) return answer(new Set());
	const candidates = missing.map(({ service }) => streamCandidates(service));
	const selectors = candidates.flat().map(({ selector }) => selector);
	try {
		const { value: streams } = await sources.logs.series(selectors, range, asking);
		const logging = missing.filter((_, index) => candidatesIn(candidates[index] ?? [], streams).length > 0);
		return answer(new Set(logging.map(({ service }) => service)));
	} catch (error) {
		return answer(undefined, [noteOf(error, 'Whether they log at all is not known.')]);
	}
}

function noteOf(error: unknown, what: string): Note {
	const failure = failureOf(error);
	if (failure.kind === 'cancelled') throw error;
	return { kind: 'warning', text: `${what} ${sentenceOf(failure)}` };
}
