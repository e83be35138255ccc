import { sanitize } from '../terminal/sanitize.ts';
import type { Surface } from '../terminal/surface.ts';
import { paintLine, type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';

/** A step of narrowing as it is read; what it hides is told apart from what it keeps. */
export type Chip = { readonly text: string; readonly hides?: boolean };

/** `1 pod=a  2 not "healthz"`: the steps of narrowing, by the numbers under which `X` takes them away. */
export function paintChipRow(surface: Surface, chips: readonly Chip[], theme: Theme): void {
	if (surface.height === 0) return;
	const segments = chips.flatMap(({ text, hides }, index): readonly Segment[] => [
		segment(` ${index + 1} `, theme.style('dim')),
		segment(sanitize(text), theme.style(hides === true ? 'warning' : 'link')),
		segment(' '),
	]);
	const hint = [segment('backspace takes the last away, X any ', theme.style('dim'))];
	paintLine(surface, 0, segments, surface.width >= 100 ? hint : [], theme.glyph('ellipsis'));
}

/** What is wrong with a number that is to take a chip away; `undefined` when there is one under it. */
export const chipProblem = (text: string, chips: readonly string[]): string | undefined =>
	chips[Number(text) - 1] === undefined
		? `Type a number: ${chips.map((chip, index) => `${index + 1} ${chip}`).join('  ')}`
		: undefined;
