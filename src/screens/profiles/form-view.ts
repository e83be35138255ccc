import { formatDuration } from '../../analysis/format.ts';
import { maskedSecret } from '../../analysis/secret-words.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintField } from '../../widgets/field-view.ts';
import { paintLine, paintSegments, type Segment, segment, segmentsOf } from '../../widgets/line.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { TextField } from '../../widgets/text-field.ts';
import type { Theme } from '../../widgets/theme.ts';
import { sentenceRows } from '../dialogs/dialog-rows.ts';
import { type FieldName, fieldOf, isBackend, isText, linesOf, nameOf, type ProfileForm, textOf } from './form.ts';
import { openChecks, stateOfCheck } from './form-checks.ts';
import { choicesOf, exampleOf, labelOf } from './form-lines.ts';

/** Columns of the words before a line, and of the whole form at most. */
const labelColumns = 14;
const mostColumns = 100;
/** Rows below the lines, for what is to be said of the one in focus; more where it is longer, which the lines make room for. */
const remarkRows = 3;
const mostRemarkRows = 6;
/** Of the lines so many rows stay. */
const leastRows = 4;

/** A row of the form: a line, or what came of the look at its backend. */
type Row = { readonly field: FieldName; readonly part: 'line' | 'result' };

/**
 *      Ask            each by itself  through one Grafana
 *
 *     ▌Prometheus     http://metrics.example:9090
 *                     ✓ Prometheus 3.5.0, 12 ms
 *      Alertmanager   alerts.example:9093
 */
export function paintForm(surface: Surface, form: ProfileForm, theme: Theme): void {
	const room = surface.within(0, 0, Math.min(mostColumns, surface.width), surface.height);
	const said = remarkOf(form);
	const mostSaid = Math.max(remarkRows, Math.min(mostRemarkRows, room.height - leastRows));
	const remark = sentenceRows(sanitize(said.text), room.width - 2, said.role, mostSaid);
	const height = Math.max(0, room.height - Math.max(remarkRows, remark.length));
	const rows = linesOf(form).flatMap((field): readonly Row[] => [
		{ field, part: 'line' },
		...(isBackend(field) ? [{ field, part: 'result' } as const] : []),
	]);
	const focus = rows.findIndex(({ field }) => field === form.focus);
	const offset = offsetFor(0, focus, rows.length, height, 2);
	rows.slice(offset, offset + height).forEach(({ field, part }, y) => {
		const row = room.within(0, y, room.width, 1);
		if (part === 'result') paintResult(row, form, field, theme);
		else paintFormLine(row, form, field, theme);
	});
	remark.forEach(({ segments }, index) => {
		const row = room.within(1, height + index, room.width - 2, 1);
		paintSegments(row, 0, 0, segmentsOf(segments, theme), theme.glyph('ellipsis'));
	});
}

function paintFormLine(row: Surface, form: ProfileForm, field: FieldName, theme: Theme): void {
	const isFocused = form.focus === field;
	if (isFocused) row.put(0, 0, theme.glyph('selection'), theme.style('strong'));
	row.put(1, 0, labelOf(form, field), theme.style(isFocused ? 'strong' : 'dim'));
	const rest = row.within(labelColumns, 0, row.width - labelColumns, 1);
	if (!isText(field)) {
		paintSegments(rest, 0, 0, choiceSegments(form, field, theme), theme.glyph('ellipsis'));
		return;
	}
	const shown = shownField(form, field);
	if (isFocused) {
		paintField(rest, shown);
	} else if (shown.text === '' && field === 'secret' && form.saved?.keepsSecret) {
		rest.put(0, 0, '(as saved)', theme.style('dim'));
	} else paintLine(rest, 0, [segment(sanitize(shown.text))], [], theme.glyph('ellipsis'));
}

/** What stands in a line: a secret masked, the name that is suggested until another is given. */
function shownField(form: ProfileForm, field: Exclude<FieldName, 'way' | 'auth' | 'colour' | 'silences'>): TextField {
	const typed = form.texts[field];
	if (field === 'name' && !form.isNamed) return fieldOf(nameOf(form));
	if (field !== 'secret') return typed;
	const text = maskedSecret(typed.text);
	const before = maskedSecret(typed.text.slice(0, typed.cursor));
	return { text, cursor: text === typed.text ? typed.cursor : before.length };
}

/** Each of the choices; the chosen one stands out with a mark, and reversed where its line has the focus. */
function choiceSegments(form: ProfileForm, field: FieldName, theme: Theme): readonly Segment[] {
	const isFocused = form.focus === field;
	return choicesOf(form, field).map(({ word, isChosen }, at, choices) => {
		const isLast = at === choices.length - 1;
		const chosen = isFocused ? theme.style('selection') : theme.style('strong');
		const style = isChosen ? chosen : theme.style('dim');
		return segment(isChosen ? `(${word})` : ` ${word}${isLast ? '' : ' '}`, style);
	});
}

/** What came of the look at a backend, in a row; the whole of it is told below while its line has the focus. */
function paintResult(row: Surface, form: ProfileForm, field: FieldName, theme: Theme): void {
	if (!isBackend(field)) return;
	const state = stateOfCheck(form, field);
	const rest = row.within(labelColumns, 0, row.width - labelColumns, 1);
	if (state === undefined) {
		const example = form.focus === field && textOf(form, field) === '' ? `such as ${exampleOf(field)}` : '';
		rest.put(0, 0, example, theme.style('dim'));
		return;
	}
	if (state === 'testing') {
		rest.put(0, 0, `testing ${theme.glyph('ellipsis')}`, theme.style('dim'));
		return;
	}
	const { role, glyph } = looks[state.state];
	const took = state.roundTrip === undefined ? '' : `, ${formatDuration(state.roundTrip)}`;
	const words = `${theme.glyph(glyph)} ${sanitize(state.words)}${state.state === 'bad' ? '' : took}`;
	paintSegments(rest, 0, 0, [segment(words, theme.style(role))], theme.glyph('ellipsis'));
}

const looks = {
	good: { role: 'ok', glyph: 'ok' },
	warning: { role: 'warning', glyph: 'warning' },
	bad: { role: 'error', glyph: 'error' },
} as const;

type Remark = { readonly text: string; readonly role: 'warning' | 'dim' };

/** What is to be said below the lines, the most pressing alone. */
function remarkOf(form: ProfileForm): Remark {
	if (form.problem !== undefined) return { text: form.problem, role: 'warning' };
	if (form.saving) return { text: 'Saving it.', role: 'dim' };
	if (form.entered) {
		const names = openChecks(form).map(({ backend }) => labelOf(form, backend));
		return { text: `Testing ${names.join(', ')}, then it is saved.`, role: 'dim' };
	}
	if (form.note !== undefined) return { text: form.note, role: 'dim' };
	const { focus } = form;
	const state = isBackend(focus) ? stateOfCheck(form, focus) : undefined;
	if (state !== undefined && state !== 'testing' && state.next !== undefined) {
		return { text: `${state.words} ${state.next}`, role: 'warning' };
	}
	return { text: aboutOf(form, focus), role: 'dim' };
}

/** What a line is about, while it has the focus. */
function aboutOf(form: ProfileForm, field: FieldName): string {
	switch (field) {
		case 'way':
			return 'One Grafana stands before them all, or each is asked at an address of its own.';
		case 'auth':
			return 'Sent to all of the above, and to no other host.';
		case 'secret':
			return aboutSecret(form);
		case 'ca':
			return aboutAuthorities(form);
		case 'tenant':
			return 'The ID of the tenant, sent as X-Scope-OrgID; several with | between. Most installations have none.';
		case 'name':
			return 'The header shows it, and :profile opens it by this name.';
		case 'colour':
			return 'Behind the name in the header. Red is for what must not be touched by mistake.';
		case 'silences':
			return form.readOnly ? 'Nothing can be changed through this profile.' : 'S silences an alert, after a question.';
		default:
			return '';
	}
}

const aboutAuthorities = (form: ProfileForm): string =>
	textOf(form, 'ca') === form.left.ca
		? 'A file of PEM, such as ~/company-ca.pem: the authorities that all of the above trust, in the place of the usual ones.'
		: 'It is tested when you leave the line.';

function aboutSecret(form: ProfileForm): string {
	const text = textOf(form, 'secret');
	if (text === '' && form.saved?.keepsSecret) {
		return 'It stays as it is saved unless you type another, or where one is: env:NAME, file:PATH, cmd:COMMAND.';
	}
	if (text === '') return 'The secret itself, or where it is: env:NAME, file:PATH, cmd:COMMAND.';
	return text === form.left.secret ? '' : 'It is tested when you leave the line.';
}
