/** The embedded incident goes by this name; no saved profile can have it. */
export const demoProfile = 'demo';
