import { formatBytes, formatCount } from '../analysis/format.ts';
import type { SpentBudget } from '../model/answer.ts';
import type { BackendName } from '../model/failure.ts';
import { askedAnew } from './slots.ts';
import { type State, type Step, shownPlace } from './state.ts';

/** `Loki has read 1.2 GB of the 50 GB of this incident (2.4 %)`, for each backend that has a budget. */
export const budgetLines = ({ budgets }: Pick<State, 'budgets'>): readonly string[] =>
	[...budgets].map(([backend, { spent, limit }]) => {
		const share = ((spent / limit) * 100).toFixed(1);
		return `${titleOf(backend)} has read ${amountOf(backend, spent)} of the ${amountOf(backend, limit)} of this incident (${share} %)`;
	});

/** Allows as much again of what is spent, and asks what could not be asked. */
export function raised(state: State): Step {
	const spent = [...state.budgets].filter(([, budget]) => isSpent(budget)).map(([backend]) => backend);
	if (spent.length === 0) {
		const [line] = budgetLines(state);
		const text = line === undefined ? 'This profile sets no budget.' : `No budget is spent: ${line}.`;
		return { state: { ...state, message: { text, tone: 'refusal' } }, effects: [] };
	}
	const names = spent.map(backend => titleOf(backend)).join(' and ');
	const text = `${names} may read as much again for this incident.`;
	return {
		state: { ...askedAnew(state, shownPlace(state)), message: { text, tone: 'plain' } },
		effects: spent.map(backend => ({ type: 'raise', backend }) as const),
	};
}

const titleOf = (backend: BackendName): string => (backend === 'loki' ? 'Loki' : 'Prometheus');

const isSpent = ({ spent, limit }: SpentBudget): boolean => spent >= limit;

const amountOf = (backend: BackendName, amount: number): string =>
	backend === 'loki' ? formatBytes(amount) : `${formatCount(amount)} samples`;
