import type { RungTo } from '../investigation/rung.ts';
import type { Place } from '../model/place.ts';
import { type Binding, go, type Outcome, refuse, type Shown, turn } from './screen.ts';

/** A key of a ladder, and what it offers in two words. */
export type RungName<Key extends string> = { readonly key: Key; readonly label: string; readonly help: string };

type LadderOf<P extends Place, Findings, State, Key extends string> = (
	shown: Shown<P, Findings, State>,
) => readonly RungTo<Place, Key>[];

/** Keys that are there only where nothing was found and another question has found something: they lead to it. */
export const rungKeys = <P extends Place, Findings, State, Key extends string>(
	names: readonly RungName<Key>[],
	ladderOf: LadderOf<P, Findings, State, Key>,
): readonly Binding<P, Findings, State>[] =>
	names.map(({ key, label, help }, index) => ({
		keys: [key],
		label,
		help,
		footerNow: shown => (rungAt(shown, key, ladderOf) === undefined ? undefined : index / names.length),
		idle: shown => (rungAt(shown, key, ladderOf) === undefined ? onlyWhenEmpty : undefined),
		run: shown => climbed(shown, key, ladderOf) ?? refuse(onlyWhenEmpty),
	}));

/** Where the rung on a key leads: to the same place asked otherwise, or to another. Nothing where there is none. */
export function climbed<P extends Place, Findings, State, Key extends string>(
	shown: Shown<P, Findings, State>,
	key: Key,
	ladderOf: LadderOf<P, Findings, State, Key>,
): Outcome<State> | undefined {
	const rung = rungAt(shown, key, ladderOf);
	if (rung === undefined) return undefined;
	return rung.to.kind === shown.place.kind ? turn(rung.to, shown.state) : go(rung.to);
}

const rungAt = <P extends Place, Findings, State, Key extends string>(
	shown: Shown<P, Findings, State>,
	key: Key,
	ladderOf: LadderOf<P, Findings, State, Key>,
): RungTo<Place, Key> | undefined => ladderOf(shown).find(rung => rung.key === key);

const onlyWhenEmpty = 'This key is for when nothing was found and something else would find some.';
