import { fit, widthOf } from '../terminal/width.ts';
import type { FlameBar } from './flame.ts';

/** Where a bar's words stand, and how many columns they take. */
export type FlameLabel = { readonly x: number; readonly width: number; readonly text: string };

/** Cut shorter than this, a name says nothing. */
const leastName = 8;

/**
 * One label for each bar where there is room: inside it, right of it, left of it, or cut short where most room is.
 * Labels never touch a neighbour's bar or label.
 *
 *     ━ POST /checkout 2.07 s ━━━━    ▏ SELECT orders 4 ms    INSERT 2 ms ▏    ━━ …/orders ━
 */
export function placeLabels(
	bars: readonly FlameBar[],
	columns: number,
	ellipsis: string,
): readonly (FlameLabel | undefined)[] {
	let taken = 0;
	return bars.map((bar, index) => {
		const end = bar.x + bar.width;
		const next = bars[index + 1]?.x;
		const label = placeLabel(bar, {
			left: bar.x - taken,
			right: (next === undefined ? columns : next - 1) - end,
			ellipsis,
		});
		taken = Math.max(end, label === undefined ? 0 : label.x + label.width);
		return label;
	});
}

type Room = { readonly left: number; readonly right: number; readonly ellipsis: string };

function placeLabel(bar: FlameBar, { left, right, ellipsis }: Room): FlameLabel | undefined {
	const whole = [bar.name, bar.figure].filter(Boolean).join(' ');
	const width = widthOf(whole);
	const inside = bar.width - 4;
	if (width === 0) return undefined;
	if (width <= inside && !bar.isBeside) return insideOf(bar, whole);
	if (width + 1 <= right) return rightOf(bar, whole);
	if (width + 2 <= left) return leftOf(bar, whole);
	if (width <= inside) return insideOf(bar, whole);
	// The count of a mark may take all of it.
	if (bar.count > 1 && width <= bar.width) return labelAt(bar.x, whole);
	const [place, room] = [
		[insideOf, inside] as const,
		[rightOf, right - 1] as const,
		[leftOf, left - 2] as const,
	].reduce((best, next) => (next[1] > best[1] ? next : best));
	return room < leastName ? undefined : place(bar, cutLabel(bar, room, ellipsis));
}

/** A cell of the bar, a space, the words, a space, and the rest of the bar. */
const insideOf = ({ x }: FlameBar, text: string): FlameLabel => labelAt(x + 1, ` ${text} `);
const rightOf = ({ x, width }: FlameBar, text: string): FlameLabel => labelAt(x + width, ` ${text}`);
const leftOf = ({ x }: FlameBar, text: string): FlameLabel => labelAt(x - 1 - widthOf(text), `${text} `);

const labelAt = (x: number, text: string): FlameLabel => ({ x, text, width: widthOf(text) });

/** The end of an operation's name tells it from its siblings; the figure stays as long as enough of the name does. */
function cutLabel({ name, figure }: FlameBar, room: number, ellipsis: string): string {
	const forName = room - widthOf(figure) - 1;
	if (figure === '' || forName < leastName) return fit(name, room, { keep: 'end', ellipsis });
	return `${fit(name, forName, { keep: 'end', ellipsis })} ${figure}`;
}
