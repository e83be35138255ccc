import type { ProfileDraft } from '../../model/profile-draft.ts';
import type { Setup } from './setup.ts';

/** What is to be done with a saved profile. */
export type ProfileDeed =
	| { readonly kind: 'save'; readonly draft: ProfileDraft }
	| { readonly kind: 'copy' | 'rename'; readonly name: string; readonly to: string }
	| { readonly kind: 'remove' | 'open'; readonly name: string };

/** What a key does while profiles are seen to. */
export type SetupStep =
	| { readonly type: 'stay'; readonly setup: Setup }
	| { readonly type: 'leave' }
	/** The keys of this list are told. */
	| { readonly type: 'help' }
	| { readonly type: 'do'; readonly deed: ProfileDeed; readonly setup: Setup };

export const stay = (setup: Setup): SetupStep => ({ type: 'stay', setup });

/** A row of the tables of keys here: the footer and the help read it. */
export type SetupKey<S extends Setup> = {
	readonly keys: readonly string[];
	/** Where the footer names fewer of them, or another first. */
	readonly shown?: readonly string[];
	readonly label: string;
	/** What it is called just now; `undefined`: it does nothing here, and the footer leaves it out. */
	readonly labelNow?: (setup: S) => string | undefined;
	readonly help: string;
	/** False: only in the help. */
	readonly footer?: false;
	readonly run: (setup: S) => SetupStep;
};

/** A key and what it does, for the footer. */
export type SetupHint = { readonly keys: readonly string[]; readonly label: string };

export const hintsOf = <S extends Setup>(table: readonly SetupKey<S>[], setup: S): readonly SetupHint[] =>
	table.flatMap(({ keys, shown, label, labelNow, footer = true }) => {
		const now = labelNow === undefined ? label : labelNow(setup);
		return !footer || now === undefined ? [] : [{ keys: shown ?? keys.slice(0, 1), label: now }];
	});
