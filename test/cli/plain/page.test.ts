import { expect, test } from 'vitest';
import type { Goal } from '../../../src/cli/plain/choices.ts';
import { mostRows, pageOf } from '../../../src/cli/plain/page.ts';
import { paragraph, table, textOf } from '../../../src/cli/print/document.ts';
import { live, minute } from '../../../src/model/time.ts';

const placeOf = (service: string) => ({ kind: 'service', service, window: live(minute) }) as const;
const goals = (count: number): readonly Goal[] =>
	Array.from({ length: count }, (_, at) => ({ place: placeOf(`s${at}`) }));
const rowsOf = (count: number) =>
	table(
		[{ title: 'name' }],
		Array.from({ length: count }, (_, at) => [`s${at}`]),
	);

test('the ways on have the first numbers, the rows the next ones', () => {
	const ways = [{ words: 'the errors', place: placeOf('errors') }];
	const page = pageOf([paragraph('Two.'), rowsOf(2)], { rows: goals(2), ways }, false);
	expect(`\n${textOf(page.blocks, 80)}`).toBe(`
Two.

#  name
2  s0
3  s1

   1  the errors
`);
	expect(page.goals.map(({ place }) => place)).toEqual([placeOf('errors'), placeOf('s0'), placeOf('s1')]);
});

test('a table of other things keeps its rows as they are', () => {
	const page = pageOf([rowsOf(3), rowsOf(2)], { rows: goals(2), ways: [] }, false);
	expect(`\n${textOf(page.blocks, 80)}`).toBe(`
name
s0
s1
s2

#  name
1  s0
2  s1
`);
});

test('of a long table the newest rows are printed, and all of them when they are wanted', () => {
	const count = mostRows + 5;
	const short = pageOf([rowsOf(count)], { rows: goals(count), ways: [] }, false);
	expect(short.goals).toHaveLength(mostRows);
	expect(short.goals[0]?.place).toEqual(placeOf('s5'));
	expect(textOf(short.blocks, 80)).toContain(`These are the last ${mostRows} of ${count} rows. a prints all.`);
	const whole = pageOf([rowsOf(count)], { rows: goals(count), ways: [] }, true);
	expect(whole.goals).toHaveLength(count);
	expect(textOf(whole.blocks, 80)).not.toContain('a prints all');
});
