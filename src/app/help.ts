import type { Panes } from '../investigation/board.ts';
import type { Place } from '../model/place.ts';
import { formKeys } from '../screens/profiles/form-keys.ts';
import { listKeys } from '../screens/profiles/list-keys.ts';
import type { Binding, HelpRow } from '../screens/screen.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { globalBindings, globalHelpRows } from './global-keys.ts';
import { shownFrame } from './history.ts';
import { formatKeys } from './key-names.ts';
import { screenAt } from './screens.ts';
import type { State } from './state.ts';

type AnyBinding = Pick<Binding<Place, Panes, unknown>, 'keys' | 'help'>;
type Line = readonly Marked[];

/** The bindings in rows: those that share one where the first of them stands, by the first key of each. */
function rowsOf(bindings: readonly AnyBinding[], shared: readonly HelpRow[]): readonly HelpRow[] {
	const sharing = (key: string | undefined) => shared.find(({ keys }) => key !== undefined && keys.includes(key));
	return bindings.flatMap(({ keys, help }) => {
		const row = sharing(keys[0]);
		if (row === undefined) return [{ keys, help }];
		if (row.keys[0] !== keys[0]) return [];
		return [row.keys.length === 1 ? { keys, help: row.help } : row];
	});
}

/** The keys of the shell that this screen does not have for itself. */
function everywhere(own: readonly AnyBinding[], escapeHelp: string | undefined): readonly HelpRow[] {
	const taken = new Set(own.flatMap(({ keys }) => keys));
	const left = (keys: readonly string[]) => keys.filter(key => !taken.has(key));
	const shared = globalHelpRows.filter(({ keys }) => left(keys).length === keys.length);
	const bindings = globalBindings
		.map(({ keys, help }) => ({ keys: left(keys), help: keys.includes('escape') ? (escapeHelp ?? help) : help }))
		.filter(({ keys }) => keys.length > 0);
	return rowsOf(bindings, shared);
}

/** The help over the screen, made from the same tables that the keys run by. */
export function helpLines({ history, size, setup }: State): readonly Line[] {
	if (setup !== undefined) return setupHelp(size.width);
	const { place } = shownFrame(history);
	const { keys, helpRows = [], escapeHelp } = screenAt(place);
	const [own, global] = [rowsOf(keys, helpRows), everywhere(keys, escapeHelp)];
	const keyColumns = Math.max(...[...own, ...global].map(row => formatKeys(row.keys).length)) + 4;
	const linesOf = (rows: readonly HelpRow[]) => rows.flatMap(row => linesOfRow(row, keyColumns, size.width));
	return [
		[{ text: `On the ${place.kind} screen`, role: 'strong' }],
		...linesOf(own),
		[],
		[{ text: 'Everywhere', role: 'strong' }],
		...linesOf(global),
	];
}

/** The keys of the profiles: their list, and the form that makes one. */
function setupHelp(width: number): readonly Line[] {
	const tables = [
		['On the list of profiles', listKeys],
		['In the form of a profile', formKeys],
	] as const;
	const rows = tables.flatMap(([, table]): readonly HelpRow[] => table);
	const keyColumns = Math.max(...rows.map(row => formatKeys(row.keys).length)) + 4;
	return tables.flatMap(([title, table], index): readonly Line[] => [
		...(index === 0 ? [] : [[]]),
		[{ text: title, role: 'strong' }],
		...table.flatMap((row: HelpRow) => linesOfRow(row, keyColumns, width)),
	]);
}

const linesOfRow = ({ keys, help }: HelpRow, keyColumns: number, width: number): readonly Line[] =>
	wrapText(help, Math.max(1, width - keyColumns)).map((text, index) => [
		{ text: `  ${index === 0 ? formatKeys(keys) : ''}`.padEnd(keyColumns), role: 'link' },
		{ text },
	]);
