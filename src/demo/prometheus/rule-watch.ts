import { type Labels, labelsKey } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { columnsOf, evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { parsePromql } from './parse.ts';
import { type Rule, ruleInterval, ruleOffset } from './rules.ts';
import type { Storage } from './storage.ts';
import { withoutName } from './value.ts';

/** One alert of a rule, from when its condition became true to its last evaluation. */
export type Activity = {
	/** Those of the rule's result, the rule's own and `alertname`. */
	readonly labels: Labels;
	readonly activeAt: Milliseconds;
	/** The last evaluation at which the condition held. */
	readonly until: Milliseconds;
	readonly value: number;
};

/** Evaluations are numbered since the epoch. */
export const evaluationTime = (evaluation: number): Milliseconds => evaluation * ruleInterval + ruleOffset;
export const lastEvaluation = (at: Milliseconds): number => Math.floor((at - ruleOffset) / ruleInterval);

export const isFiring = (rule: Rule, { activeAt, until }: Activity): boolean => until - activeAt >= rule.holdFor;

/** So many evaluations are looked back over at once, and none are skipped when the clock has moved on by less. */
const stride = 40;
const longestCatchUp = 400;

/**
 * Follows a rule through its evaluations. Asked for the first time, it looks back from the last evaluation until the
 * condition was not true; later it evaluates what has come since.
 */
export class RuleWatch {
	readonly rule: Rule;
	readonly #storage: Storage;
	readonly #first: number;
	#expression: Expression | undefined;
	#evaluated: number | undefined;
	#active = new Map<string, Activity>();
	#ended: Activity[] = [];

	constructor(rule: Rule, storage: Storage, beganAt: Milliseconds) {
		this.rule = rule;
		this.#storage = storage;
		this.#first = lastEvaluation(beganAt) + 1;
	}

	/** The alerts that are pending or firing at the last evaluation before an instant. */
	activeAt(now: Milliseconds): readonly Activity[] {
		const wanted = lastEvaluation(now);
		if (this.#evaluated === undefined || wanted - this.#evaluated > longestCatchUp) this.#lookBackFrom(wanted);
		else if (wanted > this.#evaluated) this.#advance(this.#evaluated + 1, wanted);
		return [...this.#active.values()];
	}

	/** Alerts that have been seen to end. */
	get ended(): readonly Activity[] {
		return this.#ended;
	}

	#results(from: number, to: number): readonly Result[] {
		this.#expression ??= parsePromql(this.rule.query);
		const steps = Array.from({ length: to - from + 1 }, (_, at) => evaluationTime(from + at));
		return columnsOf(evaluate(this.#expression, steps, this.#storage)).map(({ labels, values }) => ({
			key: labelsKey(withoutName(labels)),
			labels: { ...withoutName(labels), ...this.rule.labels, alertname: this.rule.name },
			values,
		}));
	}

	#lookBackFrom(last: number): void {
		this.#evaluated = last;
		this.#active = new Map();
		this.#ended = [];
		const open = new Set<string>();
		for (const { key, labels, values } of this.#results(last, last)) {
			const value = values[0];
			if (value === undefined) continue;
			this.#active.set(key, { labels, activeAt: evaluationTime(last), until: evaluationTime(last), value });
			open.add(key);
		}
		for (let to = last - 1; to >= this.#first && open.size > 0; to -= stride) {
			const from = Math.max(this.#first, to - stride + 1);
			this.#extend(open, from, this.#results(from, to));
		}
	}

	/** Moves the beginning of the open alerts back as far as the results hold without a gap. */
	#extend(open: Set<string>, from: number, results: readonly Result[]): void {
		for (const key of [...open]) {
			const values = results.find(result => result.key === key)?.values ?? [];
			const gap = values.lastIndexOf(undefined);
			const activity = this.#active.get(key);
			if (values.length > 0 && gap < values.length - 1 && activity !== undefined) {
				this.#active.set(key, { ...activity, activeAt: evaluationTime(from + gap + 1) });
			}
			if (values.length === 0 || gap !== -1) open.delete(key);
		}
	}

	#advance(from: number, to: number): void {
		this.#evaluated = to;
		const results = this.#results(from, to);
		for (let evaluation = from; evaluation <= to; evaluation++) {
			const at = evaluationTime(evaluation);
			for (const { key, labels, values } of results) {
				const value = values[evaluation - from];
				if (value === undefined) continue;
				const activeAt = this.#active.get(key)?.activeAt ?? at;
				this.#active.set(key, { labels, activeAt, until: at, value });
			}
			for (const [key, activity] of this.#active) {
				if (activity.until === at) continue;
				this.#active.delete(key);
				this.#ended.push(activity);
			}
		}
	}
}

type Result = { readonly key: string; readonly labels: Labels; readonly values: readonly (number | undefined)[] };
