import { controlName, csiKey, type Key, keyOf, modifiers, ss3Key, typedKey } from './key-names.ts';
import { sanitizeLines } from './sanitize.ts';

/** What comes in from the terminal. A paste is one event, sanitised, its lines parted by `\n`. */
export type InputEvent =
	| Key
	| { readonly type: 'paste'; readonly text: string }
	| { readonly type: 'focus'; readonly focused: boolean }
	/** The terminal answers that it is there (`CSI 0 n`, to `CSI 5 n`). */
	| { readonly type: 'answer' };

export type KeyParser = {
	/** The events in a piece of input; what is not complete yet is kept for the next piece. */
	feed(chunk: string): readonly InputEvent[];
	/** No more came for a while: what was kept was all there is. An escape by itself is the key of that name. */
	flush(): readonly InputEvent[];
	/** What is not complete: an escape waits for tens of milliseconds, a paste over a slow line for seconds. */
	readonly waiting: 'nothing' | 'sequence' | 'paste';
};

const longestPaste = 65_536;
const longestSequence = 64;
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** What the start of the input is: an event or several, nothing worth an event, or not complete yet (`undefined`). */
type Taken = { readonly length: number; readonly events: readonly InputEvent[] } | undefined;

const took = (length: number, ...events: readonly (InputEvent | undefined)[]): Taken => ({
	length,
	events: events.filter(event => event !== undefined),
});

/**
 * What the parser is in the middle of: keys, a paste, or a control string (an answer of the terminal, swallowed up to
 * its end). `introducer` is the character after ESC that began a string, until something follows it.
 */
type State = { mode: 'keys' | 'paste' | 'string'; buffer: string; pasted: string; introducer: string };

/** Reads keys out of a stream of characters. Any division of the stream into pieces gives the same events. */
export function createKeyParser(): KeyParser {
	const state: State = { mode: 'keys', buffer: '', pasted: '', introducer: '' };
	return {
		feed(chunk) {
			state.buffer += chunk;
			return drain(state);
		},
		flush: () => flush(state),
		get waiting() {
			if (state.mode === 'paste') return 'paste';
			return state.mode === 'string' || state.buffer !== '' ? 'sequence' : 'nothing';
		},
	};
}

const take = { keys: takeKeys, paste: takePaste, string: takeString };

function drain(state: State): readonly InputEvent[] {
	const events: InputEvent[] = [];
	while (state.buffer !== '') {
		const taken = take[state.mode](state);
		if (taken === undefined) break;
		state.buffer = state.buffer.slice(taken.length);
		events.push(...taken.events);
	}
	return events;
}

function flush(state: State): readonly InputEvent[] {
	const { mode, buffer, introducer } = state;
	state.buffer = '';
	if (mode === 'paste') {
		state.pasted += buffer;
		return [endPaste(state)];
	}
	state.mode = 'keys';
	if (mode === 'keys') return loneKeys(buffer);
	return introducer === '' || buffer !== '' ? [] : [keyOf(`alt+${introducer}`)];
}

function takeKeys(state: State): Taken {
	const { buffer } = state;
	if (buffer.startsWith(pasteStart)) {
		state.mode = 'paste';
		return took(pasteStart.length);
	}
	const string = /^\x1b([\]P_])/.exec(buffer);
	if (string === null) return takeKey(buffer);
	state.mode = 'string';
	state.introducer = string[1] ?? '';
	return took(2);
}

function takePaste(state: State): Taken {
	const { buffer } = state;
	const end = buffer.indexOf(pasteEnd);
	const inside = end >= 0 ? end : buffer.length - partialEnd(buffer);
	state.pasted = (state.pasted + buffer.slice(0, inside)).slice(0, longestPaste);
	if (end >= 0) return took(end + pasteEnd.length, endPaste(state));
	state.buffer = buffer.slice(inside);
	return undefined;
}

function endPaste(state: State): InputEvent {
	const text = sanitizeLines(state.pasted.replace(/\r\n?/g, '\n')).join('\n');
	state.pasted = '';
	state.mode = 'keys';
	return { type: 'paste', text };
}

/** A string ends with BEL or `ESC \`; any other control breaks it off and is read as a key, `^C` above all. */
function takeString(state: State): Taken {
	const { buffer } = state;
	const end = buffer.search(/[\x00-\x1f]/);
	if (end !== 0) state.introducer = '';
	if (end < 0) return took(buffer.length);
	if (buffer.endsWith('\x1b') && end === buffer.length - 1) {
		state.buffer = '\x1b';
		return undefined;
	}
	state.mode = 'keys';
	if (buffer[end] === '\x07') return took(end + 1);
	return took(buffer.startsWith('\x1b\\', end) ? end + 2 : end);
}

/** How many characters at the end of the text may be the start of the mark that ends a paste. */
function partialEnd(text: string): number {
	for (let length = Math.min(pasteEnd.length - 1, text.length); length > 0; length--) {
		if (text.endsWith(pasteEnd.slice(0, length))) return length;
	}
	return 0;
}

/** The key at the start of the input, outside of pastes and strings. */
function takeKey(input: string): Taken {
	if (input.startsWith('\x1b')) return takeEscape(input);
	const codePoint = input.codePointAt(0) ?? 0;
	if (codePoint < 0x20 || codePoint === 0x7f) return took(1, keyOf(controlName(codePoint)));
	if (codePoint < 0xa0 && codePoint >= 0x80) return took(1);
	if (codePoint >= 0xd800 && codePoint <= 0xdbff) return input.length === 1 ? undefined : took(1);
	if (codePoint >= 0xdc00 && codePoint <= 0xdfff) return took(1);
	const character = String.fromCodePoint(codePoint);
	return took(character.length, typedKey(character));
}

function takeEscape(input: string): Taken {
	// Some terminals send Alt with an arrow as ESC before the arrow's own sequence.
	const prefix = /^\x1b(?=\x1b[[O])/.test(input) ? 1 : 0;
	const held = prefix === 1 ? modifiers.alt : 0;
	const rest = input.slice(prefix);
	if (rest === '\x1b' || rest === '\x1b\x1b') return undefined;
	const second = rest.codePointAt(1) ?? 0;
	if (rest[1] === '[') return longer(afterEscape(takeCsi(rest, held), prefix), prefix);
	if (rest[1] === 'O') return longer(takeSs3(rest, held), prefix);
	if (second === 0x1b) return took(1, keyOf('escape'));
	const isControl = second < 0x20 || second === 0x7f;
	if (isControl && !/^(?:enter|tab|backspace)$/.test(controlName(second))) return took(1, keyOf('escape'));
	if (isControl) return took(2, keyOf(`alt+${controlName(second)}`));
	const key = takeKey(rest.slice(1));
	if (key === undefined) return undefined;
	return took(1 + key.length, ...key.events.map(event => ('name' in event ? keyOf(`alt+${event.name}`) : event)));
}

/** An escape before what the terminal says by itself was a key of its own, and is not lost. */
const afterEscape = (taken: Taken, prefix: number): Taken =>
	prefix === 1 && taken?.events.some(({ type }) => type !== 'key')
		? { ...taken, events: [keyOf('escape'), ...taken.events] }
		: taken;

const longer = (taken: Taken, by: number): Taken =>
	taken === undefined ? undefined : { length: taken.length + by, events: taken.events };

function takeCsi(input: string, held: number): Taken {
	// The Linux console's F1 to F5, and the mouse reports of old, which have three characters after their final one.
	const console = /^\x1b\[\[([A-E])/.exec(input);
	if (console !== null) return took(4, keyOf(`f${'ABCDE'.indexOf(console[1] ?? 'A') + 1}`));
	if (input.startsWith('\x1b[M')) return input.length < 6 ? undefined : took(6);
	const [all = '', parameters = '', final] = /^\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])?/.exec(input) ?? [];
	if (final === undefined) {
		const mayGoOn = all.length === input.length && all.length < longestSequence;
		return mayGoOn ? undefined : took(all.length);
	}
	if (final === '[') return input.length === all.length ? undefined : took(all.length);
	if (parameters === '' && (final === 'I' || final === 'O')) {
		return took(all.length, { type: 'focus', focused: final === 'I' });
	}
	// DEC's status report: 0 is ready, 3 is a malfunction; either is an answer.
	if (final === 'n' && /^[03]$/.test(parameters)) return took(all.length, { type: 'answer' });
	return took(all.length, csiKey(parameters, final, held));
}

function takeSs3(input: string, held: number): Taken {
	const [all = '', modifier = '', final] = /^\x1bO(\d*)([A-Za-z])?/.exec(input) ?? [];
	if (final !== undefined) return took(all.length, ss3Key(final, held | Math.max(0, Number(modifier) - 1)));
	if (all.length === input.length && all.length < longestSequence) return undefined;
	return took(2, keyOf('alt+O'));
}

/** The keys in what turned out to be no sequence. */
function loneKeys(input: string): readonly InputEvent[] {
	if (input === '\x1b') return [keyOf('escape')];
	if (input === '\x1b\x1b') return [keyOf('escape'), keyOf('escape')];
	if (input === '\x1b[' || input === '\x1bO') return [keyOf(`alt+${input[1]}`)];
	return [];
}
