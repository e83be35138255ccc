import type { AlertsPast } from '../analysis/firing-history.ts';
import type { Threshold, ThresholdReading } from '../analysis/thresholds.ts';
import type { Unit } from '../analysis/unit.ts';
import type { Alert, AlertRule, ManagedAlert } from '../model/alert.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { Grid, Series } from '../model/series.ts';
import type { Silence } from '../model/silence.ts';
import type { AlertsRung } from './alerts-ladder.ts';

/**
 * What is known of the alerts. `alertmanager` and `rules` are the two backends' own answers, each with its own
 * failure; `alerts` joins what has arrived of them and is what a screen lists.
 */
export type AlertsFindings = {
	readonly alertmanager: Loadable<readonly ManagedAlert[]>;
	readonly rules: Loadable<readonly AlertRule[]>;
	/**
	 * Every alert, meta-alerts (`isMetaAlert`) and pending ones too, in the order of triage (`compareAlerts`). Loaded as
	 * soon as either backend has answered, with a note while or because the other is missing; failed when both are.
	 */
	readonly alerts: Loadable<readonly Alert[]>;
	/** What each alert's rule measures, by `Alert.id`; grows as answers arrive. An alert may have none. */
	readonly signals: Loadable<ReadonlyMap<string, AlertSignal>>;
	/** What was in `alerts` at an earlier look and is gone since at most 15 minutes, the last gone first. */
	readonly resolved: Loadable<readonly Alert[]>;
	/** When the alerts fired in the last 24 h; asked much more seldom than the rest. */
	readonly past: Loadable<AlertsPast>;
	/** Who silences, why and until when; asked only when some alert is silenced. */
	readonly silences: Loadable<readonly Silence[]>;
	/** Where nothing fires: what did, and has gone. */
	readonly ladder: Loadable<readonly AlertsRung[]>;
};

/** The figure that an alert's rule compares with a limit, over the window of the place. */
export type AlertSignal = ThresholdReading & {
	/** The PromQL that was charted: the rule's expression without its comparison. */
	readonly query: string;
	/** A guess from metric names and limits; `value`, `threshold`, `peak` and `series` are already in it. */
	readonly unit: Unit;
	/** What the rule saw at its last evaluation, else the newest sample; NaN when there is neither. */
	readonly value: number;
	readonly threshold: Threshold;
	/** The series that is this alert's own among those of its rule; may be empty or have gaps. */
	readonly series: Series;
	/** Where `series` was asked for, about 60 points. */
	readonly grid: Grid;
};

export const noAlertsFindings: AlertsFindings = {
	alertmanager: idle,
	rules: idle,
	alerts: idle,
	signals: idle,
	resolved: idle,
	past: idle,
	silences: idle,
	ladder: idle,
};
