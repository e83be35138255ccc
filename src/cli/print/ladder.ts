import { formatAddress } from '../../analysis/format-address.ts';
import type { RungTo } from '../../investigation/rung.ts';
import { type Loadable, lastOf } from '../../model/loadable.ts';
import type { Place } from '../../model/place.ts';
import { isGap } from './ask.ts';
import { type Block, paragraph } from './document.ts';

/** What other questions would find, each with its address where that is something. What could not be tried is a gap. */
export function ladderBlocks(ladder: Loadable<readonly RungTo<Place, string>[]>): readonly Block[] {
	const climbed = lastOf(ladder);
	return [
		...(climbed?.value ?? []).map(({ key, found, to }) =>
			paragraph(key === undefined ? `${found}.` : `${found}: smokejumper ${formatAddress(to)}`),
		),
		...(climbed?.notes ?? []).filter(note => !isGap(note)).map(({ text }) => paragraph(text)),
	];
}
