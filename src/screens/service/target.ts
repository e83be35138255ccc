import { promMatcher } from '../../analysis/promql-build.ts';
import { type FoundTarget, familiesOf, type MissingTarget } from '../../analysis/service-target.ts';
import type { Surface } from '../../terminal/surface.ts';
import type { Marked } from '../../widgets/line.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintLadder } from './ladder.ts';
import type { ServiceViewProps } from './view.tsx';

/** Which metrics are charted and why, and what else there was. */
export function targetWords(target: FoundTarget): readonly Marked[] {
	const duration =
		target.duration === undefined ? 'no duration metric' : `${target.duration.base} (${target.duration.flavour})`;
	return [
		{ text: `${target.convention}: ${target.rateMetric}${target.selector}`, role: 'strong' },
		{ text: target.reason },
		{ text: `durations from ${duration}`, role: 'dim' },
		errorWords(target),
		...(target.others.length === 0
			? []
			: [{ text: `Families here: ${familiesOf(target).join(', ')}. F takes the next, --family one by its name.` }]),
		...target.others.map(
			({ convention, rateMetric, selector }): Marked => ({
				text: `not chosen: ${convention} ${rateMetric}${selector}`,
				role: 'dim',
			}),
		),
	];
}

function errorWords({ errorMatcher, otherErrorMatcher }: FoundTarget): Marked {
	const matchers = [errorMatcher, otherErrorMatcher].filter(each => each !== undefined);
	if (matchers.length === 0) return { text: 'No label tells errors.', role: 'warning' };
	return { text: `errors are ${matchers.map(promMatcher).join(' or ')}`, role: 'dim' };
}

/** Why there are no panels, and the services that have some: `enter` goes to the one under the cursor. */
export function paintMissing(surface: Surface, target: MissingTarget, row: number, props: ServiceViewProps): void {
	const { theme } = props;
	let y = 0;
	for (const text of [target.looked, target.next]) {
		for (const line of wrapText(text, surface.width)) surface.put(0, y++, line);
	}
	y += paintLadder(surface.within(0, y, surface.width, surface.height - y), props);
	if (target.near.length === 0) return;
	y++;
	surface.put(0, y++, 'Services with request metrics, nearest in spelling first:', theme.style('dim'));
	const list = surface.within(0, y, surface.width, surface.height - y);
	const offset = offsetFor(0, row, target.near.length, list.height, 0);
	target.near.slice(offset, offset + list.height).forEach(({ label, value, convention }, index) => {
		const end = list.put(2, index, value, theme.style('link'));
		list.put(end, index, `  (${label}, ${convention})`, theme.style('dim'));
		if (offset + index === row) paintSelected(list, index, list.width, theme);
	});
}
