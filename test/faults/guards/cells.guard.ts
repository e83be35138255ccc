import { expect, inject, test } from 'vitest';
import { gridOf, type Outcome } from '../matrix.ts';
import { runMatrix } from '../run.ts';
import { guarded } from '../sizes.ts';
import { guards } from './guards.ts';

declare module 'vitest' {
	interface ProvidedContext {
		readonly guard: string;
	}
	interface TaskMeta {
		/** Which guard was taken out, and the cells that noticed, as `screen × fault`; `cells`: all that were tried. */
		guard?: { readonly name: string; readonly cells: readonly string[]; readonly caught: readonly string[] };
	}
}

const of = ['prometheus', 'alertmanager', 'loki', 'tempo'] as const;

/** Without a guard each of its cells fails, in the way that was foreseen; with all of them none does. */
test(inject('guard'), async ({ task }) => {
	const name = inject('guard');
	const guard = guards.find(each => each.name === name);
	const isCaught = ({ trouble }: Outcome): boolean =>
		guard === undefined ? trouble === undefined : trouble !== undefined && guard.trouble.test(trouble);
	const outcomes = await runMatrix({
		...guarded,
		of,
		full: guard?.full === true,
		...(guard?.rows === undefined ? {} : { rows: guard.rows }),
		...(guard?.faults === undefined ? {} : { faults: guard.faults }),
	});
	const [good, bad] = guard === undefined ? ['ok', 'BAD'] : ['caught', 'MISSED'];
	const missed = outcomes.filter(each => !isCaught(each));
	console.log(`${name}\n${gridOf(outcomes, each => (isCaught(each) ? good : bad))}`);
	task.meta.guard = {
		name,
		cells: outcomes.map(cellOf),
		caught: guard === undefined ? [] : outcomes.filter(isCaught).map(cellOf),
	};
	expect(missed.map(each => `${cellOf(each)}: ${each.trouble ?? 'nothing was noticed'}`)).toEqual([]);
});

const cellOf = ({ row, column }: Outcome): string => `${row.name} × ${column.name}`;
