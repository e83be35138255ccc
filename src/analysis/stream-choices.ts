import type { StreamChoice } from '../model/stream-choice.ts';

/** The choices after one more: it takes the place of an earlier one of its service; without streams it only takes that away. */
export const chosenBy = <Kept extends StreamChoice>(
	choices: readonly Kept[],
	choice: StreamChoice,
): readonly (Kept | StreamChoice)[] => [
	...choices.filter(({ service }) => service !== choice.service),
	...(choice.selector === '' ? [] : [choice]),
];

/** The streams that somebody has said a service's lines are in. */
export const streamsChosenFor = (choices: readonly StreamChoice[], service: string): string | undefined =>
	choices.findLast(choice => choice.service === service)?.selector;
