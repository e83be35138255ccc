import type { Outcome } from '../screens/screen.ts';
import { globalBindings } from './global-keys.ts';
import { pushed, replaced, shownFrame } from './history.ts';
import { pressedInOverlay } from './overlay.ts';
import { pastedInPrompt, pressedInPrompt } from './prompt.ts';
import { screenAt } from './screens.ts';
import { isTooSmall, shownOf } from './shown.ts';
import { type AnswerMessage, findingsAt, type Message, type Slot, type State, type Step } from './state.ts';

/** Answers that are kept for places that were left; the oldest go first. */
const mostSlots = 40;
/** Queries that are kept as evidence of one place. */
const mostQueries = 60;

const only = (state: State): Step => ({ state, effects: [] });

/** The state after a message, and what the world is to do about it. Pure: no clock, no request, no terminal. */
export function update(state: State, message: Message): Step {
	switch (message.type) {
		case 'pressed':
			return pressed(state, message.key, message.text);
		case 'pasted':
			return only(state.prompt === undefined ? state : pastedInPrompt(state, state.prompt, message.text));
		case 'resized':
			return only({ ...state, size: message.size });
		case 'focused':
			return only({ ...state, focused: message.focused });
		case 'ticked':
			return only({ ...state, now: message.now });
		case 'told':
			return only({ ...state, message: { text: message.text, tone: message.tone } });
		default:
			return only(answeredWith(state, message));
	}
}

function answeredWith(state: State, message: AnswerMessage): State {
	if (message.type === 'asked') {
		const findings = findingsAt(state, message.place);
		const slot: Slot = { findings, range: message.range, askedAt: message.now, queries: [] };
		return withSlot({ ...state, now: message.now }, message.slot, slot);
	}
	const slot = state.slots.get(message.slot);
	if (slot === undefined) return state;
	switch (message.type) {
		case 'found':
			return withSlot({ ...state, now: message.now }, message.slot, { ...slot, findings: message.findings });
		case 'answered':
			return withSlot({ ...state, now: message.now }, message.slot, { ...slot, doneAt: message.now });
		case 'recorded': {
			const { backend, outcome, took } = message.query;
			const health = new Map(state.health).set(backend, { outcome, took });
			const queries = [...slot.queries, message.query].slice(-mostQueries);
			return withSlot({ ...state, health }, message.slot, { ...slot, queries });
		}
	}
}

function withSlot(state: State, key: string, slot: Slot): State {
	const slots = new Map(state.slots);
	slots.delete(key);
	slots.set(key, slot);
	for (const oldest of slots.keys()) {
		if (slots.size <= mostSlots) break;
		slots.delete(oldest);
	}
	return { ...state, slots };
}

function pressed(before: State, key: string, text: string | undefined): Step {
	if (key === 'ctrl+c') return { state: before, effects: [{ type: 'quit' }] };
	if (before.prompt !== undefined) return pressedInPrompt(before, before.prompt, key, text);
	const { message: _, ...state } = before;
	if (state.overlay !== undefined) return only(pressedInOverlay(state, state.overlay, key));
	const frame = shownFrame(state.history);
	const screen = screenAt(frame.place);
	if (!isTooSmall(state.size)) {
		const shown = shownOf(state);
		const own = screen.keys.find(binding => binding.keys.includes(key));
		if (own !== undefined) return follow(state, own.run(shown));
		const escaped = key === 'escape' ? screen.escape?.(shown) : undefined;
		if (escaped !== undefined) return follow(state, escaped);
	}
	return globalBindings.find(binding => binding.keys.includes(key))?.run(state) ?? only(state);
}

/** What the screen said a key does, done. */
export function follow(state: State, outcome: Outcome<unknown>): Step {
	switch (outcome.type) {
		case 'stay':
			return only({ ...state, history: replaced(state.history, { state: outcome.state }) });
		case 'go': {
			const left = outcome.state === undefined ? state.history : replaced(state.history, { state: outcome.state });
			return only({ ...state, history: pushed(left, outcome.to, screenAt(outcome.to).initial(outcome.to)) });
		}
		case 'turn': {
			const own = outcome.state ?? shownFrame(state.history).state;
			return only({ ...state, history: replaced(state.history, { place: outcome.to, state: own }) });
		}
		case 'refuse':
			return only({ ...state, message: { text: outcome.why, tone: 'refusal' } });
		case 'copy': {
			const history = outcome.state === undefined ? state.history : replaced(state.history, { state: outcome.state });
			return { state: { ...state, history }, effects: [{ type: 'copy', text: outcome.text, what: outcome.what }] };
		}
	}
}
