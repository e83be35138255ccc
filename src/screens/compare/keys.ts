import { type ComparedPath, pathTo } from '../../analysis/compared-requests.ts';
import { zoomed } from '../../analysis/window.ts';
import type { CompareFindings } from '../../investigation/compare-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ComparePlace } from '../../model/place.ts';
import { fixed, minute } from '../../model/time.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { rungKeys } from '../rung-keys.ts';
import { type Binding, copy, go, type Outcome, refuse, stay, turn } from '../screen.ts';
import { layoutOf, tableRows } from './layout.ts';
import { belowChips, narrowingKeys } from './narrowing.ts';
import {
	answerOf,
	type CompareLook,
	type CompareShown,
	type CompareState,
	lookAt,
	selecting,
	stepsOf,
} from './state.ts';
import { differenceWords, headSentence, onlySideOf, pathWords, sampleWords } from './words.ts';

type CompareBinding = Binding<ComparePlace, CompareFindings, CompareState>;
type Run = CompareBinding['run'];

/** Room round the slow request that is opened, in which it is looked for. */
const slack = 15 * minute;

/** What a key does with the path under the cursor. */
const onPath =
	(run: (look: CompareLook, shown: CompareShown) => Outcome<CompareState>): Run =>
	shown => {
		const look = lookAt(shown);
		if (look !== undefined) return run(look, shown);
		return refuse(answerOf(shown)?.found === false ? 'There is nothing to compare.' : 'Nothing has been read yet.');
	};

const move = (key: string): Run =>
	onPath((look, shown) => {
		const { state } = shown;
		if (state.focus === 'flame' && key === 'j') return selectedOr(longestBelow(look), 'Nothing hangs below it.', state);
		if (state.focus === 'flame' && key === 'k') return selectedOr(look.selected.parent, 'Nothing is above it.', state);
		const rows = look.comparison.compared.bySize;
		const row = movedCursor(
			key,
			rows.indexOf(look.selected),
			rows.length,
			tableRows(layoutOf(belowChips(shown), look, state.focus)),
		);
		return selectedOr(row === undefined ? undefined : rows[row], 'There is nothing to move to.', state);
	});

const selectedOr = (path: ComparedPath | undefined, why: string, state: CompareState): Outcome<CompareState> =>
	path === undefined ? refuse(why) : stay(selecting(path, state));

function longestBelow({ mean, selected }: CompareLook): ComparedPath | undefined {
	return (mean.rows[selected.depth + 1] ?? [])
		.map(({ node }) => node)
		.filter(({ parent }) => parent === selected)
		.reduce<ComparedPath | undefined>(
			(best, path) => (best === undefined || path.slow.total > best.slow.total ? path : best),
			undefined,
		);
}

/** The bar before or after in the same row; from the table into the flame graph. */
const along = (step: 1 | -1, why: string): Run =>
	onPath(({ mean, selected }, { state }) => {
		const row = (mean.rows[selected.depth] ?? []).map(({ node }) => node);
		return selectedOr(row[row.indexOf(selected) + step], why, { ...state, focus: 'flame' });
	});

const openExample = onPath(({ selected: { example } }) => {
	const { trace, span, at } = example;
	const window = fixed(at - slack, at + slack);
	return go({ kind: 'trace', id: trace, ...(span === '' ? {} : { span }), window });
});

const zoom = onPath(({ selected, zoom: now }, { state }) => {
	if (now === selected) return stay({ ...state, zoom: undefined });
	return selected.slow.total === 0
		? refuse('Slow requests never come here, so there is nothing to fill the width with.')
		: stay({ ...selecting(selected, state), zoom: stepsOf(selected) });
});

const toTraces = onPath(({ comparison: { root, limits } }, { place: { window, attributes } }) =>
	go({
		kind: 'traces',
		...root,
		...(limits === undefined ? {} : { slowerThan: Math.floor(limits.slow.from) }),
		...(attributes === undefined ? {} : { attributes }),
		window,
	}),
);

const longer: Run = ({ place, state, now }) => {
	const window = zoomed(place.window, 'out', now);
	return window === place.window ? refuse('The window goes no further.') : turn({ ...place, window }, state);
};

/** The sentence and the table, as text. */
const copyAll = onPath(({ comparison }) => {
	const rows = comparison.compared.bySize
		.slice(0, 50)
		.map(path => [...differenceWords(path, onlySideOf(comparison)), pathWords(pathTo(path), '›')].join('  '));
	return copy([headSentence(comparison), sampleWords(comparison), '', ...rows].join('\n'), 'the comparison');
});

export const compareKeys: readonly CompareBinding[] = [
	{
		keys: ['enter'],
		label: 'open slowest',
		help: 'Open the trace of the slow request that spent most time here, at that span.',
		footer: 1,
		run: openExample,
	},
	{
		keys: ['tab'],
		label: 'flame graph',
		labelNow: ({ state }) => (state.focus === 'table' ? 'flame graph' : 'table'),
		help: 'Move in the flame graph or in the table; the row under the cursor stays.',
		footer: 2,
		run: ({ state }) => stay({ ...state, focus: state.focus === 'table' ? 'flame' : 'table' }),
	},
	{
		keys: ['z'],
		label: 'zoom',
		labelNow: shown => (isZoomed(shown) ? 'unzoom' : 'zoom'),
		help: 'Let what is under the cursor fill the width of the flame graph; again, all of it.',
		footer: 3,
		run: zoom,
	},
	{
		keys: ['p'],
		label: 'panels',
		help: 'Open the RED panels of the service under the cursor.',
		footer: 4,
		run: onPath(({ selected: { service } }, { place }) => go({ kind: 'service', service, window: place.window })),
	},
	{
		keys: ['T'],
		label: 'traces',
		help: 'Search for traces of this root that are as slow.',
		footer: 5,
		run: toTraces,
	},
	{ keys: ['-', '_'], label: 'longer', help: 'Compare requests of a longer window.', footer: 6, run: longer },
	...narrowingKeys,
	...rungKeys(
		[
			{ key: 'w', label: 'wider window', help: 'Where nothing was found: requests of a wider window.' },
			{ key: 'x', label: 'unnarrowed', help: 'Where nothing was found: whatever their attributes.' },
			{ key: 'o', label: 'any operation', help: 'Where nothing was found: whatever the requests begin with.' },
		],
		({ findings }: CompareShown) => lastValueOf(findings.ladder) ?? [],
	),
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
	{
		keys: ['h', 'left'],
		label: 'left',
		help: 'Previous bar of the same row of the flame graph.',
		run: along(-1, 'Nothing lies left of it in this row.'),
	},
	{
		keys: ['l', 'right'],
		label: 'right',
		help: 'Next bar of the same row of the flame graph.',
		run: along(1, 'Nothing lies right of it in this row.'),
	},
	{ keys: ['y'], label: 'copy', help: 'Copy the sentence and the largest differences as text.', run: copyAll },
];

const isZoomed = (shown: CompareShown): boolean => {
	const look = lookAt(shown);
	return look?.zoom !== undefined && look.zoom === look.selected;
};

/** `esc` first leaves the zoom. */
export const escapeCompare = ({ state }: CompareShown): Outcome<CompareState> | undefined =>
	state.zoom === undefined ? undefined : stay({ ...state, zoom: undefined });
