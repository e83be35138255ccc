import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { guards } from './guards.ts';
import { takenOut } from './taken-out.ts';
import { control, UnionReporter } from './union-reporter.ts';

const root = resolve(import.meta.dirname, '../../..');

/** With every guard in its place: what fails without one must not fail with it. */
const whole = { name: control, edits: [] };

/** `npm run faults:guards` takes each guard out in turn; `-- --project 'leaving cancels'` only that one. */
export default defineConfig({
	root,
	test: {
		maxWorkers: 2,
		reporters: ['default', new UnionReporter()],
		projects: [whole, ...guards].map(guard => ({
			root,
			plugins: [takenOut(guard, root)],
			test: {
				name: guard.name,
				include: ['test/faults/guards/cells.guard.ts'],
				provide: { guard: guard.name },
				testTimeout: 3_600_000,
				env: { TZ: 'UTC' },
			},
		})),
	},
});
