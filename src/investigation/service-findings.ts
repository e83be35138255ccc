import type { Comparison } from '../analysis/baseline.ts';
import type { HeatMap } from '../analysis/heat-map.ts';
import type { Mark } from '../analysis/marks.ts';
import type { ServiceTarget } from '../analysis/service-target.ts';
import type { Threshold } from '../analysis/thresholds.ts';
import type { Unit } from '../analysis/unit.ts';
import type { Alert, ManagedAlert } from '../model/alert.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { Exemplar, Grid, Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { AlertSignal } from './alerts-findings.ts';
import type { ServiceRung } from './service-ladder.ts';
import type { Neighbours } from './service-neighbours.ts';
import type { FoundResources } from './service-resources.ts';

/** RED panels of one service. When `target` is `missing`, every other pane but `alert`, `alertmanager` and `signal` stays idle. */
export type ServiceFindings = {
	/** The alert in whose light the service is looked at; `undefined` when the place names none or it is gone. */
	readonly alert: Loadable<Alert | undefined>;
	/** Every alert as Alertmanager has it: what a silence is matched against; idle when the place names no alert. */
	readonly alertmanager: Loadable<readonly ManagedAlert[]>;
	/** Which metrics are charted, how that was decided, and what else there was. */
	readonly target: Loadable<ServiceTarget>;
	/** What the alert's rule measures, asked for where no metrics are charted; nothing when it has no limit of its own. */
	readonly signal: Loadable<AlertSignal | undefined>;
	/** Requests per second, or per period of a cloud's gauge: one line. */
	readonly rate: Loadable<Panel>;
	/** Failed requests as a ratio from 0 to 1: one line. NaN where nothing was asked of the service. */
	readonly errors: Loadable<Panel>;
	/** Seconds: lines `p50`, `p95`, `p99`, or `average` when there is no histogram. */
	readonly duration: Loadable<Panel>;
	/** The same three figures by route (or by `ServicePlace.by`), at the end of the window. */
	readonly routes: Loadable<Breakdown>;
	/** Requests remembered with their trace, slowest first; only those that have a trace ID. */
	readonly exemplars: Loadable<readonly Exemplar[]>;
	/** Requests per second by how they ended; idle unless the place wants it. */
	readonly classes: Loadable<Panel>;
	/** The buckets of the durations over time; idle unless the place wants it. */
	readonly heat: Loadable<HeatPanel>;
	/** The same figures a day or a week before; idle when nothing is compared. */
	readonly baseline: Loadable<Baseline>;
	/** Deploys and restarts in the window. */
	readonly marks: Loadable<Marks>;
	/** Requests that failed or were slow, from a trace search; idle where there are exemplars. */
	readonly slow: Loadable<SlowTraces>;
	/** Who calls the service and whom it calls; asked for in that view, and then nothing else is. */
	readonly neighbours: Loadable<Neighbours>;
	/** What the service may run out of; asked for in that view, and then only the alert besides. */
	readonly resources: Loadable<FoundResources>;
	/** Where the view is empty: what else there is of the service. */
	readonly ladder: Loadable<readonly ServiceRung[]>;
};

/** What the panels are compared with. The series have the times of the panels; one that is absent had no samples. */
export type Baseline = {
	readonly comparison: Comparison;
	/** The panels' own. */
	readonly grid: Grid;
	readonly rate?: Series;
	readonly errors?: Series;
	/** One line of the duration panel, under its name: `p99`. */
	readonly duration?: PanelLine;
};

export type Marks = {
	/** In the order of time, at most 30: the newest. */
	readonly marks: readonly Mark[];
	readonly queries: readonly string[];
	readonly grid: Grid;
};

export type SlowTraces = {
	/** Slowest first. */
	readonly traces: readonly TraceSummary[];
	/** The TraceQL that was asked. */
	readonly queries: readonly string[];
	readonly grid: Grid;
	/** Tempo stopped at its limit: these are the newest, and there may be slower ones. */
	readonly isCut: boolean;
};

/** One chart: lines that share a unit and a grid. */
export type Panel = {
	/** `count` is per period of a cloud's gauge. */
	readonly unit: Extract<Unit, 'per-second' | 'count' | 'ratio' | 'seconds'>;
	/** May be empty: then `empty` says why. A line's series may have gaps and NaN. */
	readonly lines: readonly PanelLine[];
	readonly grid: Grid;
	/** Over how much time each point is averaged (the range of `rate`). */
	readonly averagedOver: Milliseconds;
	/** The limit of the alert's rule, when the rule is about this figure; in the panel's unit. */
	readonly threshold?: Threshold & { readonly line?: string };
	/** When the alert fired, when there is one that is not pending. */
	readonly firedAt?: Milliseconds;
	/** Why there are no lines, in a sentence. */
	readonly empty?: string;
};

/** The line that the panel's limit is about: the first when the rule does not say, none when its own is not drawn. */
export const limitedLine = ({ lines, threshold }: Panel): PanelLine | undefined =>
	threshold?.line === undefined ? lines[0] : lines.find(({ name }) => name === threshold.line);

/** The duration panel as a heat map. */
export type HeatPanel = {
	readonly map: HeatMap;
	readonly grid: Grid;
	/** The PromQL behind it; absent when there was nothing to ask. */
	readonly query?: string;
	/** Why there are no rows, in a sentence. */
	readonly empty?: string;
};

export type PanelLine = {
	/** `requests`, `errors`, `p99`, `average`. */
	readonly name: string;
	readonly series: Series;
	/** The PromQL behind the line. */
	readonly query: string;
};

/** The service by one label: most failures per second first, then the busiest. */
export type Breakdown = {
	/** The label: `http_route`. Absent when no label tells routes apart; then there are no rows. */
	readonly by?: string;
	/** At most 8. */
	readonly rows: readonly BreakdownRow[];
	/** What else was counted, summed; absent when nothing is left. Its `p99` is not known and is NaN. */
	readonly others?: BreakdownRow;
	readonly at: Milliseconds;
	readonly queries: readonly string[];
};

export type BreakdownRow = {
	/** The label's value; empty for series without the label. */
	readonly value: string;
	/** Requests per second. */
	readonly rate: number;
	/** Ratio from 0 to 1; NaN when nothing tells errors or there were no requests. */
	readonly errors: number;
	/** Seconds; NaN when there is no histogram. */
	readonly p99: number;
};

export const noServiceFindings: ServiceFindings = {
	alert: idle,
	alertmanager: idle,
	target: idle,
	signal: idle,
	rate: idle,
	errors: idle,
	duration: idle,
	routes: idle,
	exemplars: idle,
	classes: idle,
	heat: idle,
	baseline: idle,
	marks: idle,
	slow: idle,
	neighbours: idle,
	resources: idle,
	ladder: idle,
};
