/** Days before the end of a model from which on it is a change, for `outdated` and `ci`. */
export const usualWithin = 60;
