import type { Socket } from 'node:net';
import type { Target } from './authority.ts';

/** Opens a connection at whose other end is the target. Rejects with a `FailureError`. */
export type Reach = (target: Target) => Promise<Socket>;
