import { test } from 'vitest';
import { createBudget } from '../../src/backends/budget.ts';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

/** Somebody with so much to spend, and with the demo's Loki and Prometheus. */
function withBudgets(lokiBytes: number, prometheusSamples: number, at: string) {
	const budgets = { loki: createBudget(lokiBytes), prometheus: createBudget(prometheusSamples) };
	const { sources, now } = demoWorld(undefined, undefined, budgets);
	const raiseBudget = (backend: string) => {
		if (backend === 'loki' || backend === 'prometheus') budgets[backend].raise();
	};
	return operate({ sources, now, at, raiseBudget, columns: 120 });
}

test('a spent budget of bytes keeps the logs from going on, says which key of the profile, and $ raises it', async () => {
	const operator = withBudgets(1000, 1e9, 'logs --service concierge');
	await operator.sees('Loki has read');
	await operator.presses('R').sees('The budget of this incident is spent: Loki has read');
	await operator.sees('budget.lokiBytes');
	await operator.presses('!').sees(/Loki has read \S+ \S+ of the 1 kB of this incident/);
	operator.presses('escape');
	await operator.presses('$').sees('Loki may read as much again for this incident.');
});

test('a spent budget of samples is told in the panes', async () => {
	const operator = withBudgets(1e12, 1, 'service concierge');
	await operator.sees('prom ✗ over-budget');
	await operator.presses('R').sees('The budget of this incident is spent: Prometheus has read');
	await operator.sees('budget.prometheusSamples');
	await operator.presses('$').sees('Prometheus may read as much again for this incident.');
});

test('$ says what is left while there is something, and that there is no budget where there is none', async () => {
	const some = withBudgets(1e12, 1e12, 'service concierge');
	await some.sees('RATE');
	await some.loses('asking');
	await some
		.presses('$')
		.sees(/No budget is spent: Prometheus has read \S+ samples of the \S+ samples of this incident/);
	const { sources, now } = demoWorld();
	const none = operate({ sources, now });
	await none.presses('$').sees('This profile sets no budget.');
});
