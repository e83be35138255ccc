import { boundAbove, estimateText } from '../../analysis/log-cost.ts';
import { boundText } from '../../investigation/log-estimate.ts';
import type { LogsCost, LogsFindings } from '../../investigation/logs-findings.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { type Binding, type Outcome, type Shown, turn } from '../screen.ts';
import type { LogsState } from './state.ts';
import type { LogsViewProps } from './view.tsx';

type LogsBinding = Binding<LogsPlace, LogsFindings, LogsState>;
type LogsShown = Shown<LogsPlace, LogsFindings, LogsState>;

/** What the operator is to agree to before anything is read; `undefined` when nothing is. */
export function askedCost({ findings }: Pick<LogsShown, 'findings'>): LogsCost | undefined {
	const cost = lastValueOf(findings.cost);
	return cost?.asks && lastValueOf(findings.records) === undefined ? cost : undefined;
}

/** The question in place of the lines, and the keys that answer it. */
export function paintCost(surface: Surface, { value, bound, budget }: LogsCost, { theme }: LogsViewProps): void {
	const what = value === undefined ? 'too much' : estimateText(value);
	const text = `This would read ${what}, more than ${boundText(bound, budget?.limit)}. Nothing has been read yet.`;
	const key = (name: string, does: string): readonly Segment[] => [
		segment(`  ${name.padEnd(7)}`, theme.style('strong')),
		segment(does, theme.style('text')),
	];
	const lines: readonly (readonly Segment[])[] = [
		[],
		...wrapText(text, surface.width - 2).map(line => [segment(line, theme.style('warning'))]),
		[],
		key('enter', 'reads it all the same'),
		key('+', 'takes a shorter window'),
		key('Q', 'narrows the streams: the query as text'),
		key('esc', 'leaves'),
		[],
		...wrapText(budget === undefined ? unasked : left, surface.width - 2).map(line => [
			segment(line, theme.style('dim')),
		]),
	];
	lines.slice(0, surface.height).forEach((line, y) => {
		paintSegments(surface, 1, y, line, theme.glyph('ellipsis'));
	});
}

const unasked = 'How much is read unasked stands in the profile: logs.readUnasked.';
const left = 'How much may be read for one incident stands in the profile: budget.lokiBytes.';

/** Beside the wait for lines of which nobody knows what they cost: why not. */
export function paintUnknownCost(surface: Surface, { findings: { cost, records }, theme }: LogsViewProps): void {
	if (records.status !== 'waiting' || lastValueOf(cost)?.value !== undefined) return;
	const [note] = lastOf(cost)?.notes ?? [];
	wrapText(note?.text ?? '', surface.width).forEach((line, y) => {
		surface.put(0, y, line, theme.style('dim'));
	});
}

const agree = ({ place, state }: LogsShown, { value, bound }: LogsCost): Outcome<LogsState> =>
	turn({ ...place, readUpTo: boundAbove(value?.bytes ?? bound) }, state);

/** While it is asked whether to read so much, `enter` says yes; else the binding does what it does. */
export function orAgree(binding: LogsBinding): LogsBinding {
	if (!binding.keys.includes('enter')) return binding;
	return {
		...binding,
		labelNow: shown =>
			askedCost(shown) === undefined ? (binding.labelNow?.(shown) ?? binding.label) : 'read it all the same',
		idle: shown => (askedCost(shown) === undefined ? binding.idle?.(shown) : undefined),
		run: shown => {
			const cost = askedCost(shown);
			return cost === undefined ? binding.run(shown) : agree(shown, cost);
		},
	};
}
