/**
 * A text as a double-quoted literal of PromQL, LogQL or TraceQL. All three read Go's escapes, of which JSON's are a
 * subset; a lone surrogate, which no UTF-8 text can hold, becomes U+FFFD first.
 */
export const stringLiteral = (text: string): string => JSON.stringify(text.toWellFormed());

/** A text as an RE2 expression that matches exactly it; not yet quoted. */
export const escapeRegex = (text: string): string => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&');
