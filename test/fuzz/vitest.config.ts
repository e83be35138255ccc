import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');
const tests = join(root, 'test');

/** The tests of properties, and those that press random keys: all that more runs can tell more of. */
const fuzzed = readdirSync(tests, { recursive: true, encoding: 'utf8' })
	.filter(name => /\.test\.tsx?$/.test(name) && !name.startsWith('live/'))
	.filter(name => /from 'fast-check'|FUZZ_RUNS/.test(readFileSync(join(tests, name), 'utf8')));

/** `FUZZ_RUNS=100 npm run fuzz` runs each a hundred times as often as `npm test`; `npm run fuzz -- keys` those of that name. */
export default defineConfig({
	root,
	resolve: { alias: [{ find: /^fast-check$/, replacement: join(import.meta.dirname, 'fast-check.ts') }] },
	test: {
		include: fuzzed.map(name => `test/${name}`),
		testTimeout: 600_000,
		env: { TZ: 'UTC', FUZZ_RUNS: process.env.FUZZ_RUNS ?? '10' },
	},
});
