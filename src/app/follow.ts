import type { Outcome } from '../screens/screen.ts';
import { copied } from './copied.ts';
import { asked } from './dialog.ts';
import { pushed, replaced, shownFrame } from './history.ts';
import { screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { stoppedAsking } from './slots.ts';
import { type State, type Step, shownPlace } from './state.ts';

const only = (state: State): Step => ({ state, effects: [] });

/** What the screen said a key does, done. */
export function follow(state: State, outcome: Outcome<unknown>): Step {
	switch (outcome.type) {
		case 'stay': {
			const said = outcome.says === undefined ? {} : { message: { text: outcome.says, tone: 'plain' as const } };
			return only({ ...kept(state, outcome.state), ...said });
		}
		case 'go':
			return only({
				...state,
				history: pushed(kept(state, outcome.state).history, outcome.to, screenAt(outcome.to).initial(outcome.to)),
			});
		case 'turn': {
			const own = outcome.state ?? shownFrame(state.history).state;
			return only({ ...state, history: replaced(state.history, { place: outcome.to, state: own }) });
		}
		case 'stop': {
			const stopped = stoppedAsking(kept(state, outcome.state), shownPlace(state));
			return only({ ...stopped, message: { text: outcome.text, tone: 'plain' } });
		}
		case 'refuse':
			return only({ ...state, message: { text: outcome.why, tone: 'refusal' } });
		case 'prompt':
			return only(prompted(kept(state, outcome.state), outcome.name));
		case 'dialog':
			return only(asked(kept(state, outcome.state), outcome.dialog));
		case 'select':
			return { state, effects: [outcome] };
		case 'save':
			return { state, effects: [{ type: 'save', lines: outcome.lines, overwrites: false }] };
		case 'copy':
			return copied(kept(state, outcome.state), outcome);
	}
}

const kept = (state: State, own: unknown): State =>
	own === undefined ? state : { ...state, history: replaced(state.history, { state: own }) };

/** One of the screen's own lines is typed. */
function prompted(state: State, name: string): State {
	const shown = shownOf(state);
	const text = screenAt(shown.place).prompts?.[name]?.begin(shown) ?? '';
	return { ...state, prompt: { kind: 'own', name, text, cursor: text.length, before: text } };
}
