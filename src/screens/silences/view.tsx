import type { ReactNode } from 'react';
import { formatAge } from '../../analysis/format.ts';
import { aboutOf, type ListedSilence } from '../../analysis/silence-list.ts';
import { formatMatcher } from '../../analysis/silence-matchers.ts';
import { countedNames } from '../../analysis/silence-preview.ts';
import { fromText, isAcknowledgement, untilText } from '../../analysis/silence-words.ts';
import type { SilencesFindings } from '../../investigation/silences.ts';
import { lastOf } from '../../model/loadable.ts';
import type { SilencesPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import type { Marked } from '../../widgets/line.ts';
import { badgeOf, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { ViewProps } from '../screen.ts';
import { listHeight } from './layout.ts';
import { cursorOf, listedSilences, type SilencesState } from './state.ts';

type SilencesViewProps = ViewProps<SilencesPlace, SilencesFindings, SilencesState>;

/** The silences, and below them what is to be known of the one under the cursor. */
export function SilencesView(props: SilencesViewProps): ReactNode {
	return (
		<Canvas width={props.size.width} height={props.size.height} paint={surface => paintSilences(surface, props)} />
	);
}

export function paintSilences(surface: Surface, props: SilencesViewProps): void {
	const { findings, state, theme, now } = props;
	if (paintPaneState(surface, findings.silences, { theme, now, whom: 'Alertmanager' }) > 0) return;
	const silences = listedSilences(props);
	const cursor = cursorOf(silences, state);
	const height = listHeight(surface, silences.length);
	if (silences.length === 0) {
		paintLines(surface.within(0, 0, surface.width, height), [{ text: emptyText(props), role: 'dim' }], props);
	}
	const offset = offsetFor(cursor - Math.floor(height / 2), cursor, silences.length, height);
	silences.slice(offset, offset + height).forEach((listed, y) => {
		paintSilence(surface, y, listed, props);
		if (offset + y === cursor) paintSelected(surface, y, surface.width, theme);
	});
	surface.put(0, height, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	const below = surface.within(0, height + 1, surface.width, surface.height - height - 1);
	const chosen = silences[cursor];
	paintLines(below, [...troubles(props), ...(chosen === undefined ? [] : detailsOf(chosen, props))], props);
}

/** What the list lacks because an answer failed or was cut. */
const troubles = ({ findings, now }: SilencesViewProps): readonly Marked[] =>
	[badgeOf(findings.silences, now), badgeOf(findings.alertmanager, now)].flatMap(badge => badge ?? []);

function emptyText({ findings, state }: SilencesViewProps): string {
	const all = (lastOf(findings.silences)?.value ?? []).filter(silence => silence.state !== 'expired').length;
	return all === 0
		? 'Nothing is silenced. S on an alert silences it.'
		: `No silence (of ${all}) matches ${state.filter}. esc shows all.`;
}

/** Where state and who begin, where the right ends of time and count are, and where what and why begin. */
const columns = { state: 1, who: 9, left: 31, muted: 40, about: 42 };

/**
 *     active  mira          29m left  2 muted  PierErrors: crane is being mended
 */
function paintSilence(surface: Surface, y: number, listed: ListedSilence, { theme, now }: SilencesViewProps): void {
	const { silence, muted } = listed;
	const ellipsis = theme.glyph('ellipsis');
	const dim = theme.style('dim');
	const isActive = silence.state === 'active';
	surface.put(
		columns.state,
		y,
		fit(silence.state, columns.who - 2, { ellipsis }),
		isActive ? theme.style('text') : dim,
	);
	surface.put(columns.who, y, fit(silence.createdBy, 12, { ellipsis }));
	const left = isActive ? `${formatAge(silence.endsAt - now)} left` : `in ${formatAge(silence.startsAt - now)}`;
	surface.put(columns.left - widthOf(left), y, left, dim);
	const count = `${muted?.length ?? ellipsis} muted`;
	surface.put(columns.muted - widthOf(count), y, count, muted?.length ? theme.style('text') : dim);
	const why = isAcknowledgement(silence) ? 'acknowledged' : silence.comment;
	const text = `${aboutOf(silence)}${why === '' ? '' : `: ${why}`}`;
	surface.put(columns.about, y, fit(text, surface.width - columns.about, { ellipsis }));
}

function detailsOf(
	{ silence, muted }: ListedSilence,
	{ theme, timeFormat, now }: SilencesViewProps,
): readonly Marked[] {
	const { createdBy, comment, startsAt, endsAt, matchers } = silence;
	const who = createdBy === '' ? 'by nobody who gave a name' : `by ${createdBy}`;
	return [
		{ text: comment === '' ? 'No reason is given.' : comment, role: 'strong' },
		{ text: `${who}, ${fromText(startsAt, timeFormat, now)}, ${untilText(endsAt, timeFormat, now)}` },
		{ text: matchers.map(formatMatcher).join('  '), role: 'dim' },
		{ text: mutedText(muted, theme) },
	];
}

function mutedText(muted: ListedSilence['muted'], theme: Theme): string {
	if (muted === undefined) return 'which alerts it mutes is not known';
	return muted.length === 0 ? 'mutes no alert now' : `mutes ${countedNames(muted, theme.glyph('times'))}`;
}

function paintLines(surface: Surface, lines: readonly Marked[], { theme }: SilencesViewProps): void {
	lines
		.flatMap(({ text, role = 'text' }) => wrapText(text, surface.width).map(line => ({ line, role })))
		.slice(0, surface.height)
		.forEach(({ line, role }, y) => {
			surface.put(0, y, line, theme.style(role));
		});
}
