import { isServiceLabel, serviceIn } from '../../analysis/label-roles.ts';
import type { CardinalityFindings } from '../../investigation/cardinality.ts';
import type { CardinalityPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { listHeight } from './layout.ts';
import {
	type CardinalityShown,
	type CardinalityState,
	cursorOf,
	type ListName,
	listedRows,
	lists,
	selectedRow,
} from './state.ts';

type CardinalityBinding = Binding<CardinalityPlace, CardinalityFindings, CardinalityState>;

const move =
	(key: string) =>
	(shown: CardinalityShown): Outcome<CardinalityState> => {
		const rows = listedRows(shown);
		const row = movedCursor(key, cursorOf(rows, shown.state), rows.length, listHeight(shown.size));
		const to = row === undefined ? undefined : rows[row];
		if (row === undefined || to === undefined) return refuse('There is nothing to move to.');
		return stay({ ...shown.state, selected: to.name, row });
	};

const listAfter = (list: ListName, by: 1 | -1): ListName =>
	lists[(lists.indexOf(list) + by + lists.length) % lists.length] ?? 'labels';

const turnList =
	(by: 1 | -1) =>
	({ state: { selected: _, ...state } }: CardinalityShown): Outcome<CardinalityState> =>
		stay({ ...state, list: listAfter(state.list, by), row: 0 });

/** The service that a pair names: `service=berths`. */
function serviceUnder(shown: CardinalityShown): string | undefined {
	const [, label = '', value = ''] = /^([^=]+)=(.+)$/s.exec(selectedRow(shown)?.name ?? '') ?? [];
	return shown.state.list === 'pairs' && isServiceLabel(label) ? serviceIn(label, value) : undefined;
}

function copyQuery(shown: CardinalityShown): Outcome<CardinalityState> {
	const row = selectedRow(shown);
	if (row === undefined) return refuse('There is nothing to copy.');
	if (row.query === undefined) return refuse('The query would hold a secret.');
	return copy(row.query, `the PromQL that counts ${row.name}`);
}

export const cardinalityKeys: readonly CardinalityBinding[] = [
	{
		keys: ['enter'],
		label: 'copy query',
		labelNow: shown => (serviceUnder(shown) === undefined ? 'copy query' : 'service'),
		help: 'Go to the service that a pair names; elsewhere copy the PromQL that counts the row.',
		footer: 1,
		run: shown => {
			const service = serviceUnder(shown);
			return service === undefined ? copyQuery(shown) : go({ kind: 'service', service, window: shown.place.window });
		},
	},
	{
		keys: ['tab'],
		label: 'metrics',
		labelNow: ({ state }) => listAfter(state.list, 1),
		help: 'The next list: values by label, series by metric, series by pair, memory by label.',
		footer: 2,
		run: turnList(1),
	},
	{ keys: ['shift+tab'], label: 'list before', help: 'The list before.', run: turnList(-1) },
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the PromQL that counts the row, or proves that a label has no bound.',
		footer: 3,
		run: copyQuery,
	},
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
];
