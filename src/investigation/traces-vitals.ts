import { hour, type Milliseconds, minute, toMilliseconds } from '../model/time.ts';
import type { Asking, TracesSource } from './ports.ts';
import { firstTold, type Told, told } from './vitals.ts';

/** How a store of traces is. */
export type TracesVitals = {
	/** When the newest trace of the last hours began. */
	readonly newest: Told<Milliseconds | 'none'>;
	/** Whether it answers TraceQL metrics; not told where there is no such thing. */
	readonly traceqlMetrics: Told<boolean>;
};

/** The newest traces are looked for in ever longer windows: most often the first is enough. */
const windows: readonly Milliseconds[] = [5 * minute, hour, 24 * hour];
const fewTraces = 20;

/** Asks little, and all at once. Never rejects. */
export async function lookAtTraces(
	traces: TracesSource,
	now: () => Milliseconds,
	asking: Asking,
): Promise<TracesVitals> {
	const at = now();
	const newest = firstTold(windows, async length => {
		const { value } = await traces.search('{ }', { from: at - length, to: at }, fewTraces, asking);
		return value.length === 0 ? undefined : Math.max(...value.map(({ start }) => toMilliseconds(start)));
	});
	const metrics = traces.countsSpans?.({ from: at - 5 * minute, to: at }, asking);
	return { newest: await told(newest), traceqlMetrics: metrics && (await told(metrics)) };
}
