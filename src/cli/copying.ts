import { redact } from '../analysis/redact.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import type { Effect, Message } from '../app/state.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { clipboardRequest } from '../terminal/clipboard.ts';
import type { Output } from '../terminal/screen.ts';

type Copy = Pick<Extract<Effect, { type: 'copy' }>, 'text' | 'what' | 'plain'>;

/**
 * Asks the terminal to put a text on its clipboard, without its secrets unless these are shown; the message says what became of it. Where the
 * terminal cannot, or the text is too long for it, the text is laid open instead.
 */
export function copyTo(
	output: Output,
	{ text, what, plain }: Copy,
	{ clipboard, ...way }: Pick<Capabilities, 'clipboard' | 'insideTmux' | 'between'>,
): Message {
	const clean = redactEvidence(text);
	if (plain) return { type: 'laidOpen', text: clean };
	if (!clipboard) return { type: 'laidOpen', text: clean, why: 'This terminal has no clipboard. Select it by hand.' };
	const request = clipboardRequest(clean, way);
	if (!request.ok) return { type: 'laidOpen', text: clean, why: `${request.why} Select what you need by hand.` };
	output.write(request.bytes);
	const secrets = redact(clean) === clean ? '' : ', with its secrets';
	const sent = `Sent ${what} to the terminal's clipboard${secrets}; the same key again shows it plain.`;
	return { type: 'told', text: sent, tone: 'plain' };
}
