import { formatId } from '../../analysis/format.ts';
import { linkTargetOf } from '../../analysis/span-links.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { TracePlace } from '../../model/place.ts';
import { fixed, minute, toMilliseconds } from '../../model/time.ts';
import type { SpanLink } from '../../model/trace.ts';
import { go, type LinePrompt, type Outcome, prompt, refuse, stay } from '../screen.ts';
import { onSpan, selecting, type TraceBinding } from './select.ts';
import { type Look, lookAt, type TraceShown, type TraceState } from './state.ts';

/** A link has no time: what it leads to began most often not long before, or goes on not long after. */
const linkSlack = 30 * minute;

const noLink = 'This span links to no other span.';

/** To the linked span of this trace, or to the other trace, with that span selected. */
function followed(link: SpanLink, look: Look, shown: TraceShown): Outcome<TraceState> {
	const { reading, selected } = look;
	const { traceId, spanId } = link;
	const target = linkTargetOf(link, reading.tree);
	if (target.kind === 'nowhere') return refuse('The link names no trace.');
	if (target.kind === 'unsent')
		return refuse(`The link leads to span ${spanId} of this very trace, which nobody sent.`);
	if (target.kind === 'here') {
		const state = { ...shown.state, zoom: undefined, stretch: undefined, top: 0 };
		return stay(selecting(target.node, { ...shown, state }));
	}
	const start = toMilliseconds(selected.span.start);
	const window = fixed(start - linkSlack, Math.max(start, toMilliseconds(selected.span.end)) + linkSlack);
	const to: TracePlace = { kind: 'trace', id: traceId, window };
	return go(/[1-9a-f]/i.test(spanId) ? { ...to, span: spanId } : to);
}

const linksOf = (shown: TraceShown): readonly SpanLink[] => lookAt(shown)?.selected.span.links ?? [];

/** The link by its number in the details, from 1. */
const linkNumbered = (text: string, shown: TraceShown): SpanLink | undefined =>
	/^\s*\d+\s*$/.test(text) ? linksOf(shown)[Number(text) - 1] : undefined;

/** Which of several links is followed. */
export const linkPrompt: LinePrompt<TracePlace, TraceFindings, TraceState> = {
	label: 'follow link number ',
	hint: 'enter opens its trace, tab tells the links',
	begin: () => '1',
	problem: (text, shown) =>
		linkNumbered(text, shown) === undefined ? `There are links 1 to ${linksOf(shown).length}.` : undefined,
	complete: ({ text }, shown) => {
		const links = linksOf(shown);
		const number = (Number.parseInt(text, 10) || 0) % links.length;
		const next = String(number + 1);
		return {
			text: next,
			cursor: next.length,
			choices: links.map(({ traceId }, index) => `${index + 1} ${formatId(traceId)}`),
		};
	},
	enter: (text, shown) => {
		const look = lookAt(shown);
		const link = linkNumbered(text, shown);
		return look === undefined || link === undefined ? refuse(noLink) : followed(link, look, shown);
	},
};

export const linkKeys: readonly TraceBinding[] = [
	{
		keys: ['o'],
		label: 'follow link',
		help: 'Follow a link of the span to the trace that it leads to; of several one is asked for by its number.',
		footerNow: shown => (linksOf(shown).length > 0 ? 2.5 : undefined),
		idle: shown => (linksOf(shown).length > 0 ? undefined : noLink),
		run: onSpan((look, shown) => {
			const [first, ...others] = look.selected.span.links;
			if (first === undefined) return refuse(noLink);
			return others.length > 0 ? prompt('link') : followed(first, look, shown);
		}),
	},
];
