import type { LogField } from '../model/log-entry.ts';

/** A name and its value as they stand in a line. */
export const lineField = (name: string, value: string): LogField => ({ name, value, origin: 'line' });
