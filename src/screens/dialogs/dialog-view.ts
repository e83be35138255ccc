import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { paintField } from '../../widgets/field-view.ts';
import { paintLine, paintSegments, segment, segmentsOf } from '../../widgets/line.ts';
import type { Theme } from '../../widgets/theme.ts';
import { correctionRows } from './correction-dialog.ts';
import type { Dialog } from './dialog.ts';
import { answersRow, type DialogRow, type Drawing, sentenceRows } from './dialog-rows.ts';
import { secretsWords } from './secrets-dialog.ts';
import { silenceRows } from './silence-rows.ts';

const mostColumns = 60;
/** The border, and a column of air beside it. */
const frame = { columns: 4, rows: 2 };

/**
 * The dialog in the middle of the screen that it interrupts.
 *
 *     ┌ Acknowledge PierErrors ──────────────────┐
 *     │ It is silent for 15 m, marked as yours.  │
 *     │ > leave       acknowledge                │
 *     └──────────────────────────────────────────┘
 */
export function paintDialog(
	surface: Surface,
	dialog: Dialog,
	look: Pick<Drawing, 'theme' | 'now' | 'timeFormat'>,
): void {
	const columns = Math.min(mostColumns, surface.width);
	const inside = { width: columns - frame.columns, height: surface.height - frame.rows };
	const rows = rowsOf(dialog, { ...look, ...inside }).slice(0, inside.height);
	const height = rows.length + frame.rows;
	const left = Math.floor((surface.width - columns) / 2);
	const box = surface.within(left, Math.max(0, Math.floor((surface.height - height) / 2)), columns, height);
	paintFrame(box, titleOf(dialog), look.theme);
	rows.forEach((row, y) => {
		paintRow(box.within(1, y + 1, columns - 2, 1), row, look.theme);
	});
}

function titleOf(dialog: Dialog): string {
	switch (dialog.kind) {
		case 'silence':
			return `Silence ${dialog.about}`;
		case 'correction':
			return `Whom ${dialog.about} is about`;
		case 'confirm':
			return dialog.title;
		case 'secrets':
			return secretsWords.title;
	}
}

type Words = { readonly sentence: string; readonly verb: string; readonly leave?: string };

function rowsOf(dialog: Dialog, drawing: Drawing): readonly DialogRow[] {
	if (dialog.kind === 'silence') return silenceRows(dialog, drawing);
	if (dialog.kind === 'correction') return correctionRows(dialog, drawing);
	const { sentence, verb, leave }: Words = dialog.kind === 'secrets' ? secretsWords : dialog;
	return [
		...sentenceRows(sentence, drawing.width, 'text', drawing.height - 2),
		{ segments: [] },
		answersRow(dialog.focus, verb, drawing.theme, leave),
	];
}

function paintFrame(box: Surface, title: string, theme: Theme): void {
	const [topLeft, topRight, bottomLeft, bottomRight] = theme.unicode ? '┌┐└┘' : '++++';
	const line = theme.glyph('horizontal').repeat(box.width - 2);
	const side = theme.glyph('vertical');
	const dim = theme.style('dim');
	box.put(0, 0, `${topLeft}${line}${topRight}`, dim);
	for (let y = 1; y < box.height - 1; y++) {
		box.put(0, y, ' '.repeat(box.width));
		box.put(0, y, side, dim);
		box.put(box.width - 1, y, side, dim);
	}
	box.put(0, box.height - 1, `${bottomLeft}${line}${bottomRight}`, dim);
	const text = fit(title, box.width - 4, { ellipsis: theme.glyph('ellipsis') });
	box.put(1, 0, ` ${text} `, theme.style('strong'));
}

/** The mark of the focus stands in the column of air. */
function paintRow(row: Surface, { segments, field, focused = false, after }: DialogRow, theme: Theme): void {
	if (focused) row.put(0, 0, theme.glyph('selection'), theme.style('strong'));
	const inner = row.within(1, 0, row.width - 2, 1);
	const right = after === undefined ? [] : segmentsOf([after], theme);
	paintLine(inner, 0, segmentsOf(segments, theme), right, theme.glyph('ellipsis'));
	if (field === undefined) return;
	const start = segments.reduce((sum, { text }) => sum + text.length, 0);
	const room = inner.within(start, 0, inner.width - start - (after?.text.length ?? 0), 1);
	if (focused) paintField(room, field);
	else paintSegments(room, 0, 0, [segment(field.text)], theme.glyph('ellipsis'));
}
