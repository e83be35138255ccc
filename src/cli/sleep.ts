import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../investigation/board.ts';

/** Waits by the clock of this machine. */
export const sleep: NonNullable<World['sleep']> = (length, signal) => pause(length, undefined, { signal });
