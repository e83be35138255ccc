import { formatBytes, formatDuration } from '../analysis/format.ts';
import { dialogHints } from '../screens/dialogs/dialog.ts';
import { setupHints } from '../screens/profiles/setup.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { columnInField, paintField } from '../widgets/field-view.ts';
import { paintSegments, type Segment, segment, segmentsOf } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { wrapText } from '../widgets/wrap.ts';
import { risen, shownFrame } from './history.ts';
import { formatKeys } from './key-names.ts';
import { ownPrompt } from './prompt.ts';
import { screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { askedSince, type Prompt, type State, shownPlace } from './state.ts';

/** More of a message than this would hide what it is about. */
const mostMessageRows = 3;

/** One row of the footer; `field` is a line being typed, after its label. */
export type FooterLine = {
	readonly segments: readonly Segment[];
	readonly field?: Pick<Prompt, 'text' | 'cursor'>;
	/** Where in the line something is wrong: marked in the row below it. */
	readonly faultAt?: number;
	/** The same text in its colours. */
	readonly colours?: readonly Segment[];
};

/**
 * The rows at the bottom, at least two: what happened, and the keys that matter now. A message longer than a row takes
 * more of them. While a line is typed it stands in the last row and what is wrong with it above.
 */
export function footerLines(state: State, theme: Theme): readonly FooterLine[] {
	const { prompt, message, size } = state;
	if (prompt !== undefined) return promptLines(state, prompt, theme);
	const style = theme.style(message?.tone === 'refusal' ? 'warning' : 'text');
	const quiet = () => oldLine(state, theme) ?? readLine(state, theme);
	const told = message === undefined ? [quiet()] : messageLines(message.text, size.width, style);
	return [...told, { segments: keySegments(state, theme) }];
}

/** `Loki at logs.example:3100 refused the connection.`: a row of it, since what it would hide goes on being of use. */
function oldLine(state: State, theme: Theme): FooterLine | undefined {
	if (state.setup !== undefined || state.overlay !== undefined) return undefined;
	const shown = shownOf(state);
	const failure = screenAt(shown.place).whyOld?.(shown);
	return failure && { segments: [segment(failure.what, theme.style('error'))] };
}

/** `Loki read 1.1 MB in 40 ms, 42 MB in all`, at the right: what the logs have cost. */
function readLine(state: State, theme: Theme): FooterLine {
	const { bytes, last } = state.read;
	if (last === undefined || state.setup !== undefined || shownPlace(state).kind !== 'logs') return { segments: [] };
	const text = `Loki read ${formatBytes(last.bytes)} in ${formatDuration(last.took)}, ${formatBytes(bytes)} in all `;
	const before = ' '.repeat(Math.max(0, state.size.width - widthOf(text)));
	return { segments: [segment(before), segment(text, theme.style('dim'))] };
}

const messageLines = (text: string, width: number, style: Segment['style']): readonly FooterLine[] =>
	wrapText(text, width)
		.slice(0, mostMessageRows)
		.map(line => ({ segments: [segment(line, style)] }));

function promptLines(state: State, prompt: Prompt, theme: Theme): readonly FooterLine[] {
	const own = ownPrompt(state, prompt.name);
	const { label, hint } = wordsOf(state, prompt);
	const fault = own?.fault?.(prompt.text, shownOf(state));
	const problem =
		prompt.problem ??
		fault?.words ??
		(prompt.text === prompt.before ? undefined : own?.problem?.(prompt.text, shownOf(state)));
	return [
		...messageLines(problem ?? hint, state.size.width, theme.style(problem === undefined ? 'dim' : 'warning')),
		{
			segments: [segment(label, theme.style('strong'))],
			field: prompt,
			...(fault === undefined ? {} : { faultAt: fault.at }),
			...(own?.colours === undefined ? {} : { colours: segmentsOf(own.colours(prompt.text), theme) }),
		},
		// Kept for the mark while there is none, so that the screen does not jump at every key.
		...(own?.fault === undefined ? [] : [{ segments: [] }]),
	];
}

function wordsOf(state: State, prompt: Prompt): { readonly label: string; readonly hint: string } {
	if (prompt.kind === 'command') return { label: ':', hint: 'enter goes there  tab completes  esc leaves' };
	const own = ownPrompt(state, prompt.name);
	if (own !== undefined) return { label: own.label, hint: `${own.hint}  esc leaves` };
	const { search } = screenAt(shownFrame(state.history).place);
	const remark = search?.remark?.(prompt.text);
	if (remark !== undefined) return { label: `${search?.label}/`, hint: `${remark}  enter keeps it  esc takes it away` };
	return { label: `${search?.label ?? 'filter'}/`, hint: 'enter keeps it  esc takes it away' };
}

export function paintFooter(surface: Surface, lines: readonly FooterLine[], theme: Theme): void {
	lines.forEach(({ segments, field, faultAt, colours }, y) => {
		const end = paintSegments(surface, 0, y, segments, theme.glyph('ellipsis'));
		if (field === undefined) return;
		const room = surface.within(end, y, surface.width - end, 1);
		paintField(room, field, colours);
		if (faultAt === undefined) return;
		const column = Math.max(0, Math.min(room.width - 1, columnInField(field, faultAt, room.width)));
		surface.put(end + column, y + 1, '^', theme.style('error'));
	});
}

type FooterKey = { readonly name: string; readonly label: string };

/** `enter panels  l logs  / filter … ? help`: as many as fit, `? help` always. */
function keySegments(state: State, theme: Theme): readonly Segment[] {
	const help: readonly FooterKey[] = isCovered(state) ? [] : [{ name: '?', label: 'help' }];
	const keys = keysOver(state) ?? keysNow(state);
	let room = state.size.width - help.reduce((sum, key) => sum + widthOf(textOf(key)), 0);
	const fitting = keys.filter(key => {
		const fits = widthOf(textOf(key)) <= room;
		if (fits) room -= widthOf(textOf(key));
		return fits;
	});
	return [...fitting, ...help].flatMap(({ name, label }) => [
		segment(name, theme.style('strong')),
		segment(` ${label}  `, theme.style('dim')),
	]);
}

const isCovered = ({ overlay, dialog, setup }: State): boolean =>
	overlay !== undefined || dialog !== undefined || setup !== undefined;

/** The keys of what lies over the screen, if anything does. */
function keysOver({ overlay, dialog, setup }: State): readonly FooterKey[] | undefined {
	if (dialog !== undefined) return dialogHints(dialog).map(({ keys, label }) => ({ name: keys, label }));
	if (overlay !== undefined) return [closeKey, scrollKey];
	return setup && setupHints(setup).map(({ keys, label }) => ({ name: formatKeys(keys), label }));
}

const textOf = ({ name, label }: FooterKey): string => `${name} ${label}  `;

const closeKey: FooterKey = { name: 'esc', label: 'close' };
const scrollKey: FooterKey = { name: 'j k', label: 'scroll' };

/** The screen's own keys in the order of their use, then those of the shell that a newcomer needs to see. */
function keysNow(state: State): readonly FooterKey[] {
	const shown = shownOf(state);
	const { keys, search } = screenAt(shown.place);
	const own = keys
		.filter(({ changes, idle }) => !(changes && state.banner.readOnly) && idle?.(shown) === undefined)
		.flatMap(({ keys: [key = ''], pair, label, labelNow, footer, footerNow }) => {
			const at = footerNow === undefined ? footer : footerNow(shown);
			const name = formatKeys(pair === undefined ? [key] : [key, pair]);
			return at === undefined ? [] : [{ name, label: labelNow?.(shown) ?? label, at }];
		});
	const searching =
		search === undefined
			? []
			: [{ name: '/', label: search.label.split(' ')[0] ?? 'search', at: search.footer ?? Number.POSITIVE_INFINITY }];
	const { undo, now } = state;
	const stops = screenAt(shown.place).escape?.(shown)?.type === 'stop';
	return [
		...(undo !== undefined && now < undo.until ? [{ name: 'u', label: 'undo' }] : []),
		...(stops ? upKeys(state) : []),
		...[...own, ...searching].sort((a, b) => a.at - b.at),
		...(stops ? [] : upKeys(state)),
		{ name: ':', label: 'go to' },
		{ name: '!', label: 'queries' },
	];
}

/** What the screen can close or stop goes first; at the root there is nothing above: `esc` stops a long wait there. */
function upKeys(state: State): readonly FooterKey[] {
	const name = formatKeys(['escape']);
	const shown = shownOf(state);
	const own = screenAt(shown.place).escape?.(shown);
	if (own !== undefined) return [{ name, label: own.type === 'stop' ? 'stop' : 'close' }];
	if (risen(state.history) !== state.history) return [{ name, label: 'up' }];
	return [...(askedSince(state) === undefined ? [] : [{ name, label: 'stop' }]), { name: 'q', label: 'quit' }];
}
