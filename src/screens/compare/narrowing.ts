import { formatAttribute, parseAttribute, withAttribute } from '../../analysis/trace-attributes.ts';
import type { CompareFindings } from '../../investigation/compare-findings.ts';
import type { ComparePlace } from '../../model/place.ts';
import { chipProblem } from '../chip-row.ts';
import { type Binding, type LinePrompt, type Outcome, prompt, refuse, type Size, turn } from '../screen.ts';
import { type CompareShown, type CompareState, initialState } from './state.ts';

/** What both sides are restricted to, by the numbers under which it is taken away. */
export const attributeChips = ({ attributes = [] }: Pick<ComparePlace, 'attributes'>): readonly string[] =>
	attributes.map(formatAttribute);

/** The room that a row of chips leaves, where there is one. */
export const belowChips = ({ size, place }: Pick<CompareShown, 'size' | 'place'>): Size => ({
	...size,
	height: size.height - (attributeChips(place).length === 0 ? 0 : 1),
});

/** Other requests are compared: what was selected of those need not be among them. */
const narrowedTo = (
	place: ComparePlace,
	attributes: NonNullable<ComparePlace['attributes']>,
): Outcome<CompareState> => {
	const { attributes: _, ...rest } = place;
	return turn(attributes.length === 0 ? rest : { ...rest, attributes }, initialState());
};

const notOne = 'Write it as span.http.route=/pay, resource.k8s.pod.name=pier-0 or span.http.response.status_code=500.';

/** An attribute that the roots of both sides must have. */
export const narrowPrompt: LinePrompt<ComparePlace, CompareFindings, CompareState> = {
	label: 'only with ',
	hint: 'enter compares requests whose root has it: span.http.route=/pay',
	begin: () => '',
	problem: text => (parseAttribute(text.trim()) === undefined ? notOne : undefined),
	enter: (text, { place }) => {
		const attribute = parseAttribute(text.trim());
		return attribute === undefined ? refuse(notOne) : narrowedTo(place, withAttribute(place.attributes, attribute));
	},
};

const noCondition = 'There is no condition to take away. f makes one.';
const idle = ({ place }: CompareShown): string | undefined =>
	attributeChips(place).length === 0 ? noCondition : undefined;

function without({ place }: CompareShown, index: number): Outcome<CompareState> {
	const { attributes = [] } = place;
	const gone = attributes.at(index);
	return gone === undefined
		? refuse(noCondition)
		: narrowedTo(
				place,
				attributes.filter(each => each !== gone),
			);
}

export const takeAway: LinePrompt<ComparePlace, CompareFindings, CompareState> = {
	label: 'take away number ',
	hint: 'enter takes it away',
	begin: () => '',
	problem: (text, { place }) => chipProblem(text, attributeChips(place)),
	enter: (text, shown) => without(shown, Number(text) - 1),
};

export const narrowingKeys: readonly Binding<ComparePlace, CompareFindings, CompareState>[] = [
	{
		keys: ['f'],
		label: 'condition',
		help: 'Compare only requests whose root has an attribute: a route, a pod, a status.',
		footer: 5.5,
		run: () => prompt('narrow'),
	},
	{
		keys: ['backspace'],
		label: 'widen',
		help: 'Take the last condition away.',
		idle,
		footer: 5.6,
		run: shown => without(shown, -1),
	},
	{
		keys: ['X'],
		label: 'widen by',
		help: 'Take any condition away, by its number.',
		idle,
		run: () => prompt('takeAway'),
	},
];
