import { parseAddressLine } from '../analysis/address.ts';
import { completeAddress } from '../analysis/complete.ts';
import { demoRow } from '../screens/profiles/list.ts';
import type { Completion } from '../screens/screen.ts';
import type { LinkMode } from '../terminal/link.ts';
import { edited, inserted } from '../widgets/text-field.ts';
import { follow } from './follow.ts';
import { pushed, replaced, rooted, shownFrame } from './history.ts';
import { listed, switched } from './profiles.ts';
import { screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import type { Message, Prompt, State, Step } from './state.ts';

const only = (state: State): Step => ({ state, effects: [] });

/** A key while a line is being typed. */
export function pressedInPrompt(state: State, prompt: Prompt, key: string, text: string | undefined): Step {
	switch (key) {
		case 'escape':
			return only(closed(prompt.kind === 'search' ? searched(state, prompt.before) : state));
		case 'enter':
			return entered(state, prompt);
		case 'tab':
			return only(completed(state, prompt));
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
	return prompt.kind === 'search' ? searched(next, field.text) : noted(next, next.prompt);
}

/** The screen takes note of its own line as it stands. */
function noted(state: State, prompt: Prompt): State {
	const frame = shownFrame(state.history);
	const own = prompt.kind === 'own' ? ownPrompt(state, prompt.name)?.typed?.(prompt, shownOf(state)) : undefined;
	return own === undefined || own === frame.state
		? state
		: { ...state, history: replaced(state.history, { state: own }) };
}

/** The screen's own prompt of this name. */
export const ownPrompt = (state: State, name: string | undefined): AnyPrompt | undefined =>
	name === undefined ? undefined : screenAt(shownFrame(state.history).place).prompts?.[name];

type AnyPrompt = NonNullable<ReturnType<typeof screenAt>['prompts']>[string];

function entered(state: State, prompt: Prompt): Step {
	switch (prompt.kind) {
		case 'command':
			return commanded(state, prompt);
		case 'own':
			return handedOver(state, prompt);
		case 'search':
			return only(closed(state));
	}
}

/** What the screen makes of the line; what is wrong with it stays with the line. */
function handedOver(state: State, prompt: Prompt): Step {
	const own = ownPrompt(state, prompt.name);
	const shown = shownOf(state);
	const problem = own?.problem?.(prompt.text, shown);
	if (problem !== undefined) return failed(state, prompt, problem);
	const doubt = own?.doubt?.(prompt.text, shown);
	if (doubt !== undefined && prompt.agreed !== prompt.text) {
		return failed(state, { ...prompt, agreed: prompt.text }, doubt);
	}
	const outcome = own?.enter(prompt.text, shown);
	if (outcome === undefined) return only(closed(state));
	if (outcome.type === 'refuse') return failed(state, prompt, outcome.why);
	if (outcome.type !== 'save') return follow(closed(state), outcome);
	const overwrites = prompt.agreed === prompt.text;
	return { state: closed(state), effects: [{ type: 'save', lines: outcome.lines, overwrites }] };
}

/** The name is there to be changed again, unless something else has been begun meanwhile. */
export function unsaved(state: State, { path, why, exists }: Extract<Message, { type: 'unsaved' }>): State {
	const isElsewhere = ownPrompt(state, 'save') === undefined;
	if (isElsewhere || state.prompt !== undefined || state.overlay !== undefined || state.dialog !== undefined) {
		return { ...state, message: { text: why, tone: 'refusal' } };
	}
	const agreed = exists ? { agreed: path } : {};
	const field = { text: path, cursor: path.length, before: path };
	return { ...state, prompt: { kind: 'own', name: 'save', ...field, problem: why, ...agreed } };
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
	const completion = completionOf(state, prompt);
	if (completion === undefined) return state;
	const { choices, ...field } = completion;
	const { problem: _, ...rest } = { ...prompt, ...field };
	const next = choices.length > 1 ? { ...rest, problem: choices.join('  ') } : rest;
	return noted({ ...state, prompt: next }, next);
}

function completionOf(state: State, prompt: Prompt): Completion | undefined {
	if (prompt.kind === 'own') return ownPrompt(state, prompt.name)?.complete?.(prompt, shownOf(state));
	if (prompt.kind === 'search') return undefined;
	const { line, choices } = completeAddress(prompt.text, [...(state.profiles ?? []).map(({ name }) => name), demoRow]);
	return { text: line, cursor: line.length, choices };
}

/** The typed line, done: an address, or one of the few words that are none. */
function commanded(state: State, prompt: Prompt): Step {
	const line = prompt.text.trim();
	if (line === '') return only(closed(state));
	if (line === 'q' || line === 'quit') return { state: closed(state), effects: [{ type: 'quit' }] };
	if (line === 'help') return only({ ...closed(state), overlay: { kind: 'help', scroll: 0 } });
	const link = /^link(?:\s+(slow|fast|auto))?$/.exec(line);
	if (link !== null)
		return linked(
			closed(state),
			linkModes.find(mode => mode === link[1]),
		);
	const [, profile] = /^profiles?\s+(.+)$/.exec(line) ?? [];
	if (profile !== undefined) return switched(closed(state), profile);
	if (/^profiles?$/.test(line)) return only(listed(closed(state)));
	const parsed = parseAddressLine(line, state.now, state.since);
	if (!parsed.ok) return failed(state, prompt, `${parsed.problem.what} ${parsed.problem.next}`);
	const { address } = parsed;
	if (address.kind === 'report') {
		return failed(state, prompt, `A report is printed: run smokejumper report ${address.alert} in a shell.`);
	}
	const enter = address.kind === 'alerts' ? rooted : pushed;
	return only({ ...closed(state), history: enter(state.history, address, screenAt(address).initial(address)) });
}

const linkModes = ['slow', 'fast', 'auto'] as const;

/** The figures of the link, newly measured; with a mode, that holds from now on. */
const linked = (state: State, mode: LinkMode | undefined): Step => ({
	state: { ...state, overlay: { kind: 'link', scroll: 0 } },
	effects: [{ type: 'link', ...(mode === undefined ? {} : { mode }) }],
});

const failed = (state: State, prompt: Prompt, problem: string): Step =>
	only({ ...state, prompt: { ...prompt, problem } });
