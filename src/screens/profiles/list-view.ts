import type { ListedProfile } from '../../model/profile-draft.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintField } from '../../widgets/field-view.ts';
import { paintLine, paintSegments, type Segment, segment, segmentsOf } from '../../widgets/line.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { answersRow } from '../dialogs/dialog-rows.ts';
import { cursorOf, demoRow, type ProfileList, pickedProfile, rowsOf } from './list.ts';

/** Rows below the list: a rule, and what is to be said of the row under the cursor. */
const belowRows = 5;
const mostNameColumns = 24;
/** From this width on all is said of a profile. */
const roomy = 80;

/**
 *      prod-eu   open, read-only      prometheus metrics.example  loki logs.example
 *     ▌staging   read-only            grafana grafana.example
 *      demo      the embedded incident
 *     ────────────────────────────────────────────────────────────────────────────
 */
export function paintList(surface: Surface, list: ProfileList, theme: Theme): void {
	if (list.unread !== undefined) {
		paintWords(surface, list.unread, 'warning', theme);
		return;
	}
	if (list.entries === undefined) return;
	const rows = rowsOf(list);
	const height = Math.max(1, Math.min(rows.length, surface.height - belowRows));
	const cursor = cursorOf(list);
	const offset = offsetFor(0, cursor, rows.length, height);
	const columns = Math.min(mostNameColumns, Math.max(...rows.map(widthOf))) + 2;
	rows.slice(offset, offset + height).forEach((name, y) => {
		paintProfile(surface.within(0, y, surface.width, 1), name, { list, columns, theme });
		if (offset + y === cursor) paintSelected(surface, y, surface.width, theme);
	});
	surface.put(0, height, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	paintBelow(surface.within(0, height + 1, surface.width, surface.height - height - 1), list, theme);
}

type Look = { readonly list: ProfileList; readonly columns: number; readonly theme: Theme };

function paintProfile(row: Surface, name: string, { list, columns, theme }: Look): void {
	const ellipsis = theme.glyph('ellipsis');
	row.put(1, 0, fit(sanitize(name), columns - 1, { ellipsis }));
	const rest = row.within(columns + 1, 0, Math.max(0, row.width - columns - 1), 1);
	const saved = list.entries?.find(each => each.name === name);
	if (saved === undefined) {
		paintSegments(rest, 0, 0, [segment('the embedded incident', theme.style('dim'))], ellipsis);
		return;
	}
	paintLine(
		rest,
		0,
		reachSegments(saved, theme),
		[segment(marksOf(saved, list, row.width >= roomy), theme.style('dim'))],
		ellipsis,
	);
}

const reachSegments = ({ reaches }: ListedProfile, theme: Theme): readonly Segment[] =>
	reaches.flatMap(({ backend, host }) => [segment(`${backend} `, theme.style('dim')), segment(`${sanitize(host)}  `)]);

/** What sets a profile apart, in words; where there is little room, only what is of use for choosing. */
const marksOf = ({ name, isCurrent, draft }: ListedProfile, { open }: ProfileList, isRoomy: boolean): string =>
	[
		...(name === open ? ['open'] : []),
		...(isCurrent ? ['at start'] : []),
		...(isRoomy && draft.readOnly ? ['read-only'] : []),
		...(isRoomy && draft.colour !== undefined ? [draft.colour] : []),
	].join(', ');

function paintBelow(surface: Surface, list: ProfileList, theme: Theme): void {
	const { naming, removing, problem, told } = list;
	if (removing !== undefined) {
		const sentence = `Remove ${removing.name}? Its addresses, and what you have said of its alerts and streams, are forgotten.`;
		const rows = paintWords(surface, sentence, 'text', theme);
		const answers = segmentsOf(answersRow(removing.focus, 'remove', theme).segments, theme);
		paintSegments(surface, 1, rows + 1, answers, theme.glyph('ellipsis'));
		return;
	}
	if (naming !== undefined) {
		const name = sanitize(naming.name);
		const label = naming.what === 'copy' ? `Copy ${name} as ` : `Rename ${name} to `;
		const at = surface.put(1, 0, label, theme.style('strong'));
		paintField(surface.within(at, 0, Math.max(0, surface.width - at), 1), naming.field);
		if (problem !== undefined) {
			paintWords(surface.within(0, 1, surface.width, surface.height - 1), problem, 'warning', theme);
		}
		return;
	}
	if (problem !== undefined) paintWords(surface, problem, 'warning', theme);
	else paintWords(surface, told ?? aboutRow(list), told === undefined ? 'dim' : 'text', theme);
}

function aboutRow(list: ProfileList): string {
	if (list.entries?.length === 0) return 'No profile is saved yet. a adds one.';
	if (pickedProfile(list) === undefined) return `${demoRow} shows every screen without any server.`;
	return list.open === undefined ? 'enter opens it.' : 'enter opens it; the trail comes along, its answers do not.';
}

/** Gives the number of rows. */
function paintWords(surface: Surface, text: string, role: 'text' | 'dim' | 'warning', theme: Theme): number {
	const lines = wrapText(text, Math.max(1, surface.width - 2)).slice(0, surface.height);
	lines.forEach((line, y) => {
		surface.put(1, y, sanitize(line), theme.style(role));
	});
	return lines.length;
}
