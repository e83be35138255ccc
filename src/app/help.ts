import type { Panes } from '../investigation/board.ts';
import type { Place } from '../model/place.ts';
import type { Binding } from '../screens/screen.ts';
import { type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { globalBindings } from './global-keys.ts';
import { shownFrame } from './history.ts';
import { formatKeys } from './key-names.ts';
import { screenAt } from './screens.ts';
import type { State } from './state.ts';

/** One line of the help: keys and what they do, or a title. */
export type HelpRow = { readonly keys: string; readonly help: string };

type AnyBinding = Pick<Binding<Place, Panes, unknown>, 'keys' | 'help'>;

const rowOf = ({ keys, help }: AnyBinding): HelpRow => ({ keys: formatKeys(keys), help });

/** The keys of one screen; a global key that the screen has for itself is not said twice. */
export const helpRowsOf = (
	own: readonly AnyBinding[],
): { readonly own: readonly HelpRow[]; readonly everywhere: readonly HelpRow[] } => {
	const taken = new Set(own.flatMap(({ keys }) => keys));
	return {
		own: own.map(rowOf),
		everywhere: globalBindings
			.map(binding => ({ ...binding, keys: binding.keys.filter(key => !taken.has(key)) }))
			.filter(({ keys }) => keys.length > 0)
			.map(rowOf),
	};
};

/** The help over the screen, made from the same tables that the keys run by. */
export function helpLines(state: State, theme: Theme): readonly (readonly Segment[])[] {
	const { place } = shownFrame(state.history);
	const { own, everywhere } = helpRowsOf(screenAt(place).keys);
	return [
		[segment(`On the ${place.kind} screen`, theme.style('strong'))],
		...own.map(row => lineOf(row, theme)),
		[],
		[segment('Everywhere', theme.style('strong'))],
		...everywhere.map(row => lineOf(row, theme)),
	];
}

const keyColumns = 16;

const lineOf = ({ keys, help }: HelpRow, theme: Theme): readonly Segment[] => [
	segment(`  ${keys.padEnd(keyColumns)} `, theme.style('link')),
	segment(help),
];
