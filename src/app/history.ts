import type { Place } from '../model/place.ts';

/** One step of the trail: a place, and how its view is set. */
export type Frame = {
	readonly id: number;
	readonly place: Place;
	/** The place as it was entered: key `0` goes back to its window. */
	readonly home: Place;
	readonly state: unknown;
};

/**
 * Where the operator is and was. A trail is the list of frames from the root to the one on show; every move makes a new
 * trail, and the trails stand in a line that `[` and `]` walk. Frames are kept once, by number, so that a cursor moved
 * in one trail has moved in all.
 */
export type History = {
	readonly frames: ReadonlyMap<number, Frame>;
	readonly trails: readonly (readonly number[])[];
	readonly at: number;
	/** The trail that was on show before this one. */
	readonly last?: readonly number[];
	readonly nextId: number;
};

const longestHistory = 100;

export const entered = (place: Place, state: unknown): History => ({
	frames: new Map([[0, { id: 0, place, home: place, state }]]),
	trails: [[0]],
	at: 0,
	nextId: 1,
});

const shownIds = (history: History): readonly number[] => history.trails[history.at] ?? [];

/** The frames from the root to the one on show. */
export const trailOf = (history: History): readonly Frame[] =>
	shownIds(history).flatMap(id => history.frames.get(id) ?? []);

export function shownFrame(history: History): Frame {
	const frame = trailOf(history).at(-1);
	if (frame === undefined) throw new Error('A history always has a frame on show.');
	return frame;
}

/** One step down the trail. */
export function pushed(history: History, place: Place, state: unknown): History {
	const id = history.nextId;
	const frames = new Map(history.frames).set(id, { id, place, home: place, state });
	return shownTrail({ ...history, frames, nextId: id + 1 }, [...shownIds(history), id]);
}

/** A new trail that begins at this place. */
export function rooted(history: History, place: Place, state: unknown): History {
	const id = history.nextId;
	const frames = new Map(history.frames).set(id, { id, place, home: place, state });
	return shownTrail({ ...history, frames, nextId: id + 1 }, [id]);
}

/** The same frame, set otherwise or turned to another place. */
export function replaced(history: History, change: Partial<Pick<Frame, 'place' | 'state'>>): History {
	const frame = { ...shownFrame(history), ...change };
	return { ...history, frames: new Map(history.frames).set(frame.id, frame) };
}

/** The frame above, or the same history at the root. */
export const risen = (history: History): History => {
	const ids = shownIds(history);
	return ids.length > 1 ? shownTrail(history, ids.slice(0, -1)) : history;
};

export const back = (history: History): History => moved(history, history.at - 1);
export const forward = (history: History): History => moved(history, history.at + 1);

/** The trail that was on show before this one; pressed twice it comes back. */
export const swapped = (history: History): History =>
	history.last === undefined ? history : shownTrail(history, history.last);

/** The frame of this kind that was seen last, wherever it stands. */
export function lastOfKind(history: History, kind: Place['kind']): { readonly history: History } | undefined {
	for (let at = history.at; at >= 0; at--) {
		const ids = history.trails[at] ?? [];
		const end = ids.findLastIndex(id => history.frames.get(id)?.place.kind === kind);
		if (end >= 0) return { history: shownTrail(history, ids.slice(0, end + 1)) };
	}
	return undefined;
}

function moved(history: History, at: number): History {
	if (at < 0 || at >= history.trails.length) return history;
	return { ...history, at, last: shownIds(history) };
}

function shownTrail(history: History, ids: readonly number[]): History {
	const before = shownIds(history);
	if (ids.length === before.length && ids.at(-1) === before.at(-1)) return history;
	const trails = [...history.trails.slice(0, history.at + 1), ids].slice(-longestHistory);
	const kept = new Set([...trails.flat(), ...before]);
	const frames = new Map([...history.frames].filter(([id]) => kept.has(id)));
	return { ...history, frames, trails, at: trails.length - 1, last: before };
}
