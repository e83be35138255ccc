import { expect, test } from 'vitest';
import { fullPace, type Pace, restBefore, slowPace } from '../../src/terminal/pace.ts';

const never = Number.NEGATIVE_INFINITY;

test.each<readonly [string, Pace, { readonly frame: number; readonly key: number }, number]>([
	['nothing is held back at full pace', fullPace, { frame: 10_000, key: never }, 0],
	['the first frame of all is due', slowPace, { frame: never, key: never }, never],
	['a frame follows another a second later', slowPace, { frame: 9_400, key: never }, 400],
	['after a key it is a quarter of that', slowPace, { frame: 9_900, key: 9_990 }, 150],
	['a key alone is answered at once', slowPace, { frame: 9_700, key: 10_000 }, -50],
	['what a key has asked for comes as soon', slowPace, { frame: 9_800, key: 8_001 }, 50],
	['but not for ever', slowPace, { frame: 9_800, key: 8_000 }, 800],
])('%s', (_, pace, last, rest) => {
	expect(restBefore(pace, 10_000, last)).toBe(rest);
});
