import { conventionsIn, type FoundConvention } from '../analysis/found-conventions.ts';
import { exemplarsSelector, nativeHistogramsQuery, newestSampleQueries, servicesQuery } from '../analysis/red-probe.ts';
import { answer } from '../model/answer.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import type { Asking, MetricsSource } from './ports.ts';
import { can, firstTold, type Told, told } from './vitals.ts';

/** How a store of metrics is, and what it holds. */
export type MetricsVitals = {
	/** When its newest sample was taken, of the last minutes. */
	readonly newest: Told<Milliseconds | 'none'>;
	/** The families of request metrics, those of most services first. */
	readonly conventions: Told<readonly FoundConvention[]>;
	/** Whether any of these families has some; not told where there is no family, as with the next. */
	readonly exemplars: Told<boolean>;
	readonly nativeHistograms: Told<boolean>;
};

/** Exemplars of so long are looked for: the first of a service at night may be minutes old. */
const exemplarsWithin = 15 * minute;
/** In so many families. */
const mostFamilies = 8;

/** Asks little, and all at once. Never rejects. */
export async function lookAtMetrics(
	metrics: MetricsSource,
	now: () => Milliseconds,
	asking: Asking,
): Promise<MetricsVitals> {
	const query = async (promql: string) => (await metrics.query(promql, undefined, asking)).value;
	const newest = firstTold(newestSampleQueries(), async promql => {
		const [sample] = await query(promql);
		return sample === undefined ? undefined : sample.value * second;
	});
	const found = told(query(servicesQuery()).then(samples => answer(conventionsIn(samples.map(each => each.labels)))));
	const hasExemplars = found.then(async conventions => {
		if (conventions === undefined || conventions.length === 0) return undefined;
		const range = { from: now() - exemplarsWithin, to: now() };
		const selector = exemplarsSelector(conventions.slice(0, mostFamilies).map(({ metric }) => metric));
		const exemplars = await told(metrics.exemplars(selector, range, asking));
		return exemplars && exemplars.length > 0;
	});
	const native = query(nativeHistogramsQuery()).then(([count]) => (count?.value ?? 0) > 0);
	const nativeHistograms = can(native).then(async isAnswered => {
		const isEmpty = (await found)?.length === 0;
		return isEmpty ? undefined : isAnswered && (await native);
	});
	return {
		newest: await told(newest),
		conventions: await found,
		exemplars: await hasExemplars,
		nativeHistograms: await nativeHistograms,
	};
}
