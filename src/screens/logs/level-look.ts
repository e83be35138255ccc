import type { LogLevel } from '../../model/log-entry.ts';
import type { GlyphName, Role } from '../../widgets/theme.ts';

type LevelLook = { readonly glyph?: GlyphName; readonly role: Role; readonly word: string };

/** How a level looks: a glyph, a colour and, where there is room, a word. */
export const levelLooks: Readonly<Record<LogLevel, LevelLook>> = {
	fatal: { glyph: 'critical', role: 'critical', word: 'fatal' },
	error: { glyph: 'error', role: 'error', word: 'error' },
	warn: { glyph: 'warning', role: 'warning', word: 'warn' },
	info: { glyph: 'info', role: 'dim', word: 'info' },
	debug: { role: 'dim', word: 'debug' },
	trace: { role: 'dim', word: 'trace' },
	unknown: { role: 'dim', word: '' },
};
