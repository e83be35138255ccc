import type { Between } from './link.ts';
import { sanitizeLines } from './sanitize.ts';

/**
 * What xterm takes at most for one OSC 52, in base64 characters; other terminals take as much or more. So does tmux, which
 * drops a sequence beyond 1 MiB (`input-buffer-size`), also one that it hands on.
 */
const longestBase64 = 74_994;

/** mosh-server reads 16 KiB of an OSC, its `52;c;` included, and cuts off what is more (`terminaldispatcher.cc`). */
const longestInMosh = 16_376;

export type ClipboardRequest =
	| { readonly ok: true; readonly bytes: string }
	| { readonly ok: false; readonly why: string };

type Way = { readonly insideTmux: boolean; readonly between?: Between };

/**
 * The bytes that ask the terminal to put text on the clipboard (OSC 52, xterm's control sequences). It works over SSH;
 * whether the terminal obeys cannot be known. Tabs stay tabs: what is pasted is what was written. Inside tmux it is asked twice: tmux itself, which obeys with
 * `set-clipboard on`, and through it the terminal outside, which needs `allow-passthrough on`.
 */
export function clipboardRequest(text: string, { insideTmux, between }: Way): ClipboardRequest {
	const clean = text
		.split('\t')
		.map(part => sanitizeLines(part).join('\n'))
		.join('\t');
	const base64 = Buffer.from(clean, 'utf8').toString('base64');
	const longest = between === 'mosh' ? longestInMosh : longestBase64;
	if (base64.length > longest) {
		const limit = Math.floor(longest / 4) * 3;
		const length = Buffer.byteLength(clean);
		const whose = between === 'mosh' ? 'mosh takes' : 'terminals take';
		return { ok: false, why: `The text has ${length} bytes; ${whose} ${limit} at most.` };
	}
	const request = `\x1b]52;c;${base64}\x07`;
	return { ok: true, bytes: insideTmux ? request + throughTmux(request) : request };
}

/** Wrapped so that tmux hands it on as it is: every ESC in it doubled (tmux's manual, `allow-passthrough`). */
const throughTmux = (bytes: string): string => `\x1bPtmux;${bytes.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
