import type { ListedProfile } from '../../model/profile-draft.ts';
import type { TextField } from '../../widgets/text-field.ts';

/** The embedded incident stands below what is saved; it cannot be changed. */
export const demoRow = 'demo';

/** The saved profiles, and what is begun with one of them. */
export type ProfileList = {
	readonly kind: 'list';
	/** Absent until they are read. */
	readonly entries?: readonly ListedProfile[];
	/** Why they could not be read. */
	readonly unread?: string;
	/** The profile that is open, where a saved one is. */
	readonly open?: string;
	/** The row under the cursor by its name; the open one when absent. */
	readonly cursor?: string;
	/** The name of a copy, or a new name, in the making. */
	readonly naming?: { readonly what: 'copy' | 'rename'; readonly name: string; readonly field: TextField };
	/** Whether this one shall be removed; the safe answer has the focus first. */
	readonly removing?: { readonly name: string; readonly focus: 'leave' | 'make' };
	/** What is wrong, until the next key. */
	readonly problem?: string;
	/** What was done. */
	readonly told?: string;
};

export const openList = (open: string | undefined, told?: string): ProfileList => ({
	kind: 'list',
	...(open === undefined ? {} : { open }),
	...(told === undefined ? {} : { told }),
});

/** The rows by their names, the demo last. */
export const rowsOf = ({ entries = [] }: ProfileList): readonly string[] => [
	...entries.map(({ name }) => name),
	demoRow,
];

/** The number of the row under the cursor. */
export function cursorOf(list: ProfileList): number {
	const rows = rowsOf(list);
	const picked = list.cursor ?? list.open ?? list.entries?.find(({ isCurrent }) => isCurrent)?.name;
	return Math.max(0, rows.indexOf(picked ?? ''));
}

/** The saved profile under the cursor; `undefined` on the demo. */
export const pickedProfile = (list: ProfileList): ListedProfile | undefined => list.entries?.[cursorOf(list)];

export const namesIn = ({ entries = [] }: ProfileList): readonly string[] => entries.map(({ name }) => name);
