import type { Attributes, Span } from '../model/trace.ts';
import { operations, type ServiceName } from './cast.ts';
import { Chance } from './chance.ts';
import { type Passage, passageOf } from './passage.ts';
import { scenes } from './scenes.ts';
import { holdDeadline } from './scripts.ts';
import { clientAttributes, clientFailure, pathOf, serverAttributes, serverFailure } from './span-attributes.ts';
import type { Outline, Plot, Visit } from './story.ts';
import type { Call, Telling } from './telling.ts';
import { type Sheet, TraceSheet } from './trace-sheet.ts';

/** Half of what the network takes, on either side of a visit, as the caller sees it. */
const wire = 120_000;

const callOf = (visit: Visit, place: number): Call => {
	const answered = visit.start + visit.duration + wire;
	const start = visit.start - wire;
	const end = visit.operation === 'register' ? Math.min(answered, start + holdDeadline * 1e6) : answered;
	return { visit, place, start, end };
};

const gaveUp = {
	message: 'context deadline exceeded',
	exception: { type: 'context.DeadlineExceeded', message: 'PUT manifest:8080: context deadline exceeded' },
};

/** All spans of a request, the edge's first; always the same for the same request. */
export const spansOf = (outline: Outline, plot: Plot, requestId: string): readonly Span[] => {
	const sheet = new TraceSheet(outline, plot);
	tellSpans(outline, sheet, requestId);
	return sheet.spans;
};

/** Writes all spans of a request on a sheet, each after the one it is below. */
export const tellSpans = (outline: Outline, sheet: Sheet, requestId: string): void =>
	new Teller(outline, sheet, requestId).tell();

type Told = {
	readonly visit: Visit;
	readonly place: number;
	readonly id: string;
	readonly service: ServiceName;
};

/** Goes through the visits of one request, from the edge down, and writes their spans. */
class Teller {
	readonly #outline: Outline;
	readonly #requestId: string;
	readonly #sheet: Sheet;
	readonly #passage: Passage;
	readonly #chance: Chance;

	constructor(outline: Outline, sheet: Sheet, requestId: string) {
		this.#outline = outline;
		this.#requestId = requestId;
		this.#sheet = sheet;
		this.#passage = passageOf(outline);
		this.#chance = new Chance(outline.key ^ 0x5c_e7_e5);
	}

	tell(): void {
		this.#answer(this.#outline.visits[0], 0, undefined);
	}

	/** The span of the answering side, and what it did meanwhile. */
	#answer(visit: Visit, place: number, parentId: string | undefined): void {
		const operation = operations[visit.operation];
		const { service } = operation;
		const id = this.#sheet.write({
			service,
			name: operation.name,
			kind: operation.protocol === 'message' ? 'consumer' : 'server',
			start: visit.start,
			end: visit.start + visit.duration,
			parentId,
			attributes: {
				...serverAttributes(operation, visit.status, this.#pathOf(visit, place)),
				...(place === 0 ? edgeAttributes(this.#requestId, this.#passage) : {}),
			},
			failure: serverFailure(operation, visit.status),
		});
		scenes[visit.operation](this.#tellingOf({ visit, place, id, service }));
	}

	/** The span of the asking side, then the other's. */
	#call(service: ServiceName, parentId: string, { visit, place, start, end }: Call): void {
		const operation = operations[visit.operation];
		const cut = end < visit.start + visit.duration;
		const id = this.#sheet.write({
			service,
			name: operation.protocol === 'http' ? operation.method : operation.name,
			kind: 'client',
			start,
			end,
			parentId,
			attributes: clientAttributes(operation, cut ? undefined : visit.status, this.#pathOf(visit, place)),
			failure: cut ? gaveUp : clientFailure(operation, visit.status),
		});
		this.#answer(visit, place, id);
	}

	#tellingOf({ visit, place, id, service }: Told): Telling {
		return {
			visit,
			start: visit.start,
			end: visit.start + visit.duration,
			chance: this.#chance,
			passage: this.#passage,
			calls: this.#outline.visits.flatMap((other, at) => (other.caller === place ? [callOf(other, at)] : [])),
			work: work => this.#sheet.write({ kind: 'internal', ...work, service, parentId: id }),
			call: made => this.#call(service, id, made),
			deliver: (made, parentId) => this.#answer(made.visit, made.place, parentId),
		};
	}

	#pathOf({ operation }: Visit, place: number): string {
		const before = this.#outline.visits.slice(0, place).filter(other => other.operation === operation);
		return pathOf(operation, this.#passage, before.length);
	}
}

const edgeAttributes = (requestId: string, passage: Passage): Attributes => ({
	'request.id': requestId,
	'client.address': `198.51.100.${passage.berth}`,
	'network.protocol.version': '2',
	'user_agent.original': 'NightlineApp/7.3',
	'enduser.id': String(passage.account),
});
