import type { Labels } from './labels.ts';
import type { Milliseconds } from './time.ts';

/** Ranked so that a smaller number is worse. Companies spell it in many ways; see `severityOf`. */
export type Severity = 'critical' | 'error' | 'warning' | 'info' | 'none';

/** `resolved`: it was there a little while ago, and is not any more; the backends do not list it. */
export type AlertState = 'firing' | 'pending' | 'silenced' | 'inhibited' | 'muted' | 'resolved';

/** An alerting rule as Prometheus evaluates it (`/api/v1/rules`). */
export type AlertRule = {
	readonly name: string;
	readonly group: string;
	/** PromQL with its comparison, as the server prints it; empty where only the alerts could be had. */
	readonly expression: string;
	/** The rule's `for`. */
	readonly holdFor: Milliseconds;
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly health: string;
	readonly lastError?: string;
	readonly active: readonly RuleAlert[];
	/** What the server records; absent where the expression names none of it. */
	readonly recordings?: RecordingRules;
};

/** A rule that records what `expression` yields as a series of its own, with `labels` on top. */
export type RecordingRule = { readonly expression: string; readonly labels: Labels };

/** Recording rules by the name of the series they record; of one name there may be many, told apart by their labels. */
export type RecordingRules = ReadonlyMap<string, readonly RecordingRule[]>;

/** One active alert of a rule: the labels are those before external labels and relabelling. */
export type RuleAlert = {
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly state: 'pending' | 'firing' | string;
	/** When the condition became true (not when it fired); absent when the server does not say. */
	readonly activeAt?: Milliseconds;
	/** The value of the rule's expression at its last evaluation; may be NaN. */
	readonly value: number;
};

/** One alert as Alertmanager holds it (`/api/v2/alerts`). */
export type ManagedAlert = {
	readonly fingerprint: string;
	readonly labels: Labels;
	readonly annotations: Labels;
	/** When it began firing, after the rule's `for`. */
	readonly startsAt: Milliseconds;
	readonly updatedAt: Milliseconds;
	readonly generatorUrl?: string;
	readonly receivers: readonly string[];
	readonly state: 'active' | 'suppressed' | 'unprocessed' | string;
	readonly silencedBy: readonly string[];
	readonly inhibitedBy: readonly string[];
	readonly mutedBy: readonly string[];
	/** Where several Alertmanagers disagree on it: `silenced at a.example, not at b.example`. */
	readonly differs?: string;
};

/** What the operator has said: alerts of this name that were taken for one service are about another. */
export type Correction = {
	/** The name of the alerts. */
	readonly alert: string;
	/** The service they were taken for; empty when nothing in them names one. */
	readonly taken: string;
	/** The service they are about; empty takes an earlier correction back. */
	readonly service: string;
};

/** An alert as the operator sees it: Alertmanager's and the rule's views of it, joined. */
export type Alert = {
	/** `NAME@8-hex`, from the name and the labels that both views share; stable from one refresh to the next. */
	readonly id: string;
	/** The `ManagedAlert` in it; absent when Alertmanager does not know it. */
	readonly fingerprint?: string;
	readonly name: string;
	readonly severity: Severity;
	readonly state: AlertState;
	readonly labels: Labels;
	readonly summary: string;
	readonly annotations: Labels;
	readonly runbookUrl?: string;
	/** When it fired; for a pending one, when the condition became true. */
	readonly since: Milliseconds;
	/** When the condition became true, if Prometheus says so. */
	readonly activeAt?: Milliseconds;
	/** The rule's PromQL, from the rules or from the generator URL. */
	readonly expression?: string;
	/** What the series that the expression names may be recorded from. */
	readonly recordings?: RecordingRules;
	readonly value?: number;
	readonly holdFor?: Milliseconds;
	readonly silencedBy: readonly string[];
	readonly inhibitedBy: readonly string[];
	readonly receivers: readonly string[];
	/** Which backends know it. */
	readonly from: readonly ('prometheus' | 'alertmanager')[];
	/** Where several Alertmanagers disagree on it: `silenced at a.example, not at b.example`. */
	readonly differs?: string;
	/** Why its rule could not be evaluated last time: what is known of it is older than it seems. */
	readonly ruleError?: string;
	/** What the operator has said of whom it is about, in place of what its expression and labels say. */
	readonly corrected?: Correction;
	/** Of a resolved one: between which two looks it went. */
	readonly resolved?: { readonly lastSeen: Milliseconds; readonly gone: Milliseconds };
};
