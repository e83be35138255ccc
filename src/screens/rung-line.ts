import type { RungTo } from '../investigation/rung.ts';
import type { Place } from '../model/place.ts';
import { type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';

/** `w  37 lines in 10h (press w)`: what a question near the one that found nothing has found. */
export const rungLine = ({ key, found }: RungTo<Place, string>, theme: Theme): readonly Segment[] =>
	key === undefined
		? [segment(`${theme.glyph('dash')}  ${found}`, theme.style('dim'))]
		: [segment(key, theme.style('link')), segment(`  ${found} (press ${key})`, theme.style('text'))];
