import type { RunOptions } from './run.ts';

const megabyte = 2 ** 20;

/** For every run of the tests: each cell once, and no answer larger than it must be. */
export const short: Omit<RunOptions, 'of'> = {
	full: false,
	limits: { totalTimeout: 1500, maxBodyBytes: 4 * megabyte },
	huge: 6 * megabyte,
};

/** For `npm run faults`: with the limits of the program itself, and answers far beyond them. */
export const full: Omit<RunOptions, 'of'> = {
	full: true,
	limits: { totalTimeout: 5000, maxBodyBytes: 64 * megabyte },
	huge: 2048 * megabyte,
};
