import type { Chance } from './chance.ts';
import type { Passage } from './passage.ts';
import type { Visit } from './story.ts';
import type { Note } from './trace-sheet.ts';

/** One piece of work within a service; instants are nanoseconds since the request began. */
export type Work = Omit<Note, 'service' | 'kind' | 'parentId'> & { readonly kind?: Note['kind'] };

/** A visit that is being told: what its scene may write, and where. */
export type Telling = {
	readonly visit: Visit;
	readonly start: number;
	readonly end: number;
	readonly chance: Chance;
	readonly passage: Passage;
	/** The visits that this one makes, with the instants at which it begins and stops to wait for each. */
	readonly calls: readonly Call[];
	/** Writes a piece of the visit's own work and returns the span's ID. */
	readonly work: (work: Work) => string;
	/** Writes the call: the client span, the other service's span, and all below. */
	readonly call: (call: Call) => void;
	/** Writes the visit that a message leads to; `parentId` is the span that published it. */
	readonly deliver: (call: Call, parentId: string) => void;
};

export type Call = { readonly visit: Visit; readonly place: number; readonly start: number; readonly end: number };

/** What a service does during a visit, besides what it asks of others. */
export type Scene = (telling: Telling) => void;

export const ms = 1e6;

/** A piece of work from one instant to another; an instant outside the visit is moved to its edge. */
export const stretch = (telling: Telling, work: Work): string =>
	telling.work({
		...work,
		start: Math.min(Math.max(work.start, telling.start), telling.end),
		end: Math.min(Math.max(work.end, work.start), telling.end),
	});

export const query = (telling: Telling, work: Pick<Work, 'name' | 'start' | 'end' | 'attributes' | 'events'>): string =>
	stretch(telling, { kind: 'client', ...work });

export const firstCall = ({ calls, end }: Telling): number => Math.min(end, ...calls.map(({ start }) => start));
export const lastAnswer = ({ calls, start }: Telling): number => Math.max(start, ...calls.map(call => call.end));

/** The instant at a share of the way between two. */
export const along = (from: number, to: number, share: number): number => from + (to - from) * share;

export const made = ({ calls }: Telling, operation: Call['visit']['operation']): readonly Call[] =>
	calls.filter(({ visit }) => visit.operation === operation);
