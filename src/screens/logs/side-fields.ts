import type { FieldSummary } from '../../analysis/field-tally.ts';
import { formatCount, formatFigure, formatShare } from '../../analysis/format.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { type Segment, segment } from '../../widgets/line.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { SideRow } from './side-rows.ts';
import type { LogsViewProps } from './view.tsx';

type FieldRow = Extract<SideRow, { readonly kind: 'field' | 'value' | 'others' }>;
type Line = { readonly left: readonly Segment[]; readonly right?: readonly Segment[] };

/** A field: `▸ status   60 %   2  200 67 %  502 33 %`; below an open one its values: `    502        1   33 %`. */
export function fieldLine(row: FieldRow, width: number, { theme, findings }: LogsViewProps): Line {
	if (row.kind === 'field') return headLine(row, width, theme, lastValueOf(findings.digest)?.lines ?? 0);
	const { field } = row;
	const lines = row.kind === 'value' ? row.value.lines : field.others;
	const left =
		row.kind === 'value'
			? segment(`    ${shownValue(row.value.value)}`, theme.style('text'))
			: segment(`    any other${field.isMore ? ' of many' : ''}`, theme.style('dim'));
	const right = segment(`${formatCount(lines)} ${formatShare(lines / field.lines).padStart(7)}`, theme.style('dim'));
	return { left: [left], right: [right] };
}

function headLine(
	{ field, isOpen }: Extract<SideRow, { readonly kind: 'field' }>,
	width: number,
	theme: Theme,
	lines: number,
): Line {
	const column = Math.max(8, Math.min(22, Math.floor(width * 0.3)));
	const ellipsis = theme.glyph('ellipsis');
	const name = fit(sanitize(field.name), column, { keep: 'ends', ellipsis });
	const count = `${formatCount(field.distinct)}${field.isMore ? '+' : ''}`;
	return {
		left: [
			segment(`${theme.glyph(isOpen ? 'opened' : 'closed')} `, theme.style('dim')),
			segment(
				name + ' '.repeat(Math.max(0, column - widthOf(name))),
				theme.style(field.use === 'values' ? 'text' : 'dim'),
			),
			segment(formatShare(field.lines / Math.max(1, lines)).padStart(8), theme.style('dim')),
			segment(count.padStart(6), theme.style('dim')),
			segment('  '),
			...gist(field, theme),
		],
	};
}

/** What can be said of the values in the rest of a row. */
function gist(field: FieldSummary, theme: Theme): readonly Segment[] {
	const { use, values, lines, range } = field;
	const dim = (text: string): Segment => segment(text, theme.style('dim'));
	switch (use) {
		case 'identifier':
			return [dim('identifier')];
		case 'figure':
			return [dim(range === undefined ? '' : `${formatFigure(range[0])} to ${formatFigure(range[1])}`)];
		case 'constant':
			return [dim(shownValue(values[0]?.value ?? ''))];
		case 'values':
			return values
				.slice(0, 5)
				.flatMap(({ value, lines: count }) => [segment(shownValue(value)), dim(` ${formatShare(count / lines)}  `)]);
	}
}

const shownValue = (value: string): string => (value === '' ? '""' : sanitize(value.slice(0, 200)));
