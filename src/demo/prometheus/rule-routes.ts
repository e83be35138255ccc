import { type Milliseconds, second } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import type { Alerting, DemoAlert, RuleState } from './alerting.ts';
import { ordered } from './label-order.ts';
import { alertValueText } from './number-text.ts';
import type { Handled } from './query-routes.ts';
import { ruleInterval } from './rules.ts';

const instantText = (at: Milliseconds): string => new Date(at).toISOString();

const alertBody = ({ labels, annotations, state, activeAt, value }: DemoAlert) => ({
	labels: ordered(labels),
	annotations: ordered(annotations),
	state,
	activeAt: instantText(activeAt),
	value: alertValueText(value),
});

const worst = ({ alerts }: RuleState): 'firing' | 'pending' | 'inactive' =>
	alerts.some(({ state }) => state === 'firing') ? 'firing' : alerts.length > 0 ? 'pending' : 'inactive';

/** `/api/v1/rules`. How long an evaluation took is not measured and told as 0. */
export function* rulesQuery(parameters: URLSearchParams, alerting: Alerting): Piecework<Handled> {
	yield* alerting.catchUp();
	const lastEvaluation = instantText(alerting.evaluatedAt());
	const names = parameters.getAll('rule_name[]');
	const groupNames = parameters.getAll('rule_group[]');
	const withAlerts = parameters.get('exclude_alerts') !== 'true';
	const ruleBody = (state: RuleState) => ({
		state: worst(state),
		name: state.rule.name,
		query: state.rule.query,
		duration: state.rule.holdFor / second,
		keepFiringFor: 0,
		labels: ordered(state.rule.labels),
		annotations: ordered(state.rule.annotations),
		alerts: withAlerts ? state.alerts.map(alertBody) : null,
		health: 'ok',
		evaluationTime: 0,
		lastEvaluation,
		type: 'alerting',
	});
	const recordingOnly = parameters.get('type') === 'record';
	const groups = alerting
		.groups()
		.filter(({ group }) => groupNames.length === 0 || groupNames.includes(group.name))
		.map(({ group, rules }) => ({
			name: group.name,
			file: group.file,
			rules: rules
				.filter(({ rule }) => !recordingOnly && (names.length === 0 || names.includes(rule.name)))
				.map(ruleBody),
			interval: ruleInterval / second,
			limit: 0,
			evaluationTime: 0,
			lastEvaluation,
		}));
	const filtered = recordingOnly || names.length > 0;
	return { data: { groups: filtered ? groups.filter(({ rules }) => rules.length > 0) : groups } };
}

/** `/api/v1/alerts` */
export function* alertsQuery(alerting: Alerting): Piecework<Handled> {
	yield* alerting.catchUp();
	const rules = alerting.groups().flatMap(group => group.rules);
	return { data: { alerts: rules.flatMap(({ alerts }) => alerts.map(alertBody)) } };
}
