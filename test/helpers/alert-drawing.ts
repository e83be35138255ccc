import type { Alert, AlertRule, ManagedAlert, RuleAlert } from '../../src/model/alert.ts';
import type { Labels } from '../../src/model/labels.ts';

/** Noon of a day, from which drawn alerts count minutes. */
export const noon = Date.UTC(2026, 2, 14, 12);

/** A rule with one active alert for each label set; `for` is a minute. */
export function ruleOf(
	name: string,
	expression: string,
	active: readonly (Labels & { readonly state?: string })[],
): AlertRule {
	return {
		name,
		group: 'drawn',
		expression,
		holdFor: 60_000,
		labels: {},
		annotations: {},
		health: 'ok',
		active: active.map(({ state = 'firing', ...labels }): RuleAlert => {
			return { labels: { alertname: name, ...labels }, annotations: {}, state, activeAt: noon, value: 0.25 };
		}),
	};
}

/** Alertmanager's view of an alert, which began firing a minute after noon. */
export const managedOf = (name: string, labels: Labels, more: Partial<ManagedAlert> = {}): ManagedAlert => ({
	fingerprint: '0123456789abcdef',
	labels: { alertname: name, ...labels },
	annotations: {},
	startsAt: noon + 60_000,
	updatedAt: noon + 120_000,
	receivers: ['pager'],
	state: 'active',
	silencedBy: [],
	inhibitedBy: [],
	mutedBy: [],
	...more,
});

/** `critical firing DoorStuck {door=a} prometheus+alertmanager 12:01` */
export const alertText = ({ severity, state, name, labels, from, since }: Alert): string => {
	const shown = Object.entries(labels).filter(([label]) => label !== 'alertname' && label !== 'severity');
	const clock = Number.isNaN(since) ? '-' : new Date(since).toISOString().slice(11, 16);
	return `${severity} ${state} ${name} {${shown.map(pair => pair.join('=')).join(' ')}} ${from.join('+')} ${clock}`;
};
