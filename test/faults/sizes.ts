import type { RunOptions } from './run.ts';

type Sizes = Omit<RunOptions, 'of'>;

const megabyte = 2 ** 20;

/** For every run of the tests: each cell once, and no answer larger than it must be. */
export const short: Sizes = {
	full: false,
	limits: { totalTimeout: 1500, maxBodyBytes: 4 * megabyte },
	huge: 6 * megabyte,
	patience: 30_000,
	atOnce: 8,
};

/** For `npm run faults`: with the limits of the program itself, and answers far beyond them. */
export const full: Sizes = {
	...short,
	full: true,
	limits: { totalTimeout: 5000, maxBodyBytes: 64 * megabyte },
	huge: 2048 * megabyte,
};

/** For `npm run faults:guards`: what is to fail is not waited for as long as what may be late. */
export const guarded: Sizes = {
	...short,
	limits: { totalTimeout: 1500, maxBodyBytes: 2 * megabyte },
	huge: 3 * megabyte,
	patience: 4000,
	atOnce: 16,
};
