import { traceRemarksOf } from '../../analysis/trace-remarks.ts';
import { refuse, stay } from '../screen.ts';
import { onSpan, selecting, type TraceBinding } from './select.ts';

/** To the spans that the remarks under where the time went are about, one after the other. */
export const remarkKeys: readonly TraceBinding[] = [
	{
		keys: ['i'],
		label: 'remarkable',
		help: 'Next span that is remarked upon: first error, N+1, nothing recorded, network and queue.',
		run: onSpan((look, shown) => {
			const keys = [...new Set(traceRemarksOf(look.reading).map(({ key }) => key))];
			const next = keys[(keys.indexOf(look.selected.key) + 1) % keys.length];
			const node = next === undefined ? undefined : look.reading.tree.byKey.get(next);
			if (node === undefined) return refuse('Nothing in this trace is remarkable but where the time went.');
			const state = { ...shown.state, zoom: undefined, stretch: undefined, top: 0 };
			return stay(selecting(node, { ...shown, state }));
		}),
	},
];
