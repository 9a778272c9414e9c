/** Purchases in a round, and how many of them at once. */
export const ITEMS = 100;
export const AT_ONCE = 10;
