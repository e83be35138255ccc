import type { Socket } from 'node:net';
import type { Target } from './authority.ts';

/** Opens a connection at whose other end is the target. Rejects with a `FailureError`. */
export type Reach = (target: Target) => Promise<Reached>;

export type Reached = {
	readonly socket: Socket;
	/** What it means when the connection ends before anything came over it; the backend hung up when absent. */
	readonly whyCut?: () => Error;
};
