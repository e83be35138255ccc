import type { Panes } from '../investigation/board.ts';
import type { Place } from '../model/place.ts';
import type { Binding } from '../screens/screen.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { paintLine, type Segment, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { shownFrame } from './history.ts';
import { formatKey } from './key-names.ts';
import { screenAt } from './screens.ts';
import type { Prompt, State } from './state.ts';

/**
 * The two rows at the bottom: what happened, and the keys that matter now. While a line is typed it stands in the last
 * row and what is wrong with it in the row above.
 */
export function paintFooter(surface: Surface, state: State, theme: Theme): void {
	if (state.prompt !== undefined) {
		paintPrompt(surface, state, state.prompt, theme);
		return;
	}
	if (state.message !== undefined) {
		const role = state.message.tone === 'refusal' ? 'warning' : 'text';
		paintLine(surface, 0, [segment(state.message.text, theme.style(role))], [], theme.glyph('ellipsis'));
	}
	paintLine(surface, 1, keySegments(state, theme, surface.width));
}

function paintPrompt(surface: Surface, state: State, prompt: Prompt, theme: Theme): void {
	const { search } = screenAt(shownFrame(state.history).place);
	const hint =
		prompt.kind === 'command' ? 'enter goes there  tab completes  esc leaves' : 'enter keeps it  esc takes it away';
	if (prompt.problem !== undefined) {
		paintLine(surface, 0, [segment(prompt.problem, theme.style('warning'))], [], theme.glyph('ellipsis'));
	} else {
		paintLine(surface, 0, [segment(hint, theme.style('dim'))]);
	}
	const label = prompt.kind === 'command' ? ':' : `${search?.label ?? 'filter'}/`;
	const start = surface.put(0, 1, label, theme.style('strong'));
	const room = surface.width - start - 1;
	const before = prompt.text.slice(0, prompt.cursor);
	const hidden = Math.max(0, widthOf(before) - room);
	const view = surface.within(start, 1, surface.width - start, 1);
	view.put(-hidden, 0, prompt.text);
	view.restyle(widthOf(before) - hidden, 0, 1, 1, { inverse: true });
}

/** `enter panels  l logs  / filter … ? help`: as many as fit, `? help` always. */
function keySegments(state: State, theme: Theme, width: number): readonly Segment[] {
	if (state.overlay !== undefined) return keyOf('esc', 'close', theme).concat(keyOf('j k', 'scroll', theme));
	const { keys } = screenAt(shownFrame(state.history).place);
	const help = keyOf('?', 'help', theme);
	const segments: Segment[] = [];
	let room = width - widthOf('? help  ');
	for (const { keys: names, label } of [...footerBindings(keys), ...shellFooter]) {
		const name = formatKey(names[0] ?? '');
		const size = widthOf(`${name} ${label}  `);
		if (size > room) continue;
		room -= size;
		segments.push(...keyOf(name, label, theme));
	}
	return [...segments, ...help];
}

/** Keys of the shell that a newcomer needs to see, after the screen's own. */
const shellFooter = [
	{ keys: ['/'], label: 'filter' },
	{ keys: ['escape'], label: 'up' },
	{ keys: [':'], label: 'go to' },
	{ keys: ['!'], label: 'queries' },
] as const;

const footerBindings = (keys: readonly Binding<Place, Panes, unknown>[]) =>
	keys.filter(({ footer }) => footer !== undefined).sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));

const keyOf = (name: string, label: string, theme: Theme): Segment[] => [
	segment(name, theme.style('strong')),
	segment(` ${label}  `, theme.style('dim')),
];
