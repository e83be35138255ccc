import { parseAddressLine } from '../analysis/address.ts';
import { completeAddress } from '../analysis/complete.ts';
import { edited, inserted } from '../widgets/text-field.ts';
import { pushed, replaced, rooted, shownFrame } from './history.ts';
import { screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import type { Prompt, State, Step } from './state.ts';

const only = (state: State): Step => ({ state, effects: [] });

/** A key while a line is being typed. */
export function pressedInPrompt(state: State, prompt: Prompt, key: string, text: string | undefined): Step {
	switch (key) {
		case 'escape':
			return only(closed(prompt.kind === 'search' ? searched(state, prompt.before) : state));
		case 'enter':
			return prompt.kind === 'command' ? commanded(state, prompt) : only(closed(state));
		case 'tab':
			return only(prompt.kind === 'command' ? completed(state, prompt) : state);
		default: {
			const field = edited(prompt, key, text);
			return only(field === undefined ? state : typed(state, prompt, field));
		}
	}
}

export const pastedInPrompt = (state: State, prompt: Prompt, text: string): State =>
	typed(state, prompt, inserted(prompt, text));

function typed(state: State, prompt: Prompt, field: { readonly text: string; readonly cursor: number }): State {
	const { problem: _, ...rest } = prompt;
	const next = { ...state, prompt: { ...rest, ...field } };
	return prompt.kind === 'search' ? searched(next, field.text) : next;
}

function searched(state: State, text: string): State {
	const { search } = screenAt(shownFrame(state.history).place);
	if (search === undefined) return state;
	return { ...state, history: replaced(state.history, { state: search.apply(text, shownOf(state)) }) };
}

function closed(state: State): State {
	const { prompt: _, ...rest } = state;
	return rest;
}

function completed(state: State, prompt: Prompt): State {
	const { line, choices } = completeAddress(prompt.text);
	const { problem: _, ...rest } = prompt;
	const field = { ...rest, text: line, cursor: line.length };
	return { ...state, prompt: choices.length > 1 ? { ...field, problem: choices.join('  ') } : field };
}

/** The typed line, done: an address, or one of the few words that are none. */
function commanded(state: State, prompt: Prompt): Step {
	const line = prompt.text.trim();
	if (line === '') return only(closed(state));
	if (line === 'q' || line === 'quit') return { state: closed(state), effects: [{ type: 'quit' }] };
	if (line === 'help') return only({ ...closed(state), overlay: { kind: 'help', scroll: 0 } });
	const parsed = parseAddressLine(line, state.now);
	if (!parsed.ok) return failed(state, prompt, `${parsed.problem.what} ${parsed.problem.next}`);
	const { address } = parsed;
	if (address.kind === 'report') {
		return failed(state, prompt, `A report is printed: run smokejumper report ${address.alert} in a shell.`);
	}
	const enter = address.kind === 'alerts' ? rooted : pushed;
	return only({ ...closed(state), history: enter(state.history, address, screenAt(address).initial(address)) });
}

const failed = (state: State, prompt: Prompt, problem: string): Step =>
	only({ ...state, prompt: { ...prompt, problem } });
