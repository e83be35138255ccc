import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { indexAt } from '../../analysis/log-stretch.ts';
import { volumeOf } from '../../analysis/log-volume.ts';
import type { LogVolume } from '../../investigation/logs-findings.ts';
import type { Failure } from '../../model/failure.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { rangeOf, type TimeRange, toMilliseconds, toNanoseconds } from '../../model/time.ts';
import { isFollowed } from './follow.ts';
import { type LogsShown, recordsOf } from './state.ts';

/**
 * The window as it was asked for, and where lines are followed as it is by now; where they no longer are, as far as they
 * were.
 */
export function rangeNow({
	place,
	range,
	now,
	findings,
}: Pick<LogsShown, 'place' | 'range' | 'now' | 'findings'>): TimeRange {
	if (isFollowed(place)) return rangeOf(place.window, now);
	const newest = recordsOf({ findings }).at(-1);
	if (place.window.kind !== 'live' || newest === undefined) return range;
	return { ...range, to: Math.max(range.to, toMilliseconds(newest.entry.at)) };
}

type Counted = { readonly volume: LogVolume; readonly whole: LogVolume };
const counted = new WeakMap<readonly LogRecord[], Counted>();

/** What was counted over the window, and where lines were followed those that have come since: they cost no question. */
export function volumeNow(shown: Pick<LogsShown, 'findings' | 'range'>): LogVolume | undefined {
	const volume = lastValueOf(shown.findings.volume);
	if (volume === undefined) return volume;
	const records = recordsOf(shown);
	const known = counted.get(records);
	if (known?.volume === volume) return known.whole;
	const whole = { ...volume, series: [...volume.series, ...seriesSince(records, volume, shown.range)] };
	counted.set(records, { volume, whole });
	return whole;
}

/** Of the instant at which the window was asked for, a few lines may count neither then nor now. */
function seriesSince(records: readonly LogRecord[], { grid }: LogVolume, { to }: TimeRange): readonly Series[] {
	const since = records.slice(indexAt(records, toNanoseconds(to + 1)));
	return volumeOf(since, { ...grid, to: Number.POSITIVE_INFINITY });
}

/** Why there is nothing to draw: Loki failed to count. The lines of a request are counted here. */
export const whyUncounted = ({
	place,
	findings: { volume },
}: Pick<LogsShown, 'place' | 'findings'>): Failure | undefined =>
	!isRequestPlace(place) && volume.status === 'failed' && volume.last === undefined ? volume.failure : undefined;
