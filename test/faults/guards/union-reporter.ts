import type { Reporter, TestModule } from 'vitest/node';
import { isOfFault } from './guards.ts';

/** At the end: how many cells each guard has, and the cells of the matrix that no guard against their fault turns red. */
export class UnionReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const tried = modules.flatMap(module => [...module.children.allTests()].flatMap(test => test.meta().guard ?? []));
		const guards = tried.filter(({ name }) => name !== control);
		for (const { name, cells, caught } of guards) console.log(`${caught.length} of ${cells.length} caught: ${name}`);
		const every = tried.find(({ name }) => name === control)?.cells;
		if (every === undefined) return;
		const seen = new Set(guards.filter(({ name }) => isOfFault(name)).flatMap(({ caught }) => caught));
		const unseen = every.filter(cell => !seen.has(cell));
		console.log(
			`${every.length - unseen.length} of ${every.length} cells were seen to fail without a guard of their own`,
		);
		if (unseen.length === 0) return;
		console.error(`Never seen to fail:\n${unseen.join('\n')}`);
		process.exitCode = 1;
	}
}

export const control = 'no guard';
