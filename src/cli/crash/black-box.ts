import { formatAddress } from '../../analysis/address.ts';
import { shownFrame } from '../../app/history.ts';
import type { Message, State } from '../../app/state.ts';

/** What is known of the time before a crash. */
export type BlackBox = {
	/** Hears of a message before it changes the state. */
	readonly hear: (message: Message, state: State) => void;
	/** The last keys and messages, oldest first, one a line. */
	readonly lines: () => readonly string[];
	/** The address of the last place on show, its size and time; absent before there was any. */
	readonly last: () => { readonly address: string; readonly size: State['size'] } | undefined;
};

const mostLines = 60;

/**
 * Keeps the last keys and messages. What is typed or pasted may be a secret that no pattern knows: of it only the length
 * is kept, and of keys in lines and forms only those that write nothing.
 */
export function createBlackBox(): BlackBox {
	const lines: string[] = [];
	let last: State | undefined;
	return {
		hear(message, state) {
			last = state;
			const line = lineOf(message, state);
			if (line === undefined) return;
			lines.push(`${new Date(state.now).toISOString().slice(11, 23)} ${line}`);
			if (lines.length > mostLines) lines.shift();
		},
		lines: () => lines,
		last: () => last && { address: formatAddress(shownFrame(last.history).place), size: last.size },
	};
}

function lineOf(message: Message, state: State): string | undefined {
	switch (message.type) {
		case 'ticked':
		case 'began':
		case 'over':
			return undefined;
		case 'pressed':
			return `key ${message.text !== undefined && isTyping(state) ? '(typed)' : message.key}`;
		case 'pasted':
			return `paste of ${message.text.length} characters`;
		case 'resized':
			return `size ${message.size.width}×${message.size.height}`;
		case 'focused':
			return message.focused ? 'focus' : 'no focus';
		case 'asked':
			return `asked ${formatAddress(message.place)}`;
		case 'found':
			return `found ${Object.entries(message.findings)
				.map(([name, { status }]) => `${name} ${status}`)
				.join(', ')}`;
		case 'recorded':
			return `${message.query.backend} ${message.query.outcome} in ${Math.round(message.query.took)} ms`;
		case 'told':
			return `told ${message.text}`;
		case 'crashed':
			return `crashed ${message.during}`;
		default:
			return message.type;
	}
}

const isTyping = ({ prompt, dialog, setup }: State): boolean =>
	prompt !== undefined || dialog !== undefined || setup !== undefined;
