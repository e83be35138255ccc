import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import type { Binding } from '../screen.ts';
import { askedCost } from './cost.ts';
import { isInSide } from './side-rows.ts';
import type { LogsShown, LogsState } from './state.ts';

type LogsBinding = Binding<LogsPlace, LogsFindings, LogsState>;

/** The keys that matter while something other than the lines takes them, in the order of their use. */
function takenKeys(shown: LogsShown): readonly string[] | undefined {
	if (shown.state.choosing !== undefined) return ['h', 'enter'];
	if (shown.state.picked !== undefined) return ['enter', 'F'];
	if (isInSide(shown)) return ['enter', 'f', 'F', 'tab', 'left', 'y'];
	return askedCost(shown) === undefined ? undefined : ['enter', 'Q'];
}

/** The same key with its place in the footer: only the keys that matter now are offered. */
export const inOrder = (binding: LogsBinding): LogsBinding => ({
	...binding,
	footerNow: shown => {
		const taken = takenKeys(shown);
		const at = taken?.indexOf(binding.keys[0] ?? '') ?? -1;
		return taken === undefined ? binding.footer : at < 0 ? undefined : at / taken.length;
	},
});
