import { lastOf } from '../../model/loadable.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { paintLine, segment } from '../../widgets/line.ts';
import { paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { type FormState, formCursor, formPane, formRows, formTitle, leadsOn } from './form.ts';
import type { TracesViewProps } from './view.tsx';

/**
 *     slower than                          enter keeps it  esc goes back
 *       any
 *     ▌ 250 ms                                                   12 here
 *       500 ms                                                    4 here
 */
export function paintForm(surface: Surface, form: FormState, props: TracesViewProps): void {
	if (surface.height === 0) return;
	const { theme } = props;
	const ellipsis = theme.glyph('ellipsis');
	const rows = formRows(props, form);
	const said = paintSaid(surface, form, props);
	const height = surface.height - 1 - said;
	const cursor = formCursor(rows, form, props);
	const filter = form.filter === '' ? '' : `  / ${form.filter}`;
	const count = rows.length > height ? `  ${cursor + 1} of ${rows.length}` : '';
	const hint = `${leadsOn(form) ? 'enter chooses' : 'enter keeps it'}  esc goes back`;
	paintLine(
		surface,
		0,
		[segment(formTitle(form), theme.style('strong')), segment(`${filter}${count}`, theme.style('dim'))],
		[segment(hint, theme.style('dim'))],
		ellipsis,
	);
	const offset = offsetFor(0, cursor, rows.length, height);
	rows.slice(offset, offset + height).forEach(({ text, aside }, index) => {
		const row = surface.within(0, 1 + index, surface.width, 1);
		const isPicked = offset + index === cursor;
		const mark = isPicked && theme.level === 'none' ? theme.glyph('selection') : ' ';
		paintLine(
			row,
			0,
			[segment(`${mark} ${sanitize(text)}`)],
			[segment(`${sanitize(aside)} `, theme.style('dim'))],
			ellipsis,
		);
		if (isPicked) row.restyle(0, 0, row.width, 1, theme.style('selection'));
	});
}

/** At the foot: what is still asked for, what failed, what a server cannot tell. Gives the number of its rows. */
function paintSaid(surface: Surface, form: FormState, props: TracesViewProps): number {
	const pane = formPane(props, form);
	if (pane === undefined) return 0;
	const { theme, now } = props;
	if (pane.status === 'idle') {
		const words = `What else there is will be asked when the search is done ${theme.glyph('ellipsis')}`;
		surface.put(
			1,
			surface.height - 1,
			fit(words, surface.width - 1, { ellipsis: theme.glyph('ellipsis') }),
			theme.style('dim'),
		);
		return 1;
	}
	if (lastOf(pane) === undefined || pane.status === 'failed') {
		const bare = pane.status === 'failed' ? { status: pane.status, failure: pane.failure, at: pane.at } : pane;
		const rows = Math.min(4, Math.max(1, surface.height - 2));
		return paintPaneState(surface.within(0, surface.height - rows, surface.width, rows), bare, {
			theme,
			now,
			whom: 'what there is',
		}) === 0
			? 0
			: rows;
	}
	const waiting = pane.status === 'waiting' ? [`asking what there is ${theme.glyph('ellipsis')}`] : [];
	const lines = [...(lastOf(pane)?.notes ?? []).map(({ text }) => text), ...waiting]
		.flatMap(text => wrapText(text, surface.width - 1))
		.slice(0, Math.max(0, surface.height - 3));
	lines.forEach((line, index) => {
		surface.put(1, surface.height - lines.length + index, line, theme.style('dim'));
	});
	return lines.length;
}
