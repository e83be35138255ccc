import type { SpentBudget } from '../model/answer.ts';
import { type BackendName, type Failure, FailureError } from '../model/failure.ts';
import { byteCount } from './byte-count.ts';
import { type Endpoint, titleOf } from './endpoint.ts';

/**
 * What may be read of a backend for one incident, which is one run of the program. What is under way when it is spent ends
 * as it would: what it is over by stays small.
 */
export type Budget = {
	/** Counts what an answer has cost. */
	readonly spend: (amount: number) => void;
	readonly spent: () => SpentBudget;
	/** As much again. */
	readonly raise: () => void;
};

/** The backends that tell what they read. */
export type Metered = Extract<BackendName, 'loki' | 'prometheus'>;

export function createBudget(limit: number): Budget {
	let spent = 0;
	let allowed = limit;
	return {
		spend: amount => {
			spent += amount;
		},
		spent: () => ({ spent, limit: allowed }),
		raise: () => {
			allowed += limit;
		},
	};
}

/** Throws a `FailureError` when nothing is left. */
export function checkBudget(budget: Budget, endpoint: Endpoint): void {
	const failure = overBudget(budget, endpoint);
	if (failure !== undefined) throw new FailureError(failure);
}

/** Why nothing more is read; `undefined` while something is left. */
export function overBudget(budget: Budget, endpoint: Endpoint): Failure | undefined {
	const { spent, limit } = budget.spent();
	return spent >= limit ? spentFailure(endpoint, spent, limit) : undefined;
}

const keys: Readonly<Record<string, string>> = { loki: 'budget.lokiBytes', prometheus: 'budget.prometheusSamples' };

const spentFailure = ({ backend, origin }: Endpoint, spent: number, limit: number): Failure => ({
	kind: 'over-budget',
	backend,
	what: `The budget of this incident is spent: ${titleOf(backend)} has read ${amountOf(backend, spent)} of ${amountOf(backend, limit)}.`,
	next: `$ allows as much again for this incident; ${keys[backend]} stands in ${origin}.`,
});

const amountOf = (backend: BackendName, amount: number): string =>
	backend === 'loki' ? byteCount(amount) : `${samplesText(amount)} samples`;

/** `9`, `1.2 k`, `500.0 M`. */
function samplesText(samples: number): string {
	const [unit, size] = units.find(([, least]) => samples >= least) ?? ['', 1];
	return unit === '' ? String(samples) : `${(samples / size).toFixed(1)} ${unit}`;
}

const units = [
	['G', 1e9],
	['M', 1e6],
	['k', 1e3],
] as const;
