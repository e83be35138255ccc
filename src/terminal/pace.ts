/** How far apart frames are at least, in milliseconds; 0 where nothing is held back. */
export type Pace = {
	/** Those that nobody pressed a key for. */
	readonly frames: number;
	/** Those shortly after a key. */
	readonly keys: number;
};

export const fullPace: Pace = { frames: 0, keys: 0 };

/** For a slow link: what changes by itself is seen once a second, and keys held down at four frames a second. */
export const slowPace: Pace = { frames: 1000, keys: 250 };

/** For so long after a key what comes is taken for its doing: the answers it has asked for above all. */
const keyHolds = 2000;

/**
 * How long the next frame has to wait, in milliseconds; 0 or less: it is due. `frame` and `key` are when the last of each
 * was.
 */
export function restBefore(pace: Pace, now: number, { frame, key }: { readonly frame: number; readonly key: number }) {
	const apart = now - key < keyHolds ? pace.keys : pace.frames;
	return frame + apart - now;
}

/** How far apart the clocks on the screen move on a slow link. */
export const slowClocks = 2000;
