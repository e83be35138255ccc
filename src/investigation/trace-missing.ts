import { formatDuration } from '../analysis/format.ts';
import { normalTraceId } from '../analysis/trace-id.ts';
import type { TracePlace } from '../model/place.ts';
import { lengthOf, type Milliseconds, minute, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import type { TraceStore } from './ports.ts';
import type { TraceMissing } from './trace-findings.ts';

/** Spans reach Tempo's ingesters within seconds and may wait for the end of their trace; after this it is not that. */
const flushTime: Milliseconds = 2 * minute;

const tempo: TraceStore = { name: 'Tempo', byWindow: true };

type Looked = { readonly hint: TimeRange; readonly range: TimeRange };

/** A trace that is not there: where it was looked for, and what may have become of it. */
export function missingTrace(place: TracePlace, { hint, range }: Looked, world: World): TraceMissing {
	const { name: store, byWindow } = world.sources.tracesFrom?.() ?? tempo;
	const freshUntil = seenAt(place, range, world) + flushTime;
	const isFresh = freshUntil > world.now();
	return {
		found: false,
		id: place.id,
		store,
		...(isFresh ? { freshUntil } : {}),
		tried: [...(byWindow ? [`the ${formatDuration(lengthOf(hint))} round the window`] : []), `all of ${store}`],
		reasons: [
			...(isFresh ? ['It may be seconds old: spans arrive late.'] : []),
			...(isHalf(place.id)
				? ['Its ID has 64 bits, which may be the lower half: Datadog and old Jaeger write no more of 128.']
				: []),
			'It was not sampled: most set-ups keep only a part of the traces.',
			`It is older than what is kept in ${store} (its retention).`,
			'Its services send their spans elsewhere: to another store, or to another tenant of this one.',
		],
	};
}

/**
 * When the trace was met: in the middle of a window that lies round a log line or an exemplar; where an ID was typed and
 * the window is live, just now.
 */
const seenAt = ({ window }: TracePlace, { from, to }: TimeRange, { now }: World): Milliseconds =>
	window.kind === 'fixed' ? Math.min(now(), (from + to) / 2) : now();

const isHalf = (id: string): boolean => normalTraceId(id)?.startsWith('0'.repeat(16)) === true;
