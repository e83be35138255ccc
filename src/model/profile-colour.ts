/** The colours that a profile's word may have: their names are those of the colours that every terminal has. */
export const profileColours = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;
export type ProfileColour = (typeof profileColours)[number];
