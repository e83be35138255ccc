import type { Panes } from '../investigation/board.ts';
import type { Place } from '../model/place.ts';
import type { Binding } from '../screens/screen.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { globalBindings } from './global-keys.ts';
import { shownFrame } from './history.ts';
import { formatKeys } from './key-names.ts';
import { screenAt } from './screens.ts';
import type { State } from './state.ts';

/** One row of the help: keys and what they do. */
type HelpRow = { readonly keys: string; readonly help: string };

type AnyBinding = Pick<Binding<Place, Panes, unknown>, 'keys' | 'help'>;

const rowOf = ({ keys, help }: AnyBinding): HelpRow => ({ keys: formatKeys(keys), help });

/** The keys of the shell that this screen does not have for itself. */
function everywhere(own: readonly AnyBinding[], escapeHelp: string | undefined): readonly HelpRow[] {
	const taken = new Set(own.flatMap(({ keys }) => keys));
	return globalBindings
		.map(binding => ({ ...binding, keys: binding.keys.filter(key => !taken.has(key)) }))
		.filter(({ keys }) => keys.length > 0)
		.map(({ keys, help }) => rowOf({ keys, help: keys.includes('escape') ? (escapeHelp ?? help) : help }));
}

/** The help over the screen, made from the same tables that the keys run by. */
export function helpLines({ history, size }: State): readonly (readonly Marked[])[] {
	const { place } = shownFrame(history);
	const { keys, escapeHelp } = screenAt(place);
	return [
		[{ text: `On the ${place.kind} screen`, role: 'strong' }],
		...keys.flatMap(binding => linesOf(rowOf(binding), size.width)),
		[],
		[{ text: 'Everywhere', role: 'strong' }],
		...everywhere(keys, escapeHelp).flatMap(row => linesOf(row, size.width)),
	];
}

const keyColumns = 19;

const linesOf = ({ keys, help }: HelpRow, width: number): readonly (readonly Marked[])[] =>
	wrapText(help, Math.max(1, width - keyColumns)).map((text, index) => [
		{ text: `  ${index === 0 ? keys : ''}`.padEnd(keyColumns), role: 'link' },
		{ text },
	]);
