/** 8 units in the last place: twice what `**` of two doubles is assumed to be off at most. Known engines stay below one. */
export const powError: number = 2 ** -49;
