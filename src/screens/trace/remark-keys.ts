import { type TraceRemark, traceRemarksOf } from '../../analysis/trace-remarks.ts';
import { refuse, stay } from '../screen.ts';
import { onSpan, selecting, type TraceBinding } from './select.ts';
import type { TraceState } from './state.ts';

/**
 * To the spans that the remarks under where the time went are about, one after the other; each is said, also where it has no
 * room on the screen.
 */
export const remarkKeys: readonly TraceBinding[] = [
	{
		keys: ['i'],
		label: 'remarkable',
		help: 'Next span that is remarked upon: first error, N+1, nothing recorded, network and queue.',
		run: onSpan((look, shown) => {
			const remarks = traceRemarksOf(look.reading);
			const next = (lastRemark(remarks, look.selected.key, shown.state) + 1) % remarks.length;
			const { key = '', text = '' } = remarks[next] ?? {};
			const node = look.reading.tree.byKey.get(key);
			if (node === undefined) return refuse('Nothing in this trace is remarkable but where the time went.');
			const state = { ...shown.state, zoom: undefined, stretch: undefined, top: 0, remark: next };
			return stay(selecting(node, { ...shown, state }), `${next + 1} of ${remarks.length}: ${text}`);
		}),
	},
];

/**
 * The remark that was gone to last; the one about the selected span where another one was selected since; -1 before the
 * first one, which may well be about the span that is selected from the beginning.
 */
function lastRemark(remarks: readonly TraceRemark[], selected: string, { remark = -1 }: TraceState): number {
	const isThere = remark < 0 || remarks[remark]?.key === selected;
	return isThere ? remark : remarks.findIndex(({ key }) => key === selected);
}
