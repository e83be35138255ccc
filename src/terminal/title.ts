import { sanitize } from './sanitize.ts';

/**
 * The bytes that set the window's title (OSC 2, xterm's control sequences): whatever is in the text stays text. The caller
 * keeps to ASCII where the terminal does not read UTF-8.
 */
export const titleBytes = (text: string): string => `\x1b]2;${sanitize(text, { newline: ' ' })}\x07`;

/** Puts the present title aside, and takes it back; terminals without a title stack do neither (`CSI 22 t`, `CSI 23 t`). */
export const keepTitle = '\x1b[22;0t';
export const formerTitle = '\x1b[23;0t';
