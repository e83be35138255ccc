import { promMatcher } from '../../analysis/promql-build.ts';
import type { FoundTarget, MissingTarget } from '../../analysis/service-target.ts';
import type { Surface } from '../../terminal/surface.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';

/** Which metrics are charted and why, and what else there was. */
export function paintTarget(surface: Surface, target: FoundTarget, theme: Theme): void {
	const duration =
		target.duration === undefined ? 'no duration metric' : `${target.duration.base} (${target.duration.flavour})`;
	const lines: readonly (readonly [string, Role])[] = [
		[`${target.convention}: ${target.rateMetric}${target.selector}`, 'strong'],
		[target.reason, 'text'],
		[`durations from ${duration}`, 'dim'],
		errorsLine(target),
		...target.others.map(
			other => [`not chosen: ${other.convention} ${other.rateMetric}${other.selector}`, 'dim'] as const,
		),
	];
	let y = 0;
	for (const [text, role] of lines) {
		for (const line of wrapText(text, surface.width)) surface.put(0, y++, line, theme.style(role));
	}
}

function errorsLine({ errorMatcher, otherErrorMatcher }: FoundTarget): readonly [string, Role] {
	const matchers = [errorMatcher, otherErrorMatcher].filter(each => each !== undefined);
	if (matchers.length === 0) return ['No label tells errors.', 'warning'];
	return [`errors are ${matchers.map(promMatcher).join(' or ')}`, 'dim'];
}

/** Why there are no panels, and the services that have some: `enter` goes to the one under the cursor. */
export function paintMissing(surface: Surface, target: MissingTarget, row: number, theme: Theme): void {
	let y = 0;
	for (const text of [target.looked, target.next]) {
		for (const line of wrapText(text, surface.width)) surface.put(0, y++, line);
	}
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
