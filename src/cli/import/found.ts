import type { Profile } from '../profiles/profile.ts';

/** What a source describes, before it is saved. */
export type Found = {
	readonly profile: Profile;
	/** What was not taken over or has to be done yet, each a sentence. */
	readonly notes: readonly string[];
	/** Certificates and keys that stand in the source itself: a profile names files of them. */
	readonly files: readonly KeptFile[];
};

export type KeptFile = { readonly path: string; readonly text: string };

/** Where what is found on the way is put down. */
export type Findings = Pick<Found, 'notes' | 'files'> & {
	readonly note: (sentence: string) => void;
	/** The path at which a certificate or a key will be: `word` tells it from the others of the profile. */
	readonly keep: (word: string, text: string) => string;
};

/** `stem` is what the files to be kept begin with: `/home/ops/.config/smokejumper/prod-eu`. */
export function createFindings(stem: string): Findings {
	const notes: string[] = [];
	const files: KeptFile[] = [];
	return {
		notes,
		files,
		note: sentence => {
			if (!notes.includes(sentence)) notes.push(sentence);
		},
		keep: (word, text) => {
			const path = `${stem}-${word}.pem`;
			files.push({ path, text: text.endsWith('\n') ? text : `${text}\n` });
			return path;
		},
	};
}

/** A key where there is a value for it. */
export const optional = <Name extends string, Value>(
	name: Name,
	value: Value | undefined,
): Partial<Record<Name, Value>> => (value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, Value>>));
