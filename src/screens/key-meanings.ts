import type { Place } from '../model/place.ts';
import type { Binding, Outcome, Shown } from './screen.ts';

/** What a key does while something is begun, and what it is called then. */
export type Meaning<P extends Place, Findings, State, Begun> = {
	readonly label: (begun: Begun, shown: Shown<P, Findings, State>) => string;
	readonly run: (shown: Shown<P, Findings, State>, begun: Begun) => Outcome<State>;
};

/** While something is begun, the keys with a meaning in it belong to it; else the binding does what it does. */
export const orWhile =
	<P extends Place, Findings, State, Begun>(
		begunIn: (state: State) => Begun | undefined,
		meanings: ReadonlyMap<string, Meaning<P, Findings, State, Begun>>,
	) =>
	(binding: Binding<P, Findings, State>): Binding<P, Findings, State> => {
		const meaning = meanings.get(binding.keys[0] ?? '');
		if (meaning === undefined) return binding;
		return {
			...binding,
			labelNow: shown => {
				const begun = begunIn(shown.state);
				return begun === undefined ? (binding.labelNow?.(shown) ?? binding.label) : meaning.label(begun, shown);
			},
			idle: shown => (begunIn(shown.state) === undefined ? binding.idle?.(shown) : undefined),
			run: shown => {
				const begun = begunIn(shown.state);
				return begun === undefined ? binding.run(shown) : meaning.run(shown, begun);
			},
		};
	};
