import { formatClock, formatWindow, formatWindowEnds, zoneName } from '../analysis/format-time.ts';
import { rangeOf } from '../model/time.ts';
import { isAskedOnce, screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { isLive, type State, shownPlace } from './state.ts';

/** From this width on the length of a live window is said too; its ends tell it already. */
const roomy = 100;

/**
 * The window of the place in words, from all that there is to say to nothing: the header takes what leaves its headline
 * whole.
 *
 *     2026-11-22 02:12–03:12 UTC  fixed  now 08:55 UTC      23:12–00:12 UTC  live  last 1h
 *     2026-11-22 02:12–03:12 UTC  fixed                     23:12–00:12 UTC  live
 *     11-22 02:12–03:12 UTC                                 23:12–00:12  live
 *     11-22 02:12–03:12                                     live
 */
export function windowWords(state: State): readonly string[] {
	const { size, now, timeFormat } = state;
	const place = shownPlace(state);
	const { window } = place;
	const isOnce = isAskedOnce(place);
	const shown = shownOf(state);
	const range = isOnce ? (screenAt(place).rangeNow?.(shown) ?? shown.range) : rangeOf(window, now);
	const whole = formatWindow(window, range, now, timeFormat);
	const short = formatWindowEnds(range, now, timeFormat, 'short');
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	if (!isLive(window)) {
		const clock = `now ${formatClock(now, zone, 'minutes')} ${zoneName(now, zone)}`;
		return [`${whole}  ${clock}`, whole, `${short} ${zoneName(range.to, zone)}`, short, ''];
	}
	const kind = isOnce ? 'R newer' : 'live';
	const said = whole.replace('  live', `  ${kind}`);
	const withoutLength = said.replace(/ {2}last .*$/, '');
	return [...(size.width < roomy ? [] : [said]), withoutLength, `${short}  ${kind}`, kind, ''];
}
