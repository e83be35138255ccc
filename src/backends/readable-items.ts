import * as z from 'zod/mini';
import type { Note } from '../model/answer.ts';

/** The items of a list that could be read, and how many could not. */
export type ReadableItems<Item> = { readonly items: readonly Item[]; readonly unreadable: number };

/**
 * A list of which one strange item does not hide the others; when none of them can be read, the first one's faults are
 * those of the list.
 */
export const readableItems = <Item>(item: z.ZodMiniType<Item>): z.ZodMiniType<ReadableItems<Item>> =>
	z.pipe(
		z.array(z.unknown()),
		z.transform((list, context): ReadableItems<Item> => {
			const read = list.map(each => item.safeParse(each));
			const items = read.flatMap(({ data, success }) => (success ? [data] : []));
			const [first] = read;
			if (items.length === 0 && first?.success === false) {
				for (const { path } of first.error.issues) {
					context.issues.push({ code: 'custom', path: [0, ...path], input: list });
				}
			}
			return { items, unreadable: read.length - items.length };
		}),
	);

/** What is told of the items that could not be read: `2 alerts could not be read and are left out.` */
export const unreadableNotes = (count: number, noun: string): readonly Note[] => {
	if (count === 0) return [];
	const subject = count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
	return [{ kind: 'partial', text: `${subject} could not be read and ${count === 1 ? 'is' : 'are'} left out.` }];
};
