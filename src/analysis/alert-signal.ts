import type { Alert } from '../model/alert.ts';
import { includesLabels, type Labels } from '../model/labels.ts';
import type { Series } from '../model/series.ts';
import { readAlertExpression } from './alert-expression.ts';
import { joinOf } from './alert-figure.ts';
import type { PromNode } from './promql.ts';
import type { Threshold } from './thresholds.ts';
import { type ScaledUnit, unitOfExpression } from './unit.ts';

/** What can be charted of an alert's rule. */
export type SignalQuestion = {
	/** The rule's expression without its comparison. */
	readonly query: string;
	/** In `unit`, as the answer will be when it is scaled. */
	readonly threshold: Threshold;
	readonly unit: ScaledUnit;
};

/** The question behind a rule's expression; `undefined` when it compares nothing with a constant. */
export function signalQuestionOf(expression: string): SignalQuestion | undefined {
	const comparison = readAlertExpression(expression)?.comparison;
	if (comparison === undefined) return undefined;
	const { signal, threshold } = comparison;
	const unit = unitOfExpression(measuredOf(signal), threshold.value);
	return {
		query: signal.text,
		threshold: { operator: threshold.operator, value: rounded(threshold.value * unit.scale) },
		unit,
	};
}

/** What is measured, without the join that gives it more labels. */
function measuredOf(signal: PromNode): PromNode {
	const measured = signal.kind === 'binary' ? joinOf(signal).measured : undefined;
	return measured === undefined ? signal : measuredOf(measured);
}

/** Without the digits that multiplying binary fractions adds: `5 * 0.01` is 0.05. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/** A series in the base unit. */
export const scaledSeries = (series: Series, { scale }: ScaledUnit): Series =>
	scale === 1 ? series : { ...series, values: series.values.map(value => value * scale) };

/**
 * The series of a rule that an alert came from: the one with the most labels of which all stand in the alert; when
 * none does (the rule may overwrite labels) and there is only one, that one.
 */
export function seriesOfAlert(alert: Pick<Alert, 'labels'>, all: readonly Series[]): Series | undefined {
	const fitting = all.filter(({ labels }) => includesLabels(alert.labels, unnamed(labels)));
	const best = fitting.toSorted((a, b) => sizeOf(b.labels) - sizeOf(a.labels))[0];
	return best ?? (all.length === 1 ? all[0] : undefined);
}

const unnamed = ({ __name__: _, ...labels }: Labels): Labels => labels;
const sizeOf = (labels: Labels): number => Object.keys(labels).length;
