import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import type { Theme } from './theme.ts';

/** One part of every bar: a count for each column, drawn above the layers before it. */
export type HistogramLayer = {
	readonly counts: readonly number[];
	readonly style: Style;
};

/**
 * Bars over columns, layer upon layer from the bottom, all to one scale from zero. A column with anything in it shows at
 * least the lowest bar; a cell has the style of the layer at its middle.
 *
 *      ▂█▂
 *     ▄███▂ ▁     ▇
 */
export function paintHistogram(surface: Surface, layers: readonly HistogramLayer[], theme: Theme): void {
	const totals = Array.from({ length: surface.width }, (_, column) => totalOf(layers, column));
	const highest = Math.max(0, ...totals);
	if (highest <= 0) return;
	totals.forEach((total, column) => {
		if (total > 0) paintBar(surface, column, { total, highest }, layers, theme);
	});
}

const totalOf = (layers: readonly HistogramLayer[], column: number): number =>
	layers.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0);

type Scale = { readonly total: number; readonly highest: number };

function paintBar(
	surface: Surface,
	column: number,
	{ total, highest }: Scale,
	layers: readonly HistogramLayer[],
	theme: Theme,
): void {
	const eighths = Math.max(1, Math.round((total / highest) * surface.height * 8));
	for (let row = 0; row * 8 < eighths; row++) {
		const filled = Math.min(8, eighths - row * 8);
		const layer = layerAt(layers, column, ((row * 8 + filled / 2) * total) / eighths);
		surface.put(column, surface.height - 1 - row, theme.bars[filled - 1] ?? '', layer?.style);
	}
}

/** The layer that a bar shows at this height, in units of the counts. */
function layerAt(layers: readonly HistogramLayer[], column: number, height: number): HistogramLayer | undefined {
	let below = 0;
	for (const layer of layers) {
		below += layer.counts[column] ?? 0;
		if (below > height) return layer;
	}
	return layers.findLast(({ counts }) => (counts[column] ?? 0) > 0);
}
