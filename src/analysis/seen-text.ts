/** Escape sequences of ECMA-48 and characters without a glyph, but for line breaks and tabs. */
const unseen =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x80-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[\x20-\x2f]*[\x30-\x7e]?|(?![\t-\r\x85])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text as an eye has it, to be looked through and never to be shown: `ESC[36mtoken ESC[0m=x`, as loggers colour it, is
 * `token=x`. What goes to a screen is sanitised there, whatever was done here.
 */
export const seenText = (text: string): string => text.replace(unseen, '');
