import { formatBytes, formatDuration } from '../analysis/format.ts';
import { type Between, isSlow, type Link } from '../terminal/link.ts';
import { heldTooLong, type LinkFigures, slowFrom, telling } from '../terminal/link-meter.ts';
import { slowClocks, slowPace } from '../terminal/pace.ts';
import type { Marked } from '../widgets/line.ts';
import { wrapText } from '../widgets/wrap.ts';
import { slowFactor } from './pace.ts';
import type { State } from './state.ts';

type Line = readonly Marked[];

const labelColumns = 12;

/**
 * What is known of the link between program and terminal, and what it means.
 *
 *     The link between the program and your terminal
 *     round trip  42 ms, the least of the last 5; the newest took 48 ms, …
 */
export function linkLines({ link, size: { width } }: State): readonly Line[] {
	const title: Line = [{ text: 'The link between the program and your terminal', role: 'strong' }];
	if (link === undefined) return [title, [{ text: 'Nothing was measured yet.' }]];
	const { figures } = link;
	const rows: readonly (readonly [label: string, words: string])[] = [
		['round trip', tripWords(link)],
		['frames', frameWords(figures)],
		['bytes', `${formatBytes(figures.bytes)} in all, ${formatBytes(figures.lastMinute)} of them in the last minute.`],
		['output', holdWords(figures)],
		['glyphs', link.unicode ? 'UTF-8; --ascii and --slow write ASCII, of fewer bytes.' : 'ASCII.'],
		['pace', paceWords(link)],
	];
	return [
		title,
		[],
		...rows.flatMap(([label, words]) => rowLines(label, words, width)),
		[],
		...meaning.flatMap(text => wrapText(text, width)).map((text): Line => [{ text, role: 'dim' }]),
		[],
		...modes.flatMap(([command, does]) => rowLines(command, does, width)),
	];
}

const rowLines = (label: string, words: string, width: number): readonly Line[] =>
	wrapText(words, Math.max(1, width - labelColumns)).map((text, index) => [
		{ text: (index === 0 ? label : '').padEnd(labelColumns), role: 'link' },
		{ text },
	]);

const whoAnswers: Readonly<Record<Between, string>> = {
	tmux: 'tmux answers: what lies between it and you is not in it.',
	screen: 'screen answers: what lies between it and you is not in it.',
	mosh: 'mosh-server answers, as far as can be told: what lies between it and you is not in it.',
};

function tripWords({ figures, between }: Link): string {
	const { roundTrip, asked } = figures;
	const who = between === undefined ? '' : ` ${whoAnswers[between]}`;
	if (roundTrip === undefined) {
		return asked === 0 ? 'Not measured yet.' : 'The terminal was asked and has not answered; some never do.';
	}
	const { newest, least, most } = roundTrip;
	return `${lengthOf(least)} at the least, ${lengthOf(most)} at the most lately, ${lengthOf(newest)} the last time.${who}`;
}

/** Tenths of a millisecond say nothing of a link. */
const lengthOf = (milliseconds: number): string => formatDuration(Math.max(1, Math.round(milliseconds)));

function frameWords({ frames, bytes, newestFrame, largestFrame, since }: LinkFigures): string {
	if (frames === 0) return 'None yet.';
	const each = formatBytes(Math.round(bytes / frames));
	return `${frames} in ${formatDuration(Math.floor(since / 1000) * 1000)}, ${each} each; the last ${formatBytes(newestFrame)}, the largest ${formatBytes(largestFrame)}.`;
}

const holdWords = ({ held: { times, longest } }: LinkFigures): string =>
	times === 0
		? 'The terminal has taken every frame at once.'
		: `The terminal stood full ${times === 1 ? 'once' : `${times} times`}, for ${lengthOf(longest)} at the longest.`;

function paceWords(link: Link): string {
	const { mode, figures } = link;
	if (mode === 'fast') return 'Full whatever is measured, as you said.';
	if (!isSlow(link)) return 'Full: whatever changes is on the screen at once.';
	const why =
		mode === 'slow'
			? 'as you said'
			: figures.slow === 'output'
				? 'because the terminal does not take the frames'
				: 'because of the round trip';
	return `Slow, ${why}: frames come ${formatDuration(slowPace.frames)} apart, and ${formatDuration(slowPace.keys)} after a key; clocks move every ${formatDuration(slowClocks)}, and live answers are asked for ${slowFactor} times less often.`;
}

const meaning: readonly string[] = [
	'A round trip is how long the terminal takes to answer a question: nothing that a key does is seen sooner.',
	`Slow is one of ${formatDuration(slowFrom)} or more ${telling} times in a row, or a terminal that stands full for ${formatDuration(heldTooLong)} of 10 s.`,
];

const modes: readonly (readonly [command: string, does: string])[] = [
	[':link slow', 'sends less from now on; so do --slow and SMOKEJUMPER_SLOW=1 from the start.'],
	[':link fast', 'never sends less; so do --no-slow-link and SMOKEJUMPER_SLOW=0.'],
	[':link auto', 'goes by what is measured, as it does when nobody says anything.'],
];
