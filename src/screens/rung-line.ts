import type { RungTo } from '../investigation/rung.ts';
import { type Loadable, lastOf } from '../model/loadable.ts';
import type { Place } from '../model/place.ts';
import { type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { wrapText } from '../widgets/wrap.ts';

/** `w  37 lines in 10h (press w)`: what a question near the one that found nothing has found. */
export const rungLine = (
	{ key, found }: Pick<RungTo<Place, string>, 'key' | 'found'>,
	theme: Theme,
): readonly Segment[] =>
	key === undefined
		? [segment(`${theme.glyph('dash')}  ${found}`, theme.style('dim'))]
		: [segment(key, theme.style('link')), segment(`  ${found} (press ${key})`, theme.style('text'))];

/** The ladder of a place that is empty: that it is being asked for, its rungs, and what could not be tried. */
export function ladderLines(
	pane: Loadable<readonly RungTo<Place, string>[]>,
	width: number,
	theme: Theme,
): readonly (readonly Segment[])[] {
	const text = (words: string) => wrapText(words, width).map(line => [segment(line, theme.style('dim'))]);
	const ladder = lastOf(pane);
	return [
		...(pane.status === 'waiting' && ladder === undefined
			? text(`Asking what else would find some ${theme.glyph('ellipsis')}`)
			: []),
		...(ladder?.value ?? []).map(rung => rungLine(rung, theme)),
		...(ladder?.notes ?? []).flatMap(note => text(note.text)),
	];
}
