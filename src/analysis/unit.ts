/**
 * What a figure counts, always in its base: a share from 0 to 1, seconds, events per second, bytes, or a number of
 * things. `plain` is a figure of which nothing is known.
 */
export type Unit = 'ratio' | 'seconds' | 'per-second' | 'bytes' | 'count' | 'plain';

/** A unit and the factor that brings what the server says to it: `percent` is `{ unit: 'ratio', scale: 0.01 }`. */
export type ScaledUnit = { readonly unit: Unit; readonly scale: number };
