import { type ComparedPath, type ComparedRequests, pathOfSteps, pathTo } from '../../analysis/compared-requests.ts';
import { type MeanRequest, meanRequestOf } from '../../analysis/mean-request.ts';
import type { CompareFindings, Comparison, NothingToCompare } from '../../investigation/compare-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ComparePlace } from '../../model/place.ts';
import type { Shown } from '../screen.ts';

export type CompareState = {
	/** Where `j` and `k` move: through the rows of the table or the bars of the flame graph. */
	readonly focus: 'table' | 'flame';
	/** Steps of the path under the cursor; until it is moved the largest difference. */
	readonly selected?: readonly string[] | undefined;
	/** Steps of the path that fills the width. */
	readonly zoom?: readonly string[] | undefined;
};

export type CompareShown = Shown<ComparePlace, CompareFindings, CompareState>;

export const initialState = (): CompareState => ({ focus: 'table' });

export const answerOf = ({ findings }: Pick<CompareShown, 'findings'>): Comparison | NothingToCompare | undefined =>
	lastValueOf(findings.comparison);

/** What is compared, when there is something. */
export function comparisonOf(shown: Pick<CompareShown, 'findings'>): Comparison | undefined {
	const answered = answerOf(shown);
	return answered?.found === true ? answered : undefined;
}

/** The comparison as it is looked at. */
export type CompareLook = {
	readonly comparison: Comparison;
	readonly selected: ComparedPath;
	readonly zoom: ComparedPath | undefined;
	readonly mean: MeanRequest;
};

/** `undefined` as long as there is nothing to look at. */
export function lookAt(shown: Pick<CompareShown, 'findings' | 'state'>): CompareLook | undefined {
	const comparison = comparisonOf(shown);
	if (comparison === undefined) return undefined;
	const { compared } = comparison;
	const { selected: steps = [], zoom: zoomSteps = [] } = shown.state;
	const selected = pathOfSteps(compared, steps) ?? compared.bySize[0];
	if (selected === undefined) return undefined;
	const zoomed = pathOfSteps(compared, zoomSteps);
	// A zoom that the cursor has left would hide it.
	const zoom = zoomed !== undefined && isInLine(selected, zoomed) ? zoomed : undefined;
	return { comparison, selected, zoom, mean: meanOf(compared, zoom) };
}

function meanOf(compared: ComparedRequests, zoom: ComparedPath | undefined): MeanRequest {
	const known = laidOut.get(compared);
	if (known !== undefined && known.zoom === zoom) return known.mean;
	const mean = meanRequestOf(compared, zoom);
	laidOut.set(compared, { zoom, mean });
	return mean;
}

/** The latest layout of each comparison: a screen is painted many times between two of them. */
const laidOut = new WeakMap<
	ComparedRequests,
	{ readonly zoom: ComparedPath | undefined; readonly mean: MeanRequest }
>();

/** The state with this path under the cursor. */
export const selecting = (path: ComparedPath, state: CompareState): CompareState => ({
	...state,
	selected: stepsOf(path),
});

export const stepsOf = (path: ComparedPath): readonly string[] => pathTo(path).map(({ step }) => step);

const isInLine = (one: ComparedPath, other: ComparedPath): boolean => {
	const [above, below] = one.depth <= other.depth ? [one, other] : [other, one];
	let up: ComparedPath | undefined = below;
	while (up !== undefined && up.depth > above.depth) up = up.parent;
	return up === above;
};
